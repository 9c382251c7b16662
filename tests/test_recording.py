"""How figures come in: new rows only, each known from the day it came."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kpis.enums import Status
from kpis.models import Measurement, StaleEdit
from kpis.periods import Period
from kpis.recording import NewFigure, record, record_all
from tests.factories import IndicatorFactory, MeasurementFactory, UserFactory

MAY = Period(date(2017, 5, 1), date(2017, 5, 31))
APRIL = Period(date(2017, 4, 1), date(2017, 4, 30))
TODAY = date(2017, 6, 27)
WRITERS, TIMES = (8, 200) if os.environ.get("SOAK") else (4, 10)


@pytest.fixture
def take(db):
    """Return a function that records a figure for May of one indicator, from the tests’ own source."""
    indicator, by = IndicatorFactory(), UserFactory()

    def take(**facts):
        return record(**{"indicator": indicator, "period": MAY, "source": "A test", "by": by} | facts)

    return take


def test_a_figure_is_known_from_today_and_signed(take):
    row = take(numerator=Decimal(19), denominator=Decimal(27), comment="So what", status=Status.PROVISIONAL)

    row.refresh_from_db()
    assert (row.value, row.numerator, row.denominator) == (None, 19, 27)
    assert (row.period, row.recorded_on, row.status) == (MAY, TODAY, Status.PROVISIONAL)
    assert (row.comment, row.source, row.is_sample) == ("So what", "A test", False)
    assert row.made_by is not None


def test_the_same_again_says_nothing_new(take):
    take(value=Decimal("70.00004"))

    assert take(value=Decimal(70), reason="A second look") is None
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("value", [None, Decimal(70)])
def test_the_same_counts_say_nothing_new_with_and_without_their_printed_value(take, value):
    counts = {"numerator": Decimal(19), "denominator": Decimal(27)}
    take(value=None if value else Decimal(70), **counts)

    assert take(value=value, **counts) is None
    assert take(value=Decimal(71), reason="Without counts") is not None


def test_a_withheld_figure_again_says_nothing_new(take):
    take(marker="c")

    assert take(marker="c") is None
    assert take(marker=":", reason="It was never counted").marker == ":"


def test_a_button_pressed_twice_is_no_conflict(take):
    take(value=Decimal(70), known_newest=None)

    assert take(value=Decimal(70), known_newest=None) is None


def test_a_revision_is_a_new_row_with_its_reason(take):
    first = take(value=Decimal(70), comment="About 70", answer="It is right")

    second = take(value=Decimal(72), reason="Two late returns", known_newest=first.pk)

    first.refresh_from_db()
    assert (first.value, first.comment) == (70, "About 70")
    assert (second.value, second.reason, second.comment, second.answer) == (72, "Two late returns", "", "")


def test_a_revision_without_a_reason_is_not_taken(take):
    take(value=Decimal(70))

    with pytest.raises(ValueError, match="needs a reason"):
        take(value=Decimal(72))


def test_validating_needs_no_reason_and_keeps_what_was_said(take):
    take(value=Decimal(70), status=Status.PROVISIONAL, comment="So what", answer="A new clinic")

    row = take(value=Decimal(70), status=Status.VALIDATED)

    assert (row.value, row.status, row.comment, row.answer) == (70, "validated", "So what", "A new clinic")


def test_a_new_comment_on_the_same_figure_is_kept(take):
    take(value=Decimal(70), comment="Short")

    assert take(value=Decimal(70), comment="Longer").comment == "Longer"


def test_of_two_revisions_on_a_day_the_later_counts(take):
    take(value=Decimal(70))
    take(value=Decimal(71), reason="One")
    take(value=Decimal(72), reason="Two")

    assert [row.value for row in Measurement.objects.as_at(TODAY)] == [72]


def test_somebody_else_was_first(take):
    seen = take(value=Decimal(70))
    theirs = take(value=Decimal(71), reason="Theirs")

    with pytest.raises(StaleEdit) as conflict:
        take(value=Decimal(72), reason="Mine", known_newest=seen.pk)

    assert conflict.value.current == theirs
    assert Measurement.objects.count() == 2


def test_a_figure_for_an_empty_place_that_was_filled_meanwhile_is_a_conflict(take):
    take(value=Decimal(70))

    with pytest.raises(StaleEdit):
        take(value=Decimal(72), known_newest=None)


@pytest.mark.parametrize("period", [Period.month(TODAY), Period(TODAY, date(2017, 6, 28))])
def test_a_period_that_is_not_over_has_no_figure(take, period):
    with pytest.raises(ValueError, match="is not over"):
        take(period=period, value=Decimal(1))


def test_all_or_none(take):
    row = take(value=Decimal(70))
    figures = [
        NewFigure(indicator=row.indicator, period=APRIL, value=Decimal(60), source="A test"),
        NewFigure(
            indicator=row.indicator, period=MAY, value=Decimal(71), source="A test"
        ),  # without a reason
    ]

    with pytest.raises(ValueError, match="needs a reason"):
        record_all(figures, by=None)

    assert list(Measurement.objects.all()) == [row]


def test_a_period_cannot_come_twice(take):
    row = take(value=Decimal(70))
    twice = [NewFigure(indicator=row.indicator, period=APRIL, value=Decimal(60), source="A test")] * 2

    with pytest.raises(ValueError, match="comes twice"):
        record_all(twice, by=None)


def test_nothing_is_recorded_of_nothing(db):
    assert record_all([], by=None) == []


@pytest.mark.parametrize("count", [1, 50])
def test_many_figures_take_the_same_few_queries(db, django_assert_num_queries, count):
    indicator = IndicatorFactory()
    days = [Period(date.fromordinal(730_000 + day), date.fromordinal(730_000 + day)) for day in range(count)]
    figures = [NewFigure(indicator=indicator, period=day, value=Decimal(1), source="A test") for day in days]

    with django_assert_num_queries(6):  # savepoint and its release; lock, what stands, write, watch
        assert len(record_all(figures, by=None)) == count


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_revisions_at_once_are_all_kept_or_refused():
    indicator = IndicatorFactory()

    def revise(times):
        """Add one to what stands, as often as nobody else comes between."""
        accepted = 0
        for _ in range(times):
            stands = Measurement.objects.as_at(TODAY).first()
            facts = {
                "indicator": indicator,
                "period": MAY,
                "source": "A test",
                "reason": "One more",
                "by": None,
            }
            with suppress(StaleEdit):
                value = stands.value + 1 if stands else Decimal(1)
                row = record(**facts, value=value, known_newest=stands and stands.pk)
                accepted += row is not None  # somebody else may have recorded the very same
        connection.close()
        return accepted

    with ThreadPoolExecutor(WRITERS) as pool:
        accepted = sum(pool.map(revise, [TIMES] * WRITERS))

    assert Measurement.objects.count() == accepted
    assert Measurement.objects.as_at(TODAY).get().value == accepted
    assert accepted >= TIMES


@pytest.mark.once
class AsAt(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(Status))), min_size=1, max_size=8))
    def test_what_is_recorded_changes_no_earlier_day_and_nothing_twice(self, returned):
        indicator = IndicatorFactory()
        old = MeasurementFactory(indicator=indicator, value=70, recorded_on=date(2017, 6, 9))

        for value, status in returned:
            facts = {"indicator": indicator, "period": MAY, "source": "A test", "by": None, "reason": "Why"}
            record(**facts, value=Decimal(value), status=status)
            assert record(**facts, value=Decimal(value), status=status) is None

            (newest,) = Measurement.objects.as_at(TODAY)
            assert (newest.value, newest.status) == (value, status)
            assert list(Measurement.objects.as_at(date(2017, 6, 26))) == [old]
