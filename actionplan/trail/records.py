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
    Dependency,
    Meeting,
    Programme,
    Recommendation,
    ReportingMonth,
    Risk,
)
from actionplan.trail import actions, governance, months, plans
from kpis.trail import Branch, branches

# In the order in which the filter names them.
KINDS = (*actions.KINDS, *governance.KINDS, *plans.KINDS, *months.KINDS)


@dataclass(frozen=True)
class Record:
    """What the history is of: the keys of its rows and of those that belong to it, by kind; what it is called and
    where its page is.
    """

    keys: dict[str, list[int]]
    name: str
    url: str
    is_sample: bool

    @property
    def branches(self) -> list[Branch]:
        return branches(KINDS, self.keys)


def whole(plan: ActionPlan) -> Record:
    """The plan and those beneath it, with what they share and what they lean on. Three queries."""
    plans = list(ActionPlan.objects.filter(Q(pk=plan.pk) | Q(parent=plan)).order_by())
    keys = [each.pk for each in plans]
    shared = Action.shared_with.through.objects.filter(actionplan__in=keys).values("action")
    actions = _actions(Q(plan__in=keys) | Q(pk__in=shared))
    needs = Dependency.objects.filter(action__in=actions["action"]).order_by()
    programmes = needs.values_list("on_programme", "on_programme_milestone__programme")
    found = {
        "plan": keys,
        "inspection": list({each.inspection_id for each in plans}),
        "programme": list({pk for pair in programmes for pk in pair if pk}),
    }
    return Record(found | actions, plan.name, plan.get_absolute_url(), is_sample=False)


def record(plan: ActionPlan, kind: str, key: str) -> Record | None:
    """The record of the plan that an address names, with all that belongs to it; None where there is none."""
    shape, find = FOUND_BY.get(kind, ("", None))
    if find is None or not re.fullmatch(shape, key):
        return None
    thing = find(plan, key).first()
    if thing is None:
        return None
    keys = {kind: [thing.pk]}
    if kind == "action":
        keys["post"] = [thing.owner_id]
    if kind == "recommendation":
        keys |= _actions(Q(recommendation=thing))
    return Record(keys, NAMES[kind](thing), _address(plan, thing), getattr(thing, "is_sample", False))


def programme_record(programme: Programme) -> Record:
    keys = {"programme": [programme.pk]}
    return Record(keys, programme.name, programme.get_absolute_url(), programme.is_sample)


def _actions(which: Q) -> dict[str, list[int]]:
    """The keys of actions and of the posts that own them."""
    found = list(Action.objects.filter(which).order_by().values_list("pk", "owner_id"))
    return {"action": [pk for pk, _ in found], "post": list({owner for _, owner in found})}


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
            plan__in=[plan.pk, plan.parent_id], month=date.fromisoformat(f"{key}-01")
        ),
    ),
}


def _address(plan: ActionPlan, thing: Any) -> str:
    if isinstance(thing, Recommendation):
        return reverse("actionplan:recommendation", args=[plan.slug, thing.number])
    return str(thing.get_absolute_url())
