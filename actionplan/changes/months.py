"""A reporting month: opened with its dates, which change until it is frozen."""

from datetime import date
from typing import Any

from django.db import transaction

from actionplan.changes.drafts import still_a_draft
from actionplan.models import ActionPlan, ReportingMonth
from actionplan.rhythm import Dates
from actionplan.rounds import months_of
from kpis.models import StaleEdit
from kpis.periods import day_words, month_end, months_later, today

LATEST_BOARD = 2  # months after the one it is about
SKIPPED_AT_MOST = 2  # months: a summer without a Board


class AlreadyOpened(Exception):
    """There is such a month already; `month` is that one."""

    def __init__(self, month: ReportingMonth):
        super().__init__(f"{month} has been opened already")
        self.month = month


class NotOpened(Exception):
    """Why a month of this plan cannot be opened."""


class WrongDates(Exception):
    """The dates do not fit each other or the months around them. `faults` has a sentence by the name of its date."""

    def __init__(self, faults: dict[str, str]):
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@transaction.atomic
def open_month(*, plan: ActionPlan, month: date, dates: Dates, by: Any) -> ReportingMonth:
    """Open the round of a whole plan: each owner of open work owes one update in it.

    The very same, sent twice, is one. `by` is None for a command that nobody has signed in to.
    Raises NotOpened, AlreadyOpened or WrongDates.
    """
    whole = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if whole.parent_id:
        raise NotOpened("A plan beneath another shares the months of the whole plan.")
    if whole.closed_on:
        raise NotOpened(f"This plan was closed on {day_words(whole.closed_on)}: no more updates are owed.")
    others = list(months_of(whole).order_by("month"))
    there: ReportingMonth | None = next((each for each in others if each.month == month), None)
    if there and Dates.of(there) == dates:
        return there
    if there:
        raise AlreadyOpened(there)
    if others and others[-1].month > month:
        raise NotOpened(f"There is a later month, {others[-1]}, already. Months follow each other.")
    if others and month > months_later(others[-1].month, SKIPPED_AT_MOST + 1):
        raise NotOpened(
            f"The last month is {others[-1]}. No more than {SKIPPED_AT_MOST} months can be left out."
        )
    _check(dates, month, others)
    opened = ReportingMonth(plan=whole, month=month, **vars(dates))
    opened._history_user = by
    opened.save()
    return opened


@transaction.atomic
def set_dates(*, month: ReportingMonth, version: int, dates: Dates, by: Any) -> ReportingMonth:
    """Change the dates of a month that is not frozen. Raises MonthFrozen, StaleEdit or WrongDates."""
    still_a_draft(month)
    try:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
    except StaleEdit as stale:
        if Dates.of(stale.current) == dates:  # a double click
            same: ReportingMonth = stale.current
            return same
        raise
    if current.opens_on <= today() < dates.opens_on:
        opened = day_words(current.opens_on)
        raise WrongDates({"opens_on": f"{current} opened on {opened}. It cannot open in the future any more"})
    others = list(months_of(current.plan).exclude(pk=current.pk).order_by("month"))
    _check(dates, current.month, others)
    for name, day in vars(dates).items():
        setattr(current, name, day)
    current._history_user = by
    current.save(update_fields=[*vars(dates), "version"])
    return current


def _check(dates: Dates, month: date, others: list[ReportingMonth]) -> None:
    """Raise WrongDates with all that is wrong, one sentence for a date."""
    faults = _beside(dates, month, others) | _in_order(dates, month)
    if faults:
        raise WrongDates(faults)


def _in_order(dates: Dates, month: date) -> dict[str, str]:
    """Opens, updates, comments, Board, in that order, and indicators that are known when updates are due."""
    faults = {}
    updates = day_words(dates.updates_due_on)
    if dates.updates_due_on < dates.opens_on:
        faults["updates_due_on"] = (
            f"Updates must be due on {day_words(dates.opens_on)}, when the month opens, or later"
        )
    if dates.data_as_at > dates.updates_due_on:
        faults["data_as_at"] = f"Indicators must be as at {updates}, when updates are due, or earlier"
    if dates.comments_by and dates.comments_by < dates.updates_due_on:
        faults["comments_by"] = f"Comments must be due on {updates}, when updates are due, or later"
    drafted_on, drafted = dates.updates_due_on, "updates"
    if dates.comments_by and dates.comments_by > drafted_on:
        drafted_on, drafted = dates.comments_by, "comments"
    if dates.board_on < drafted_on:
        faults["board_on"] = (
            f"The Board must meet on {day_words(drafted_on)}, when {drafted} are due, or later"
        )
    latest = month_end(months_later(month, LATEST_BOARD))
    if not month <= dates.board_on <= latest:
        faults["board_on"] = f"The Board must meet between {day_words(month)} and {day_words(latest)}"
    return faults


def _beside(dates: Dates, month: date, others: list[ReportingMonth]) -> dict[str, str]:
    """Rounds follow each other: each opens and goes to the Board after the month before it, before the month after."""
    faults = {}
    before = max((each for each in others if each.month < month), key=_month, default=None)
    after = min((each for each in others if each.month > month), key=_month, default=None)
    if before and dates.opens_on <= before.opens_on:
        faults["opens_on"] = f"The month must open after {day_words(before.opens_on)}, when {before} opens"
    if after and dates.opens_on >= after.opens_on:
        faults["opens_on"] = f"The month must open before {day_words(after.opens_on)}, when {after} opens"
    if before and dates.board_on <= before.board_on:
        faults["board_on"] = (
            f"The Board must meet after {day_words(before.board_on)}, when it meets about {before}"
        )
    if after and dates.board_on >= after.board_on:
        faults["board_on"] = (
            f"The Board must meet before {day_words(after.board_on)}, when it meets about {after}"
        )
    return faults


def _month(each: ReportingMonth) -> date:
    return each.month
