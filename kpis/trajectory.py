"""The way to a target, point by point: what was wanted by each day, and what there was."""

from dataclasses import dataclass
from datetime import date

from kpis.enums import Polarity, Rating
from kpis.figures import Aim, Figure, alike
from kpis.readings import Reading
from kpis.rules import rated


@dataclass(frozen=True)
class Point:
    """One target with the newest figure that counts towards it, rated; no figure and no rating before its time.

    `rule` is the name of the rule that made the rating.
    """

    aim: Aim
    figure: Figure | None
    rating: Rating | None
    rule: str
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
        judged = rated(figure, aim, among=reading.figures, rules=reading.rules) if figure else None
        points.append(
            Point(
                aim,
                figure,
                rating=judged and judged.rating,
                rule=judged.rule if judged else "",
                is_final=aim is reading.aims[-1],
            )
        )
        after = aim.by
    return points
