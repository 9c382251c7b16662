"""Days, months, quarters and financial years of an English council. Pure, but for today()."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The date in London; the only clock for business dates. OFSTED_TODAY pins it in a demonstration."""
    return settings.OFSTED_TODAY or timezone.localdate()


def days_words(count: int) -> str:
    """1 day; 12 days"""
    return f"{count} day{'' if count == 1 else 's'}"


def day_words(day: date) -> str:
    """27 June 2017"""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def month_start(day: date) -> date:
    return day.replace(day=1)


@lru_cache(maxsize=4096)  # asked of each figure several times over
def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day of a later (or, with a negative number, an earlier) month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def financial_year(day: date) -> int:
    """The calendar year in which the financial year of `day` starts: 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def quarter(day: date) -> int:
    """1 for April to June ... 4 for January to March."""
    return (day.month - 4) % 12 // 3 + 1


def parse_month(text: str) -> date:
    """The first day of a month written 2017-06; ValueError for anything else."""
    if len(text) != 7:
        raise ValueError(f"not a month: {text!r}")
    return date.fromisoformat(f"{text}-01")


@dataclass(frozen=True, order=True)
class Period:
    """The days a value covers, both included. A snapshot covers one day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    @classmethod
    def month(cls, day: date) -> "Period":
        return cls(month_start(day), month_end(day))

    @property
    def is_day(self) -> bool:
        return self.start == self.end

    @property
    def months(self) -> int | None:
        """How many whole calendar months the period is, or None where it is not made of whole months."""
        if self.start.day != 1 or self.end != month_end(self.end):
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def year_before(self) -> "Period":
        return Period(self._back(self.start, 12), self._back(self.end, 12))

    def previous(self) -> "Period":
        """The period of the same kind just before; for a single day, the day before."""
        if self.months is None:
            length = self.end - self.start + timedelta(days=1)
            return Period(self.start - length, self.end - length)
        return Period(self._back(self.start, self.months), self._back(self.end, self.months))

    @staticmethod
    def _back(day: date, months: int) -> date:
        moved = months_later(day, -months)
        return month_end(moved) if day == month_end(day) else moved

    @property
    def _is_of_financial_year(self) -> bool:
        """A quarter of it, or the whole."""
        return (self.months, self.start.month) in {(12, 4), (3, 4), (3, 7), (3, 10), (3, 1)}

    @property
    def label(self) -> str:
        """In people's words: 30 September 2016; May 2017; Q1 2016-17; 2016-17; April to September 2016."""
        year = financial_year(self.start)
        match self.months:
            case _ if self.is_day:
                return day_words(self.start)
            case 1:
                return f"{calendar.month_name[self.start.month]} {self.start.year}"
            case 3 if self._is_of_financial_year:
                return f"Q{quarter(self.start)} {year}-{(year + 1) % 100:02}"
            case 12 if self._is_of_financial_year:
                return f"{year}-{(year + 1) % 100:02}"
            case 12:
                return f"year to {day_words(self.end)}"
            case None:
                return f"{day_words(self.start)} to {day_words(self.end)}"
        first = calendar.month_name[self.start.month]
        last = calendar.month_name[self.end.month]
        if self.start.year == self.end.year:
            return f"{first} to {last} {self.end.year}"
        return f"{first} {self.start.year} to {last} {self.end.year}"

    @property
    def short_label(self) -> str:
        """For narrow tables: 30 Sep 2016; May 2017; Apr to Sep 2016; 27 Sep to 20 Oct 2016; year to Sep 2016."""
        if self.months == 12 and self.start.month != 4:
            return f"year to {_short(self.end, with_day=False)}"
        if self._is_of_financial_year:
            return self.label
        with_day = self.months is None
        last = _short(self.end, with_day=with_day)
        if self.is_day or self.months == 1:
            return last
        first = _short(self.start, with_day=with_day)
        return f"{first.removesuffix(f' {self.end.year}')} to {last}"


def _short(day: date, *, with_day: bool) -> str:
    words = f"{calendar.month_abbr[day.month]} {day.year}"
    return f"{day.day} {words}" if with_day else words
