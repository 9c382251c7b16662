"""The monthly round: which Board met last, and who still owes an update."""

from collections.abc import Iterable
from datetime import date

from actionplan.enums import MonthState, UpdateStatus
from actionplan.models import Action, ActionPlan, ReportingMonth
from actionplan.standing import Standing
from kpis.periods import days_words


def months_of(plan: ActionPlan):
    """The rounds of a plan; a plan beneath another shares those of the whole."""
    return ReportingMonth.objects.filter(plan=plan.parent_id or plan.pk)


def rounds(
    plan: ActionPlan, on: date, months: list[ReportingMonth] | None = None
) -> tuple[ReportingMonth | None, ReportingMonth | None]:
    """The round people are writing for, and that of the newest Board before `on`, from which changes are counted.

    One query, or none when the plan's `months` are given in order; either is None where there is none.
    """
    months = list(months_of(plan).order_by("month")) if months is None else months
    ahead = [month for month in months if month.board_on >= on]
    past = [month for month in months if month.board_on < on]
    return (ahead or past[-1:] or [None])[0], past[-1] if past else None


def board_before(month: ReportingMonth, on: date, months: Iterable[ReportingMonth]) -> ReportingMonth | None:
    """The round of the newest Board that met before that of `month` and before `on`: its report counts from there."""
    past = [each for each in months if each.board_on < min(on, month.board_on)]
    return max(past, key=lambda each: each.board_on, default=None)


def takes_updates(month: ReportingMonth | None, on: date) -> bool:
    """Whether an update can be handed in for a round on a day: opened, not frozen, its Board not over."""
    return month is not None and month.state != MonthState.FROZEN and month.opens_on <= on <= month.board_on


def owes_update(action: Action, standing: Standing, month: ReportingMonth | None, on: date) -> bool:
    """Whether the owner still has to write for a round.

    Nothing is owed before the round opens, for work that starts after it, once the work is delivered, or once another
    plan took over. An update that
    waits to be checked is not owed; one that was returned is.
    """
    if (
        month is None
        or on < month.opens_on
        or action.plan.is_closed(on)
        or not standing.is_open
        or action.starts_on > month.updates_due_on
    ):
        return False
    latest = standing.latest
    if latest is None or latest.month < month.month:
        return True
    return standing.pending_status == UpdateStatus.RETURNED


def missing_words(standing: Standing, month: ReportingMonth, on: date) -> str:
    """What stands for the update that an owner owes. Once the round is over only that none came in, for one that was
    returned says so itself."""
    is_over = month.told_on <= on if month.told_on else month.board_on < on
    if not is_over:
        return f"Update owed for {month.month:%B}"
    return "" if standing.pending_status == UpdateStatus.RETURNED else f"No update for {month.month:%B}"


def days_late(due_on: date, on: date) -> int:
    """Days past a date, 0 on the day itself and before."""
    return max((on - due_on).days, 0)


def lateness(due_on: date, on: date) -> str:
    """Due in 3 days; Due today; 4 days late"""
    days = (on - due_on).days
    if days == 0:
        return "Due today"
    count = days_words(abs(days))
    return f"{count} late" if days > 0 else f"Due in {count}"
