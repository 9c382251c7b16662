"""What happens to a progress update: draft, submitted, then accepted or returned.

Every function checks the action's version, so that of two people who write at once one is told (StaleEdit), and raises
AlreadySent when the same form was handed in before.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from actionplan import rag
from actionplan.enums import DeliveryState, UpdateStatus
from actionplan.models import Action, Milestone, ProgressUpdate
from kpis.periods import today


class AlreadySent(Exception):
    """This very form was submitted before: a double click, or Back and again. `update` is the row it made."""

    def __init__(self, update: ProgressUpdate):
        super().__init__(f"{update} was submitted before")
        self.update = update


class AlreadyChecked(Exception):
    """Somebody else accepted or returned this update first."""

    def __init__(self, update: ProgressUpdate):
        super().__init__(f"{update} was checked before")
        self.update = update


@dataclass(frozen=True)
class Words:
    """What the owner wrote. `ticked` is the day of completion by milestone number."""

    state: str = ""
    rag: str = ""
    rag_reason: str = ""
    impact: str = ""
    done: str = ""
    difference: str = ""
    cause: str = ""
    remedy: str = ""
    next_steps: str = ""
    forecast_on: date | None = None
    ticked: dict[int, date] = field(default_factory=dict)


def propose(action: Action, *, on: date, forecast_on: date | None = None, ticked: dict[int, date] | None = None) -> rag.Proposal:
    """The rating that the facts propose, counting milestones the owner is about to tick off. One query."""
    ticked = ticked or {}
    steps = [
        rag.Step(f"{action.ref}.{m.number}", m.due_on, ticked.get(m.number, m.completed_on)) for m in action.milestones.all()
    ]
    return rag.propose(due_on=action.due_on, steps=steps, on=on, forecast_on=forecast_on)


@transaction.atomic
def save_draft(*, action: Action, version: int, form_id: UUID, month: date, words: Words, by: Any) -> ProgressUpdate:
    """Keep what was typed so far; nobody else counts it yet."""
    update = _claim(action, version, form_id, by)
    _write(update, month, words)
    update.save()
    return update


@transaction.atomic
def submit(*, action: Action, version: int, form_id: UUID, month: date, words: Words, by: Any) -> ProgressUpdate:
    """Hand the update in, with the rating the facts propose beside the owner's, and complete the ticked milestones."""
    update = _claim(action, version, form_id, by)
    _write(update, month, words)
    update.made_by = by
    update.status = UpdateStatus.SUBMITTED
    update.submitted_on = today()
    if words.state == DeliveryState.IN_PROGRESS:
        proposal = propose(action, on=update.submitted_on, forecast_on=words.forecast_on, ticked=words.ticked)
        update.proposed_rag, update.proposed_because = proposal.rag, proposal.because
    update.save()
    for milestone in Milestone.objects.filter(action=action, number__in=words.ticked, completed_on__isnull=True):
        milestone.completed_on = words.ticked[milestone.number]
        milestone.save(update_fields=["completed_on"])
    return update


@transaction.atomic
def accept(*, update: ProgressUpdate, by: Any) -> ProgressUpdate:
    """The improvement team takes the update as checked; from today it counts."""
    update = _waiting(update)
    update.status, update.accepted_on, update.checked_by = UpdateStatus.ACCEPTED, today(), by
    update.save(update_fields=["status", "accepted_on", "checked_by"])
    return update


@transaction.atomic
def send_back(*, update: ProgressUpdate, reason: str, by: Any) -> ProgressUpdate:
    """Return the update to its owner with a reason; the action keeps its last accepted state."""
    update = _waiting(update)
    update.status, update.returned_on, update.return_reason, update.checked_by = UpdateStatus.RETURNED, today(), reason, by
    update.save(update_fields=["status", "returned_on", "return_reason", "checked_by"])
    return update


def _claim(action: Action, version: int, form_id: UUID, by: Any) -> ProgressUpdate:
    """The row this form writes to: its own draft, or a new one. The action's version rises by one."""
    before = ProgressUpdate.objects.select_for_update().filter(form_id=form_id, action=action).first()
    if before and before.status != UpdateStatus.DRAFT:
        raise AlreadySent(before)
    current = Action.objects.claim(action.pk, version)
    current.save(update_fields=["version"])
    return before or ProgressUpdate(action=current, form_id=form_id, made_by=by)


def _waiting(update: ProgressUpdate) -> ProgressUpdate:
    current = ProgressUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if current.status != UpdateStatus.SUBMITTED:
        raise AlreadyChecked(current)
    return current


def _write(update: ProgressUpdate, month: date, words: Words) -> None:
    update.month = month
    for name in ("state", "rag", "rag_reason", "impact", "done", "difference", "cause", "remedy", "next_steps", "forecast_on"):
        setattr(update, name, getattr(words, name))
    update.ticked = {str(number): day.isoformat() for number, day in words.ticked.items()}
