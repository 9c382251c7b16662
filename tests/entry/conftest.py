"""Return home interviews in May 2017, and somebody who enters them."""

from datetime import date

import pytest

from kpis.enums import Status
from tests.entry.page import MAY, month_ago
from tests.factories import IndicatorFactory, MeasurementFactory, TargetFactory
from tests.forms import typed


@pytest.fixture
def visits(db):
    """Return home interviews: 13 of 20 in April, to reach 70% by June."""
    indicator = IndicatorFactory(
        code="rhi", short_name="Interviews", numerator="Interviews in time", denominator="Missing episodes"
    )
    month_ago(1, indicator=indicator, value=None, numerator=13, denominator=20)
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=70, tolerance=5)
    return indicator


@pytest.fixture
def team(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def post(team):
    """Return a function that fills in what it is given, as the page stands, and saves."""

    def post(changes, address=MAY, **extra):
        before = typed(team.get(address))
        return team.post(address, before | changes, **extra)

    return post


@pytest.fixture
def may(visits):
    return MeasurementFactory(
        indicator=visits,
        value=None,
        numerator=18,
        denominator=24,
        status=Status.PROVISIONAL,
        comment="A new team",
    )
