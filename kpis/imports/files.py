"""Reading a file that somebody uploads: CSV, TSV, XLSX, ODS. What it holds decides what it is, not its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Cell = str | Decimal | date | None


class Refused(Exception):
    """The file is not read. The text is one plain sentence for the person who uploaded it."""


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of the file, and how far down and across it is filled."""

    name: str
    rows: int
    columns: int
    is_hidden: bool


def sheets(content: bytes, name: str) -> list[SheetInfo]:
    """The sheets of the file in their order; a text file has one."""
    raise Refused("Files cannot be read yet.")


def rows(content: bytes, name: str, sheet: str | None = None) -> Iterator[tuple[int, list[Cell]]]:
    """Each row that holds something, with its number as a spreadsheet shows it; all rows are equally long.

    Without the name of a sheet it is the first one that people see and that holds something.
    """
    raise Refused("Files cannot be read yet.")


def head(
    content: bytes, name: str, sheet: str | None = None, limit: int = 30
) -> list[tuple[int, list[Cell]]]:
    """The first rows that hold something."""
    return [row for row, _ in zip(rows(content, name, sheet), range(limit), strict=False)]


def cell_name(row: int, column: int) -> str:
    """B7 for row 7 and the second column, which is column 1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
