"""A new inspection starts a new plan: which plan it follows, and what of that is still open."""

from datetime import date
from typing import Any

from django.db.models import Q

from actionplan.models import Action, ActionPlan, Inspection
from actionplan.rows import Row, rows
from kpis.periods import day_words


def plan_to_follow(inspection: Inspection, on: date) -> ActionPlan | None:
    """The newest open plan of an earlier inspection; None where this one is not published yet or has a plan already."""
    if inspection.published_on > on or inspection.plans.exists():
        return None
    earlier = ActionPlan.objects.filter(parent=None, closed_on=None)
    return earlier.filter(inspection__published_on__lt=inspection.published_on).first()


def open_rows(plan: ActionPlan, on: date) -> list[Row]:
    """What is still owed of a plan and of those beneath it, in their order. Six queries."""
    actions = Action.objects.filter(Q(plan=plan) | Q(plan__parent=plan))
    return [row for row in rows(actions, on, month=None, board=None) if row.now.is_open]


def handed_over(plan: ActionPlan) -> dict[str, Any]:
    """What a plan’s page says of the plan before it and the one after it: nothing for a plan that knows neither.

    Four queries for a closed plan, one for one that follows another.
    """
    said: dict[str, Any] = {}
    if plan.follows:
        said["carried_here"] = plan.actions.filter(carried_from__isnull=False).count()
    if plan.closed_on:
        said["taken_over_by"] = ActionPlan.objects.filter(
            Q(follows=plan) | Q(follows__children=plan), parent=None
        ).first()
        said["left"] = list(plan.actions.exclude(left_because="").select_related("plan").in_order())
        said["risks_left"] = plan.risks.open_on(plan.closed_on).count()
        said["challenges_left"] = plan.challenges.open_on(plan.closed_on).count()
    return said


def has_ended(action: Action) -> bool:
    """Whether its plan was closed while it was open: it went on elsewhere, or was left."""
    return bool(action.left_because) or hasattr(action, "carried_to")


def gone_on(action: Action) -> str:
    """Where the work of an action of a closed plan went, in a sentence."""
    closed = f"The {action.plan.name} was closed on {day_words(action.plan.closed_on)}."
    new = getattr(action, "carried_to", None)
    if new:
        return f"{closed} This work goes on as action {new.ref} of the {new.plan.name}: write there."
    if action.left_because:
        return f"{closed} This action was not carried over: {action.left_because}"
    return f"{closed} No more updates are asked for."
