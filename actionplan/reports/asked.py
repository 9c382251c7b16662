"""What the Board is asked to decide and what the council was asked, as both stood at the end of a day."""

from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Value

from actionplan.enums import Body
from actionplan.models import ActionPlan, Challenge, Decision
from actionplan.reports.facts import AskedDecision, OpenChallenge, OpenChallenges
from actionplan.rounds import days_late
from kpis.addresses import address

SHOWN = 5  # the Board reads the longest overdue; the others stand on the challenges’ own page


def asked(
    plan: ActionPlan, on: date, since: date | None
) -> tuple[tuple[AskedDecision, ...], OpenChallenges | None]:
    """Both in one query, because the Board's page must be quick. `since` is the last Board: what came after is new."""
    rows = list(_decisions(plan, on).union(_challenges(plan, on), all=True))
    decisions = [_decision(row, on, since) for row in rows if row[0] == "decision"]
    challenges = [_challenge(row, on, since) for row in rows if row[0] == "challenge"]
    decisions.sort(key=lambda each: (each.needed_by or date.max, each.asked_on))
    challenges.sort(key=lambda each: (each.answered_on is not None, each.due_on))
    if not challenges:
        return tuple(decisions), None
    late = sum(each.days_late > 0 for each in challenges)
    unanswered = sum(each.answered_on is None for each in challenges)
    url = address("actionplan:challenges", plan.slug)
    shown, others = tuple(challenges[:SHOWN]), tuple(challenges[SHOWN:])
    return tuple(decisions), OpenChallenges(shown, len(challenges), unanswered, late, url, others)


def _decisions(plan: ActionPlan, on: date) -> Any:
    return (
        Decision.objects.waiting_on(on)
        .under(plan)
        .order_by()
        .values_list(
            Value("decision", CharField()),
            "pk",
            "plan__slug",
            "question",
            "why",
            "asked_by__title",
            "asked_on",
            "needed_by",
            Value(None, DateField()),
        )
    )


def _challenges(plan: ActionPlan, on: date) -> Any:
    """The same columns: kind, key, plan, question, who asks, which post answers, asked on, due on, answered on."""
    return (
        Challenge.objects.open_on(on)
        .under(plan)
        .order_by()
        .values_list(
            Value("challenge", CharField()),
            "pk",
            "plan__slug",
            "question",
            "source",
            "owner__title",
            "raised_on",
            "due_on",
            "answered_on",
        )
    )


def _decision(row: tuple, on: date, since: date | None) -> AskedDecision:
    _, pk, slug, question, why, asked_by, asked_on, needed_by, _ = row
    return AskedDecision(
        question=question,
        url=address("actionplan:decision", slug, pk),
        why=why,
        asked_by=asked_by,
        asked_on=asked_on,
        needed_by=needed_by,
        days_late=days_late(needed_by, on) if needed_by else 0,
        is_new=since is not None and asked_on > since,
    )


def _challenge(row: tuple, on: date, since: date | None) -> OpenChallenge:
    _, pk, slug, question, source, owner, raised_on, due_on, answered_on = row
    answered_on = answered_on if answered_on and answered_on <= on else None
    return OpenChallenge(
        question=question,
        url=address("actionplan:challenge", slug, pk),
        source=Body(source).label,
        owner=owner,
        raised_on=raised_on,
        due_on=due_on,
        answered_on=answered_on,
        days_late=0 if answered_on else days_late(due_on, on),
        is_new=since is not None and raised_on > since,
    )
