"""Due dates move only with a reason, and every move is a row."""

from datetime import date
from typing import Any

from django.db import transaction

from actionplan.models import Action, DateChange, Milestone
from kpis.periods import today


@transaction.atomic
def move(*, action: Action, to: date, reason: str, by: Any, milestone: Milestone | None = None) -> DateChange:
    """Set a new due date for an action or one of its milestones, agreed by the person who may change it.

    The caller holds the action's version. `original_due_on` never changes.
    """
    moved = milestone or action
    change = DateChange.objects.create(
        action=action,
        milestone=milestone,
        from_date=moved.due_on,
        to_date=to,
        reason=reason,
        asked_on=today(),
        agreed_on=today(),
        agreed_at="Django admin",
        made_by=by,
    )
    moved.due_on = to
    moved.save(update_fields=["due_on"])
    return change
