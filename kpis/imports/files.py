"""Reading a file that somebody uploads: CSV, TSV, XLSX, ODS. What it holds decides what it is, not its name.

Each file is read in a process of its own (child.py) under limits of memory and time, and comes back row by
row. That process is told nothing but the file: no settings, no database, no secret.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from typing import IO, Any, cast

from .grid import cell_name
from .limits import DAMAGED, EMPTY, MAX_BYTES, MAX_SILENCE, TOO_BIG, TOO_MUCH, Refused

__all__ = ["Cell", "Refused", "SheetInfo", "cell_name", "head", "rows", "sheets"]

# Text as written, a number of at most 15 digits, a true date of the spreadsheet; None is blank. What a spreadsheet
# shows as a percentage is text too, “60.9%”, as it is in a text file.
Cell = str | Decimal | date | None

ROOT = Path(__file__).resolve().parents[2]
PIECE = 64 * 1024


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of the file, and how far down and across it is filled."""

    name: str
    rows: int
    columns: int
    is_hidden: bool


def sheets(content: bytes, name: str) -> list[SheetInfo]:
    """The sheets of the file in their order; a text file has one, called like the file. Raises Refused."""
    return [
        SheetInfo(found["name"], int(found["rows"]), int(found["columns"]), found["is_hidden"])
        for found in _ask(content, {"ask": "sheets", "name": name, "sheet": None})
    ]


def rows(content: bytes, name: str, sheet: str | None = None) -> Iterator[tuple[int, list[Cell]]]:
    """Each row that holds something, with its number as a spreadsheet shows it; all rows are equally long.

    Without the name of a sheet it is the first one that people see and that holds something. Every cell of a
    merged range has the value of the range. Raises Refused when it is read, at the first row or at any later.
    """
    for number, cells in _ask(content, {"ask": "rows", "name": name, "sheet": sheet}):
        yield int(number), cells


def head(
    content: bytes, name: str, sheet: str | None = None, limit: int = 30
) -> list[tuple[int, list[Cell]]]:
    """The first rows that hold something. Raises Refused."""
    return list(islice(rows(content, name, sheet), limit))


def _ask(content: bytes, question: dict[str, str | None]) -> Iterator[Any]:
    """The answers of the child, as they come; it ends when nobody listens any more."""
    if not content:
        raise Refused(EMPTY)
    if len(content) > MAX_BYTES:
        raise Refused(TOO_BIG)
    with _started(json.dumps(question).encode() + b"\n", content) as child:
        try:
            for line in _lines(child):
                answer = json.loads(line, parse_float=Decimal, parse_int=Decimal, object_hook=_with_date)
                if isinstance(answer, dict) and "refused" in answer:
                    raise Refused(answer["refused"])
                yield answer
            if child.wait(MAX_SILENCE):
                raise Refused(TOO_MUCH if child.returncode < 0 else DAMAGED)
        finally:
            child.kill()


def _started(question: bytes, content: bytes) -> subprocess.Popen[bytes]:
    with TemporaryFile() as file:  # it has no name, so nothing is left of it however we end
        file.write(question)
        file.write(content)
        file.seek(0)
        command = [sys.executable, "-m", "kpis.imports.child"]
        return subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, cwd=ROOT, env={})  # noqa: S603 our own


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """The lines it writes, as long as it is never silent for too long."""
    output = cast(IO[bytes], child.stdout)
    unfinished = bytearray()
    with DefaultSelector() as selector:
        selector.register(output, EVENT_READ)
        while True:
            if not selector.select(MAX_SILENCE):
                raise Refused(TOO_MUCH)
            piece = os.read(output.fileno(), PIECE)
            if not piece:
                return
            unfinished += piece
            if b"\n" in piece:
                *lines, rest = bytes(unfinished).split(b"\n")
                unfinished = bytearray(rest)
                yield from lines


def _with_date(answer: dict[str, Any]) -> Any:
    return date.fromisoformat(answer["date"]) if "date" in answer else answer
