"""What a chart shows, as plain data: all of it, so that the same facts always give the same picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kpis import wording
from kpis.benchmarks import Comparison
from kpis.enums import Polarity, Signal, Unit, Variation
from kpis.periods import Period
from kpis.readings import Reading
from kpis.variation import Analysis


@dataclass(frozen=True)
class ChartPoint:
    """A period’s value, with the mean and limits of its group where it has them."""

    period: Period
    value: Decimal
    words: str
    signal: Signal = Signal.NONE
    variation: Variation = Variation.TOO_FEW
    mean: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Mark:
    """Something done for the indicator: a linked action delivered, or one of its milestones."""

    on: date
    letter: str
    words: str


class Aim(NamedTuple):
    by: date
    value: Decimal
    words: str


class Beside(NamedTuple):
    """A value of another time or place to compare with: the baseline or a benchmark. `label` is its period."""

    name: str
    value: Decimal
    words: str
    label: str


class Rebase(NamedTuple):
    on: date
    reason: str


@dataclass(frozen=True)
class ChartFacts:
    """Everything that is drawn or said of one indicator. Points are the oldest first; a period without one is a gap."""

    name: str
    unit: Unit
    decimals: int
    polarity: Polarity
    points: tuple[ChartPoint, ...] = ()
    variation: Variation = Variation.TOO_FEW
    since: Period | None = None  # the first of the points in a row that say the same as the last
    baseline: Beside | None = None
    benchmark: Beside | None = None
    trajectory: tuple[Aim, ...] = ()
    target: Aim | None = None
    marks: tuple[Mark, ...] = ()
    rebases: tuple[Rebase, ...] = ()


def chart_facts(
    reading: Reading,
    analysis: Analysis,
    *,
    marks: Iterable[Mark] = (),
    benchmark: Comparison | None = None,
    rebases: Iterable[tuple[date, str]] = (),
) -> ChartFacts:
    """The facts of a reading whose series was analysed. A context indicator has no target and no trajectory."""
    indicator = reading.indicator
    is_judged = indicator.polarity != Polarity.CONTEXT
    return ChartFacts(
        name=indicator.name,
        unit=Unit(indicator.unit),
        decimals=indicator.decimals,
        polarity=Polarity(indicator.polarity),
        points=_points(reading, analysis),
        variation=analysis.variation,
        since=None if analysis.since is None else reading.series[analysis.since][0],
        baseline=None
        if reading.baseline is None
        else Beside("Baseline", reading.baseline, reading.baseline_words, reading.baseline_label),
        benchmark=benchmark and Beside(benchmark.name, benchmark.value, benchmark.words, benchmark.label),
        trajectory=tuple(Aim(aim.by, aim.value, aim.words) for aim in reading.aims if is_judged),
        target=None
        if reading.target is None
        else Aim(reading.target_by, reading.target, reading.target_words),
        marks=tuple(marks),
        rebases=tuple(Rebase(*each) for each in rebases),
    )


def _points(reading: Reading, analysis: Analysis) -> tuple[ChartPoint, ...]:
    indicator = reading.indicator
    return tuple(
        ChartPoint(
            period=period,
            value=value,
            words=wording.value_words(value, indicator.unit, indicator.decimals),
            signal=point.signal,
            variation=point.variation,
            mean=point.mean,
            lower=point.lower,
            upper=point.upper,
        )
        for (period, value), point in zip(reading.series, analysis.points, strict=True)
    )
