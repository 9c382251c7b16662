"""XLSX workbooks: calamine reads the cells, marks.py adds what calamine does not tell."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .archive import Archive
from .grid import Grid, Raw, fill_merged, percentage, shortened, text_or_blank
from .limits import MAX_SHEETS, SAVE_AGAIN, Refused, check_extent
from .marks import Marks, marks_by_sheet

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook writes a character that XML cannot hold


def grids(content: bytes) -> Iterator[Grid]:
    """The worksheets in their order, each read when it is asked for."""
    marks = marks_by_sheet(Archive(content).check())
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        if len(workbook.sheet_names) > MAX_SHEETS:
            raise Refused(f"This file has more than {MAX_SHEETS} sheets. {SAVE_AGAIN}")
        for about in workbook.sheets_metadata:
            if about.typ is SheetTypeEnum.WorkSheet:
                is_hidden = about.visible is not SheetVisibleEnum.Visible
                sheet = workbook.get_sheet_by_name(about.name)
                yield grid(sheet, is_hidden, marks.get(about.name, Marks()))


def grid(sheet: CalamineSheet, is_hidden: bool, marks: Marks) -> Grid:
    bottom, right = sheet.end or (-1, -1)
    check_extent(bottom + 1, right + 1)
    ranges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    rows = fill_merged(read(sheet, marks), ranges, right + 1)
    return Grid(sheet.name, is_hidden, bottom + 1, right + 1, rows)


def read(sheet: CalamineSheet, marks: Marks) -> Iterator[list[Raw]]:
    """All rows from the first; calamine leaves out the blank columns on the left, but not the rows above."""
    left = sheet.start[1] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = [None] * left + [plain(cell) for cell in cells]
        for column, error in marks.errors.get(number, {}).items():
            row[column] = error
        for column in marks.percentages(number):
            cell = row[column] if column < len(row) else None
            if isinstance(cell, int | float):
                row[column] = percentage(cell)
        yield row


def plain(value: Any) -> Raw:
    """What the cell shows: a date without its time, a duration as hours, a truth as Excel spells it."""
    if isinstance(value, str):
        return text_or_blank(
            ESCAPE.sub(lambda code: chr(int(code[1], 16)), value) if "_x" in value else value
        )
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shortened(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)  # a time of day
