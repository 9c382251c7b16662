"""What stands above the plot: what was done for the indicator, and where its limits start anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kpis.charts.facts import ChartFacts, Mark, Rebase
from kpis.charts.frame import LETTER, RIGHT, Frame
from kpis.charts.words import plain
from kpis.periods import month_end

ROWS = 8
LONGEST = 56  # letters


@dataclass(frozen=True)
class Upright:
    """An upright line and its words. `row` counts upwards from the plot; None where no room is left."""

    x: float
    letters: str
    words: str
    row: int | None


def uprights(facts: ChartFacts, plot: Frame) -> list[Upright]:
    """Each in the lowest row that has room, with its letters alone where there is none for its words.

    The last is placed first, and takes the rows that its line runs through: so no line crosses words out.
    """
    free = [plot.width + RIGHT] * ROWS  # how far to the right each row is free
    found = []
    for x, letters, words in sorted(_wanted(facts, plot), reverse=True):
        upright = (
            _placed(x, letters, words, free) or _placed(x, letters, "", free) or Upright(x, letters, "", None)
        )
        for each in range(0 if upright.row is None else upright.row + 1):
            free[each] = x - LETTER
        found.append(upright)
    return found


def _placed(x: float, letters: str, words: str, free: list[float]) -> Upright | None:
    end = x + LETTER * (len(letters) + len(words) + 1)
    row = next((each for each, room in enumerate(free) if end <= room), None)
    return None if row is None else Upright(x, letters, words, row)


def _wanted(facts: ChartFacts, plot: Frame) -> Iterator[tuple[float, str, str]]:
    """Where, with which letters and words. What was done in one month stands beside that month’s value, on one line."""
    shown = [mark for mark in facts.marks if plot.first <= _day(mark) <= plot.last]
    for day, marks in groupby(sorted(shown, key=_day), _day):
        each = sorted(marks, key=lambda mark: mark.letter)
        letters = plain(", ".join(mark.letter for mark in each))
        yield plot.x(day), letters, _cut("; ".join(mark.words for mark in each), plot.x(day), plot)
    for _, day, rebase in breaks(facts):
        yield plot.x(day), "", _cut(f"New limits: {rebase.reason}", plot.x(day), plot)


def _day(mark: Mark) -> int:
    return month_end(mark.on).toordinal()


def _cut(words: str, x: float, plot: Frame) -> str:
    return plain(words, min(LONGEST, int((plot.width + RIGHT - x) / LETTER) - 5))


def breaks(facts: ChartFacts) -> Iterator[tuple[int, float, Rebase]]:
    """Each rebase that parts two values: the index of the first value after it, and the day halfway between them."""
    for rebase in facts.rebases:
        after = next((i for i, point in enumerate(facts.points) if point.period.start >= rebase.on), 0)
        if after:
            before, first = (facts.points[each].period.end.toordinal() for each in (after - 1, after))
            yield after, (before + first) / 2, rebase
