"""What happens to a risk: opened, put in other words, scored anew, closed.

Each write claims the risk's version, so that of two people who write at once one is told (StaleEdit).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from actionplan.models import Action, ActionPlan, Post, Recommendation, Risk, RiskScore
from kpis.models import StaleEdit
from kpis.periods import today


class AlreadyClosed(Exception):
    """What is closed is neither changed nor scored; a risk that comes back is a new one."""


@dataclass(frozen=True)
class Words:
    """What a risk is, how grave it is before mitigation, what is done about it and by whom."""

    kind: str
    title: str
    cause: str
    effect: str
    likelihood: int
    impact: int
    mitigation: str
    owner: Post
    review_on: date
    actions: Sequence[Action] = ()
    recommendations: Sequence[Recommendation] = ()


@transaction.atomic
def open_risk(*, plan: ActionPlan, words: Words, by: Any) -> Risk:
    """Open a risk or an issue today, with the next number of its plan. The very same one, sent twice, is kept once."""
    ActionPlan.objects.select_for_update(of=("self",)).get(
        pk=plan.pk
    )  # of two at once, each gets its own number
    there = Risk.objects.filter(plan=plan)
    before = there.filter(title=words.title, cause=words.cause, opened_on=today()).first()
    if before:
        return before
    last = there.aggregate(last=Max("number"))["last"] or 0
    risk = Risk(plan=plan, number=last + 1, opened_on=today())
    _write(risk, words, by)
    return risk


@transaction.atomic
def reword(*, risk: Risk, version: int, words: Words, by: Any) -> Risk:
    """Change what is said of a risk, its score before mitigation among it."""
    current = _claim(risk, version)
    _write(current, words, by)
    return current


@transaction.atomic
def score(
    *, risk: Risk, version: int, likelihood: int, impact: int, note: str, review_on: date, by: Any
) -> RiskScore:
    """Record how grave the risk is today, with what is done about it, and when it is looked at next.

    The very same score, sent twice by one person, is kept once.
    """
    found = {"likelihood": likelihood, "impact": impact, "note": note, "scored_on": today(), "made_by": by}
    try:
        current = _claim(risk, version)
    except StaleEdit as stale:
        newest: RiskScore | None = stale.current.scores.order_by("pk").last()
        if newest is None or any(getattr(newest, name) != value for name, value in found.items()):
            raise
        if stale.current.review_on != review_on:
            raise
        return newest
    current.review_on = review_on
    _save(current, by)
    return RiskScore.objects.create(risk=current, **found)


@transaction.atomic
def close(*, risk: Risk, version: int, reason: str, by: Any) -> Risk:
    """Close the risk today, for ever. It stays on the pages of the days when it was open."""
    current = _claim(risk, version)
    current.closed_on, current.closed_because = today(), reason
    _save(current, by)
    return current


def _claim(risk: Risk, version: int) -> Risk:
    current: Risk = Risk.objects.claim(risk.pk, version)
    if current.closed_on:
        raise AlreadyClosed(current)
    return current


def _write(risk: Risk, words: Words, by: Any) -> None:
    for name, value in vars(words).items():
        if name not in ("actions", "recommendations"):
            setattr(risk, name, value)
    _save(risk, by)
    risk.actions.set(words.actions)
    risk.recommendations.set(words.recommendations)


def _save(risk: Risk, by: Any) -> None:
    risk._history_user = by
    risk.save()
