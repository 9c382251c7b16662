"""What falls due next: the next month of a plan for which nobody writes that part by hand."""

from collections.abc import Sequence
from datetime import date

from actionplan.models import ReportingMonth
from actionplan.rows import Row
from kpis.periods import day_words, month_end, months_later


def ahead(rows: Sequence[Row], month: ReportingMonth, on: date) -> tuple[str, ...]:
    """By day, the next milestone of each open action and the actions themselves that fall due by the end of the month
    after `month`. What is late already stands among the exceptions.
    """
    last = month_end(months_later(month.month, 1))
    due = [
        (row.action.due_on, f"Action {row.action.ref} is due: {row.action.short_title}")
        for row in rows
        if row.now.is_open
    ]
    due += [
        (row.next_step.due_on, f"{row.next_step.title} ({row.action.ref})")
        for row in rows
        if row.now.is_open and row.next_step
    ]
    return tuple(f"{day_words(day)}: {what}" for day, what in sorted(due) if on < day <= last)
