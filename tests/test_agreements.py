"""Which trajectory is in force on a day: the newest agreement known by then, with printed targets beside it."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.models import Benchmark, Target
from tests.factories import AreaFactory, BenchmarkFactory, IndicatorFactory, TargetFactory

pytestmark = pytest.mark.django_db

MARCH, MAY = date(2017, 3, 30), date(2017, 5, 25)
SUMMER, YEAR_END = date(2017, 6, 30), date(2018, 3, 31)


def in_force(day):
    return [(target.by, target.value) for target in Target.objects.as_at(day)]


def test_new_agreement_replaces_the_whole_trajectory_from_its_day_on():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, by=SUMMER, value=70, agreed_on=MARCH)
    TargetFactory(indicator=indicator, by=YEAR_END, value=90, agreed_on=MARCH)
    TargetFactory(indicator=indicator, by=YEAR_END, value=80, agreed_on=MAY)

    assert in_force(date(2017, 3, 29)) == []
    assert in_force(date(2017, 5, 24)) == [(SUMMER, 70), (YEAR_END, 90)]
    assert in_force(MAY) == [(YEAR_END, 80)]


def test_printed_target_stands_beside_an_agreement_that_does_not_name_its_day():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, by=SUMMER, value=75, agreed_on=None)
    TargetFactory(indicator=indicator, by=YEAR_END, value=90, agreed_on=MARCH)
    TargetFactory(indicator=indicator, by=SUMMER, value=60, agreed_on=MAY)

    assert in_force(MARCH) == [(SUMMER, 75), (YEAR_END, 90)]
    assert in_force(MAY) == [(SUMMER, 60)]


def test_agreement_of_one_indicator_leaves_another_alone():
    TargetFactory(by=YEAR_END, value=80, agreed_on=MAY)
    TargetFactory(by=YEAR_END, value=90, agreed_on=MARCH)

    assert in_force(MAY) == [(YEAR_END, 80), (YEAR_END, 90)]


def test_restated_benchmark_counts_from_the_day_it_was_known():
    area, indicator = AreaFactory(), IndicatorFactory(dfe=True)
    BenchmarkFactory(indicator=indicator, area=area, value=70, recorded_on=date(2017, 11, 30))
    BenchmarkFactory(indicator=indicator, area=area, value=71, recorded_on=date(2018, 11, 30))

    def known(day):
        return [each.value for each in Benchmark.objects.as_at(day)]

    assert known(date(2017, 11, 29)) == []
    assert known(date(2018, 11, 29)) == [Decimal(70)]
    assert known(date(2018, 11, 30)) == [Decimal(71)]
