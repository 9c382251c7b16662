"""Comments on a month’s draft that the improvement team has not answered yet."""

from datetime import date
from textwrap import shorten

from django.db.models import Q
from django.urls import reverse

from actionplan.enums import MonthState
from actionplan.models import ActionPlan, DraftComment
from havering_ofsted.work.tasks import Task, lateness
from kpis.periods import day_words


def comments_to_answer(plan: ActionPlan, on: date) -> list[Task]:
    """Of the plan and those beneath it, in months that are not frozen, the oldest first. One query."""
    of_the_plan = Q(plan=plan) | Q(plan__parent=plan)
    waiting = DraftComment.objects.unanswered().filter(of_the_plan).exclude(month__state=MonthState.FROZEN)
    return [_task(each, on) for each in waiting.select_related("plan", "month", "made_by")]


def _task(comment: DraftComment, on: date) -> Task:
    month = comment.month
    return Task(
        text=f"Answer: {shorten(comment.text, 120, placeholder=' …')}",
        url=reverse(
            "actionplan:comment_answer", args=[comment.plan.slug, f"{month.month:%Y-%m}", comment.pk]
        ),
        note=f"{comment.made_by} on the draft for {month}, {day_words(comment.made_on)}. "
        f"To be answered before the Board of {day_words(month.board_on)}.",
        mark=lateness(month.board_on, on),
        colour="red" if month.board_on < on else "grey",
    )
