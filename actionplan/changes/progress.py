"""The owner writes a progress update: draft, then submitted. How it is checked is in changes/checks.py.

Writing claims the action's version, so that of two people who write at once one is told (StaleEdit). A form that was
handed in before is not written twice (AlreadySent).
"""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from actionplan import rag
from actionplan.changes.drafts import round_still_a_draft
from actionplan.enums import DeliveryState, UpdateStatus
from actionplan.models import Action, Milestone, ProgressUpdate
from kpis.models import StaleEdit
from kpis.periods import today


class AlreadySent(Exception):
    """This very form was submitted before: a double click, or Back and again. `update` is the row it made."""

    def __init__(self, update: ProgressUpdate):
        super().__init__(f"{update} was submitted before")
        self.update = update


@dataclass(frozen=True)
class Words:
    """What the owner wrote. `ticked` is the day of completion by milestone number, None until a draft says it."""

    state: str = ""
    rag: str = ""
    rag_reason: str = ""
    impact: str = ""
    done: str = ""
    standstill: str = ""
    difference: str = ""
    cause: str = ""
    remedy: str = ""
    next_steps: str = ""
    forecast_on: date | None = None
    ticked: dict[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, update: ProgressUpdate) -> Self:
        written = {each.name: getattr(update, each.name) for each in fields(cls)}
        ticked = {int(number): day and date.fromisoformat(day) for number, day in update.ticked.items()}
        return cls(**written | {"ticked": ticked})

    def write_to(self, update: ProgressUpdate) -> None:
        for each in fields(self):
            setattr(update, each.name, getattr(self, each.name))
        update.ticked = {str(number): day and day.isoformat() for number, day in self.ticked.items()}


def propose(
    action: Action,
    *,
    on: date,
    forecast_on: date | None = None,
    ticked: dict[int, date | None] | None = None,
) -> rag.Proposal:
    """The rating that the facts propose, counting milestones the owner is about to tick off. One query at most."""
    ticked = ticked or {}
    steps = [
        rag.Step(
            f"{action.ref}.{milestone.number}",
            milestone.due_on,
            ticked.get(milestone.number) or milestone.completed_on,
        )
        for milestone in action.milestones.all()
    ]
    return rag.propose(due_on=action.due_on, steps=steps, on=on, forecast_on=forecast_on)


@transaction.atomic
def save_draft(
    *, action: Action, version: int, form_id: UUID, month: date, words: Words, by: Any
) -> ProgressUpdate:
    """Keep what was typed so far; nobody else counts it yet."""
    update = _claim(action, version, form_id, month, words, by)
    update.save()
    return update


@transaction.atomic
def submit(
    *, action: Action, version: int, form_id: UUID, month: date, words: Words, by: Any
) -> ProgressUpdate:
    """Hand the update in, with the rating the facts propose beside the owner's, and complete the ticked milestones.

    Raises MonthFrozen where the report it would stand in is frozen.
    """
    round_still_a_draft(action.plan, month)
    update = _claim(action, version, form_id, month, words, by)
    update.status = UpdateStatus.SUBMITTED
    update.submitted_on = today()
    if words.state == DeliveryState.IN_PROGRESS:
        proposal = propose(
            update.action, on=update.submitted_on, forecast_on=words.forecast_on, ticked=words.ticked
        )
        update.proposed_rag, update.proposed_because = proposal.rag, proposal.because
    update.save()
    for milestone in Milestone.objects.filter(
        action=action, number__in=words.ticked, completed_on__isnull=True
    ):
        milestone.completed_on = words.ticked[milestone.number]
        milestone.save(update_fields=["completed_on"])
    return update


def _claim(action: Action, version: int, form_id: UUID, month: date, words: Words, by: Any) -> ProgressUpdate:
    """The action's draft, or a new row, with these words and not yet saved. Raises the action's version by one."""
    try:
        current = Action.objects.claim(action.pk, version)
    except StaleEdit as stale:
        mine = ProgressUpdate.objects.filter(form_id=form_id, action=action, made_by=by).first()
        if mine is None or Words.of(mine) != words:
            raise
        if mine.status != UpdateStatus.DRAFT:
            raise AlreadySent(mine) from None
        if stale.current.version != version + 1:
            raise
        # The one write since was this person's own draft of the very same words: nobody's text is at stake.
        current = Action.objects.claim(action.pk, stale.current.version)
    current.save(update_fields=["version"])
    update = ProgressUpdate.objects.filter(action=current, status=UpdateStatus.DRAFT).first()
    update = update or ProgressUpdate(action=current)
    if ProgressUpdate.objects.filter(form_id=form_id).exclude(pk=update.pk).exists():
        raise StaleEdit(current)
    update.form_id, update.month, update.made_by, update.made_at = form_id, month, by, timezone.now()
    words.write_to(update)
    return update
