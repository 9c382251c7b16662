"""A month's report as an Excel workbook: a sheet a table, with typed dates and numbers and not one formula."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from actionplan.downloads import FORMULA_STARTS
from actionplan.reports.document import MonthDocument
from actionplan.reports.words import fit, once
from actionplan.reports.workbook import annexes, board
from actionplan.reports.workbook.sheet import Cell, Sheet

LONGEST = 32_767  # characters, as UTF-16 counts them: more than that Excel takes for a damaged file
CUT = " (cut here: an Excel cell holds no more)"
LINE, HIGHEST = 12.75, 409  # points: a line of text, and as high as Excel lets a row be
READABLE = 230  # characters beside each other on a printed page
EARLIEST = date(1900, 3, 1)  # Excel takes 1900 for a leap year, so days before this one are text

# Text is text: no address becomes a link, nothing that begins with = becomes a formula.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CELL = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 10}


def xlsx(document: MonthDocument) -> bytes:
    """The same facts as the page and its annexes, to filter and to count with."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        report = document.report
        book.set_properties(
            {
                "title": fit(f"{report.title}, {report.plan}"),
                "subject": fit(board.version(report)),
                "keywords": fit(document.marking),
                "created": report.stamp.frozen_on or report.board_on,
            }
        )
        formats = {
            "header": book.add_format({"bold": True, "bg_color": "#EEF1F3", "bottom": 1, **CELL}),
            "text": book.add_format(CELL),
            "number": book.add_format({**CELL, "align": "right", "indent": 1}),
            # Excel asks itself again what a cell is once somebody edits it; this mark makes it stay text.
            "quoted": book.add_format({**CELL, "quote_prefix": True}),
            "date": book.add_format({**CELL, "num_format": "d mmmm yyyy", "align": "left"}),
        }
        for sheet in sheets(document):
            _write(book.add_worksheet(sheet.name), sheet, formats, document)
    return file.getvalue()


def sheets(document: MonthDocument) -> list[Sheet]:
    """In the order of the workbook. A table without rows keeps its header."""
    report, annexed = document.report, document.annexes
    return [
        board.about(document),
        board.counts(report),
        board.changes(report),
        board.exceptions(report),
        board.recommendations(document),
        annexes.actions(annexed),
        annexes.milestones(annexed),
        annexes.indicators(annexed),
        annexes.values(annexed),
        board.risks(report),
        board.needs(report),
        board.decisions(report),
        board.date_changes(document),
        board.challenges(report),
    ]


def _write(page: Worksheet, sheet: Sheet, formats: dict[str, Format], document: MonthDocument) -> None:
    last = len(sheet.columns) - 1
    for at, (name, width, _) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(0, at, name, formats["header"])
    for down, row in enumerate(sheet.rows, 1):
        page.set_row(down, _height(sheet, row))
        for at, value in enumerate(row):
            _write_cell(page, down, at, value, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), last)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # action 4.10 is not 4.1
    _set_up_print(page, sheet, document)


def _height(sheet: Sheet, row: Sequence[Cell]) -> float:
    """Room for the cell with most lines, in points: not every program works it out when it opens a file."""
    lines = (
        sum(ceil((len(line) or 1) / (1.15 * width)) for line in str(value).split("\n"))
        for (_, width, _), value in zip(sheet.columns, row, strict=True)
    )
    return min(HIGHEST, 3 + LINE * max(lines))


def _set_up_print(page: Worksheet, sheet: Sheet, document: MonthDocument) -> None:
    """A4 on its side, as many pages across as can be read; each says what it is and repeats the header."""
    across = ceil(sum(width for _, width, _ in sheet.columns) / READABLE)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(across, 0)
    page.repeat_rows(0)
    if across > 1:
        page.repeat_columns(0, 1)
    report = document.report
    sample = "Sample data" if report.is_sample else ""
    running = " · ".join(once(document.marking, report.plan, board.version(report), sample))
    # An ampersand would begin a code, and Excel holds 255 characters.
    page.set_header(f"&C{fit(running)[:120].replace('&', '&&')}")
    page.set_footer(f"&L{sheet.name}&CPage &P of &N")


def _write_cell(page: Worksheet, down: int, at: int, value: Cell, formats: dict[str, Format]) -> None:
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    match value:
        case None | "":
            page.write_blank(down, at, None, formats["text"])
        case int() | Decimal():
            page.write_number(down, at, value, formats["number"])
        case date() if value >= EARLIEST:
            page.write_datetime(down, at, value, formats["date"])
        case _:
            text = _fitted(str(value))
            kind = "quoted" if text.startswith(FORMULA_STARTS) else "text"
            page.write_string(down, at, text, formats[kind])


def _fitted(text: str) -> str:
    """Text that a cell can hold, and which says so where it was cut."""
    text = fit(text)
    if _length(text) <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
