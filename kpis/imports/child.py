"""The process that reads an uploaded file, so that a hostile one ends nothing but this process.

It takes the question as one line and then the file on its standard input, and answers in lines of JSON:
{"name", "rows", "columns", "is_hidden"} for a sheet, [number, cells] for a row, or {"refused": sentence}.
Started by files.py; it knows nothing of Django, of the database or of any secret.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError

from . import delimited, opendocument, workbook
from .grid import Grid, Raw, cell_name
from .kinds import Kind, kind_of
from .limits import (
    BLANK,
    DAMAGED,
    HIDDEN,
    MAX_CELL,
    MAX_MEMORY,
    MAX_SECONDS,
    MAX_SECONDS_TO_ANSWER,
    MAX_TEXT,
    SAVE_AGAIN,
    TOO_MUCH,
    Refused,
)

ENCODER = json.JSONEncoder(default=lambda day: {"date": day.isoformat()}, separators=(",", ":"))


def main() -> None:
    limit(resource.RLIMIT_AS, MAX_MEMORY)
    limit(resource.RLIMIT_CORE, 0)  # no image of somebody’s file on the disk
    limit(resource.RLIMIT_CPU, MAX_SECONDS, at_first=MAX_SECONDS_TO_ANSWER)
    question = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        for number, answer in enumerate(answers(content, **question)):
            if number == 0:
                limit(resource.RLIMIT_CPU, MAX_SECONDS)
            tell(answer)
    except Refused as refused:
        tell({"refused": str(refused)})
    except (CalamineError, ExpatError):
        tell({"refused": DAMAGED})
    except MemoryError:
        tell({"refused": TOO_MUCH})


def limit(what: int, most: int, at_first: int | None = None) -> None:
    """Lower the limit, at first perhaps further than for good; one that is lower already stays."""
    _, allowed = resource.getrlimit(what)
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (min(most, at_first or most), most))


def tell(answer: Any) -> None:
    sys.stdout.write(ENCODER.encode(answer) + "\n")


def answers(content: bytes, ask: str, name: str, sheet: str | None) -> Iterator[Any]:
    """A text file has but one sheet, whatever it was called when it was chosen."""
    kind = kind_of(content, name)
    if kind is Kind.TEXT:
        found: Iterable[Grid] = delimited.grids(content, name)
        sheet = None
    else:
        found = workbook.grids(content) if kind is Kind.XLSX else opendocument.grids(content)
    return described(found) if ask == "sheets" else filled_rows(chosen(found, sheet))


def described(found: Iterable[Grid]) -> Iterator[dict[str, Any]]:
    listed = [
        {"name": grid.name, "rows": grid.height, "columns": grid.width, "is_hidden": grid.is_hidden}
        for grid in found
    ]
    if listed and all(sheet["is_hidden"] for sheet in listed):
        raise Refused(HIDDEN)
    if not any(sheet["rows"] for sheet in listed):
        raise Refused(BLANK)
    yield from listed


def chosen(found: Iterable[Grid], name: str | None) -> Grid:
    """The sheet of that name, or the first one that people see and that holds something."""
    hidden = []
    for grid in found:
        if grid.name == name or (not name and grid.height and not grid.is_hidden):
            return grid
        hidden.append(grid.is_hidden)
    if name:
        raise Refused(f"There is no sheet called “{name}” in this file. Choose another sheet.")
    raise Refused(HIDDEN if hidden and all(hidden) else BLANK)


def filled_rows(grid: Grid) -> Iterator[tuple[int, list[Raw]]]:
    characters = number = 0
    for number, cells in grid.padded():
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                characters += len(cell)
                if len(cell) > MAX_CELL:
                    where = cell_name(number, column)
                    raise Refused(
                        f"Cell {where} has more than {MAX_CELL:,} characters. Shorten it. {SAVE_AGAIN}"
                    )
        if characters > MAX_TEXT:
            raise Refused(TOO_MUCH)
        yield number, cells
    if not number:
        raise Refused(BLANK)


if __name__ == "__main__":
    main()
