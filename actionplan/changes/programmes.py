"""What becomes of a programme that the plan leans on: a milestone is completed or moved, its funding becomes known.

Each claims the programme's version, which covers its milestones, so that of two people who write at once one is told
(StaleEdit).
"""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db import transaction

from actionplan.models import Programme, ProgrammeMilestone
from kpis.models import StaleEdit


class AlreadyCompleted(Exception):
    """Somebody completed the milestone before: it keeps its day."""


@transaction.atomic
def complete(*, step: ProgrammeMilestone, version: int, completed_on: date, by: Any) -> ProgrammeMilestone:
    """The milestone was reached on a day, today or before. Sent twice, it is kept once."""
    current: ProgrammeMilestone = _claim(step, version, {"completed_on": completed_on}, by)
    if current.completed_on is None:
        current.completed_on = completed_on
        current.save(update_fields=["completed_on"])
    return current


@transaction.atomic
def move(*, step: ProgrammeMilestone, version: int, to: date, reason: str, by: Any) -> ProgrammeMilestone:
    """The funder or the council has set another date. History keeps the reason, and the first date stays beside it."""
    moved: Any = _claim(step, version, {"due_on": to}, by)
    if moved.due_on != to:
        moved.due_on = to
        moved._change_reason = reason
        moved.save(update_fields=["due_on"])
    return cast(ProgrammeMilestone, moved)


@transaction.atomic
def fund(*, programme: Programme, version: int, funding: Decimal | None, note: str, by: Any) -> Programme:
    """What is known of the money. No sum means that none is known."""
    try:
        current: Programme = Programme.objects.claim(programme.pk, version)
    except StaleEdit as stale:
        same: Programme = stale.current
        if (same.funding, same.funding_note) == (funding, note):  # a double click: the words are stored
            return same
        raise
    current.funding, current.funding_note = funding, note
    current._history_user = by
    current.save(update_fields=["funding", "funding_note", "version"])
    return current


def _claim(step: ProgrammeMilestone, version: int, wanted: dict[str, date], by: Any) -> Any:
    """The open milestone, to be saved by `by`, with its programme's version raised. A double click finds it done."""
    try:
        programme: Programme = Programme.objects.claim(step.programme_id, version)
    except StaleEdit:
        current: Any = ProgrammeMilestone.objects.get(pk=step.pk)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return current
        if current.completed_on:
            raise AlreadyCompleted from None
        raise
    current = ProgrammeMilestone.objects.get(pk=step.pk)
    if current.completed_on:
        raise AlreadyCompleted
    programme._history_user = by
    programme.save(update_fields=["version"])
    current._history_user = by
    return current
