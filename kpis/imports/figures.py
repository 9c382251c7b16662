"""What comes out of a sheet: figures, cells that cannot be taken, and what is left out on purpose."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kpis.models import Area, Indicator
from kpis.periods import Period


class Place(NamedTuple):
    """A cell: the row as the sheet counts it, from 1; the column from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the file. Without an area it is this council’s own."""

    indicator: Indicator
    area: Area | None
    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    is_bare: bool  # a percentage without its sign, of which nobody has said what 0.609 means
    comment: str
    at: Place

    @property
    def key(self) -> tuple:
        return self.indicator.pk, self.area and self.area.pk, self.period

    @property
    def numbers(self) -> tuple:
        return self.value, self.numerator, self.denominator, self.marker


class Refusal(NamedTuple):
    """A cell that cannot be taken, and the sentence that says why."""

    at: Place
    why: str
    is_not_over: bool = False


class LeftOut(NamedTuple):
    """A figure that somebody chose not to take, by what it was left out for."""

    name: str


class Skip(Exception):
    """There is no figure to take; `said` says why, where anybody is to know."""

    def __init__(self, said: Refusal | LeftOut | None):
        super().__init__(said)
        self.said = said
