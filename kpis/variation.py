"""Variation in a series of figures: what is more than chance, and will the target be met. Pure functions, no database.

The rules are those of NHS England’s Making Data Count programme for XmR charts, as the R package NHSRplotthedots 0.2.2
(CRAN, MIT licence) applies them with its default options: a point has the signal that it has there. Outlying moving
ranges are left out of the limits as in Nelson (1982), Control Charts for Individual Measurements, Journal of Quality
Technology 14(3): 172-173.

Two things differ, on purpose. A group of fewer than 12 points is a run chart: a mean, no limits, and only the signals
that need none, a trend or a run on one side of the mean; the package draws trial limits there, and warns. And the
arithmetic is exact, where floating point may put a value that lies on a line to one side of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm
from typing import NamedTuple

from kpis.enums import Assurance, Polarity, Signal, Variation

ENOUGH = 12  # points in a group, before limits are worth drawing
IN_A_ROW = 7  # points that make a trend, or a run on one side of the mean
LIMIT = Fraction("2.66")  # mean moving ranges from the mean to a limit: three standard deviations
NEAR = Fraction(2, 3)  # of the way from the mean to a limit: two standard deviations
OUTLYING = Fraction("3.267")  # a moving range of so many mean moving ranges or more is left out of the limits

TO_DECIMAL = Context(prec=28)


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
    """A series point by point, and what its last point says of the whole.

    `since` is the index of the first of the unbroken row of points that share the last point’s variation, no further
    back than the last rebase; None of an empty series.
    """

    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance
    since: int | None


class Lines(NamedTuple):
    """The mean of a group of whole numbers and how far its limits lie from it; `limit` is None where it has none."""

    mean: Fraction
    limit: Fraction | None


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
        lines = _lines(wholes[start:end])
        points += _points(values[start:end], wholes[start:end], lines, scale, polarity)
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
    outlying = OUTLYING * Fraction(sum(ranges), len(ranges))
    usual = [moved for moved in ranges if moved < outlying]
    return Lines(mean, LIMIT * Fraction(sum(usual), len(usual)))


def _points(
    values: Sequence[Decimal], group: list[int], lines: Lines, scale: int, polarity: str
) -> Iterator[Point]:
    mean, limit = lines
    centre = _decimal(mean, scale)
    lower, upper = (
        (None, None) if limit is None else (_decimal(mean - limit, scale), _decimal(mean + limit, scale))
    )
    meaning = MEANING[Polarity(polarity)]
    if len(group) < ENOUGH:
        meaning = meaning | {Signal.NONE: Variation.TOO_FEW}
    for value, signal in zip(values, _signals(group, lines), strict=True):
        yield Point(value, centre, lower, upper, signal, meaning[signal])


def _decimal(number: Fraction, scale: int) -> Decimal:
    return TO_DECIMAL.divide(number.numerator, number.denominator * scale)


def _signals(group: list[int], lines: Lines) -> list[Signal]:
    """The signal of each point: where several fit, the one named last here."""
    signals = [Signal.NONE] * len(group)
    sides = _sides(group, lines.mean)
    _name(signals, _runs(sides), Signal.RUN_HIGH, Signal.RUN_LOW)
    if lines.limit is None:
        _name(signals, _trends(group), Signal.RISING, Signal.FALLING)
        return signals
    outside = _sides(group, lines.mean, lines.limit)
    near = _sides(group, lines.mean, lines.limit * NEAR)
    _name(signals, _two_in_three(near, outside, sides), Signal.TWO_IN_THREE_HIGH, Signal.TWO_IN_THREE_LOW)
    _name(signals, _trends(group), Signal.RISING, Signal.FALLING)
    _name(signals, outside, Signal.ABOVE_LIMIT, Signal.BELOW_LIMIT)
    return signals


def _name(signals: list[Signal], marks: list[int], up: Signal, down: Signal) -> None:
    for index, mark in enumerate(marks):
        if mark:
            signals[index] = up if mark > 0 else down


def _sides(group: list[int], mean: Fraction, distance: Fraction = Fraction(0)) -> list[int]:
    """1 for a value more than `distance` above the mean, -1 for one more than it below, 0 between and on the line.

    A whole number is above a line when it is above the whole number under that line: the same answer, much quicker.
    """
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

    Where one trend follows on another, the last point of the first is named by the step that comes after it: a peak
    is where the fall starts.
    """
    steps = [(after > before) - (after < before) for before, after in pairwise(group)]
    part = [False] * len(group)
    for start, end in _rows(steps, IN_A_ROW - 1):
        part[start : end + 1] = [True] * (end + 1 - start)
    marks = [0] * len(group)
    for index, trending in enumerate(part):
        if trending:
            goes_on = index + 1 < len(group) and part[index + 1]
            marks[index] = 1 if steps[index if goes_on else index - 1] > 0 else -1
    return marks


def _two_in_three(near: list[int], outside: list[int], sides: list[int]) -> list[int]:
    """Between near limit and limit, with another such in three points in a row that lie on one side of the mean."""
    close = [side * (not beyond) for side, beyond in zip(near, outside, strict=True)]
    marks = [0] * len(close)
    for start in range(len(close) - 2):
        window = slice(start, start + 3)
        if abs(sum(close[window])) >= 2 and abs(sum(sides[window])) == 3:
            marks[window] = [mark or side for mark, side in zip(marks[window], close[window], strict=True)]
    return marks


def _rows(marks: list[int], least: int) -> Iterator[tuple[int, int]]:
    """Start and end of every unbroken row of at least `least` marks that are equal and not 0."""
    start = 0
    for index in range(1, len(marks) + 1):
        if index == len(marks) or marks[index] != marks[start]:
            if marks[start] and index - start >= least:
                yield start, index
            start = index


def _assurance(target: Decimal | None, lines: Lines, scale: int, polarity: str) -> Assurance:
    """A target beyond the limits is met always or never; on a limit or between them, by chance."""
    if target is None or polarity == Polarity.CONTEXT or lines.limit is None:
        return Assurance.NOT_JUDGED
    short = Fraction(target) * scale - lines.mean
    if abs(short) <= lines.limit:
        return Assurance.HIT_OR_MISS
    return Assurance.WILL_HIT if (short < 0) == (polarity == Polarity.HIGHER) else Assurance.WILL_MISS


HIGH = (Signal.ABOVE_LIMIT, Signal.RISING, Signal.TWO_IN_THREE_HIGH, Signal.RUN_HIGH)
LOW = (Signal.BELOW_LIMIT, Signal.FALLING, Signal.TWO_IN_THREE_LOW, Signal.RUN_LOW)


def _meaning(high: Variation, low: Variation) -> dict[Signal, Variation]:
    return {Signal.NONE: Variation.NORMAL, **dict.fromkeys(HIGH, high), **dict.fromkeys(LOW, low)}


MEANING = {
    Polarity.HIGHER: _meaning(Variation.IMPROVING, Variation.WORSENING),
    Polarity.LOWER: _meaning(Variation.WORSENING, Variation.IMPROVING),
    Polarity.CONTEXT: _meaning(Variation.HIGH, Variation.LOW),
}
