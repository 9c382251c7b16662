"""What was done for an indicator, and what of it came before its figures shifted. Pure, no database.

Before is not because: nothing here says that one thing led to the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpis.enums import Variation
from kpis.linked import LinkedAction
from kpis.periods import Period, months_later

LOOK_BACK = 6  # months before a shift
LETTERS = "ABCDEF"  # more marks than these would hide the line they stand on
SHIFTS = (Variation.IMPROVING, Variation.WORSENING, Variation.HIGH, Variation.LOW)


@dataclass(frozen=True)
class Done:
    """A step taken for an indicator. `letter` is its mark on the chart; empty where it has none."""

    on: date
    ref: str
    words: str
    url: str
    is_whole: bool  # the action itself, not one of its milestones
    is_sample: bool
    letter: str = ""


@dataclass(frozen=True)
class Earlier:
    """Something done before a shift, and how long before."""

    done: Done
    weeks: int

    @property
    def words(self) -> str:
        """12 weeks before; 1 week before; less than a week before."""
        if self.weeks == 0:
            return "less than a week before"
        return f"{self.weeks} week{'' if self.weeks == 1 else 's'} before"


def shift_day(periods: Sequence[Period], first: int) -> date:
    """The first day that the figures before a shift say nothing of: `first` is the index of the first period after it.

    Of months that is the first day of the month. Of days, and of years that are counted anew each month, it is the day
    after the period before.
    """
    if first == 0:
        return periods[0].start
    return max(periods[first].start, periods[first - 1].end + timedelta(days=1))


def everything_done(actions: Iterable[LinkedAction]) -> list[Done]:
    """The steps of all actions, oldest first; of one day, milestones before whole actions."""
    done = [
        Done(step.on, action.ref, step.words, step.url, step.is_whole, action.is_sample)
        for action in actions
        for step in action.steps
    ]
    return sorted(done, key=lambda each: (each.on, each.is_whole))


def lettered(done: Iterable[Done], *, first: date, last: date, shift: date | None = None) -> list[Done]:
    """The same steps, with letters in order for those to be marked on a chart from `first` to `last`.

    Whole actions go before milestones, what came shortly before a shift goes before the rest, and the newest go before
    the older ones, until there are no more letters.
    """
    done = list(done)
    on_chart = [place for place, each in enumerate(done) if first <= each.on <= last]

    def weight(place: int) -> tuple:
        each = done[place]
        return not each.is_whole, not (shift and _is_before(each, shift)), -place

    chosen = sorted(sorted(on_chart, key=weight)[: len(LETTERS)])
    letters = dict(zip(chosen, LETTERS, strict=False))
    return [replace(each, letter=letters.get(place, "")) for place, each in enumerate(done)]


def came_before(done: Iterable[Done], shift: date) -> list[Earlier]:
    """What was done in the six months before a shift, newest last."""
    return [Earlier(each, (shift - each.on).days // 7) for each in done if _is_before(each, shift)]


def _is_before(done: Done, shift: date) -> bool:
    return months_later(shift, -LOOK_BACK) <= done.on < shift
