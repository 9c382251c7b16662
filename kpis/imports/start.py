"""Where the questions about a file start from: what is remembered of its source, else what its headings propose."""

import re
from dataclasses import dataclass, replace

from . import files
from .columns import is_band
from .files import Cell, SheetInfo
from .headings import heading_rows, headings, proposed
from .layout import Layout, fits, matching
from .names import Names

# What the sheets before the first table are called, in the workbooks of the DfE and the ONS.
WORDS_ONLY = re.compile(
    r"cover|contents|index|notes|read ?me|information|introduction|definitions|metadata", re.I
)
HEAD = 30  # rows, as many as are looked at to find the headings

Rows = list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Start:
    """A layout to begin with, and the top of its sheet. `remembered` says how much is from the source’s last file."""

    layout: Layout
    head: Rows
    remembered: str = ""


COLUMNS = "columns"  # the same columns as last time
NAMES = "names"  # other columns, the same names


def first_sheet(sheets: list[SheetInfo], before: Layout | None) -> SheetInfo:
    """The one that was read last time, else the first that people see and that holds more than words about others."""
    filled = [each for each in sheets if not each.is_hidden and each.rows] or sheets
    tables = [each for each in filled if not WORDS_ONLY.match(each.name)] or filled
    return next((each for each in sheets if before and each.name == before.sheet), tables[0])


def start(
    content: bytes,
    file_name: str,
    sheet: str,
    *,
    names: Names,
    before: Layout | None = None,
    at: tuple[int, int] | None = None,
) -> Start:
    """Raises files.Refused. `at` are the heading rows where somebody has said which they are."""
    head = files.head(content, file_name, sheet, HEAD)
    first, last = at or heading_rows(head)
    called = headings(head, first, last)
    below = [row for row in head if row[0] > last and not is_band(row[1])]
    if before and fits(before, called):
        layout = replace(before, columns=matching(before, called))
        remembered = COLUMNS
    else:
        layout = proposed(called, below, indicator_names=names.indicator_codes, area_names=names.area_codes)
        remembered = NAMES if before else ""
        if before:
            layout = replace(
                layout,
                indicators=before.indicators,
                areas=before.areas,
                year_means=before.year_means,
                day_first=before.day_first,
            )
    placed = replace(layout, sheet=sheet, heading_rows=(first, last))
    return Start(placed, head, remembered)
