"""What is written about a month’s draft, until the month is frozen."""

from actionplan.enums import MonthState
from actionplan.models import ReportingMonth


class MonthFrozen(Exception):
    """The report stands as it is: nothing more is written for it."""


def still_a_draft(month: ReportingMonth) -> None:
    """Hold the month until the transaction ends, so that it cannot be frozen meanwhile. Raises MonthFrozen."""
    current = ReportingMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    if current.state == MonthState.FROZEN:
        raise MonthFrozen
