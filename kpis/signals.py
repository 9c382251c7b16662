"""Variation, applied to indicators: which of their figures are more than chance, and since when."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kpis.models import Indicator, Rebase
from kpis.periods import Period
from kpis.readings import Reading
from kpis.variation import Analysis, analyse

Rebases = tuple[tuple[date, str], ...]  # the first day of new limits, and why


def rebases(indicators: Iterable[Indicator], on: date) -> dict[int, Rebases]:
    """Where the limits of each indicator start anew, of what was agreed by `on`. One query."""
    found: dict[int, Rebases] = {each.pk: () for each in indicators}
    agreed = Rebase.objects.filter(indicator__in=found, agreed_on__lte=on).order_by("starts_on")
    for indicator, starts_on, reason in agreed.values_list("indicator", "starts_on", "reason"):
        found[indicator] += ((starts_on, reason),)
    return found


def analysed(reading: Reading, rebases: Rebases = ()) -> Analysis:
    """The variation of the reading’s series, and whether the process will meet the final target as it is."""
    starts = [next(_from(reading, day), None) for day, _ in rebases]
    return _analysed(
        tuple(value for _, value in reading.series),
        reading.indicator.polarity,
        reading.target,
        tuple(start for start in starts if start is not None),
    )


def since(reading: Reading, analysis: Analysis) -> Period | None:
    """The first period of the unbroken run of figures that say what the newest says; None where there are none."""
    return None if analysis.since is None else reading.series[analysis.since][0]


def _from(reading: Reading, day: date) -> Iterator[int]:
    return (index for index, (period, _) in enumerate(reading.series) if period.start >= day)


@lru_cache(maxsize=1024)
def _analysed(
    values: tuple[Decimal, ...], polarity: str, target: Decimal | None, rebase_at: tuple[int, ...]
) -> Analysis:
    return analyse(values, polarity=polarity, target=target, rebase_at=rebase_at)
