"""New due dates on My work: for those who decide, and for those who asked and were refused."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from actionplan import permissions
from actionplan.dates.moves import Move
from actionplan.models import ActionPlan, DateChange
from havering_ofsted.work.tasks import Task
from kpis.periods import day_words

TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class NewDates:
    """What the person decides alone, what was refused of theirs, and how many wait, for those who record decisions."""

    to_decide: list[Task]
    refused: list[Task]
    waiting: int


def new_dates(plan: ActionPlan, user, on: date) -> NewDates:
    """Of the plan and those beneath it. Two queries at most."""
    of_the_plan = Q(action__plan=plan) | Q(action__plan__parent=plan)
    recent = Q(refused_on=None) | Q(refused_on__gte=on - TOLD_FOR)
    changes = (
        DateChange.objects.filter(of_the_plan, recent, agreed_on=None, asked_on__lte=on)
        .select_related(
            "action__owner",
            "action__plan__senior_responsible",
            "action__plan__parent__senior_responsible",
            "milestone",
            "asked_by",
            "made_by",
        )
        .order_by("asked_on", "pk")
    )
    moves = [Move(change, on) for change in changes]
    waiting = [move for move in moves if move.is_waiting]
    return NewDates(
        to_decide=[
            _to_decide(move) for move in waiting if permissions.post_deciding_dates(user, move.change)
        ],
        refused=[_refused(move) for move in moves if move.is_refused and _is_theirs(move.change, user)],
        waiting=len(waiting) if permissions.can_record(user) else 0,
    )


def _is_theirs(change: DateChange, user) -> bool:
    asker = change.asked_by.holder_id if change.asked_by else None
    return user.pk in (change.action.owner.holder_id, asker, change.made_by_id)


def _to_decide(move: Move) -> Task:
    change = move.change
    return Task(
        text=f"Decide the new date of {_name(change)}",
        url=reverse("actionplan:date_decide", args=[change.action.plan.slug, change.action.ref, change.pk]),
        note=f"Asked by the {move.asked}. {day_words(change.from_date)} to {day_words(change.to_date)}, "
        f"{move.by_how_much}.",
        mark=move.words,
        colour=move.colour,
    )


def _refused(move: Move) -> Task:
    change = move.change
    return Task(
        text=f"New date refused: {_name(change)}",
        url=reverse("actionplan:dates", args=[change.action.plan.slug, change.action.ref]),
        note=f"It stays {day_words(change.target.due_on)}. “{change.refused_because}”",
        mark=f"Refused {day_words(change.refused_on)}",
        colour=move.colour,
    )


def _name(change: DateChange) -> str:
    return f"{change.target_ref}, {change.milestone.title if change.milestone else change.action.short_title}"
