"""What is written about a month’s draft, until the month is frozen."""

from datetime import date

from actionplan.enums import MonthState
from actionplan.models import ActionPlan, ReportingMonth
from actionplan.rounds import months_of


class MonthFrozen(Exception):
    """The report stands as it is: nothing more is written for it."""


def still_a_draft(month: ReportingMonth) -> None:
    """Hold the month until the transaction ends, so that it cannot be frozen meanwhile. Raises MonthFrozen."""
    current = ReportingMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    if current.state == MonthState.FROZEN:
        raise MonthFrozen


def round_still_a_draft(plan: ActionPlan, month: date) -> None:
    """The same for the round of a plan, where it has one."""
    found = months_of(plan).filter(month=month).first()
    if found:
        still_a_draft(found)
