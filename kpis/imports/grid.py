"""A sheet as every kind of file gives it: rows from the top, cells from the left, merged ranges filled in."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .limits import MAX_CELLS, TOO_MUCH, Refused

# What a cell holds on its way out of the child process: a number is still a float there.
Raw = str | int | float | date | None
# The first and the last row and column of a merged range, all counted from 0.
Merged = tuple[int, int, int, int]


@dataclass
class Grid:
    """A sheet: `rows` are read once, blank ones included, and may be shorter than `columns`."""

    name: str
    is_hidden: bool
    height: int
    width: int
    rows: Iterable[list[Raw]]

    def padded(self) -> Iterator[tuple[int, list[Raw]]]:
        """Each row that holds something, with its number from 1, as long as the sheet is wide."""
        for number, row in enumerate(self.rows, start=1):
            if row.count(None) < len(row):
                yield number, row[: self.width] + [None] * (self.width - len(row))


def text_or_blank(text: str) -> str | None:
    """The text as written, without NUL, which no database keeps; only white space is a blank cell."""
    return text.replace("\0", "") if text.strip("\0 \t\r\n\xa0") else None


def shortened(number: float) -> str | int | float:
    """The number to 15 significant digits, as many as Excel keeps: 44.900000000000006 is 44.9, and 7.0 is 7."""
    if number.is_integer() and abs(number) < 1e15:
        return int(number)
    short = float(f"{number:.15g}")
    if short.is_integer():
        return int(short)
    return short if math.isfinite(short) else str(short)


def percentage(number: float) -> str:
    """0.609 in a cell that shows it as a percentage, as people see it and as a text file has it: 60.9%."""
    return f"{Decimal(str(shortened(float(number) * 100))):f}%"


def fill_merged(rows: Iterable[list[Raw]], ranges: list[Merged], width: int) -> Iterator[list[Raw]]:
    """Give every cell of a merged range the value at its top left, which is all that people see there."""
    coming = sorted(ranges, reverse=True)
    open_ranges: list[tuple[Merged, Raw]] = []
    cells = 0
    for number, row in enumerate(rows):
        open_ranges = [(merged, value) for merged, value in open_ranges if number <= merged[2]]
        while coming and coming[-1][0] <= number:
            merged = coming.pop()
            left = merged[1]
            open_ranges.append((merged, row[left] if left < len(row) else None))
        if open_ranges:
            row = row + [None] * (width - len(row))
        for (_, left, _, right), value in open_ranges:
            covered = len(row[left : right + 1])
            row[left : right + 1] = [value] * covered
            cells += covered + 1
        if cells > MAX_CELLS:
            raise Refused(TOO_MUCH)
        yield row


def cell_name(row: int, column: int) -> str:
    """B7 for row 7 and the second column, which is column 1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
