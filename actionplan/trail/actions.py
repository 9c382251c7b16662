"""What is told of an action and of everything that hangs on it."""

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


KINDS = (
    Kind(
        "action",
        Action,
        "Action",
        of={"action": "id"},
        is_many=True,
        named=lambda row: f"Action {row.ref}, {row.short_title}",
        lists=("contributors", "indicators", "shared_with"),
        live=Action.objects.select_related("plan"),
    ),
    Kind(
        "milestone",
        Milestone,
        "Milestone",
        of={"action": "action"},
        is_many=True,
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
        of={"action": "action"},
        is_many=True,
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
        of={"action": "action"},
        named=lambda row, action: f"Evidence for {ref(action)}, {row.title}",
        needs=("action",),
        untold=frozenset({"file", "size", "sha256"}),
    ),
    Kind(
        "check",
        Assurance,
        "Check",
        of={"action": "action"},
        named=lambda row, action: f"{Stage(row.stage).label} of {ref(action)}",
        needs=("action",),
        done=lambda row, was: f"found it {Finding(row.finding).label.lower()}",
        told=("summary", "assurer", "indicator", "made_on", "recheck_due_on"),
    ),
    Kind(
        "date",
        DateChange,
        "New date",
        of={"action": "action"},
        named=_moved,
        needs=("action", "milestone"),
        done=lambda row, was: "asked for",
        told=(
            *("from_date", "to_date", "reason", "asked_by", "asked_on", "agreed_on", "refused_on"),
            *("refused_because", "decided_by", "decision_made_by", "meeting"),
        ),
    ),
    Kind(
        "dependency",
        Dependency,
        "Dependency",
        of={"action": "action"},
        named=lambda row, action: f"What {ref(action)} needs, {row.what}",
        needs=("action",),
    ),
    Kind(
        "post",
        Post,
        "Owner’s post",
        of={"post": "id"},
        named=lambda row: f"Post {row.title}",
        address=None,
    ),
)
