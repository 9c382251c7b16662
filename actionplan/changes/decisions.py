"""A decision is asked for, then recorded as made, with the meeting that made it. After that it is not edited."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from actionplan.models import Action, ActionPlan, Decision, Meeting, Post


class AlreadyMade(Exception):
    """The decision was recorded before. `decision` is what is stored."""

    def __init__(self, decision: Decision):
        super().__init__(f"{decision} was recorded before")
        self.decision = decision


class MeetingTooEarly(Exception):
    """A meeting cannot decide what had not been asked yet."""


@transaction.atomic
def ask(
    *,
    plan: ActionPlan,
    question: str,
    why: str,
    asked_by: Post,
    asked_on: date,
    needed_by: date | None,
    actions: Iterable[Action],
    by: Any,
) -> Decision:
    """Ask for a decision. The very same question, sent twice, is kept once."""
    asked = {"plan": plan, "question": question, "asked_on": asked_on}
    before = Decision.objects.filter(**asked).first()
    if before:
        return before
    decision = Decision(**asked, why=why, asked_by=asked_by, needed_by=needed_by)
    decision._history_user = by
    decision.save()
    decision.actions.set(actions)
    return decision


@transaction.atomic
def record(*, decision: Decision, version: int, meeting: Meeting, outcome: str, by: Any) -> Decision:
    """Write down what was decided, and at which meeting. The same words sent twice are written once."""
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if current.meeting_id:
        if (current.meeting_id, current.outcome) == (meeting.pk, outcome):
            return current
        raise AlreadyMade(current)
    if meeting.held_on < current.asked_on:
        raise MeetingTooEarly
    claimed: Decision = Decision.objects.claim(decision.pk, version)
    claimed.meeting, claimed.outcome = meeting, outcome
    claimed._history_user = by
    claimed.save(update_fields=["meeting", "outcome", "version"])
    return claimed
