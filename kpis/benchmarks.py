"""How other areas stand on an indicator: England, London, Outer London and the authorities most like this one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from kpis import arithmetic, wording
from kpis.models import Area, Benchmark, Indicator, NeighbourSetMember
from kpis.periods import Period


@dataclass(frozen=True)
class Comparator:
    """An area, or a dated list of neighbours, to stand beside: which areas it is made of, and what it is called."""

    name: str
    areas: frozenset[int]
    as_of: date | None = None  # of a list


@dataclass(frozen=True)
class Comparison:
    """A comparator’s value for a period. Of neighbours it is the plain mean of those that have one."""

    name: str
    period: Period
    value: Decimal
    words: str
    of_words: str = ""  # "9 of 10 neighbours"; empty for an area
    source: str = ""
    as_of: date | None = None  # the day of the list of neighbours

    @property
    def label(self) -> str:
        return self.period.label


def newest_benchmarks(indicators: Iterable[Indicator], on: date) -> dict[int, tuple[Comparison, ...]]:
    """Each comparator’s newest value known on `on`, by indicator. Three queries."""
    found = _compared(indicators, _published(on).annotate(place=NEWEST_FIRST).filter(place=1))
    return {pk: newest(names) for pk, names in found.items()}


def newest(found: dict[str, dict[Period, Comparison]]) -> tuple[Comparison, ...]:
    """Each comparator’s newest value."""
    return tuple(values[max(values)] for values in found.values())


def neighbours(found: Iterable[Comparison], on: date) -> Comparison | None:
    """Of several lists of neighbours the newest dated by `on`; where each is newer, the one that is nearest."""
    lists = sorted((each for each in found if each.as_of), key=lambda each: each.as_of)
    dated = [each for each in lists if each.as_of <= on]
    return dated[-1] if dated else next(iter(lists), None)


def newest_of_area(codes: Iterable[str], area: str, on: date) -> dict[str, Comparison]:
    """One area’s newest value known on `on`, by the code of the indicator. One query."""
    published = _published(on).filter(indicator__code__in=codes, area__code=area)
    of_indicator = ("indicator__code", "indicator__unit", "indicator__decimals", "area__name")
    return {
        code: Comparison(
            name=name,
            period=Period(start, end),
            value=value,
            words=wording.value_words(value, unit, decimals),
            source=source,
        )
        for code, unit, decimals, name, start, end, source, *counted in published.values_list(
            *of_indicator, *PUBLISHED
        )
        if (value := arithmetic.observed(*counted, unit=unit).comparable) is not None
    }


def benchmarks_by_period(indicator: Indicator, on: date) -> dict[str, dict[Period, Comparison]]:
    """Comparator’s name -> period -> value, of what was published by `on`. Three queries."""
    return _compared([indicator], _published(on)).get(indicator.pk, {})


# An area’s newest value alone is enough for the mean of neighbours too: those without the newest year count in no mean.
NEWEST_FIRST = Window(RowNumber(), partition_by=["indicator", "area"], order_by=["-end", "-start"])


# Of each value, when it is about and where it was read, and then what makes it.
PUBLISHED = ("start", "end", "source", "value", "numerator", "denominator")


def _published(on: date) -> QuerySet[Benchmark]:
    return Benchmark.objects.as_at(on).filter(marker="").order_by("end", "start")


def _compared(indicators: Iterable[Indicator], benchmarks: QuerySet[Benchmark]) -> dict[int, dict[str, dict]]:
    known = {each.pk: each for each in indicators}
    published = defaultdict(lambda: defaultdict(dict))
    rows = benchmarks.filter(indicator__in=known)
    for pk, area, start, end, source, *counted in rows.values_list("indicator_id", "area_id", *PUBLISHED):
        if (value := arithmetic.observed(*counted, unit=known[pk].unit).comparable) is not None:
            published[pk][Period(start, end)][area] = (value, source)
    comparators = _comparators() if published else []
    return {
        pk: {each.name: values for each in comparators if (values := _values(known[pk], each, periods))}
        for pk, periods in published.items()
    }


def _comparators() -> list[Comparator]:
    broad = Area.objects.filter(kind__in=[Area.Kind.COUNTRY, Area.Kind.REGION]).order_by("-order")
    lists = defaultdict(set)
    members = NeighbourSetMember.objects.order_by("neighbour_set__as_of")
    for as_of, area in members.values_list("neighbour_set__as_of", "area"):
        lists[as_of].add(area)
    return [
        *(Comparator(area.name, frozenset([area.pk])) for area in broad),
        *(
            Comparator(f"Statistical neighbours, {as_of:%B %Y} list", frozenset(areas), as_of)
            for as_of, areas in lists.items()
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
                of_words=f"{len(found)} of {len(comparator.areas)} neighbours" if comparator.as_of else "",
                source=found[0][1],
                as_of=comparator.as_of,
            )
    return by_period
