"""ODS spreadsheets, read as a stream: calamine knows neither their merged cells nor their percentages."""

from datetime import date

from .archive import Archive
from .grid import Grid, Merged, Raw, fill_merged, percentage, shortened, text_or_blank
from .limits import MAX_COLUMNS, MAX_SHEETS, SAVE_AGAIN, Refused, check_extent
from .markup import BETWEEN, parser

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE, DRAW = (
    f"{OASIS}{name}:1.0{BETWEEN}" for name in ("table", "office", "text", "style", "drawing")
)
CALC = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{BETWEEN}"

CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}
PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}
# Inside a cell, but not part of what it shows: comments, footnotes and whatever is drawn on it.
ASIDES = {f"{OFFICE}annotation", f"{TEXT}note", f"{DRAW}frame", f"{DRAW}custom-shape", f"{TEXT}ruby-text"}
NUMBERS = {"float", "currency"}


class Table:
    """A sheet while it is read: its filled rows, its merged ranges, and how far both have come."""

    def __init__(self, name: str, is_hidden: bool):
        self.name = name
        self.is_hidden = is_hidden
        self.rows: list[list[Raw]] = []
        self.merged: list[Merged] = []
        self.width = 0
        self.blank_rows = 0  # at the end so far: a sheet is filled up with a million of them

    def add_row(self, cells: list[Raw], times: int) -> None:
        if not cells:
            self.blank_rows += times
            return
        self.width = max(self.width, len(cells))
        check_extent(len(self.rows) + self.blank_rows + times, self.width)
        self.rows += [[] for _ in range(self.blank_rows)]
        self.rows += [list(cells) for _ in range(times)]
        self.blank_rows = 0

    def grid(self) -> Grid:
        rows = fill_merged(self.rows, self.merged, self.width)
        return Grid(self.name, self.is_hidden, len(self.rows), self.width, rows)


class Reader:
    """Follows the tags of content.xml and collects its sheets."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.table: Table | None = None
        self.nested = 0  # tables inside a cell of the table
        self.aside = 0
        self.row: list[Raw] = []
        self.row_times = 1
        self.blank_cells = 0
        self.about: dict[str, str] | None = None  # the attributes of the cell that is being read
        self.paragraphs: list[str] = []
        self.in_paragraph = False

    def start(self, tag: str, about: dict[str, str]) -> None:
        if tag == f"{TABLE}table":
            self._start_table(about)
        elif tag == f"{STYLE}style":
            self.style = about.get(f"{STYLE}name", "")
        elif tag == f"{STYLE}table-properties":
            if about.get(f"{TABLE}display") == "false":
                self.hidden_styles.add(self.style)
        elif self.table is None or self.nested:
            return
        elif tag in ASIDES or self.aside:
            self.aside += 1
        elif tag == f"{TABLE}table-source":
            self.tables.remove(self.table)  # a copy of a table in another file, which nobody sees
            self.table = None
        elif tag == f"{TABLE}table-row":
            self.row, self.blank_cells = [], 0
            self.row_times = count(about, "number-rows-repeated")
        elif tag in CELLS:
            self.about, self.paragraphs = about, []
        elif tag in PARAGRAPHS and self.about is not None:
            self.paragraphs.append("")
            self.in_paragraph = True
        elif self.in_paragraph:
            self._start_in_paragraph(tag, about)

    def end(self, tag: str) -> None:
        if tag == f"{TABLE}table":
            if self.nested:
                self.nested -= 1
            else:
                self.table = None
        elif self.table is None or self.nested:
            return
        elif self.aside:
            self.aside -= 1
        elif tag == f"{TABLE}table-row":
            self.table.add_row(self.row, self.row_times)
        elif tag in CELLS and self.about is not None:
            self._end_cell(self.table, self.about, covered=tag.endswith("covered-table-cell"))
            self.about = None
        elif tag in PARAGRAPHS:
            self.in_paragraph = False

    def characters(self, text: str) -> None:
        if self.in_paragraph and not self.aside and not self.nested:
            self.paragraphs[-1] += text

    def _start_table(self, about: dict[str, str]) -> None:
        if self.table is not None:
            self.nested += 1
            return
        is_hidden = about.get(f"{TABLE}style-name") in self.hidden_styles
        self.table = Table(about.get(f"{TABLE}name", ""), is_hidden)
        self.tables.append(self.table)
        if len(self.tables) > MAX_SHEETS:
            raise Refused(f"This file has more than {MAX_SHEETS} sheets. {SAVE_AGAIN}")

    def _start_in_paragraph(self, tag: str, about: dict[str, str]) -> None:
        if tag == f"{TEXT}s":  # further spaces after the first
            self.paragraphs[-1] += " " * min(count(about, "c", TEXT), 1_000)
        elif tag == f"{TEXT}tab":
            self.paragraphs[-1] += "\t"
        elif tag == f"{TEXT}line-break":
            self.paragraphs[-1] += "\n"

    def _end_cell(self, table: Table, about: dict[str, str], *, covered: bool) -> None:
        value = None if covered else shown(about, "\n".join(self.paragraphs))
        times = count(about, "number-columns-repeated")
        if value is None:
            self.blank_cells += times
            return
        left = len(self.row) + self.blank_cells
        check_extent(1, left + times)
        self.row += [None] * self.blank_cells + [value] * times
        self.blank_cells = 0

        down, across = count(about, "number-rows-spanned"), count(about, "number-columns-spanned")
        if down > 1 or across > 1:
            top = len(table.rows) + table.blank_rows
            table.merged.append((top, left, top + down - 1, min(left + across, MAX_COLUMNS) - 1))


def grids(content: bytes) -> list[Grid]:
    """The sheets in their order."""
    reader = Reader()
    reading = parser(reader.start, reader.end, reader.characters)
    for piece in Archive(content).check().pieces("content.xml"):
        reading.Parse(piece, False)
    reading.Parse(b"", True)
    return [table.grid() for table in reader.tables]


def shown(about: dict[str, str], text: str) -> Raw:
    """What the cell shows: the number or date it holds, or the text that stands in it, such as an error."""
    kind = about.get(f"{OFFICE}value-type", "")
    if about.get(f"{CALC}value-type") == "error":
        return text_or_blank(text)
    try:
        if kind in NUMBERS:
            return shortened(float(about[f"{OFFICE}value"]))
        if kind == "percentage":
            return percentage(float(about[f"{OFFICE}value"]))
        if kind == "date":
            return date.fromisoformat(about[f"{OFFICE}date-value"][:10])
        if kind == "boolean":
            return about[f"{OFFICE}boolean-value"].upper()
    except (KeyError, ValueError):
        return text_or_blank(text)
    return text_or_blank(text or about.get(f"{OFFICE}string-value", ""))


def count(about: dict[str, str], name: str, space: str = TABLE) -> int:
    """How often, how wide or how high; 1 where nothing is said."""
    return max(1, int(about.get(f"{space}{name}", "1")))
