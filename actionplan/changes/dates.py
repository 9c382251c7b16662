"""Due dates move only with a reason, and every move is a row."""

from datetime import date
from textwrap import shorten
from typing import Any

from django.db import transaction

from actionplan.models import Action, DateChange, Milestone
from kpis.periods import today


@transaction.atomic
def move(*, action: Action, to: date, reason: str, by: Any, milestone: Milestone | None = None) -> DateChange:
    """Set a new due date for an action or one of its milestones, agreed by the person who may change it.

    The caller has claimed the action's version. The row is saved whole, so what else the caller changed in it is kept
    by the same write and the same row of history, which carries the start of the reason. `original_due_on` never
    changes.
    """
    moved: Any = milestone or action
    change = DateChange.objects.create(
        action=action,
        milestone=milestone,
        from_date=moved.due_on,
        to_date=to,
        reason=reason,
        asked_on=today(),
        agreed_on=today(),
        made_by=by,
    )
    moved.due_on = to
    moved._change_reason, moved._history_user = shorten(reason, 100, placeholder=" …"), by
    moved.save()
    del moved._change_reason  # what is saved after this has reasons of its own
    return change
