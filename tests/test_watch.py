"""The relapse watch: figures that come in reopen assured work whose indicator gets worse by more than chance."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from actionplan.enums import DeliveryState, Finding, Rag, Stage
from actionplan.models import Assurance
from actionplan.standing import standings
from kpis.enums import Polarity
from kpis.models import Measurement
from kpis.periods import Period, months_later
from kpis.recording import NewFigure, record_all
from tests.factories import (
    ActionFactory,
    AssuranceFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProgressUpdateFactory,
)

TODAY = date(2017, 6, 27)
MAY = Period.month(date(2017, 5, 1))


@pytest.fixture
def indicator(db):
    """Thirteen months around 70%, to April 2017."""
    indicator = IndicatorFactory(code="rhi-72", name="Return home interviews within 72 hours")
    for back in range(13):
        month = Period.month(months_later(date(2017, 4, 1), -back))
        MeasurementFactory(indicator=indicator, start=month.start, end=month.end, value=70 + back % 2)
    return indicator


def assured(*indicators, made_on=date(2017, 5, 9), **changes):
    action = ActionFactory()
    ProgressUpdateFactory(
        action=action,
        accepted=True,
        delivered=True,
        submitted_on=date(2017, 4, 20),
        accepted_on=date(2017, 4, 21),
    )
    AssuranceFactory(action=action, made_on=made_on, **changes)
    action.indicators.set(indicators)
    return action


def may(indicator, value):
    return NewFigure(indicator=indicator, period=MAY, value=Decimal(value), source="A test")


def stand(action):
    return standings([action], TODAY)[action.pk]


@pytest.mark.parametrize("stage", [Stage.FIRST, Stage.TWELVE_MONTHS])
def test_worsening_figure_reopens_assured_work(stage, indicator):
    action = assured(indicator, stage=stage)

    record_all([may(indicator, 40)], by=None)

    found = stand(action)
    assert (found.state, found.rag, found.relapsed) == (DeliveryState.IN_PROGRESS, Rag.RED, True)
    row = found.assurance
    assert (row.stage, row.finding, row.indicator, row.made_on) == (
        Stage.WATCH,
        Finding.NOT_ADEQUATE,
        indicator,
        TODAY,
    )
    assert row.summary == (
        "Return home interviews within 72 hours: worsening since May 2017. "
        "The newest value is below the lower limit, 40% for May 2017."
    )
    assert (row.assurer, row.made_by) == (None, None)
    action.refresh_from_db()
    assert action.version == 2  # whoever has the page of a check open is told


@pytest.mark.parametrize(
    ("polarity", "value", "made_on"),
    [
        (Polarity.HIGHER, 70, date(2017, 5, 9)),  # within the limits
        (Polarity.HIGHER, 99, date(2017, 5, 9)),  # improving
        (Polarity.LOWER, 40, date(2017, 5, 9)),  # improving
        (Polarity.CONTEXT, 40, date(2017, 5, 9)),  # neither is better
        (Polarity.HIGHER, 40, date(2017, 6, 13)),  # the assurer knew of May
    ],
)
def test_nothing_is_reopened_without_news(polarity, value, made_on, indicator):
    indicator.polarity = polarity
    indicator.save()
    action = assured(indicator, made_on=made_on)

    record_all([may(indicator, value)], by=None)

    assert stand(action).state == DeliveryState.ASSURED
    assert Assurance.objects.count() == 1


def test_work_in_progress_and_work_without_the_indicator_are_left_alone(indicator):
    action, other = assured(indicator), assured(IndicatorFactory())
    ProgressUpdateFactory(
        action=action, accepted=True, submitted_on=date(2017, 6, 1), accepted_on=date(2017, 6, 2)
    )

    record_all([may(indicator, 40)], by=None)

    assert Assurance.objects.count() == 2
    assert stand(other).state == DeliveryState.ASSURED


def test_one_relapse_for_two_indicators_and_none_twice(indicator):
    worse = IndicatorFactory(code="aaa")
    for row in Measurement.objects.filter(indicator=indicator):
        MeasurementFactory(indicator=worse, start=row.start, end=row.end, value=row.value)
    action = assured(indicator, worse)

    record_all([may(indicator, 40), may(worse, 40)], by=None)
    record_all(
        [
            NewFigure(
                indicator=indicator, period=MAY, value=Decimal(39), source="A test", reason="One left out"
            )
        ],
        by=None,
    )

    assert [row.indicator for row in action.assurances.filter(stage=Stage.WATCH)] == [worse]


def test_command_finds_what_was_loaded_otherwise_and_nothing_twice(indicator):
    action = assured(indicator)
    MeasurementFactory(indicator=indicator, start=MAY.start, end=MAY.end, value=40)
    said = [StringIO(), StringIO()]

    for out in said:
        call_command("watch_for_relapse", stdout=out)

    assert [out.getvalue().split(".  ")[0].strip() for out in said] == [
        f"{action.ref} is reopened. {action.assurances.last().summary}",
        "No assured work has relapsed.",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_the_same_queries_for_any_number(count, indicator, django_assert_num_queries):
    others = IndicatorFactory.create_batch(count)
    for other in others:
        MeasurementFactory(indicator=other, start=date(2017, 4, 1), end=date(2017, 4, 30))
        assured(other, indicator)

    with django_assert_num_queries(6 + 10):  # the figures themselves; the watch
        record_all([may(each, 71) for each in [indicator, *others]], by=None)
