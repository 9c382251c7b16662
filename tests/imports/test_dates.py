"""Which days a cell is about, in every form that people and spreadsheets use, and which of them are not guessed."""

import re
import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.enums import Coverage, Frequency
from kpis.imports.cells import Unreadable
from kpis.imports.dates import period
from kpis.imports.period_words import YearMeans, found
from kpis.periods import Period, month_end, months_later

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
ANY_TEXT = st.text(st.characters(), max_size=300) | st.text(
    "0123456789 /-.:QqApril toyearzFMT()\0\u202e", max_size=40
)


def days(start, end):
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def whole(cell, frequency="", covers=Coverage.PERIOD, year_means="", day_first=None):
    return period(cell, frequency=frequency, covers=covers, year_means=year_means, day_first=day_first)


JUNE = days("2017-06-01", "2017-06-30")
APRIL = days("2017-04-01", "2017-04-30")
Q1 = days("2017-04-01", "2017-06-30")
Q4 = days("2017-01-01", "2017-03-31")
YEAR = days("2016-04-01", "2017-03-31")


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        *(
            (cell, APRIL)
            for cell in [
                "April 2017",
                "april 2017",
                "APRIL 2017",
                "Apr 2017",
                "Apr. 2017",
                "Apr-17",
                "Apr 17",
            ]
        ),
        *(
            (cell, APRIL)
            for cell in ["Apr/17", "Apr’17", "Apr'17", "Apr17", "April-2017", "2017 April", "2017-Apr"]
        ),
        *(
            (cell, APRIL)
            for cell in ["2017-04", "2017/04", "201704", "04/2017", "4/2017", "04-2017", "April\xa02017"]
        ),
        *((cell, APRIL) for cell in ["Apr 2017-18", "2017/18 Apr", "2017-18 April", "month April 2017"]),
        *(
            (cell, APRIL)
            for cell in ["2017-04-01", "2017-04-30", "30 April 2017", "30th April 2017", "30-Apr-17"]
        ),
        *(
            (cell, APRIL)
            for cell in ["30/04/2017", "30.04.2017", "30-04-2017", "04/30/2017", "20170430", "April 30, 2017"]
        ),
        *(
            (cell, APRIL)
            for cell in ["2017-04-30T00:00:00", "2017-04-30 00:00:00", "2017-04-30T00:00:00.000Z"]
        ),
        *(
            (cell, APRIL)
            for cell in [
                "30/04/2017 00:00",
                "as at 30 April 2017",
                "At 30 April 2017",
                "April 2017 (provisional)",
            ]
        ),
        *((cell, APRIL) for cell in [date(2017, 4, 1), date(2017, 4, 30), datetime(2017, 4, 1, 9, 30)]),  # noqa: DTZ001
        ("Sept 2016", days("2016-09-01", "2016-09-30")),
        ("Sep-16", days("2016-09-01", "2016-09-30")),
        ("Jan 2016/17", days("2017-01-01", "2017-01-31")),
        ("2016-17 Mar", days("2017-03-01", "2017-03-31")),
        ("29/02/2016", days("2016-02-01", "2016-02-29")),
        ("2011-12", days("2011-12-01", "2011-12-31")),
        ("Dec-79", days("2079-12-01", "2079-12-31")),
    ],
)
def test_month(cell, month):
    assert whole(cell, Frequency.MONTHLY) == month


@pytest.mark.parametrize(
    ("cell", "quarter"),
    [
        *(
            (cell, Q1)
            for cell in [
                "Q1 2017-18",
                "Q1 2017/18",
                "q1 2017/2018",
                "2017-18 Q1",
                "2017/18 Q1",
                "Q1 (2017/18)",
            ]
        ),
        *(
            (cell, Q1)
            for cell in [
                "2017/18 (Q1)",
                "2017/18 - Q1",
                "Q1, 2017-18",
                "Q1 - 2017/18",
                "Q1 17/18",
                "FY2017/18 Q1",
            ]
        ),
        *(
            (cell, Q1)
            for cell in ["Quarter 1 2017-18", "Qtr 1 2017-18", "2017-18 Quarter 1", "1st quarter 2017/18"]
        ),
        *(
            (cell, Q1)
            for cell in [
                "First quarter of 2017-18",
                "2017/18 Q1 Performance",
                "2017\u201118 Q1",
                "2017–18 Q1",
            ]
        ),
        *(
            (cell, Q1)
            for cell in ["June 2017", "Jun-17", "30 June 2017", "1 April 2017", "30/06/2017", "2017-06-30"]
        ),
        *((cell, Q1) for cell in [date(2017, 4, 1), date(2017, 6, 1), date(2017, 6, 30)]),
        *(
            (cell, Q4)
            for cell in ["Q4 2016-17", "2016/17 Q4", "March 2017", "31 March 2017", "Fourth quarter 2016/17"]
        ),
        ("Q3 1999-00", days("1999-10-01", "1999-12-31")),
        ("Q2 1999/2000", days("1999-07-01", "1999-09-30")),
    ],
)
def test_quarter(cell, quarter):
    assert whole(cell, Frequency.QUARTERLY) == quarter


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        *(
            (cell, YEAR)
            for cell in ["2016-17", "2016/17", "2016–17", "2016\u201117", "2016/2017", "2016-2017", "201617"]
        ),
        *(
            (cell, YEAR)
            for cell in [
                "201617 Financial year",
                Decimal("201617"),
                "16/17",
                "FY2016/17",
                "FY 2016-17",
                "FY16/17",
            ]
        ),
        *((cell, YEAR) for cell in ["Financial year 2016-17", "2016-17 financial year", "2016/17 outturn"]),
        *(
            (cell, YEAR)
            for cell in ["year ending 31 March 2017", "Year ended 31 March 2017", "year to 31 March 2017"]
        ),
        *(
            (cell, YEAR)
            for cell in ["year ending March 2017", "12 months to March 2017", "y/e 31 March 2017"]
        ),
        *(
            (cell, YEAR)
            for cell in ["rolling year to March 2017", "31 March 2017", "March 2017", "1 April 2016"]
        ),
        *((cell, YEAR) for cell in [date(2017, 3, 31), date(2016, 4, 1), "April 2016 to March 2017"]),
        ("FY11/12", days("2011-04-01", "2012-03-31")),
        ("2011-12", days("2011-04-01", "2012-03-31")),
        ("1999/00", days("1999-04-01", "2000-03-31")),
        ("year to 30 September 2016", days("2015-10-01", "2016-09-30")),
        ("Academic year 2016/17", days("2016-09-01", "2017-08-31")),
        ("2016/17 academic year", days("2016-09-01", "2017-08-31")),
        ("Calendar year 2016", days("2016-01-01", "2016-12-31")),
    ],
)
def test_year(cell, year):
    assert whole(cell, Frequency.ANNUAL) == year


@pytest.mark.parametrize(
    ("year_means", "year", "last_day"),
    [
        (YearMeans.FINANCIAL, days("2015-04-01", "2016-03-31"), "2016-03-31"),
        (YearMeans.TO_SEPTEMBER, days("2015-10-01", "2016-09-30"), "2016-09-30"),
        (YearMeans.ACADEMIC, days("2015-09-01", "2016-08-31"), "2016-08-31"),
        (YearMeans.CALENDAR, days("2016-01-01", "2016-12-31"), "2016-12-31"),
    ],
)
@pytest.mark.parametrize("cell", ["2016", Decimal(2016)])
def test_bare_year_is_what_the_file_is_said_to_mean(cell, year_means, year, last_day):
    assert whole(cell, Frequency.ANNUAL, year_means=year_means) == year
    assert whole(cell, Frequency.ANNUAL, Coverage.LAST_DAY, year_means) == days(last_day, last_day)


@pytest.mark.parametrize(
    ("cell", "year_means", "year"),
    [
        ("2016/17", YearMeans.ACADEMIC, days("2016-09-01", "2017-08-31")),
        ("2016/17", YearMeans.TO_SEPTEMBER, days("2016-10-01", "2017-09-30")),
        ("2016/17", YearMeans.CALENDAR, YEAR),
        ("FY2016/17", YearMeans.ACADEMIC, YEAR),
        ("year ending 31 March 2017", YearMeans.ACADEMIC, YEAR),
        ("31 August 2017", YearMeans.ACADEMIC, days("2016-09-01", "2017-08-31")),
        ("1 October 2016", YearMeans.TO_SEPTEMBER, days("2016-10-01", "2017-09-30")),
        ("December 2016", YearMeans.CALENDAR, days("2016-01-01", "2016-12-31")),
        ("1 January 2016", YearMeans.CALENDAR, days("2016-01-01", "2016-12-31")),
    ],
)
def test_year_of_another_kind(cell, year_means, year):
    assert whole(cell, Frequency.ANNUAL, year_means=year_means) == year


def test_quarter_of_a_calendar_year():
    assert whole("2016 Q1", Frequency.QUARTERLY, year_means=YearMeans.CALENDAR) == days(
        "2016-01-01", "2016-03-31"
    )


@pytest.mark.parametrize(
    ("cell", "frequency", "covers", "expected"),
    [
        ("June 2017", Frequency.MONTHLY, Coverage.LAST_DAY, days("2017-06-30", "2017-06-30")),
        ("30 June 2017", Frequency.MONTHLY, Coverage.LAST_DAY, days("2017-06-30", "2017-06-30")),
        (date(2017, 6, 1), Frequency.MONTHLY, Coverage.LAST_DAY, days("2017-06-30", "2017-06-30")),
        ("Q1 2017-18", Frequency.QUARTERLY, Coverage.LAST_DAY, days("2017-06-30", "2017-06-30")),
        ("2016-17", Frequency.ANNUAL, Coverage.LAST_DAY, days("2017-03-31", "2017-03-31")),
        ("30 September 2017", Frequency.ANNUAL, Coverage.LAST_DAY, days("2017-09-30", "2017-09-30")),
        ("June 2017", Frequency.MONTHLY, Coverage.YEAR, days("2016-07-01", "2017-06-30")),
        ("year to 30 June 2017", Frequency.MONTHLY, Coverage.YEAR, days("2016-07-01", "2017-06-30")),
        ("Q1 2017-18", Frequency.QUARTERLY, Coverage.YEAR, days("2016-07-01", "2017-06-30")),
        ("year to 30 June 2017", Frequency.QUARTERLY, Coverage.YEAR, days("2016-07-01", "2017-06-30")),
        ("2016-17", Frequency.ANNUAL, Coverage.YEAR, YEAR),
        ("30 September 2017", Frequency.ANNUAL, Coverage.YEAR, days("2016-10-01", "2017-09-30")),
    ],
)
def test_figure_may_be_about_a_last_day_or_the_year_to_it(cell, frequency, covers, expected):
    assert whole(cell, frequency, covers) == expected


@pytest.mark.parametrize(
    ("cell", "day_first", "day"),
    [
        ("1/4/27", True, "2027-04-01"),
        ("1/4/27", False, "2027-01-04"),
        ("01/04/2017", True, "2017-04-01"),
        ("01/04/2017", False, "2017-01-04"),
        ("30/06/17", True, "2017-06-30"),
        ("04/04/2017", None, "2017-04-04"),
        ("13/01/2017", None, "2017-01-13"),
        ("01/13/2017", None, "2017-01-13"),
    ],
)
def test_order_of_day_and_month_is_as_said(cell, day_first, day):
    assert whole(cell, day_first=day_first) == days(day, day)


NO_PERIOD = (
    "{} is not a period. Write a month, a quarter or a year, such as April 2017, Q1 2017-18 or 2016-17."
)
MONTHLY = "This indicator is monthly: write the month, such as April 2017."
QUARTERLY = (
    "This indicator is quarterly: write the quarter or its last month, such as Q1 2017-18 or June 2017."
)
ANNUAL = "This indicator is annual: write the year, such as 2016-17."


@pytest.mark.parametrize(
    "cell",
    [
        *[
            "0",
            "1",
            "abc",
            "Havering",
            "17-Apr",
            "April",
            "Q1",
            "Q5 2016-17",
            "2016/18",
            "2016-16",
            "17/16",
            "11/12",
        ],
        *[
            "31/04/2017",
            "2017-02-29",
            "32 June 2017",
            "13/2017",
            "2017-13",
            "2017-00",
            "00/00/2017",
            "0216",
            "9999",
        ],
        *[
            "Apr-80",
            "30/06/80",
            "FY2016",
            "FY17",
            "2017M04",
            "H1 2016-17",
            "2017/18 YTD",
            "2015 to 2017",
            "२०१६",
        ],
        *[
            "March 2017 to April 2016",
            "year to Christmas",
            "year ending 15 March 2017",
            "20160",
            "42916",
            "2016.04",
        ],
        *["1899", "2200", "2016-17 to 2017-18", "Q1 to Q2 2016-17", "–", "/", "1/1/1/1", "Latest"],
        Decimal("42916"),
        Decimal("2016.5"),
        Decimal("NaN"),
        Decimal("1E+400000"),
        Decimal("1E-400000"),
        "a" * 50_000,
    ],
)
def test_what_is_no_period_is_refused(cell):
    shown = str(cell)
    shown = shown.replace("–", "-") if len(shown) <= 40 else shown[:40] + "…"

    with pytest.raises(Unreadable) as refused:
        whole(cell, Frequency.MONTHLY)

    assert str(refused.value) == NO_PERIOD.format(f"“{shown}”")


@pytest.mark.parametrize(
    ("cell", "frequency", "sentence"),
    [
        (None, "", "There is no period in this cell. Write one, such as April 2017 or 2016-17."),
        (" \xa0", "", "There is no period in this cell. Write one, such as April 2017 or 2016-17."),
        ("2016", "annual", "“2016” is a year: say which twelve months it means in this file."),
        (Decimal(2016), "annual", "“2016” is a year: say which twelve months it means in this file."),
        ("2016", "monthly", "“2016” is a year: say which twelve months it means in this file."),
        ("1/4/27", "monthly", "“1/4/27”: 1 April 2027 or 4 January 2027? Say which order the file uses."),
        (
            "01/04/2017",
            "monthly",
            "“01/04/2017”: 1 April 2017 or 4 January 2017? Say which order the file uses.",
        ),
        ("30/06/17", "monthly", "“30/06/17”: 30 June 2017? Say which order the file uses."),
        (
            *("Q1 2016", "quarterly"),
            "“Q1 2016” may be of the calendar year or of a financial year. Write the year as 2016-17 or 2015-16.",
        ),
        (date(1, 1, 1), "monthly", NO_PERIOD.format("“1 January 1”")),
        (date(9999, 12, 1), "annual", NO_PERIOD.format("“1 December 9999”")),
        ("1800-01", "quarterly", NO_PERIOD.format("“1800-01”")),
        ("2011-12", "quarterly", "“2011-12” may be a year or December 2011. Write it out."),
        ("Apr-17", "quarterly", f"“Apr-17” is a month. {QUARTERLY}"),
        ("2016-17", "quarterly", f"“2016-17” is a year. {QUARTERLY}"),
        (date(2017, 4, 30), "quarterly", f"“30 April 2017” is a single day. {QUARTERLY}"),
        ("February to April 2016", "quarterly", f"“February to April 2016” is three months. {QUARTERLY}"),
        ("Q1 2017-18", "monthly", f"“Q1 2017-18” is a quarter. {MONTHLY}"),
        ("2016/17", "monthly", f"“2016/17” is a year. {MONTHLY}"),
        ("15 June 2017", "monthly", f"“15 June 2017” is a single day. {MONTHLY}"),
        (date(2017, 6, 15), "monthly", f"“15 June 2017” is a single day. {MONTHLY}"),
        (
            "April to September 2016",
            "monthly",
            f"“April to September 2016” is a longer or shorter time. {MONTHLY}",
        ),
        ("Q1 2016-17", "annual", f"“Q1 2016-17” is a quarter. {ANNUAL}"),
        ("June 2017", "annual", f"“June 2017” is a month. {ANNUAL}"),
        ("30 September 2017", "annual", f"“30 September 2017” is a single day. {ANNUAL}"),
    ],
)
def test_what_is_not_guessed_is_asked_for(cell, frequency, sentence):
    with pytest.raises(Unreadable) as refused:
        whole(cell, frequency)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("cell", "frequency"),
    [
        ("1 June 2017", "monthly"),
        ("1 April 2017", "quarterly"),
        (date(2017, 4, 1), "quarterly"),
        ("1 April 2016", "annual"),
    ],
)
def test_first_day_is_not_taken_for_a_last_day(cell, frequency):
    with pytest.raises(Unreadable, match="is a single day"):
        whole(cell, frequency, Coverage.LAST_DAY)


def test_date_against_the_order_of_the_file_is_refused():
    with pytest.raises(Unreadable) as refused:
        whole("06/30/2017", day_first=True)

    assert str(refused.value) == "“06/30/2017” is not a day if the day comes first, as this file is said to."


# Whatever period the application writes, it reads.


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
