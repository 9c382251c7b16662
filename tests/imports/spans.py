"""Days from one to another, and the period that a cell is read as."""

from datetime import date

from kpis.enums import Coverage
from kpis.imports.dates import period
from kpis.periods import Period


def days(start, end):
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def whole(cell, frequency="", covers=Coverage.PERIOD, year_means="", day_first=None):
    return period(cell, frequency=frequency, covers=covers, year_means=year_means, day_first=day_first)


JUNE = days("2017-06-01", "2017-06-30")
APRIL = days("2017-04-01", "2017-04-30")
Q1 = days("2017-04-01", "2017-06-30")
Q4 = days("2017-01-01", "2017-03-31")
YEAR = days("2016-04-01", "2017-03-31")
