"""The page of May 2017, and figures around it."""

from datetime import date

from django.urls import reverse

from kpis.models import Measurement
from kpis.periods import Period, months_later
from tests.factories import MeasurementFactory

MAY = reverse("kpis:entry_month", args=["2017-05"])
MAY_2017 = Period(date(2017, 5, 1), date(2017, 5, 31))
TODAY = date(2017, 6, 27)


def month_ago(months, **facts):
    """A figure of the months before May 2017."""
    start = months_later(MAY_2017.start, -months)
    return MeasurementFactory(start=start, end=Period.month(start).end, **facts)


def newest():
    """The row that was recorded last."""
    return Measurement.objects.order_by("-pk").first()
