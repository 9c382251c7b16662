"""The values that were revised or asked about: each as it was known, when, and why it changed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kpis.enums import Status
from kpis.figures import Figure, Measure, measured
from kpis.models import Indicator, Measurement
from kpis.periods import Period


@dataclass(frozen=True)
class Vintage:
    """A period’s value as it was known from a day on, until the next one."""

    figure: Figure
    status: str
    reason: str
    answer: str
    by: str
    is_newest: bool


@dataclass(frozen=True)
class Revision:
    """Every vintage of a period, newest first."""

    period: Period
    vintages: list[Vintage]


def revisions(indicator: Indicator, on: date) -> list[Revision]:
    """The periods with more than one value known by `on`, or with one that was asked about; newest first. One query."""
    rows = (
        Measurement.objects.filter(indicator=indicator, end__lte=on, recorded_on__lte=on)
        .select_related("made_by")
        .order_by("-end", "-start", "-recorded_on", "-pk")
    )
    periods = defaultdict(list)
    for row in rows:
        periods[row.period].append(row)
    return [
        Revision(period, [_vintage(row, indicator, is_newest=row is known[0]) for row in known])
        for period, known in periods.items()
        if len(known) > 1 or known[0].answer
    ]


def _vintage(row: Measurement, indicator: Indicator, *, is_newest: bool) -> Vintage:
    shown = measured(row, Measure.of(indicator))
    return Vintage(
        figure=shown,
        status=shown.why.capitalize() if shown.why else Status(row.status).label.capitalize(),
        reason=row.reason,
        answer=row.answer,
        by=str(row.made_by) if row.made_by else "",
        is_newest=is_newest,
    )
