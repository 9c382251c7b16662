"""The plan’s part of an indicator’s pages: the actions that should move it and what was done by a day.

kpis stands below the plan and asks for this through `kpis.linked`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from actionplan.enums import DeliveryState, Finding
from actionplan.models import Action, Assurance, Milestone, ProgressUpdate
from actionplan.standing import Standing, standings
from kpis.addresses import address
from kpis.linked import LinkedAction, Step
from kpis.models import Indicator

DELIVERED = (DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED)

# What is shown of an action: to join all of its plan, recommendation and posts takes twice as long.
SHOWN = (
    *(
        "pk",
        "ref",
        "title",
        "short_title",
        "due_on",
        "is_sample",
        "plan__slug",
        "owner__title",
        "service__name",
    ),
    *("recommendation__number", "recommendation__short_title", "carried_from_id"),
)

Steps = dict[int, list[Step]]  # by the action’s key


def linked_actions(indicators: Iterable[Indicator], on: date) -> dict[int, tuple[LinkedAction, ...]]:
    """The actions of every plan that name each indicator, as they stood at the end of `on`, by the indicator’s key.

    In the order of their plans. Eight queries at most, whatever the number of indicators and actions.
    """
    found: dict[int, list[LinkedAction]] = {each.pk: [] for each in indicators}
    named = defaultdict(list)
    pairs = Action.indicators.through.objects.filter(indicator__in=found)
    for action, indicator in pairs.values_list("action_id", "indicator_id"):
        named[action].append(indicator)
    if named:
        actions = list(Action.objects.filter(pk__in=named).in_order().values_list(*SHOWN, named=True))
        now = standings(actions, on)
        steps = _steps(actions, now, on)
        for action in actions:
            linked = _linked(action, now[action.pk], steps[action.pk])
            for indicator in named[action.pk]:
                found[indicator].append(linked)
    return {pk: tuple(linked) for pk, linked in found.items()}


def _linked(action, now: Standing, steps: Sequence[Step]) -> LinkedAction:
    return LinkedAction(
        ref=action.ref,
        title=action.title,
        url=address("actionplan:action", action.plan__slug, action.ref),
        owner=action.owner__title,
        service=action.service__name,
        recommendation=action.recommendation__number,
        recommendation_title=action.recommendation__short_title,
        due_on=action.due_on,
        state=now.state,
        rag=now.rag or "",
        impact=now.impact,
        is_open=now.is_open,
        is_sample=action.is_sample,
        steps=tuple(steps),
    )


def _steps(actions: Sequence, now: dict[int, Standing], on: date) -> Steps:
    """What was done of each action by the end of `on`, oldest first; of one day, its milestones before the whole."""
    steps: Steps = {action.pk: [] for action in actions}
    delivered = _delivered_on([action.pk for action in actions if now[action.pk].state in DELIVERED], on)
    completed = Milestone.objects.filter(action__in=steps, completed_on__lte=on)
    urls = {action.pk: address("actionplan:action", action.plan__slug, action.ref) for action in actions}
    titles = {action.pk: action.short_title for action in actions}
    for key, title, day in completed.order_by("number").values_list("action_id", "title", "completed_on"):
        steps[key].append(Step(day, title, urls[key], is_whole=False))
    for key, day in delivered.items():
        steps[key].append(Step(day, titles[key], urls[key], is_whole=True))
    return {key: sorted(found, key=lambda step: (step.on, step.is_whole)) for key, found in steps.items()}


def _delivered_on(keys: Sequence[int], on: date) -> dict[int, date]:
    """The day on which each action was first said to be delivered, of the updates accepted by `on`.

    Work that was taken up again, or was found not to be adequate, counts from when it was delivered after that.
    """
    updates = ProgressUpdate.objects.filter(action__in=keys).accepted_by(on).newest_first()
    refused = defaultdict(lambda: date.min) | dict(
        Assurance.objects.filter(action__in=keys, made_on__lte=on, finding=Finding.NOT_ADEQUATE)
        .order_by("made_on")
        .values_list("action_id", "made_on")
    )
    days, reopened = {}, set()
    for key, state, day in updates.values_list("action_id", "state", "submitted_on"):
        if state != DeliveryState.DELIVERED or day <= refused[key]:
            reopened.add(key)
        elif key not in reopened:
            days[key] = day
    return days
