"""A record whose history is asked for, by its address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from actionplan.models import (
    Action,
    ActionPlan,
    Challenge,
    Decision,
    Meeting,
    Programme,
    Recommendation,
    ReportingMonth,
    Risk,
)
from actionplan.trail import actions, governance, plans
from kpis.trail import Branch

# In the order in which the filter names them.
KINDS = (*actions.KINDS, *governance.KINDS, *plans.KINDS)


@dataclass(frozen=True)
class Record:
    """What the history is of: its kind’s key, the keys of its rows, what its page is called and where it is."""

    kind: str
    keys: list[int]
    name: str
    url: str
    is_sample: bool


def branches(record: Record) -> list[Branch]:
    """Where its changes are: its own rows and those of all that belongs to it."""
    return [Branch(kind, kind.of[record.kind](record.keys)) for kind in KINDS if record.kind in kind.of]


def whole(plan: ActionPlan) -> Record:
    """The plan, and those beneath it."""
    plans_ = ActionPlan.objects.filter(Q(pk=plan.pk) | Q(parent=plan)).order_by()
    return Record("plan", [*plans_.values_list("pk", flat=True)], plan.name, plan.get_absolute_url(), False)


def record(plan: ActionPlan, kind: str, key: str) -> Record | None:
    """The record of the plan that an address names; None where there is none."""
    shape, find = FOUND_BY.get(kind, ("", None))
    if find is None or not re.fullmatch(shape, key):
        return None
    thing = find(plan, key).first()
    return thing and Record(
        kind, [thing.pk], NAMES[kind](thing), _address(plan, thing), getattr(thing, "is_sample", False)
    )


def programme_record(programme: Programme) -> Record:
    return Record(
        "programme", [programme.pk], programme.name, programme.get_absolute_url(), programme.is_sample
    )


NUMBER = "[0-9]{1,9}"
NAMES: dict[str, Callable[[Any], str]] = {kind.key: kind.named for kind in KINDS}

# How an address names a record of each kind, and where it is looked for.
FOUND_BY: dict[str, tuple[str, Callable[[ActionPlan, str], QuerySet]]] = {
    "action": (
        r"[A-Z]?[0-9]+\.[0-9]+",
        lambda plan, key: Action.objects.select_related("plan").filter(plan=plan, ref=key),
    ),
    "recommendation": (
        NUMBER,
        lambda plan, key: Recommendation.objects.filter(inspection=plan.inspection_id, number=key),
    ),
    "risk": (NUMBER, lambda plan, key: Risk.objects.select_related("plan").filter(plan=plan, number=key)),
    "challenge": (
        NUMBER,
        lambda plan, key: Challenge.objects.select_related("plan").filter(plan=plan, pk=key),
    ),
    "meeting": (NUMBER, lambda plan, key: Meeting.objects.select_related("plan").filter(plan=plan, pk=key)),
    "decision": (NUMBER, lambda plan, key: Decision.objects.select_related("plan").filter(plan=plan, pk=key)),
    "month": (
        "20[0-9]{2}-(0[1-9]|1[0-2])",
        lambda plan, key: ReportingMonth.objects.select_related("plan").filter(
            plan=plan, month=date.fromisoformat(f"{key}-01")
        ),
    ),
}


def _address(plan: ActionPlan, thing: Any) -> str:
    if isinstance(thing, Recommendation):
        return reverse("actionplan:recommendation", args=[plan.slug, thing.number])
    return thing.get_absolute_url()
