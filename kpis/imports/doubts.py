"""Values of a file that are far outside their history: somebody should look twice before they are taken."""

from collections import defaultdict, deque
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kpis.arithmetic import share
from kpis.enums import Unit
from kpis.periods import Period
from kpis.unusual import Question, unusual

REMEMBERED = 60  # periods before a figure say what is usual


def questions(changes: list[Any], stood: dict[tuple, Any]) -> Iterator[tuple[Any, Question]]:
    """Each of the council’s own new values that is far outside its history, the file’s other periods included."""
    series: dict[tuple, dict[Period, tuple]] = defaultdict(dict)
    for (indicator, area, period), known in stood.items():
        if area is None:
            series[indicator, _kind(period)][period] = (known, None)
    for change in changes:
        figure = change.figure
        if figure.area is None:
            series[figure.indicator.pk, _kind(figure.period)][figure.period] = (figure, change)
    for periods in series.values():
        asked = next((change.figure.indicator for _, change in periods.values() if change), None)
        if asked is None:
            continue
        history: deque[Decimal] = deque(maxlen=REMEMBERED)
        for period in sorted(periods):
            of, change = periods[period]
            value = _shown(of, asked.unit)
            if value is None:
                continue
            question = unusual(value, history, asked.decimals) if change else None
            if question:
                yield change, question
            history.append(value)


def _kind(period: Period) -> int | str | None:
    return "day" if period.is_day else period.months


def _shown(of: Any, unit: str) -> Decimal | None:
    if of.denominator is None:
        return of.value
    return share(of.numerator, of.denominator, per=Unit(unit).per)
