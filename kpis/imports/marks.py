"""What calamine does not tell of a workbook: cells that show an error or a percentage, and cells far away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath

from .archive import Archive
from .limits import MAX_COLUMNS, check_extent
from .markup import elements

PERCENT_FORMATS = {"9", "10"}  # Excel’s own 0% and 0.00%
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')  # the parts of a number format in which % is only a letter
OVERLAP = 1_000  # bytes of a piece that are looked at again with the next: a cell may lie across

# The start tag of a cell with its attributes in the order of the standard, as every known writer has them.
CELL = rb'<c\s[^<>]{0,100}?\br="([A-Z]{1,20})(\d{1,20})"'
# Filled cells in columns of three letters, or in rows from 200,000 on.
FAR = re.compile(
    rb'<c\s[^<>]{0,100}?\br="([A-Z]{3,20}(?=\d)|[A-Z]{1,2}(?=[2-9]\d{5}|\d{7}))(\d{1,20})"[^<>]{0,100}(?<!/)>\s*<[^/]'
)
ERROR = re.compile(
    CELL + rb'[^<>]{0,100}\bt="e"[^<>]{0,100}>(?:(?!<c\s).){0,500}?<v>(#[^<]{1,20})</v>', re.DOTALL
)


@dataclass
class Marks:
    """Of one sheet, by row number: the errors by column, and one bit for each column with a percentage."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    percent: dict[int, int] = field(default_factory=dict)

    def percentages(self, row: int) -> Iterator[int]:
        """The columns, from 0, in which this row shows percentages."""
        bits = self.percent.get(row, 0)
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest


def marks_by_sheet(archive: Archive) -> dict[str, Marks]:
    """The marks of each sheet by its name; refused when a sheet is filled too far down or across."""
    styles = percent_styles(archive.read("xl/styles.xml"))
    return {name: find(archive.pieces(part), styles) for name, part in parts_of_sheets(archive).items()}


def parts_of_sheets(archive: Archive) -> dict[str, str]:
    """The name of each sheet and of the part that holds its cells."""
    targets = {
        about["Id"]: normpath(join("/xl", about["Target"])).lstrip("/")
        for _, tag, about in elements(archive.read("xl/_rels/workbook.xml.rels") or b"<none/>")
        if tag == "Relationship" and about.get("TargetMode") != "External"
    }
    named = {
        about["name"]: targets.get(about.get("id", ""), "")
        for _, tag, about in elements(archive.read("xl/workbook.xml") or b"<none/>")
        if tag == "sheet"
    }
    return {name: part for name, part in named.items() if part in archive}


def percent_styles(styles: bytes) -> set[int]:
    """The numbers of the cell styles that show 0.609 as 60.9%."""
    formats = set(PERCENT_FORMATS)
    found = set()
    number = 0
    for parent, tag, about in elements(styles or b"<none/>"):
        if tag == "numFmt" and "%" in NOT_SHOWN.sub("", about.get("formatCode", "")):
            formats.add(about.get("numFmtId", ""))
        if (parent, tag) == ("cellXfs", "xf"):
            if about.get("numFmtId") in formats:
                found.add(number)
            number += 1
    return found


def find(pieces: Iterator[bytes], styles: set[int]) -> Marks:
    """Read the part of a sheet once, with a little of each piece in view of the next."""
    ids = b"|".join(str(number).encode() for number in sorted(styles))
    percent = re.compile(CELL + rb'[^<>]{0,100}?\bs="(?:' + ids + rb')"') if styles else None
    marks = Marks()
    before = b""
    for piece in pieces:
        view = before + piece
        for cell in FAR.finditer(view):
            check_extent(int(cell[2]), column_number(cell[1]))
        for cell in ERROR.finditer(view) if b't="e"' in view else ():
            marks.errors.setdefault(int(cell[2]), {})[column_number(cell[1]) - 1] = cell[3].decode(
                "ascii", "replace"
            )
        for cell in percent.finditer(view) if percent else ():
            row, column = int(cell[2]), column_number(cell[1])
            if column <= MAX_COLUMNS:
                marks.percent[row] = marks.percent.get(row, 0) | 1 << column - 1
        before = view[-OVERLAP:]
    return marks


def column_number(letters: bytes) -> int:
    """1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
