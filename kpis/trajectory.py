"""The way to a target, point by point: what was wanted by each day, and what there was."""

from dataclasses import dataclass
from datetime import date

from kpis import arithmetic
from kpis.enums import Polarity, Rating
from kpis.figures import Aim, Figure, alike
from kpis.readings import Reading


@dataclass(frozen=True)
class Point:
    """One target with the newest figure that counts towards it, rated; no figure and no rating before its time."""

    aim: Aim
    figure: Figure | None
    rating: Rating | None
    is_final: bool

    @property
    def result(self) -> str:
        if self.figure is None:
            return "Not yet due"
        return f"{self.figure.words} {'on' if self.figure.period.is_day else 'in'} {self.figure.label}"


def trajectory(reading: Reading) -> list[Point]:
    """Each target in order. A context indicator has none: there is no side on which it would be met."""
    if reading.indicator.polarity == Polarity.CONTEXT:
        return []
    points, after = [], date.min
    figures = alike(reading.figures)
    for aim in reading.aims:
        figure = next((each for each in reversed(figures) if after < each.period.end <= aim.by), None)
        points.append(Point(aim, figure, _rating(reading, aim, figure), is_final=aim is reading.aims[-1]))
        after = aim.by
    return points


def _rating(reading: Reading, aim: Aim, figure: Figure | None) -> Rating | None:
    if figure is None:
        return None
    return arithmetic.rate(
        figure.observed,
        polarity=reading.indicator.polarity,
        decimals=reading.indicator.decimals,
        target=aim.value,
        tolerance=aim.tolerance,
    )
