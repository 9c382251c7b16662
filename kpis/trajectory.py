"""The way to a target, point by point: what was wanted by each day, and what there was."""

from dataclasses import dataclass
from datetime import date

from kpis import arithmetic
from kpis.enums import Polarity, Rating
from kpis.figures import Aim, Figure, alike, year_before
from kpis.readings import Reading
from kpis.rules import in_force


@dataclass(frozen=True)
class Point:
    """One target with the newest figure that counts towards it, rated; no figure and no rating before its time.

    `rule` is the name of the rule that made the rating.
    """

    aim: Aim
    is_final: bool
    figure: Figure | None = None
    rating: Rating | None = None
    rule: str = ""

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
        points.append(
            Point(aim, is_final=aim is reading.aims[-1], **_rated(reading, aim, figure) if figure else {})
        )
        after = aim.by
    return points


def _rated(reading: Reading, aim: Aim, figure: Figure) -> dict:
    ago = year_before(reading.figures, figure)
    rule = in_force(reading.rules, figure.period.end)
    rating = arithmetic.rate(
        figure.observed,
        polarity=reading.indicator.polarity,
        decimals=reading.indicator.decimals,
        target=aim.value,
        tolerance=aim.tolerance,
        rule=rule,
        year_ago=ago.value if ago else None,
    )
    return {"figure": figure, "rating": rating, "rule": rule.name if rating.is_coloured else ""}
