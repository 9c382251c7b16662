"""Which days a cell is about: 2016-17 Q1, Apr-17, 30/06/2017, year ending 31 March 2017. Pure; nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from kpis.enums import Coverage, Frequency
from kpis.periods import Period, day_words, month_end, month_start, months_later

from .cells import LONGEST, Unreadable, clean, number_text, quoted
from .period_words import YEAR_ENDS, YEARS, YearMeans, read, year_to


def period(
    cell: str | Decimal | date | None,
    *,
    frequency: str = "",
    covers: str = "",
    year_means: str = "",
    day_first: bool | None = None,
) -> Period:
    """The period of a figure of an indicator that is counted with this frequency and covers this much of it.

    `year_means` says which twelve months a bare year is, `day_first` the order of 1/4/2017; where the cell needs
    one that is not given it is Unreadable, as is a period that is too long or too short for the frequency.
    Without a frequency any period will do.
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if day.year not in YEARS:
            raise Unreadable(_no_period(day_words(day)))
        return _suited(Period(day, day), day_words(day), frequency, covers, year_means, is_stored=True)
    text = number_text(cell) if isinstance(cell, Decimal) else cell or ""
    return _period_of_text(text[: LONGEST + 1], frequency, covers, year_means, day_first)


@lru_cache(maxsize=4096)  # a column repeats its few periods from top to bottom
def _period_of_text(
    text: str, frequency: str, covers: str, year_means: str, day_first: bool | None
) -> Period:
    plain = clean(text)
    if not plain:
        raise Unreadable("There is no period in this cell. Write one, such as April 2017 or 2016-17.")
    said = None if len(text) > LONGEST else read(plain, frequency, covers, year_means, day_first)
    if said is None:
        raise Unreadable(_no_period(plain))
    return _suited(said, plain, frequency, covers, year_means, is_stored=False)


def _no_period(text: str) -> str:
    return (
        f"{quoted(text)} is not a period. "
        "Write a month, a quarter or a year, such as April 2017, Q1 2017-18 or 2016-17."
    )


def _suited(
    said: Period, text: str, frequency: str, covers: str, year_means: str, *, is_stored: bool
) -> Period:
    """What was said, as a period of this frequency. A date that `is_stored` as one may stand for its month."""
    if not frequency:
        return said
    whole = (
        None
        if _is_no_last_day(said, frequency, covers, is_stored)
        else _whole(said, frequency, covers, year_means)
    )
    if whole is None:
        raise Unreadable(f"{quoted(text)} is {_kind(said)}. {_WANTED[Frequency(frequency)]}")
    match covers:
        case Coverage.LAST_DAY:
            return Period(whole.end, whole.end)
        case Coverage.YEAR:
            return year_to(whole.end)
    return whole


def _is_no_last_day(said: Period, frequency: str, covers: str, is_stored: bool) -> bool:
    """A first day is not what is wanted of a last day, but a spreadsheet stores the month of June as 1 June."""
    stands_for_month = is_stored and frequency == Frequency.MONTHLY
    return covers == Coverage.LAST_DAY and said.is_day and said.start.day == 1 and not stands_for_month


def _whole(said: Period, frequency: str, covers: str, year_means: str) -> Period | None:
    """The month, quarter or year that was said, or whose first day, last day or last month was."""
    if frequency == Frequency.ANNUAL:
        is_dated = covers != Coverage.PERIOD and said.is_day and said.end == month_end(said.end)
        return said if is_dated else _year_of(said, year_means)
    if covers == Coverage.YEAR and said.months == 12:
        said = Period.month(said.end)
    return _month_of(said) if frequency == Frequency.MONTHLY else _quarter_of(said)


def _month_of(said: Period) -> Period | None:
    is_edge = said.is_day and said.start in (month_start(said.start), month_end(said.start))
    return Period.month(said.start) if is_edge or said.months == 1 else None


def _quarter_of(said: Period) -> Period | None:
    if said.months == 3 and said.start.month % 3 == 1:
        return said
    if said.is_day and said.start.day == 1 and said.start.month % 3 == 1:
        return Period(said.start, month_end(months_later(said.start, 2)))
    month = _month_of(said)
    return Period(months_later(month.start, -2), month.end) if month and month.end.month % 3 == 0 else None


def _year_of(said: Period, year_means: str) -> Period | None:
    if said.months == 12:
        return said
    last = YEAR_ENDS[YearMeans(year_means or YearMeans.FINANCIAL)]
    if said.is_day and said.start.day == 1 and said.start.month == last % 12 + 1:
        return Period(said.start, month_end(months_later(said.start, 11)))
    month = _month_of(said)
    return year_to(month.end) if month and month.end.month == last else None


def _kind(said: Period) -> str:
    names: dict[int | None, str] = {1: "a month", 3: "three months", 12: "a year"}
    if said.months == 3 and said.start.month % 3 == 1:
        return "a quarter"
    return "a single day" if said.is_day else names.get(said.months, "a longer or shorter time")


_WANTED = {
    Frequency.MONTHLY: "This indicator is monthly: write the month, such as April 2017.",
    Frequency.QUARTERLY: "This indicator is quarterly: write the quarter or its last month, "
    "such as Q1 2017-18 or June 2017.",
    Frequency.ANNUAL: "This indicator is annual: write the year, such as 2016-17.",
}
