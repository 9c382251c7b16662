"""Variation of an indicator’s own figures, with the rebases that were agreed by the day."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.enums import Assurance, Signal, Variation
from kpis.models import Indicator
from kpis.periods import Period, months_later
from kpis.readings import readings
from kpis.signals import analysed, rebases, since
from tests.factories import IndicatorFactory, MeasurementFactory, RebaseFactory, TargetFactory

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 27)
# Fourteen months to May 2017: level, then well above for the last three.
VALUES = [40, 42, 41, 39, 40, 42, 41, 40, 39, 41, 40, 55, 56, 58]


@pytest.fixture
def indicator():
    indicator = IndicatorFactory()
    for back, value in enumerate(reversed(VALUES)):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=value)
    return indicator


def reading_of(indicator, on=ON):
    return readings([indicator], on)[indicator.pk]


def test_figures_above_the_limit_improve_since_their_first_month(indicator):
    reading = reading_of(indicator)
    analysis = analysed(reading)

    assert [point.signal for point in analysis.points[-3:]] == [Signal.ABOVE_LIMIT] * 3
    assert analysis.variation == Variation.IMPROVING
    assert since(reading, analysis) == Period.month(date(2017, 3, 1))


def test_assurance_is_against_the_final_target(indicator):
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=45, agreed_on=date(2017, 3, 30))
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), value=99, agreed_on=date(2017, 3, 30))

    assert analysed(reading_of(indicator)).assurance == Assurance.WILL_MISS


def test_rebase_counts_from_its_first_period_and_from_its_agreement(indicator):
    RebaseFactory(indicator=indicator, starts_on=date(2017, 3, 1), agreed_on=date(2017, 6, 1))

    [before] = rebases([indicator], date(2017, 5, 31)).values()
    [after] = rebases([indicator], ON).values()

    assert before == ()
    assert after == ((date(2017, 3, 1), "A new form from January"),)
    points = analysed(reading_of(indicator), after).points
    assert {point.mean for point in points[-3:]} == {(Decimal(55) + 56 + 58) / 3}
    assert {point.mean for point in points[:-3]} == {Decimal(sum(VALUES[:11])) / 11}


def test_rebase_after_the_last_figure_changes_nothing(indicator):
    RebaseFactory(indicator=indicator, starts_on=date(2017, 7, 1), agreed_on=date(2017, 6, 1))

    assert analysed(reading_of(indicator), rebases([indicator], ON)[indicator.pk]) == analysed(
        reading_of(indicator)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_rebases_are_one_query(count, django_assert_num_queries):
    RebaseFactory.create_batch(count)

    indicators = list(Indicator.objects.all())
    with django_assert_num_queries(1):
        rebases(indicators, ON)


def test_no_figures_say_nothing():
    reading = reading_of(IndicatorFactory())

    assert since(reading, analysed(reading)) is None
