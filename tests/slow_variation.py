"""The rules of variation once more, read word by word and as slowly as it takes, to compare the quick ones with."""

from fractions import Fraction
from itertools import pairwise


def literally(values, rebase_at):
    """A letter a point, as in tests/data/variation.csv."""
    cuts = sorted({0, *(at for at in rebase_at if at < len(values)), len(values)})
    return "".join(_group([Fraction(value) for value in values[a:b]]) for a, b in pairwise(cuts))


def _group(values):
    mean = sum(values) / len(values)
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, len(values))]
    moving = None
    if len(values) >= 12 and max(ranges) > 0:
        kept = [moved for moved in ranges if moved * len(ranges) * 1000 < 3267 * sum(ranges)]
        moving = sum(kept) / len(kept)
    return "".join(_letter(values, index, mean, moving) for index in range(len(values)))


def _letter(values, index, mean, moving):
    away = [(value - mean) * 50 for value in values]  # in fiftieths, so that 2.66 is 133
    high = away[index] > 0
    if moving is not None and abs(away[index]) > 133 * moving:
        return "A" if high else "B"
    if any(trend_ends(values, last) for last in range(index, index + 7)):
        next_too = any(trend_ends(values, last) for last in range(index + 1, index + 8))
        up = values[index + 1] > values[index] if next_too else values[index] > values[index - 1]
        return "R" if up else "F"
    if moving is not None:
        close = [2 * 133 * moving < 3 * abs(far) <= 3 * 133 * moving for far in away]
        threes = [three for three in _windows(values, index, 3) if sum(close[i] for i in three) >= 2]
        if close[index] and any(_one_side(away, three) for three in threes):
            return "H" if high else "L"
    if any(_one_side(away, seven) for seven in _windows(values, index, 7)):
        return "U" if high else "D"
    return "."


def _windows(values, index, size):
    """Every row of `size` indexes that holds this one and lies within the series."""
    firsts = range(max(index - size + 1, 0), min(index, len(values) - size) + 1)
    return [range(first, first + size) for first in firsts]


def _one_side(away, window):
    return all(away[i] > 0 for i in window) or all(away[i] < 0 for i in window)


def trend_ends(values, last):
    """Seven values in a row up to this one, each above or each below the one before."""
    seven = values[max(last - 6, 0) : last + 1]
    steps = list(pairwise(seven))
    return (
        len(steps) == 6
        and last < len(values)
        and (all(a < b for a, b in steps) or all(a > b for a, b in steps))
    )


def trend_starts(values, first):
    return trend_ends(values, first + 6)
