"""What an action needs: added, changed, removed. Nothing may need itself in a circle.

Every write locks the plans first, so that of two people who add the two halves of a circle at once one is told.
"""

from datetime import date
from typing import Any

from django.db import transaction

from actionplan.models import (
    Action,
    ActionPlan,
    Dependency,
    Milestone,
    Programme,
    ProgrammeMilestone,
)
from actionplan.needs.chains import circle, circle_words
from kpis.models import StaleEdit
from kpis.periods import today

On = Action | Milestone | Programme | ProgrammeMilestone
PLACES: dict[type, str] = {
    Action: "on_action",
    Milestone: "on_milestone",
    Programme: "on_programme",
    ProgrammeMilestone: "on_programme_milestone",
}


class Circular(Exception):
    """It would close a circle, which the message names: 4.2 needs 13.2, which needs 4.2."""


class Removed(Exception):
    """Somebody removed the need before: it is not written any more."""


@transaction.atomic
def add(*, action: Action, on: On, what: str, needed_by: date | None, by: Any) -> Dependency:
    """Say what an action needs. The very same need, sent twice, is kept once. Raises Circular."""
    refuse_circle(action=action, on=on)
    asked = {"action": action, **_place(on), "what": what, "needed_by": needed_by}
    before: Dependency | None = Dependency.objects.standing(today()).filter(**asked).first()
    if before:
        return before
    need = Dependency(**asked, added_on=today())
    need._history_user = by
    need.save()
    return need


@transaction.atomic
def change(
    *, dependency: Dependency, version: int, on: On, what: str, needed_by: date | None, by: Any
) -> Dependency:
    """Say it in other words, with another date, or of something else. Raises Circular, Removed and StaleEdit."""
    refuse_circle(action=dependency.action, on=on, instead_of=dependency)
    asked = {**_place(on), "what": what, "needed_by": needed_by}
    try:
        current = _claim(dependency, version)
    except StaleEdit as stale:
        if all(getattr(stale.current, name) == value for name, value in asked.items()):
            same: Dependency = stale.current  # a double click: it is stored
            return same
        raise
    for name, value in asked.items():
        setattr(current, name, value)
    current._history_user = by
    current.save(update_fields=[*asked, "version"])
    return current


@transaction.atomic
def remove(*, dependency: Dependency, version: int, by: Any) -> Dependency:
    """It is not needed any more, from today. The pages of the days before still show it. Raises Removed, StaleEdit."""
    current = _claim(dependency, version)
    current.removed_on = today()
    current._history_user = by
    current.save(update_fields=["removed_on", "version"])
    return current


def refuse_circle(*, action: Action, on: On | None, instead_of: Dependency | None = None) -> None:
    """Raise Circular when `action` may not need `on`; a milestone counts as its action. Locks until the end of the
    transaction, so that what was found stays true."""
    _lock()
    needed = on.action if isinstance(on, Milestone) else on
    if not isinstance(needed, Action):
        return  # a programme needs nothing of ours
    known = Dependency.objects.filter(removed_on=None)
    if instead_of:
        known = known.exclude(pk=instead_of.pk)
    pairs = known.values_list("action_id", "on_action_id", "on_milestone__action_id")
    edges = [(needing, one or other) for needing, one, other in pairs if one or other]
    found = circle(edges, action.pk, needed.pk)
    if found:
        refs = dict(Action.objects.filter(pk__in=found).values_list("pk", "ref"))
        raise Circular(circle_words([refs[pk] for pk in found]))


def _lock() -> None:
    """One change of what is needed at a time, over all plans: a circle may lead through several of them."""
    plans = ActionPlan.objects.select_for_update(no_key=True).order_by("pk")
    list(plans.values_list("pk", flat=True))


def _claim(dependency: Dependency, version: int) -> Dependency:
    try:
        current: Dependency = Dependency.objects.claim(dependency.pk, version)
    except StaleEdit as stale:
        if stale.current.removed_on:
            raise Removed from None
        raise
    if current.removed_on:
        raise Removed
    return current


def _place(on: On) -> dict[str, On | None]:
    return dict.fromkeys(PLACES.values()) | {PLACES[type(on)]: on}
