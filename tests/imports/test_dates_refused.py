"""Which dates are no dates, and which are asked about rather than guessed."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.enums import Coverage, Frequency
from kpis.imports.cells import Unreadable

from .spans import whole

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
