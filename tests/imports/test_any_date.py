"""Whatever period the application writes, it reads; whatever else it reads is a period or a sentence."""

import re
import time
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.enums import Coverage, Frequency
from kpis.imports.cells import Unreadable
from kpis.imports.dates import period
from kpis.imports.period_words import YearMeans, found
from kpis.periods import Period, month_end, months_later

from .spans import APRIL, Q1, YEAR, days, whole

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
ANY_TEXT = st.text(st.characters(), max_size=300) | st.text(
    "0123456789 /-.:QqApril toyearzFMT()\0\u202e", max_size=40
)


@given(DAYS, DAYS)
def test_label_of_any_span_of_days_is_read_back(one, other):
    said = Period(min(one, other), max(one, other))

    assert period(said.label) == period(said.short_label) == said


@given(DAYS, st.integers(1, 40))
def test_label_of_any_span_of_months_is_read_back(day, months):
    first = day.replace(day=1)
    said = Period(first, month_end(months_later(first, months - 1)))

    assert period(said.label) == period(said.short_label) == said


LENGTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.ANNUAL: 12}


@given(DAYS, st.sampled_from(Frequency), st.sampled_from(Coverage))
def test_label_of_any_period_of_an_indicator_is_read_back(day, frequency, covers):
    number = (day.month - 4) % 12 // LENGTHS[frequency]
    first = months_later(date(day.year, 4, 1), number * LENGTHS[frequency])
    last = month_end(months_later(first, LENGTHS[frequency] - 1))
    said = {
        Coverage.PERIOD: Period(first, last),
        Coverage.LAST_DAY: Period(last, last),
        Coverage.YEAR: Period(months_later(last.replace(day=1), -11), last),
    }[covers]

    # A rolling year to March 2012 is called 2011-12, which is also December 2011: that one is asked about.
    assume(
        covers != Coverage.YEAR
        or frequency == Frequency.ANNUAL
        or not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", said.label)
    )
    assert period(said.label, frequency=frequency, covers=covers) == said


@pytest.mark.parametrize("frequency", [Frequency.MONTHLY, Frequency.QUARTERLY])
def test_rolling_year_that_may_be_a_month_is_asked_about(frequency):
    assert whole("2016-17", frequency, Coverage.YEAR) == YEAR

    with pytest.raises(Unreadable, match=r"“2011-12” may be a year or December 2011\. Write it out\."):
        whole("2011-12", frequency, Coverage.YEAR)


def read_or_refused(cell, **how):
    """The period, or the sentence that refuses it."""
    try:
        return period(cell, **how)
    except Unreadable as why:
        return str(why)


@given(st.dates(), st.sampled_from(Frequency), st.sampled_from(Coverage), st.sampled_from(["", *YearMeans]))
def test_date_of_a_spreadsheet_is_in_its_period_or_refused(day, frequency, covers, year_means):
    match read_or_refused(day, frequency=frequency, covers=covers, year_means=year_means):
        case Period(start=start, end=end):
            assert start <= month_end(day)
            assert end >= day
        case sentence:
            assert sentence.endswith(".")


@given(
    ANY_TEXT,
    st.sampled_from(["", *Frequency]),
    st.sampled_from(["", *YearMeans]),
    st.sampled_from([None, True, False]),
)
def test_any_text_is_a_period_or_refused_in_a_sentence(text, frequency, year_means, day_first):
    how = {"frequency": frequency, "covers": "period", "year_means": year_means, "day_first": day_first}
    match read_or_refused(text, **how):
        case Period(start=start, end=end):
            assert start <= end
        case sentence:
            assert sentence.endswith(".")
            assert len(sentence) < 250


@pytest.mark.parametrize(
    "part",
    [
        "to ",
        "year to ",
        "a-",
        "2016",
        "2016/",
        "1/",
        "\0",
        "\u202e",
        "( ",
        " - ",
        "q1 ",
        "apr ",
        "9",
        "\U0001f600",
    ],
)
@pytest.mark.parametrize("length", [200, 50_000])
def test_long_text_is_refused_at_once(part, length):
    text = (part * length)[:length]

    start = time.perf_counter()
    with pytest.raises(Unreadable):
        period(text)
    found(text)

    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    ("heading", "said", "rest"),
    [
        ("2017/18 Q1 Performance", "2017-18 Q1", "Performance"),
        ("2017/18 Annual Target", "2017-18", "Annual Target"),
        ("Short Term DOT against 2016/17 (Q4)", "2016-17 Q4", "Short Term DOT against"),
        ("Long Term DOT against Q1 2016/17", "Q1 2016-17", "Long Term DOT against"),
        ("2016/17 Q1", "2016-17 Q1", ""),
        ("2016", "2016", ""),
        ("Apr-17", "Apr-17", ""),
        ("2016/17 Jan", "2016-17 Jan", ""),
        ("Value, April 2017", "April 2017", "Value"),
        ("Year ending 31 March 2017", "Year ending 31 March 2017", ""),
        ("30/06/2017", "30/06/2017", ""),
        ("England 2016", "2016", "England"),
        ("Value", "", "Value"),
        ("% of 16/17 year olds", "", "% of 16/17 year olds"),
        ("aged 18-21", "", "aged 18-21"),
        ("per 10,000 children", "", "per 10,000 children"),
        ("Change 2015/16 to 2016/17", "", "Change 2015/16 to 2016/17"),
        ("Quarter 1 Performance 2017/18", "", "Quarter 1 Performance 2017/18"),
        ("2017/18 YTD", "", "2017/18 YTD"),
        ("", "", ""),
    ],
)
def test_period_in_a_heading(heading, said, rest):
    assert found(heading) == (said, rest)


@given(ANY_TEXT)
def test_period_found_in_a_heading_is_one(heading):
    said, _ = found(heading)

    assert said == "" or "is not a period" not in str(read_or_refused(said))


@pytest.mark.parametrize(
    ("cell", "frequency", "expected"),
    [
        ("201617 Academic year", Frequency.ANNUAL, days("2016-09-01", "2017-08-31")),
        ("2017 Calendar year", Frequency.ANNUAL, days("2017-01-01", "2017-12-31")),
        ("2017 Reporting year", Frequency.ANNUAL, days("2016-10-01", "2017-09-30")),
        ("201718 Financial year Q1", Frequency.QUARTERLY, Q1),
        ("2017 April", Frequency.MONTHLY, APRIL),
    ],
)
def test_period_and_its_identifier_as_the_dfe_publishes_them(cell, frequency, expected):
    assert whole(cell, frequency, year_means=YearMeans.TO_SEPTEMBER) == expected
