"""A table of a workbook as plain data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | date | None
Column = tuple[str, int, Callable[[Any], Cell]]  # its name, its width in characters, what stands in it


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    of: Sequence[Any]

    @property
    def rows(self) -> list[list[Cell]]:
        return [[value(each) for _, _, value in self.columns] for each in self.of]


def sheet(name: str, of: Iterable[Any], *columns: Column) -> Sheet:
    return Sheet(name, columns, tuple(of))
