"""Text files: values between commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath

from .grid import Grid, Raw, text_or_blank
from .limits import MAX_CELL, SAVE_AGAIN, Refused, check_extent

# The rarer in running text first: of two that divide the rows equally well, the earlier is meant.
SEPARATORS = "\t;|,"
SAMPLE = 30_000  # characters looked at to find the separator; less than the longest cell
MOST_BLANK_ROWS = 1_048_576  # as many rows as a spreadsheet has
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A row that no file can hold, put after its end: if it is not read back, a quotation mark was never closed.
LAST = "\0"


def grids(content: bytes, name: str) -> list[Grid]:
    """The one sheet of a text file, under the name of the file."""
    text = decoded(content)
    hint = re.match(r"sep=(.)\r?\n", text)  # Excel’s own first line, which says what separates
    if hint:
        text = text[hint.end() - 1 :]
    separator = hint[1] if hint else separator_of(text)
    csv.field_size_limit(MAX_CELL)

    height = width = 0
    for number, row in enumerate(read(text, separator), start=1):
        filled = [column for column, cell in enumerate(row, start=1) if cell is not None]
        if filled or number > MOST_BLANK_ROWS:
            height, width = number, max([width, *filled[-1:]])
            check_extent(height, width)
    return [Grid(PurePath(name).stem, False, height, width, read(text, separator))]


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Windows wrote before there was either."""
    marked = [encoding for mark, encoding in MARKS.items() if content.startswith(mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(f"This file is not a table of text that can be read. {SAVE_AGAIN}")


def separator_of(text: str) -> str:
    """The separator that divides most rows into equally many cells.

    The standard library’s Sniffer is not asked: it takes letters and spaces for separators, is led astray
    by title rows, and its search for quotation marks slows down with the square of the length.
    """
    sample = text[:SAMPLE]

    def agreeing(separator: str) -> int:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter(len(row) for row in islice(reader, 200))
        return max((count for width, count in widths.items() if width > 1), default=0)

    best = max(SEPARATORS, key=agreeing)
    return best if agreeing(best) else ","


def read(text: str, separator: str) -> Iterator[list[Raw]]:
    """The rows, blank ones too; a quoted cell may run over several lines."""
    lines = io.StringIO(f"{text}\n{LAST}", newline="")
    spaced = f'{separator} "' in text[:SAMPLE]  # a, "b, c": the quotation mark comes after a space
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=spaced)
    number = 0
    row: list[str] = []
    try:
        for number, row in enumerate(reader, start=1):  # noqa: B007 both are needed after the loop
            if row != [LAST]:
                yield [text_or_blank(cell) for cell in row]
    except csv.Error:
        raise Refused(
            f"A cell in row {number + 1} has more than {MAX_CELL:,} characters. "
            f"Look for a quotation mark that is never closed. {SAVE_AGAIN}"
        ) from None
    if row != [LAST]:
        raise Refused(f"A quotation mark in row {number} is never closed. {SAVE_AGAIN}")
