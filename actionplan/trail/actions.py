"""What is told of an action and of everything that hangs on it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from actionplan.enums import Finding, Stage, UpdateStatus
from actionplan.models import (
    Action,
    Assurance,
    DateChange,
    Dependency,
    Evidence,
    Milestone,
    Post,
    ProgressUpdate,
)
from kpis.trail import Kind
from kpis.trail.kinds import belongs


def actions_of(plans: Collection[int]) -> Any:
    """Keys of the plans’ own actions and of those that they share."""
    shared = Action.shared_with.through.objects.filter(actionplan__in=plans).values("action")
    return Action.objects.filter(Q(plan__in=plans) | Q(pk__in=shared)).order_by().values("pk")


OF_ACTION = {
    "plan": lambda plans: Q(action__in=actions_of(plans)),
    "recommendation": belongs("action__recommendation"),
    "action": belongs("action"),
}


def ref(action: Action | None) -> str:
    return f"action {action.ref}" if action else "an action since removed"


def _update_done(row: Any, was: Any) -> str:
    if row.history_type == "-":
        return "removed"
    return UpdateStatus(row.status).label.split(",")[0].lower()


def _moved(row: DateChange, action: Action, milestone: Milestone | None) -> str:
    return (
        f"New date for milestone {action.ref}.{milestone.number}"
        if milestone
        else f"New date for {ref(action)}"
    )


def _owning(**actions: Any) -> Q:
    return Q(id__in=Action.objects.filter(**actions).order_by().values("owner"))


KINDS = (
    Kind(
        "action",
        Action,
        "Action",
        of={
            "plan": lambda plans: Q(id__in=actions_of(plans)),
            "recommendation": belongs("recommendation"),
            "action": belongs("id"),
        },
        named=lambda row: f"Action {row.ref}, {row.short_title}",
        lists=("contributors", "indicators", "shared_with"),
        live=Action.objects.select_related("plan"),
    ),
    Kind(
        "milestone",
        Milestone,
        "Milestone",
        of=OF_ACTION,
        named=lambda row, action: (
            f"Milestone {f'{action.ref}.{row.number}' if action else row.number}, {row.title}"
        ),
        needs=("action",),
        live=Milestone.objects.select_related("action"),
    ),
    Kind(
        "update",
        ProgressUpdate,
        "Progress update",
        of=OF_ACTION,
        named=lambda row, action: f"{row.month:%B %Y} update of {ref(action)}",
        needs=("action",),
        done=_update_done,
        # Its words never change once it is submitted, so only what became of it is told.
        told=("status", "accepted_on", "returned_on", "return_reason", "checked_by"),
        hidden=Q(status=UpdateStatus.DRAFT),
    ),
    Kind(
        "evidence",
        Evidence,
        "Evidence",
        of=OF_ACTION,
        named=lambda row, action: f"Evidence for {ref(action)}, {row.title}",
        needs=("action",),
        untold=frozenset({"file", "size", "sha256"}),
    ),
    Kind(
        "check",
        Assurance,
        "Check",
        of=OF_ACTION,
        named=lambda row, action: f"{Stage(row.stage).label} of {ref(action)}",
        needs=("action",),
        done=lambda row, was: f"found it {Finding(row.finding).label.lower()}",
        told=("summary", "assurer", "indicator", "made_on", "recheck_due_on"),
    ),
    Kind(
        "date",
        DateChange,
        "New date",
        of=OF_ACTION,
        named=_moved,
        needs=("action", "milestone"),
        done=lambda row, was: "asked for",
        told=(
            *("from_date", "to_date", "reason", "asked_by", "agreed_on", "refused_on", "refused_because"),
            *("decided_by", "decision_made_by", "meeting"),
        ),
    ),
    Kind(
        "dependency",
        Dependency,
        "Dependency",
        of=OF_ACTION,
        named=lambda row, action: f"What {ref(action)} needs, {row.what}",
        needs=("action",),
    ),
    Kind(
        "post",
        Post,
        "Owner’s post",
        of={
            "plan": lambda plans: _owning(pk__in=actions_of(plans)),
            "recommendation": lambda keys: _owning(recommendation__in=keys),
            "action": lambda keys: _owning(pk__in=keys),
        },
        named=lambda row: f"Post {row.title}",
        address=None,
    ),
)
