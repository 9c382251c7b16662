"""What the Board agreed about an indicator: which of it is in force on a day, and how it is written down."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.agreements import (
    AlreadyAgreed,
    Step,
    agree_rebase,
    agree_trajectory,
    offered,
    starts_a_period,
)
from kpis.enums import Frequency
from kpis.models import Benchmark, Indicator, Target
from kpis.periods import Period
from kpis.readings import readings
from tests.factories import AreaFactory, BenchmarkFactory, IndicatorFactory, TargetFactory

pytestmark = pytest.mark.django_db

MARCH, MAY = date(2017, 3, 30), date(2017, 5, 25)
SUMMER, YEAR_END = date(2017, 6, 30), date(2018, 3, 31)


def in_force(day):
    found = readings(Indicator.objects.all(), day).values()
    return sorted((aim.by, aim.value) for reading in found for aim in reading.aims)


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


# The line to a target


def line(baseline, target, *, by=YEAR_END, step=Step.QUARTER, decimals=0, after=date(2017, 6, 27)):
    start = date(2016, 9, 30)
    return offered(Decimal(baseline), start, Decimal(target), by, step, decimals=decimals, after=after)


def test_line_rises_to_the_target_by_the_ends_of_quarters():
    assert line(41, 90) == [
        (date(2017, 6, 30), 65),
        (date(2017, 9, 30), 74),
        (date(2017, 12, 31), 82),
        (YEAR_END, 90),
    ]


def test_line_falls_to_a_target_that_is_lower():
    assert [value for _, value in line("30", "26")] == [28, 27, 27, 26]


def test_line_of_months_passes_the_end_of_each():
    days = [day for day, _ in line(41, 90, by=date(2017, 10, 15), step=Step.MONTH)]

    assert days == [
        date(2017, 6, 30),
        date(2017, 7, 31),
        date(2017, 8, 31),
        date(2017, 9, 30),
        date(2017, 10, 15),
    ]


def test_line_to_a_near_day_is_the_target_alone():
    assert line(41, 90, by=date(2017, 6, 30)) == [(date(2017, 6, 30), 90)]


def test_target_finer_than_the_indicator_is_kept_and_never_passed():
    points = line("20", "26.7")

    assert points[-1] == (YEAR_END, Decimal("26.7"))
    assert max(value for _, value in points) == Decimal("26.7")


amounts = st.decimals(min_value=0, max_value=10_000, places=2)
days = st.dates(date(2017, 6, 28), date(2027, 6, 27))


@given(amounts, amounts, days, st.sampled_from(Step), st.integers(0, 3))
def test_line_goes_one_way_and_ends_on_the_target_and_its_day(baseline, target, by, step, decimals):
    points = line(baseline, target, by=by, step=step, decimals=decimals)
    values = [value for _, value in points]

    assert points[-1] == (by, target)
    assert values == sorted(values, reverse=baseline > target)
    assert all(min(baseline, target) <= value <= max(baseline, target) for value in values)
    assert [day for day, _ in points] == sorted({day for day, _ in points})
    assert points[0][0] > date(2017, 6, 27)


# Writing it down


def agree(indicator, agreed_on, by):
    return agree_trajectory(
        indicator=indicator,
        points=[(YEAR_END, Decimal(80))],
        agreed_on=agreed_on,
        agreed_at="The Board",
        tolerance=Decimal(5),
        by=by,
    )


@pytest.mark.parametrize("again", [MARCH, date(2017, 5, 25)])
def test_agreement_not_newer_than_the_one_held_writes_nothing(manager, again):
    indicator = IndicatorFactory()
    agree(indicator, MAY, manager)

    with pytest.raises(AlreadyAgreed) as refused:
        agree(indicator, again, manager)

    assert refused.value.held == MAY
    assert Target.objects.count() == 1
    assert Indicator.objects.get().version == 2


def test_limits_start_anew_once_on_a_day(manager):
    indicator = IndicatorFactory()
    how = {"indicator": indicator, "starts_on": MARCH, "agreed_on": MAY, "by": manager}
    agree_rebase(reason="A new form", **how)

    with pytest.raises(AlreadyAgreed):
        agree_rebase(reason="Another", **how)

    assert [rebase.reason for rebase in indicator.rebases.all()] == ["A new form"]


MONTH = Period(date(2017, 5, 1), date(2017, 5, 31))
SNAPSHOT = Period(date(2016, 9, 30), date(2016, 9, 30))


@pytest.mark.parametrize(
    ("day", "known", "frequency", "expected"),
    [
        (date(2017, 1, 1), MONTH, Frequency.MONTHLY, True),
        (date(2017, 1, 2), MONTH, Frequency.MONTHLY, False),
        (date(2019, 12, 1), None, Frequency.MONTHLY, True),
        (date(2017, 1, 1), None, Frequency.QUARTERLY, True),
        (date(2017, 2, 1), None, Frequency.QUARTERLY, False),
        (date(2015, 4, 1), None, Frequency.ANNUAL, True),
        (date(2015, 5, 1), None, Frequency.ANNUAL, False),
        # Snapshots
        (date(2015, 9, 30), SNAPSHOT, Frequency.ANNUAL, True),
        (date(2015, 4, 1), SNAPSHOT, Frequency.ANNUAL, False),
        (date(2016, 10, 31), SNAPSHOT, Frequency.MONTHLY, True),  # from one end of a month to another
        (date(2016, 10, 30), SNAPSHOT, Frequency.MONTHLY, True),
    ],
)
def test_limits_start_where_a_period_does(day, known, frequency, expected):
    assert starts_a_period(day, known, frequency) is expected
