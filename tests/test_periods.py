"""Days, months, quarters and financial years, at their edges."""

import time
from datetime import UTC, date, datetime
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.periods import (
    Period,
    day_words,
    financial_year,
    month_end,
    month_start,
    months_later,
    parse_month,
    quarter,
    today,
)


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2017, 3, 31), 2016, 4),
        (date(2017, 4, 1), 2017, 1),
        (date(2017, 6, 30), 2017, 1),
        (date(2017, 7, 1), 2017, 2),
        (date(2017, 9, 30), 2017, 2),
        (date(2017, 10, 1), 2017, 3),
        (date(2017, 12, 31), 2017, 3),
        (date(2018, 1, 1), 2017, 4),
        (date(2016, 2, 29), 2015, 4),
    ],
)
def test_the_financial_year_starts_on_1_april(day, year, number):
    assert (financial_year(day), quarter(day)) == (year, number)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2015, 2, 28), 12, date(2016, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 3, 31), -1, date(2017, 2, 28)),
        (date(2017, 1, 1), -1, date(2016, 12, 1)),
        (date(2016, 12, 31), 1, date(2017, 1, 31)),
        (date(2017, 6, 27), 0, date(2017, 6, 27)),
    ],
)
def test_months_later_stays_in_the_month(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2016, 2, 10), date(2016, 2, 1), date(2016, 2, 29)),
        (date(2017, 2, 28), date(2017, 2, 1), date(2017, 2, 28)),
        (date(1900, 2, 1), date(1900, 2, 1), date(1900, 2, 28)),
        (date(2017, 12, 31), date(2017, 12, 1), date(2017, 12, 31)),
    ],
)
def test_a_month_from_end_to_end(day, start, end):
    assert (month_start(day), month_end(day)) == (start, end)
    assert Period.month(day) == Period(start, end)


@pytest.mark.parametrize(
    ("start", "end", "label", "short"),
    [
        (date(2016, 9, 30), date(2016, 9, 30), "30 September 2016", "30 Sep 2016"),
        (date(2017, 5, 1), date(2017, 5, 31), "May 2017", "May 2017"),
        (date(2016, 2, 1), date(2016, 2, 29), "February 2016", "Feb 2016"),
        (date(2016, 4, 1), date(2016, 6, 30), "Q1 2016-17", "Q1 2016-17"),
        (date(2017, 1, 1), date(2017, 3, 31), "Q4 2016-17", "Q4 2016-17"),
        (date(2016, 4, 1), date(2017, 3, 31), "2016-17", "2016-17"),
        (date(1999, 4, 1), date(2000, 3, 31), "1999-00", "1999-00"),
        (date(2015, 10, 1), date(2016, 9, 30), "year to 30 September 2016", "year to Sep 2016"),
        (date(2016, 4, 1), date(2016, 9, 30), "April to September 2016", "Apr to Sep 2016"),
        (date(2016, 10, 1), date(2017, 3, 31), "October 2016 to March 2017", "Oct 2016 to Mar 2017"),
        (date(2016, 2, 1), date(2016, 4, 30), "February to April 2016", "Feb to Apr 2016"),
        (
            date(2016, 9, 27),
            date(2016, 10, 20),
            "27 September 2016 to 20 October 2016",
            "27 Sep to 20 Oct 2016",
        ),
        (
            date(2016, 12, 27),
            date(2017, 1, 4),
            "27 December 2016 to 4 January 2017",
            "27 Dec 2016 to 4 Jan 2017",
        ),
    ],
)
def test_a_period_in_peoples_words(start, end, label, short):
    assert (Period(start, end).label, Period(start, end).short_label) == (label, short)


def test_a_day_in_peoples_words():
    assert day_words(date(2017, 6, 7)) == "7 June 2017"


@pytest.mark.parametrize(
    ("start", "end", "previous", "year_before"),
    [
        # March has 31 days, February 29.
        (
            *(date(2016, 3, 1), date(2016, 3, 31)),
            Period(date(2016, 2, 1), date(2016, 2, 29)),
            Period(date(2015, 3, 1), date(2015, 3, 31)),
        ),
        (
            *(date(2017, 2, 1), date(2017, 2, 28)),
            Period(date(2017, 1, 1), date(2017, 1, 31)),
            Period(date(2016, 2, 1), date(2016, 2, 29)),
        ),
        (
            *(date(2016, 2, 1), date(2016, 2, 29)),
            Period(date(2016, 1, 1), date(2016, 1, 31)),
            Period(date(2015, 2, 1), date(2015, 2, 28)),
        ),
        (
            *(date(2017, 4, 1), date(2017, 6, 30)),
            Period(date(2017, 1, 1), date(2017, 3, 31)),
            Period(date(2016, 4, 1), date(2016, 6, 30)),
        ),
        (
            *(date(2016, 4, 1), date(2017, 3, 31)),
            Period(date(2015, 4, 1), date(2016, 3, 31)),
            Period(date(2015, 4, 1), date(2016, 3, 31)),
        ),
        # A snapshot on 29 February is compared with the last day of the February before.
        (
            *(date(2016, 2, 29), date(2016, 2, 29)),
            Period(date(2016, 2, 28), date(2016, 2, 28)),
            Period(date(2015, 2, 28), date(2015, 2, 28)),
        ),
        (
            *(date(2017, 3, 31), date(2017, 3, 31)),
            Period(date(2017, 3, 30), date(2017, 3, 30)),
            Period(date(2016, 3, 31), date(2016, 3, 31)),
        ),
    ],
)
def test_the_period_before_and_the_one_a_year_before(start, end, previous, year_before):
    assert Period(start, end).previous() == previous
    assert Period(start, end).year_before() == year_before


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end before it starts"):
        Period(date(2017, 6, 2), date(2017, 6, 1))


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_months_follow_each_other_without_a_gap(day):
    month = Period.month(day)

    assert (month.start - month.previous().end).days == 1
    assert month.months == 1


@pytest.mark.parametrize(
    "text", ["2017-6", "2017-13", "2017-00", "201706", "2017-06-01", "", "\x00" * 7, "٢٠١٧-٠٦"]
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_month(text)


def test_a_month_is_its_first_day():
    assert parse_month("2017-06") == date(2017, 6, 1)


# today(): the date in London, whatever the clock of the machine says.


@pytest.mark.parametrize(
    ("instant", "london"),
    [
        (datetime(2017, 6, 26, 22, 59, tzinfo=UTC), date(2017, 6, 26)),  # 23:59 in summer time
        (datetime(2017, 6, 26, 23, 0, tzinfo=UTC), date(2017, 6, 27)),
        (datetime(2017, 1, 26, 23, 30, tzinfo=UTC), date(2017, 1, 26)),  # in winter London is UTC
        (datetime(2017, 3, 25, 23, 59, tzinfo=UTC), date(2017, 3, 25)),  # the night the clocks go forward
        (datetime(2017, 3, 26, 22, 59, tzinfo=UTC), date(2017, 3, 26)),
        (datetime(2017, 3, 26, 23, 0, tzinfo=UTC), date(2017, 3, 27)),
        (datetime(2017, 10, 28, 23, 30, tzinfo=UTC), date(2017, 10, 29)),  # the night they go back
        (datetime(2017, 10, 29, 23, 59, tzinfo=UTC), date(2017, 10, 29)),
        (datetime(2016, 2, 29, 0, 0, tzinfo=UTC), date(2016, 2, 29)),
    ],
)
@pytest.mark.parametrize("machine", ["UTC", "Europe/London", "Pacific/Auckland"])
def test_today_is_the_date_in_london(settings, monkeypatch, machine, instant, london):
    settings.OFSTED_TODAY = None
    monkeypatch.setenv("TZ", machine)
    time.tzset()
    try:
        with mock.patch("django.utils.timezone.now", return_value=instant):
            assert today() == london
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_demonstration_pins_today(settings):
    settings.OFSTED_TODAY = date(2017, 6, 27)

    assert today() == date(2017, 6, 27)
