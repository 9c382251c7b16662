"""Whether a new value is so far outside its history that somebody should look twice. Pure.

It looks for slips of the hand, a lost decimal point or a digit too many, not for news: a change that a process could
make by itself is never asked about. kpis/variation.py judges those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

ENOUGH = 4  # earlier values; fewer say nothing of what is usual
FAR = 3  # times what the series moves by itself
CHANCE = Decimal("2.66")  # times the mean moving range: how far chance alone takes a value from the mean
STEADY = Decimal(20)  # a series that never moved may still move by this part of its size
SLIPS = [Decimal("0.1"), Decimal(10), Decimal("0.01"), Decimal(100)]


@dataclass(frozen=True)
class Question:
    """What makes a value unusual. `instead` is what was perhaps meant, where a slipped decimal point explains it."""

    value: Decimal
    low: Decimal
    high: Decimal
    instead: Decimal | None


def unusual(value: Decimal, history: Sequence[Decimal], decimals: int) -> Question | None:
    """A question about a value far outside its earlier ones, oldest first; None where there is nothing to ask.

    Nothing inside the earlier range is unusual, and nothing is of fewer than four earlier values.
    """
    if len(history) < ENOUGH:
        return None
    low, high = min(history), max(history)
    allowed = FAR * _movement(history, decimals)

    def is_far(number: Decimal) -> bool:
        return not low - allowed <= number <= high + allowed

    if not is_far(value):
        return None
    meant = (value * slip for slip in SLIPS)
    return Question(value, low, high, next((each for each in meant if not is_far(each)), None))


def _movement(history: Sequence[Decimal], decimals: int) -> Decimal:
    """How far the series goes by itself: by chance, over its whole range, and a little even where it stood still."""
    moves = [abs(after - before) for before, after in pairwise(history)]
    return max(
        CHANCE * sum(moves, Decimal(0)) / len(moves),
        (max(history) - min(history)) / 2,
        max(abs(each) for each in history) / STEADY,
        Decimal(1).scaleb(-decimals),
    )
