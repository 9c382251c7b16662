"""A question put to the council: asked, answered, closed.

Answering and closing claim the challenge's version, so that of two people who write at once one is told (StaleEdit).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from actionplan.models import Action, ActionPlan, Challenge, Meeting, Post, Recommendation
from kpis.models import StaleEdit
from kpis.periods import today


class NotAnswered(Exception):
    """A challenge is closed only with an answer."""


class AlreadyClosed(Exception):
    """Somebody closed the challenge before: its answer stays as it is."""


@transaction.atomic
def put(
    *,
    plan: ActionPlan,
    source: str,
    question: str,
    raised_on: date,
    meeting: Meeting | None,
    owner: Post,
    due_on: date,
    recommendations: Iterable[Recommendation],
    actions: Iterable[Action],
    by: Any,
) -> Challenge:
    """Keep a question. The very same one, sent twice, is kept once."""
    asked = {"plan": plan, "source": source, "question": question, "raised_on": raised_on}
    before = Challenge.objects.filter(**asked).first()
    if before:
        return before
    challenge = Challenge(**asked, meeting=meeting, owner=owner, due_on=due_on)
    challenge._history_user = by
    challenge.save()
    challenge.recommendations.set(recommendations)
    challenge.actions.set(actions)
    return challenge


@transaction.atomic
def answer(*, challenge: Challenge, version: int, answer: str, by: Any) -> Challenge:
    """Give the answer, or a better one while the challenge is open. Its day is that of the newest words."""
    try:
        current: Challenge = Challenge.objects.claim(challenge.pk, version)
    except StaleEdit as stale:
        if stale.current.closed_on:
            raise AlreadyClosed from None
        if stale.current.answer == answer:  # a double click: the words are stored
            same: Challenge = stale.current
            return same
        raise
    if current.closed_on:
        raise AlreadyClosed
    current.answer, current.answered_on = answer, today()
    current._history_user = by
    current.save(update_fields=["answer", "answered_on", "version"])
    return current


@transaction.atomic
def close(*, challenge: Challenge, version: int, by: Any) -> Challenge:
    """Those who asked are satisfied. The version says that nobody changed the answer since it was read."""
    current = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    if current.closed_on:
        raise AlreadyClosed
    if not current.answered_on:
        raise NotAnswered
    claimed: Challenge = Challenge.objects.claim(challenge.pk, version)
    claimed.closed_on = today()
    claimed._history_user = by
    claimed.save(update_fields=["closed_on", "version"])
    return claimed
