"""How other areas stand on an indicator: England, London, Outer London and the authorities most like this one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kpis import arithmetic, wording
from kpis.models import Area, Benchmark, Indicator, NeighbourSet
from kpis.periods import Period, months_later
from kpis.reference import DFE_PUBLISHES_AFTER


@dataclass(frozen=True)
class Comparator:
    """An area, or a dated list of neighbours, to stand beside: which areas it is made of, and what it is called."""

    name: str
    areas: frozenset[int]
    is_list: bool = False


@dataclass(frozen=True)
class Comparison:
    """A comparator’s value for a period. Of neighbours it is the plain mean of those that have one."""

    name: str
    period: Period
    value: Decimal
    words: str
    of_words: str = ""  # "9 of 10 neighbours"; empty for an area
    source: str = ""

    @property
    def label(self) -> str:
        return self.period.label


def newest_benchmarks(indicators: Iterable[Indicator], on: date) -> dict[int, tuple[Comparison, ...]]:
    """Each comparator’s newest value known on `on`, by indicator. Three queries."""
    found = benchmarks_by_period(indicators, on)
    return {
        pk: tuple(values[max(values)] for values in comparators.values()) for pk, comparators in found.items()
    }


def benchmarks_by_period(
    indicators: Iterable[Indicator], on: date
) -> dict[int, dict[str, dict[Period, Comparison]]]:
    """Indicator -> comparator’s name -> period -> value, of what was published by `on`. Three queries."""
    known = {each.pk: each for each in indicators}
    published_values = defaultdict(lambda: defaultdict(dict))
    published = months_later(on + timedelta(days=1), -DFE_PUBLISHES_AFTER) - timedelta(days=1)
    for row in Benchmark.objects.filter(indicator__in=known, end__lte=published).order_by("end", "start"):
        row.indicator = known[row.indicator_id]  # spares a query for each row
        if (value := row.observation.comparable) is not None:
            published_values[row.indicator_id][row.period][row.area_id] = (value, row.source)
    comparators = _comparators() if published_values else []
    return {
        pk: {
            comparator.name: values
            for comparator in comparators
            if (values := _values(known[pk], comparator, periods))
        }
        for pk, periods in published_values.items()
    }


def _comparators() -> list[Comparator]:
    broad = Area.objects.filter(kind__in=[Area.Kind.COUNTRY, Area.Kind.REGION]).order_by("-order")
    lists = NeighbourSet.objects.prefetch_related("members")
    return [
        *(Comparator(area.name, frozenset([area.pk])) for area in broad),
        *(
            Comparator(
                f"Statistical neighbours, {neighbours.as_of:%B %Y} list",
                frozenset(member.area_id for member in neighbours.members.all()),
                is_list=True,
            )
            for neighbours in lists
        ),
    ]


def _values(indicator: Indicator, comparator: Comparator, periods: dict) -> dict[Period, Comparison]:
    by_period = {}
    for period, values in periods.items():
        found = [values[area] for area in comparator.areas if area in values]
        value = arithmetic.mean([value for value, _ in found])
        if value is not None:
            by_period[period] = Comparison(
                name=comparator.name,
                period=period,
                value=value,
                words=wording.value_words(value, indicator.unit, indicator.decimals),
                of_words=f"{len(found)} of {len(comparator.areas)} neighbours" if comparator.is_list else "",
                source=found[0][1],
            )
    return by_period
