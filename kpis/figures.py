"""One period’s value of an indicator, and one point of its trajectory, as plain data with words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis import arithmetic, wording
from kpis.arithmetic import Observation
from kpis.enums import Origin
from kpis.models import Baseline, Indicator, Measurement, Target
from kpis.models.dated import Dated
from kpis.periods import Period, day_words


@dataclass(frozen=True)
class Figure:
    """One period’s value. `value` is None where there is none or where only counts may be shown."""

    indicator: Indicator
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
            self.observed, self._counts, self.indicator.unit, self.indicator.decimals
        )

    @property
    def counts(self) -> str:
        """The counts behind the value; empty when they stand in its place."""
        return "" if self.few else self._counts

    @property
    def _counts(self) -> str:
        return wording.counts_words(self.numerator, self.denominator, self.indicator.unit)

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


def figure(row: Dated, **more) -> Figure:
    observed = row.observation
    value = observed.comparable
    return Figure(
        indicator=row.indicator,
        period=row.period,
        observed=observed,
        value=value if value is None else arithmetic.rounded(value, row.indicator.decimals),
        numerator=row.numerator,
        denominator=row.denominator,
        source=row.source,
        origin=_origin(row),
        why=row.get_marker_display() if row.marker else "",
        **more,
    )


def aim(target: Target) -> Aim:
    indicator = target.indicator
    return Aim(
        by=target.by,
        value=target.value,
        tolerance=target.tolerance,
        words=wording.target_words(target.value, indicator.unit, indicator.decimals),
        tolerance_words=wording.tolerance_words(target.tolerance, indicator.unit),
        agreed_on=target.agreed_on,
        agreed_at=target.agreed_at,
        source=target.source,
        origin=_origin(target),
    )


def _origin(row: Measurement | Baseline | Target) -> Origin:
    """A figure that somebody typed or brought in from a file that names no publication is nobody’s but the council’s.

    So is a target that was agreed: a printed one has no agreement.
    """
    if row.is_sample:
        return Origin.SAMPLE
    match row:
        case Measurement(made_by_id=int(), vintage=None):
            return Origin.ENTERED
        case Target(agreed_on=date()):
            return Origin.ENTERED
    return Origin.PUBLISHED


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
