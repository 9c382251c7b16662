"""What people owe beside the updates of their actions: answers to challenges, and another look at their risks."""

from collections.abc import Iterable
from datetime import date, timedelta

from actionplan.enums import RiskKind
from actionplan.models import Challenge, Post, Risk
from actionplan.rounds import lateness
from havering_ofsted.work.tasks import Task
from kpis.periods import day_words

REVIEW_SOON = timedelta(days=14)


def answers_owed(posts: Iterable[Post], on: date) -> list[Task]:
    """Challenges put to these posts that have no answer yet, the longest overdue first. One query."""
    waiting = Challenge.objects.open_on(on).filter(owner__in=posts, answered_on=None)
    return [_answer(each, on) for each in waiting.select_related("plan").order_by("due_on", "pk")]


def reviews_due(posts: Iterable[Post], on: date) -> list[Task]:
    """Open risks and issues of these posts to be looked at again within 14 days, or already due. One query."""
    due = Risk.objects.open_on(on).filter(owner__in=posts, review_on__lte=on + REVIEW_SOON)
    return [_review(each, on) for each in due.select_related("plan").order_by("review_on", "pk")]


def _answer(challenge: Challenge, on: date) -> Task:
    return Task(
        text=f"Answer: {challenge.question}",
        url=challenge.get_absolute_url(),
        note=f"{challenge.get_source_display()} asks. Due {day_words(challenge.due_on)}.",
        mark=lateness(challenge.due_on, on),
        colour="red" if challenge.due_on < on else "grey",
    )


def _review(risk: Risk, on: date) -> Task:
    return Task(
        text=f"Review {RiskKind(risk.kind).label.lower()} {risk.number}, {risk.title}",
        url=risk.get_absolute_url(),
        note=f"{risk.plan.name}. To be reviewed by {day_words(risk.review_on)}.",
        mark=lateness(risk.review_on, on),
        colour="amber" if risk.review_on < on else "grey",
    )
