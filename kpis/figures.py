"""One period’s value of an indicator, and one point of its trajectory, as plain data with words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from kpis import arithmetic, wording
from kpis.arithmetic import Observation
from kpis.enums import Marker, Origin
from kpis.models import Baseline, Indicator, Measurement, Target
from kpis.periods import Period, day_words

# What is read of a row where many are read: making a model of each takes as long as all that is worked out of them.
MEASURED = (
    *("indicator_id", "start", "end", "value", "numerator", "denominator", "marker", "source", "is_sample"),
    *("status", "comment", "recorded_on", "made_by_id", "vintage"),
)
STARTED = (
    *("indicator_id", "start", "end", "value", "numerator", "denominator", "marker", "source", "is_sample"),
    "note",
)
AIMED = ("indicator_id", "by", "value", "tolerance", "agreed_on", "agreed_at", "source", "is_sample")


class Measure(NamedTuple):
    """How an indicator is counted and judged: all that its figures need to know of it."""

    unit: str
    decimals: int
    polarity: str
    frequency: str

    @classmethod
    def of(cls, indicator: Indicator) -> "Measure":
        return cls(indicator.unit, indicator.decimals, indicator.polarity, indicator.frequency)


@dataclass(frozen=True)
class Figure:
    """One period’s value. `value` is None where there is none or where only counts may be shown."""

    measure: Measure
    period: Period
    observed: Observation
    value: Decimal | None  # as shown: rounded
    numerator: Decimal | None
    denominator: Decimal | None
    source: str
    origin: Origin
    status: str = ""
    comment: str = ""
    known_on: date | None = None
    why: str = ""  # why there is no value, where that was published

    @property
    def words(self) -> str:
        return wording.observation_words(
            self.observed, self._counts, self.measure.unit, self.measure.decimals
        )

    @property
    def counts(self) -> str:
        """The counts behind the value; empty when they stand in its place."""
        return "" if self.few else self._counts

    @property
    def _counts(self) -> str:
        return wording.counts_words(self.numerator, self.denominator, self.measure.unit)

    @property
    def label(self) -> str:
        return self.period.label

    @property
    def short_label(self) -> str:
        return self.period.short_label

    @property
    def few(self) -> bool:
        return self.observed.few

    @property
    def is_sample(self) -> bool:
        return self.origin == Origin.SAMPLE


@dataclass(frozen=True)
class Aim:
    """What the Board wants by a day."""

    by: date
    value: Decimal
    tolerance: Decimal
    words: str
    tolerance_words: str
    agreed_on: date | None
    agreed_at: str
    source: str
    origin: Origin

    @property
    def is_sample(self) -> bool:
        return self.origin == Origin.SAMPLE

    @property
    def by_words(self) -> str:
        return day_words(self.by)

    @property
    def agreement_words(self) -> str:
        """Agreed by Transformation and Improvement Board, 30 March 2017; where it was printed, if that is not known."""
        if self.agreed_on is None:
            return f"No agreement is known. {self.source}"
        day = day_words(self.agreed_on)
        by = f" by {self.agreed_at}" if self.agreed_at else ""
        return f"Agreed{by}" if day in by else f"Agreed on {day}{by}"


def measured(row: Measurement, measure: Measure) -> Figure:
    """What was measured, of a model or of a row that has its fields.

    A figure that somebody typed or brought in from a file that names no publication is nobody’s but the council’s.
    """
    return _figure(
        row,
        measure,
        is_entered=row.made_by_id is not None and row.vintage is None,
        status=row.status,
        comment=row.comment,
        known_on=row.recorded_on,
    )


def started(baseline: Baseline, measure: Measure) -> Figure:
    return _figure(baseline, measure, is_entered=False)


def _figure(row: Measurement | Baseline, measure: Measure, *, is_entered: bool, **more) -> Figure:
    observed = arithmetic.observed(
        row.value, row.numerator, row.denominator, marker=row.marker, unit=measure.unit
    )
    value = observed.comparable
    return Figure(
        measure=measure,
        period=Period(row.start, row.end),
        observed=observed,
        value=value if value is None else arithmetic.rounded(value, measure.decimals),
        numerator=row.numerator,
        denominator=row.denominator,
        source=row.source,
        origin=_origin(is_sample=row.is_sample, is_entered=is_entered),
        why=Marker(row.marker).label if row.marker else "",
        **more,
    )


def aim(target: Target, measure: Measure) -> Aim:
    """A target, of a model or of a row that has its fields. An agreed one is the council’s own, a printed one not."""
    return Aim(
        by=target.by,
        value=target.value,
        tolerance=target.tolerance,
        words=wording.target_words(target.value, measure.unit, measure.decimals),
        tolerance_words=wording.tolerance_words(target.tolerance, measure.unit),
        agreed_on=target.agreed_on,
        agreed_at=target.agreed_at,
        source=target.source,
        origin=_origin(is_sample=target.is_sample, is_entered=target.agreed_on is not None),
    )


def in_force(targets: Iterable[Target], day: date) -> list[Target]:
    """Of the targets of one indicator, by date, those that count at the end of `day`: of the newest agreement by then.

    A printed target whose agreement is not known counts too, unless the agreement names its day.
    """
    targets = list(targets)
    days = {each.agreed_on for each in targets if each.agreed_on and each.agreed_on <= day}
    agreed = [each for each in targets if each.agreed_on == max(days)] if days else []
    named = {each.by for each in agreed}
    printed = [each for each in targets if each.agreed_on is None and each.by not in named]
    return sorted([*agreed, *printed], key=attrgetter("by"))


def next_aim(aims: tuple[Aim, ...], day: date) -> Aim | None:
    """The point of a trajectory that a day leads to; the last one where all of them are past."""
    return next((each for each in aims if each.by >= day), aims[-1] if aims else None)


def _origin(*, is_sample: bool, is_entered: bool) -> Origin:
    if is_sample:
        return Origin.SAMPLE
    return Origin.ENTERED if is_entered else Origin.PUBLISHED


def alike(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Those of the last one’s kind: months with months, quarters with quarters, days with days."""
    kind = _kind(figures[-1].period) if figures else None
    return tuple(each for each in figures if _kind(each.period) == kind)


def year_before(figures: tuple[Figure, ...], figure: Figure) -> Figure | None:
    """The figure of the same period a year before, where there is one."""
    period = figure.period.year_before()
    return next((each for each in figures if each.period == period), None)


def _kind(period: Period) -> int | str | None:
    return "day" if period.is_day else period.months
