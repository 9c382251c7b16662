"""Variation in a series of figures: what is more than chance, and will the target be met. Pure functions, no database.

The rules are those of NHS England’s Making Data Count programme for XmR charts, as the R package NHSRplotthedots 0.2.2
(CRAN, MIT licence) applies them by default: a point has the signal that it has there. Three things differ, on purpose.
A group of fewer than 12 points is a run chart: a mean, no limits, and only the signals that need none, a trend or a run
on one side of the mean. A series that never moves has no limits either, so it is not judged by a target. And the
arithmetic is exact, where floating point may put a value that lies on a line to one side of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil, floor, lcm
from typing import NamedTuple

from kpis.enums import Assurance, Polarity, Signal, Variation

ENOUGH = 12  # points in a group, before limits are worth drawing
IN_A_ROW = 7  # points that make a trend, or a run on one side of the mean
LIMIT = Fraction("2.66")  # mean moving ranges from the mean to a limit: three standard deviations
NEAR = Fraction(2, 3)  # of the way from the mean to a limit: two standard deviations
# A moving range of so many mean ones or more is left out of the limits: Nelson (1982), J. Quality Tech. 14(3): 172-173.
OUTLYING = Fraction("3.267")

# What a signal on the high side means, and what one on the low side.
MEANING = {
    Polarity.HIGHER: (Variation.IMPROVING, Variation.WORSENING),
    Polarity.LOWER: (Variation.WORSENING, Variation.IMPROVING),
    Polarity.CONTEXT: (Variation.HIGH, Variation.LOW),
}

Found = tuple[Signal, Variation]  # the signal of a point, and what it means by polarity


class Point(NamedTuple):
    """One figure, the mean and limits of its group, and what marks it. Limits are None in a group that has none."""

    value: Decimal
    mean: Decimal
    lower: Decimal | None
    upper: Decimal | None
    signal: Signal
    variation: Variation


@dataclass(frozen=True)
class Analysis:
    """A series point by point, and what its last point says of the whole."""

    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance
    since: (
        int | None
    )  # the first of the points in a row, up to the last and since a rebase, that share its variation


class Lines(NamedTuple):
    """The mean of a group of whole numbers and how far its limits lie from it: None where it has none."""

    mean: Fraction
    limit: Fraction | None

    def shown(self, scale: int) -> tuple[Decimal, Decimal | None, Decimal | None]:
        """Mean, lower and upper limit of the values themselves, each rounded once; no comparison is made with them."""
        reach = self.limit or Fraction(0)
        lines = (self.mean, self.mean - reach, self.mean + reach)
        mean, lower, upper = (Decimal(line.numerator) / (line.denominator * scale) for line in lines)
        return (mean, None, None) if self.limit is None else (mean, lower, upper)


def analyse(
    values: Sequence[Decimal],
    *,
    polarity: str,
    target: Decimal | None = None,
    rebase_at: Iterable[int] = (),
) -> Analysis:
    """What is more than chance in `values`, oldest first, and whether a process that goes on so will meet `target`.

    At each index in `rebase_at` a new group starts, with a mean, limits and signals of its own; an index outside the
    series starts nothing. The words for the whole are those of its last point, against the limits of its last group.
    """
    if not values:
        return Analysis((), Variation.TOO_FEW, Assurance.NOT_JUDGED, None)
    wholes, scale = _whole_numbers(values)
    points: list[Point] = []
    for start, end in pairwise([0, *sorted({at for at in rebase_at if 0 < at < len(values)}), len(values)]):
        group = wholes[start:end]
        lines = _lines(group)
        shown = lines.shown(scale)
        found = _found(group, lines, *MEANING[Polarity(polarity)])
        points += [Point(value, *shown, *one) for value, one in zip(values[start:end], found, strict=True)]
    variation = points[-1].variation
    since = len(points) - 1
    while since > start and points[since - 1].variation == variation:
        since -= 1
    return Analysis(tuple(points), variation, _assurance(target, lines, scale, polarity), since)


def _whole_numbers(values: Sequence[Decimal]) -> tuple[list[int], int]:
    """The values times one scale that makes all of them whole: comparisons then need no rounding."""
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*(denominator for _, denominator in ratios))
    return [numerator * (scale // denominator) for numerator, denominator in ratios], scale


def _lines(group: list[int]) -> Lines:
    """The mean and limits of a group; only the mean where it has too few points, or does not move at all."""
    mean = Fraction(sum(group), len(group))
    ranges = [abs(after - before) for before, after in pairwise(group)]
    if len(group) < ENOUGH or not any(ranges):
        return Lines(mean, None)
    outlying = ceil(OUTLYING * Fraction(sum(ranges), len(ranges)))
    usual = [moved for moved in ranges if moved < outlying]
    return Lines(mean, LIMIT * Fraction(sum(usual), len(usual)))


def _found(group: list[int], lines: Lines, high: Variation, low: Variation) -> list[Found]:
    """The signal of each point and its meaning: where several fit, the one that is named last here."""
    found = [(Signal.NONE, Variation.NORMAL if len(group) >= ENOUGH else Variation.TOO_FEW)] * len(group)
    sides = _sides(group, lines.mean)
    outside, near = [0] * len(group), [0] * len(group)
    if lines.limit is not None:
        outside, near = _sides(group, lines.mean, lines.limit), _sides(group, lines.mean, lines.limit * NEAR)
    two_in_three = _two_in_three(near, outside, sides)
    _note(found, _runs(sides), (Signal.RUN_HIGH, high), (Signal.RUN_LOW, low))
    _note(found, two_in_three, (Signal.TWO_IN_THREE_HIGH, high), (Signal.TWO_IN_THREE_LOW, low))
    _note(found, _trends(group), (Signal.RISING, high), (Signal.FALLING, low))
    _note(found, outside, (Signal.ABOVE_LIMIT, high), (Signal.BELOW_LIMIT, low))
    return found


def _note(found: list[Found], marks: list[int], up: Found, down: Found) -> None:
    for index, mark in enumerate(marks):
        if mark:
            found[index] = up if mark > 0 else down


def _sides(group: list[int], mean: Fraction, distance: Fraction | int = 0) -> list[int]:
    """1 for a value more than `distance` above the mean, -1 for one more than it below, 0 between and on the line."""
    # A whole number is above a line when it is above the whole number under it: the same answer, much quicker.
    top, bottom = floor(mean + distance), ceil(mean - distance)
    return [(value > top) - (value < bottom) for value in group]


def _runs(sides: list[int]) -> list[int]:
    """Part of seven or more in a row on one side of the mean; a value on the mean ends a run."""
    marks = [0] * len(sides)
    for start, end in _rows(sides, IN_A_ROW):
        marks[start:end] = sides[start:end]
    return marks


def _trends(group: list[int]) -> list[int]:
    """Part of seven or more in a row, each above, or each below, the one before; two equal values end a trend.

    A peak goes with the fall that it starts. Where a second trend starts only after the last point of the first, that
    point goes by the step between them, as in the package: down, unless it is up.
    """
    steps = [(after > before) - (after < before) for before, after in pairwise(group)]
    marks = [0] * len(group)
    for start, end in _rows(steps, IN_A_ROW - 1):
        if start and marks[start - 1]:
            marks[start - 1] = steps[start - 1] or -1
        marks[start : end + 1] = [steps[start]] * (end + 1 - start)
    return marks


def _two_in_three(near: list[int], outside: list[int], sides: list[int]) -> list[int]:
    """Between near limit and limit, with another such in three points in a row that lie on one side of the mean."""
    close = [side * (not beyond) for side, beyond in zip(near, outside, strict=True)]
    marks = [0] * len(close)
    for start in range(len(close) - 2):
        window = slice(start, start + 3)
        if abs(sum(close[window])) >= 2 and abs(sum(sides[window])) == 3:
            marks[window] = close[window]
    return marks


def _rows(marks: list[int], least: int) -> Iterator[tuple[int, int]]:
    """Start and end of every unbroken row of at least `least` marks that are equal and not 0."""
    start = 0
    for mark, row in groupby(marks):
        end = start + len(list(row))
        if mark and end - start >= least:
            yield start, end
        start = end


def _assurance(target: Decimal | None, lines: Lines, scale: int, polarity: str) -> Assurance:
    """A target beyond the limits is met always or never; on a limit or between them, by chance."""
    if target is None or polarity == Polarity.CONTEXT or lines.limit is None:
        return Assurance.NOT_JUDGED
    short = Fraction(target) * scale - lines.mean
    if abs(short) <= lines.limit:
        return Assurance.HIT_OR_MISS
    return Assurance.WILL_HIT if (short < 0) == (polarity == Polarity.HIGHER) else Assurance.WILL_MISS
