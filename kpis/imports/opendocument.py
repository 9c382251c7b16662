"""ODS spreadsheets, read as a stream: calamine knows neither their merged cells nor their percentages."""

from collections.abc import Callable
from datetime import date

from .archive import Archive
from .grid import Grid, Merged, Raw, fill_merged, percentage, shortened, text_or_blank
from .limits import MAX_CELL, MAX_COLUMNS, MAX_SHEETS, SAVE_AGAIN, Refused, check_extent
from .markup import BETWEEN, parser

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE, DRAW = (
    f"{OASIS}{name}:1.0{BETWEEN}" for name in ("table", "office", "text", "style", "drawing")
)
CALC = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{BETWEEN}"

Attributes = dict[str, str]

SHEET, SOURCE, ROW = f"{TABLE}table", f"{TABLE}table-source", f"{TABLE}table-row"
CELL, COVERED_CELL = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
STYLE_OF, SHEET_STYLE = f"{STYLE}style", f"{STYLE}table-properties"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
# Inside a cell, but not part of what it shows: comments, footnotes and whatever is drawn on it.
ASIDES = (f"{OFFICE}annotation", f"{TEXT}note", f"{DRAW}frame", f"{DRAW}custom-shape", f"{TEXT}ruby-text")

KIND, CALC_KIND = f"{OFFICE}value-type", f"{CALC}value-type"
VALUE, DAY, TRUTH, STRING = (f"{OFFICE}{name}value" for name in ("", "date-", "boolean-", "string-"))
ROWS_REPEATED, COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
ROWS_SPANNED, COLUMNS_SPANNED = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"


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

    def merge(self, left: int, down: int, across: int) -> None:
        """Note a range that begins in the row which is being read."""
        top = len(self.rows) + self.blank_rows
        self.merged.append((top, left, top + down - 1, left + across - 1))

    def grid(self) -> Grid:
        rows = fill_merged(self.rows, self.merged, self.width)
        return Grid(self.name, self.is_hidden, len(self.rows), self.width, rows)


class Reader:
    """Follows the tags of content.xml and collects its sheets."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.table: Table | None = None
        self.row: list[Raw] = []
        self.row_times = 1
        self.blank_cells = 0  # at the end of the row so far
        self.about: Attributes | None = None  # those of the cell that is being read
        self.paragraphs: list[str] = []
        self.in_paragraph = False
        self.depth_aside = 0
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.starts: dict[str, Callable[[Attributes], None]] = {
            SHEET: self.start_sheet,
            SOURCE: self.drop_sheet,
            ROW: self.start_row,
            CELL: self.start_cell,
            COVERED_CELL: self.pass_covered_cell,
            STYLE_OF: self.start_style,
            SHEET_STYLE: self.note_hidden_style,
            f"{TEXT}s": lambda about: self.characters(" " * min(count(about, f"{TEXT}c"), MAX_CELL)),
            f"{TEXT}tab": lambda about: self.characters("\t"),
            f"{TEXT}line-break": lambda about: self.characters("\n"),
        }
        self.starts |= dict.fromkeys(PARAGRAPHS, self.start_paragraph)
        self.starts |= dict.fromkeys(ASIDES, self.start_aside)
        self.ends: dict[str, Callable[[], None]] = {
            SHEET: self.end_sheet,
            ROW: self.end_row,
            CELL: self.end_cell,
        }
        self.ends |= dict.fromkeys(PARAGRAPHS, self.end_paragraph)

    def start(self, tag: str, about: Attributes) -> None:
        if self.depth_aside:
            self.depth_aside += 1
        elif tag in self.starts:
            self.starts[tag](about)

    def end(self, tag: str) -> None:
        if self.depth_aside:
            self.depth_aside -= 1
        elif tag in self.ends:
            self.ends[tag]()

    def characters(self, text: str) -> None:
        if self.in_paragraph and not self.depth_aside:
            self.paragraphs[-1] += text

    def start_style(self, about: Attributes) -> None:
        self.style = about.get(f"{STYLE}name", "")

    def note_hidden_style(self, about: Attributes) -> None:
        if about.get(f"{TABLE}display") == "false":
            self.hidden_styles.add(self.style)

    def start_sheet(self, about: Attributes) -> None:
        if self.table is not None:
            self.depth_aside = 1  # a table inside a cell
            return
        is_hidden = about.get(f"{TABLE}style-name") in self.hidden_styles
        self.table = Table(about.get(f"{TABLE}name", ""), is_hidden)
        self.tables.append(self.table)
        if len(self.tables) > MAX_SHEETS:
            raise Refused(f"This file has more than {MAX_SHEETS} sheets. {SAVE_AGAIN}")

    def drop_sheet(self, about: Attributes) -> None:
        """It is a copy of a table in another file, which nobody sees."""
        if self.table is not None:
            self.tables.remove(self.table)
            self.table = None

    def end_sheet(self) -> None:
        self.table = None

    def start_row(self, about: Attributes) -> None:
        self.row, self.blank_cells = [], 0
        self.row_times = count(about, ROWS_REPEATED)

    def end_row(self) -> None:
        if self.table is not None:
            self.table.add_row(self.row, self.row_times)

    def start_cell(self, about: Attributes) -> None:
        self.about, self.paragraphs = about, []

    def end_cell(self) -> None:
        if self.about is None or self.table is None:
            return
        about, self.about = self.about, None
        value = shown(about, "\n".join(self.paragraphs))
        times = count(about, COLUMNS_REPEATED)
        if value is None:
            self.blank_cells += times
            return
        left = len(self.row) + self.blank_cells
        check_extent(1, left + times)
        self.row += [None] * self.blank_cells + [value] * times
        self.blank_cells = 0
        if ROWS_SPANNED in about or COLUMNS_SPANNED in about:
            down, across = count(about, ROWS_SPANNED), count(about, COLUMNS_SPANNED)
            self.table.merge(left, down, min(across, MAX_COLUMNS))

    def pass_covered_cell(self, about: Attributes) -> None:
        """It lies under a merged cell: whatever it holds, nobody sees it."""
        self.blank_cells += count(about, COLUMNS_REPEATED)

    def start_aside(self, about: Attributes) -> None:
        self.depth_aside = 1

    def start_paragraph(self, about: Attributes) -> None:
        self.in_paragraph = self.about is not None
        self.paragraphs.append("")

    def end_paragraph(self) -> None:
        self.in_paragraph = False


def grids(content: bytes) -> list[Grid]:
    """The sheets in their order."""
    reader = Reader()
    reading = parser(reader.start, reader.end, reader.characters)
    for piece in Archive(content).check().pieces("content.xml"):
        reading.Parse(piece, False)
    reading.Parse(b"", True)
    return [table.grid() for table in reader.tables]


def shown(about: Attributes, text: str) -> Raw:
    """What the cell shows: the number or date it holds, or the text that stands in it, such as an error."""
    kind = about.get(KIND, "")
    if about.get(CALC_KIND) == "error":
        return text_or_blank(text)
    try:
        if kind in ("float", "currency"):
            return shortened(float(about[VALUE]))
        if kind == "percentage":
            return percentage(float(about[VALUE]))
        if kind == "date":
            return date.fromisoformat(about[DAY][:10])
        if kind == "boolean":
            return about[TRUTH].upper()
    except (KeyError, ValueError):
        return text_or_blank(text)
    return text_or_blank(text or about.get(STRING, ""))


def count(about: Attributes, name: str) -> int:
    """How often, how wide or how high; 1 where nothing is said."""
    return max(1, int(about[name])) if name in about else 1
