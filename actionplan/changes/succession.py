"""A new inspection starts a new plan, which takes over what is still open. Nothing is lost on the way.

The old plan, its updates and its dates stay as they are, so that its months can be read as they were.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from actionplan.frameworks.succession import open_rows
from actionplan.models import Action, ActionPlan, Dependency, Inspection, Milestone, Post, Recommendation
from kpis.models import StaleEdit
from kpis.periods import today

# What goes on as it was. The first due date goes too: a new plan is no way to hide how late the work is.
KEPT = (
    *("title", "short_title", "why", "outcome", "measure", "owner", "service", "priority"),
    *("starts_on", "original_due_on", "due_on", "is_sample"),
)


class AlreadyStarted(Exception):
    """The inspection has its plan, or another plan took over from the old one."""


class OpenActionsChanged(Exception):
    """Since they were read, an action was added or changed, or is open no more."""


class NoReason(Exception):
    """An action is left behind only with a reason."""


@transaction.atomic
def start_plan(
    *,
    follows: ActionPlan,
    inspection: Inspection,
    slug: str,
    name: str,
    senior_responsible: Post,
    author: Post,
    board: str,
    agreed_on: date | None,
    carried: Mapping[Action, Recommendation],
    left: Mapping[Action, str],
    by: Any,
) -> ActionPlan:
    """Start the plan that answers `inspection` and close the one it follows, with those beneath it.

    Each open action is in exactly one of `carried` and `left`, with the version it was read with; otherwise nothing
    is written and OpenActionsChanged is raised.
    """
    old = ActionPlan.objects.select_for_update(of=("self",)).get(pk=follows.pk)
    if old.closed_on or inspection.plans.exists():
        raise AlreadyStarted
    if not all(reason.strip() for reason in left.values()):
        raise NoReason
    still_open = [row.action.pk for row in open_rows(old, today())]
    if Counter(still_open) != Counter(action.pk for action in [*carried, *left]):
        raise OpenActionsChanged
    plan = ActionPlan(
        follows=old,
        inspection=inspection,
        slug=slug,
        name=name,
        senior_responsible=senior_responsible,
        author=author,
        board=board,
        agreed_on=agreed_on,
        is_sample=old.is_sample,
    )
    _save(plan, f"Takes over from the {old.name}", by)
    claimed = _claim([*carried, *left])
    for action, reason in left.items():
        old_action = claimed[action.pk]
        old_action.left_because = reason
        _save(old_action, f"Not carried over to the {name}", by, "left_because", "version")
    _carry(plan, {claimed[action.pk]: recommendation for action, recommendation in carried.items()}, by)
    for each in [old, *old.children.select_for_update(of=("self",))]:
        each.closed_on = today()
        each.version += 1
        _save(each, f"The {name} takes over", by, "closed_on", "version")
    return plan


def _claim(actions: list[Action]) -> dict[int, Action]:
    """Lock them in one order for everybody, so that two at once wait for each other instead of blocking."""
    try:
        return {
            action.pk: Action.objects.claim(action.pk, action.version)
            for action in sorted(actions, key=lambda action: action.pk)
        }
    except StaleEdit:
        raise OpenActionsChanged from None


def _carry(plan: ActionPlan, carried: Mapping[Action, Recommendation], by: Any) -> None:
    """A new action for each old one, numbered anew under its recommendation, with all that was planned and is open."""
    under: Counter[int] = Counter()
    new: dict[Action, Action] = {}
    steps: dict[Milestone, Milestone] = {}
    for old, recommendation in carried.items():
        under[recommendation.pk] += 1
        number = under[recommendation.pk]
        action = Action(
            plan=plan,
            recommendation=recommendation,
            order=number,
            ref=f"{recommendation.number}.{number}",
            carried_from=old,
            **{field: getattr(old, field) for field in KEPT},
        )
        _save(action, f"Carried over from {old.ref}", by)
        action.contributors.set(old.contributors.all())
        action.indicators.set(old.indicators.all())
        _save(old, f"Carried over to the {plan.name} as {action.ref}", by, "version")
        new[old] = action
        steps |= _carry_steps(old, action, by)
    for old in carried:
        _carry_needs(old, new, steps, by)


def _carry_steps(old: Action, action: Action, by: Any) -> dict[Milestone, Milestone]:
    """The milestones that are still open, numbered anew, with their first dates."""
    new: dict[Milestone, Milestone] = {}
    for number, step in enumerate(old.milestones.filter(completed_on=None).order_by("number"), 1):
        new[step] = Milestone(
            action=action,
            number=number,
            title=step.title,
            original_due_on=step.original_due_on,
            due_on=step.due_on,
            is_sample=step.is_sample,
        )
        _save(new[step], f"Carried over from {step.ref}", by)
    return new


def _carry_needs(
    old: Action, new: Mapping[Action, Action], steps: Mapping[Milestone, Milestone], by: Any
) -> None:
    """What the action needs. Of what was carried over too it needs the new one; the old need stays where it was."""
    needs = old.dependencies.standing(today()).select_related("on_action", "on_milestone")
    for need in needs:
        copy = Dependency(
            action=new[old],
            on_action=new.get(need.on_action, need.on_action) if need.on_action else None,
            on_milestone=steps.get(need.on_milestone, need.on_milestone) if need.on_milestone else None,
            on_programme_id=need.on_programme_id,
            on_programme_milestone_id=need.on_programme_milestone_id,
            what=need.what,
            needed_by=need.needed_by,
            added_on=today(),
            is_sample=need.is_sample,
        )
        _save(copy, f"Carried over from {old.ref}", by)


def _save(row: Any, why: str, by: Any, *fields: str) -> None:
    """Save with a reason in the history: of a row that stands already, only the named fields."""
    row._change_reason, row._history_user = why[:100], by
    row.save(update_fields=fields or None)
