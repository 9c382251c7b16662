"""Where things stand in the picture: how far the axes reach, where they are labelled, what is where in pixels."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from kpis import wording
from kpis.charts.facts import ChartFacts
from kpis.enums import Unit
from kpis.periods import Period, month_end, months_later

WIDE, SMALL = 1000, 560  # pixels across the whole picture: on a page or paper of its own, or beside others
PLOT_HEIGHT = 280
RIGHT = 188  # room for the words at the ends of the lines
EDGE = 26  # from the side of the plot to the first and the last point: half the width of a value’s words
DIGIT = 8.5  # about the width of a digit of the labels
LETTER = 7.4  # about the width of a letter
LINE = 18  # from one line of words to the next
ABOVE = 8  # between the plot and words above it: a target at its top has words beside it
TICKS = 5  # steps of the upright axis, about
NARROW = 3  # an axis that would use less than one part in so many for the values starts elsewhere than at 0
APART = 62  # pixels between the labels of two periods


@dataclass(frozen=True)
class Scale:
    """The upright axis: from `low` to `high` in steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        return [self.low + self.step * each for each in range(int((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True)
class Frame:
    across: int  # the whole picture
    left: float
    scale: Scale
    first: float  # days, as ordinals
    last: float

    @property
    def width(self) -> float:
        return self.across - self.left - RIGHT

    @property
    def days_a_pixel(self) -> float:
        return (self.last - self.first) / self.width

    def x(self, day: float) -> float:
        return (day - self.first) / self.days_a_pixel

    def y(self, value: Decimal) -> float:
        return PLOT_HEIGHT * float((self.scale.high - value) / (self.scale.high - self.scale.low))

    def holds(self, value: Decimal) -> bool:
        return self.scale.low <= value <= self.scale.high


def frame(facts: ChartFacts, across: int) -> Frame:
    scale = _scale(facts)
    longest = max(len(tick_words(tick, scale, facts.unit)) for tick in scale.ticks)
    left = 20 + DIGIT * longest
    first, last = facts.points[0].period.end.toordinal(), _end(facts)
    if first == last:
        first, last = first - 15, last + 15
    margin = EDGE * (last - first) / (across - left - RIGHT - 2 * EDGE)
    return Frame(across, left, scale, first - margin, last + margin)


def _end(facts: ChartFacts) -> int:
    """The last day shown: the way still to go on a trajectory, but never more than the way come so far, or a year."""
    first, last = (facts.points[each].period.end.toordinal() for each in (0, -1))
    if len(facts.trajectory) < 2:
        return last
    wanted = max(last, facts.trajectory[-1].by.toordinal())
    return min(wanted, max(2 * last - first, last + 366))


def _scale(facts: ChartFacts) -> Scale:
    """Percentages from 0 to 100 and other units from 0, unless that would press the values flat."""
    shown = [point.value for point in facts.points]
    shown += [aim.value for aim in (*facts.trajectory, facts.target, facts.baseline, facts.benchmark) if aim]
    lowest, highest = _bounds(facts, shown)
    lines = [line for point in facts.points for line in (point.mean, point.lower, point.upper)]
    reach = [*shown, *(_within(line, lowest, highest) for line in lines if line is not None)]
    low, high = min(reach), max(reach)
    whole = highest or high
    if lowest is not None and (low == high or (high - low) * NARROW >= whole):
        low, high = lowest, whole
    least = whole / 10 if highest else max(abs(low), abs(high)) / 10 or Decimal(1)
    return _stepped(low, high, least, lowest, highest, in_units=not facts.decimals)


def _bounds(facts: ChartFacts, shown: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Where values can be: arithmetic puts limits below 0 and above 100%."""
    lowest = Decimal(0) if min(shown) >= 0 else None
    is_percentage = facts.unit == Unit.PERCENT and lowest is not None and max(shown) <= 100
    return lowest, Decimal(100) if is_percentage else None


def _within(value: Decimal, lowest: Decimal | None, highest: Decimal | None) -> Decimal:
    value = value if lowest is None else max(value, lowest)
    return value if highest is None else min(value, highest)


def _stepped(low, high, least, lowest, highest, *, in_units: bool) -> Scale:
    """From a round number at or below `low` to one at or above `high`, at least `least` apart, within the bounds."""
    short = least - (high - low)
    if short > 0:
        low, high = low - short / 2, high + short / 2
    step = _round_step((high - low) / TICKS)
    if in_units:
        step = max(step, Decimal(1))
    low, high = step * floor(low / step), step * ceil(high / step)
    return Scale(_within(low, lowest, highest), _within(high, lowest, highest), step)


def _round_step(rough: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20 ... or 0.5, 0.2 ..."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * each for each in (1, 2, 5, 10) if power * each >= rough)


def tick_words(tick: Decimal, scale: Scale, unit: str) -> str:
    """60%; 1,200; 0.5. The other units are named above the chart."""
    places = max(0, -scale.step.normalize().as_tuple().exponent)
    return wording.value_words(tick, Unit.PERCENT if unit == Unit.PERCENT else Unit.NUMBER, places)


def period_ticks(facts: ChartFacts, plot: Frame) -> list[tuple[date, tuple[str, ...]]]:
    """The periods named below the chart, the newest value’s among them, far enough apart to be read."""
    named = _every_so_often(facts, plot) or _far_enough_apart([point.period for point in facts.points], plot)
    years = [None, *(each.end.year for each in named)]
    return [(each.end, _tick_lines(each, before)) for each, before in zip(named, years, strict=False)]


def _every_so_often(facts: ChartFacts, plot: Frame) -> list[Period]:
    """Every second, third ... month or quarter to the end of the axis; nothing for periods that do not follow on."""
    first, newest = facts.points[0].period, facts.points[-1].period
    if not first.months:
        return []
    periods = list(_periods(first, first.months, plot.last))
    if newest not in periods:
        return []
    every = ceil(APART * plot.days_a_pixel / (28 * first.months))
    return periods[periods.index(newest) % every :: every]


def _far_enough_apart(periods: list[Period], plot: Frame) -> list[Period]:
    named = [periods[-1]]
    for period in reversed(periods):
        if (named[0].end - period.end).days >= APART * plot.days_a_pixel:
            named.insert(0, period)
    return named


def _periods(first: Period, months: int, last: float) -> Iterator[Period]:
    period, number = first, 0
    while period.end.toordinal() <= last:
        yield period
        number += months
        period = Period(
            months_later(first.start, number), month_end(months_later(first.start, number + months - 1))
        )


def _tick_lines(period: Period, year_before: int | None) -> tuple[str, ...]:
    """Jan over 2017; Feb alone; Q1 over 2016-17; 2016-17; 30 Sep over 2016."""
    if period.months == 1:
        month = calendar.month_abbr[period.end.month]
        return (month,) if period.end.year == year_before else (month, str(period.end.year))
    *most, last = period.short_label.split(" ")
    return (" ".join(most), last) if most else (last,)
