"""The dates of a round, and how those of the next one follow from the last. Pure: days in, days out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from kpis.periods import month_end, month_start, months_later

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dates:
    """When a month opens, when updates and comments are due, what day its figures are as at, when the Board meets."""

    opens_on: date
    updates_due_on: date
    data_as_at: date
    comments_by: date | None
    board_on: date

    @classmethod
    def of(cls, month) -> Self:
        """The dates that a reporting month has now."""
        return cls(month.opens_on, month.updates_due_on, month.data_as_at, month.comments_by, month.board_on)


def follow(last: Dates, last_month: date, month: date, *, board_on: date | None = None) -> Dates:
    """The dates of a later month in the rhythm of the last one. A person reads them before they count.

    Unless `board_on` is known, the Board meets on the same weekday of the month, such as the last Thursday. Updates and
    comments keep their days before the Board, the opening its working day of the month, indicators their day of a
    month.
    """
    within = months_later(last.board_on, _months(last_month, month))
    board_on = board_on or _same_weekday(last.board_on, within)
    return Dates(
        opens_on=_same_working_day(last.opens_on, last_month, month),
        updates_due_on=board_on - (last.board_on - last.updates_due_on),
        data_as_at=_same_day(last.data_as_at, _months(last_month, month)),
        comments_by=board_on - (last.board_on - last.comments_by) if last.comments_by else None,
        board_on=board_on,
    )


def is_working_day(day: date) -> bool:
    """Monday to Friday. Bank holidays are not known here."""
    return day.weekday() < 5


def working_days_before(day: date, count: int) -> date:
    """The working day that many before a day."""
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day


def working_day_after(day: date) -> date:
    """The first working day after a day."""
    day += DAY
    while not is_working_day(day):
        day += DAY
    return day


def _months(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def _same_day(day: date, months: int) -> date:
    """The same day of a later month; the last of a month stays the last."""
    moved = months_later(day, months)
    return month_end(moved) if day == month_end(day) else moved


def _same_weekday(day: date, within: date) -> date:
    """In the month of `within`: the last Thursday for the last Thursday of a month, the second for a second."""
    days = [each for each in _days(within) if each.weekday() == day.weekday()]
    is_last = (day + WEEK).month != day.month
    return days[-1] if is_last else days[(day.day - 1) // 7]


def _same_working_day(day: date, last_month: date, month: date) -> date:
    """The first working day of a month for one that was the first of its month, the second for the second.

    A round that opened before its month began, or late in it on another kind of day, keeps its distance in days.
    """
    before = [each for each in _days(last_month) if each <= day and is_working_day(each)]
    if not before or before[-1] != day:
        return month_start(month) + (day - month_start(last_month))
    working = [each for each in _days(month) if is_working_day(each)]
    return working[min(len(before), len(working)) - 1]


def _days(month: date) -> list[date]:
    start = month_start(month)
    return [start + timedelta(days=n) for n in range(month_end(month).day)]
