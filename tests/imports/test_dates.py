"""Which days a cell is about, in every form that people and spreadsheets use."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kpis.enums import Coverage, Frequency
from kpis.imports.period_words import YearMeans

from .spans import APRIL, Q1, Q4, YEAR, days, whole


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
