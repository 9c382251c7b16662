"""Indicators whose months show a claim of the committee report, or do not."""

from datetime import date

from kpis.enums import Unit
from kpis.periods import month_end, months_later
from tests.factories import (
    IndicatorFactory,
    MeasurementFactory,
)

TODAY = date(2017, 6, 27)

STEADY = [40, 44, 41, 45, 42, 40, 44, 41, 45, 42, 43, 42]
RISEN = [*STEADY, 60]
FALLEN = [*STEADY, 20]


def months(values, last=date(2017, 5, 1), **of_indicator):
    """An indicator of these values, a month each up to `last`; None leaves its month out."""
    indicator = IndicatorFactory(**{"early_measure": 1, "unit": Unit.NUMBER, **of_indicator})
    for back, value in enumerate(reversed(values)):
        if value is not None:
            start = months_later(last, -back)
            MeasurementFactory(indicator=indicator, start=start, end=month_end(start), value=value)
    return indicator
