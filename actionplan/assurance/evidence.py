"""What shows that actions changed something: evidence by its five sources, as it stood at the end of a day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from actionplan import permissions
from actionplan.enums import DeliveryState, EvidenceSource
from actionplan.models import Action, ActionPlan, Evidence
from actionplan.standing import standings

DONE = (DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED)
ENOUGH = 2  # sources that an action needs before it can be assured

Counts = Mapping[EvidenceSource, int]


@dataclass(frozen=True)
class Tick:
    """One source, and how many pieces of evidence came from it."""

    source: EvidenceSource
    count: int


@dataclass(frozen=True)
class Shown:
    """A piece of evidence before one reader."""

    evidence: Evidence
    may_withdraw: bool


@dataclass(frozen=True)
class Group:
    source: EvidenceSource
    rows: list[Shown]


@dataclass(frozen=True)
class OfAction:
    """The evidence of one action: what stands, by source in their order, and what was withdrawn."""

    ticks: list[Tick]
    groups: list[Group]
    withdrawn: list[Evidence]


def counts_of(actions: Iterable[Any], on: date) -> dict[int, Counter[EvidenceSource]]:
    """How much stood on a day from each source, by the action’s key. One query."""
    found: dict[int, Counter[EvidenceSource]] = {action.pk: Counter() for action in actions}
    standing = Evidence.objects.standing_on(on).filter(action__in=found).order_by()
    for action, source, count in standing.values_list("action_id", "source").annotate(Count("pk")):
        found[action][EvidenceSource(source)] = count
    return found


def sources_of(actions: Iterable[Any], on: date) -> dict[int, frozenset[EvidenceSource]]:
    """The sources that stood on a day, by the action’s key. One query."""
    return {key: frozenset(counts) for key, counts in counts_of(actions, on).items()}


def ticks(counts: Iterable[Counts]) -> list[Tick]:
    """All five sources in their order, of several actions taken together."""
    together: Counter[EvidenceSource] = Counter()
    for each in counts:
        together.update(each)
    return [Tick(source, together[source]) for source in EvidenceSource]


def missing_words(found: Iterable[Tick]) -> str:
    """The sources that nothing came from, in a sentence’s words; "" when there are none."""
    missing = [_in_a_sentence(tick.source) for tick in found if not tick.count]
    return "; ".join(missing)


def evidence_of(action: Action, on: date, user: Any) -> OfAction:
    """The action’s evidence as `user` sees it. One query."""
    added = Evidence.objects.filter(action=action, added_on__lte=on).select_related("made_by")
    standing: list[Evidence] = []
    withdrawn: list[Evidence] = []
    for each in added:
        each.action = action  # spares a query for its owner
        gone = each.withdrawn_on is not None and each.withdrawn_on <= on
        (withdrawn if gone else standing).append(each)
    groups = [
        Group(
            source,
            [Shown(each, permissions.can_withdraw(user, each)) for each in standing if each.source == source],
        )
        for source in EvidenceSource
    ]
    return OfAction(
        ticks([Counter(EvidenceSource(each.source) for each in standing)]),
        [group for group in groups if group.rows],
        withdrawn,
    )


@dataclass(frozen=True)
class Line:
    """A recommendation and what came from each source for its actions."""

    recommendation: Any
    ticks: list[Tick]
    actions: int

    @property
    def sources(self) -> int:
        return sum(tick.count > 0 for tick in self.ticks)


@dataclass(frozen=True)
class Short:
    """An action that is called delivered, or better, and rests on fewer than two sources."""

    action: Action
    state: DeliveryState
    ticks: list[Tick]

    @property
    def has(self) -> str:
        """Data; or: nothing yet."""
        return "; ".join(tick.source.label for tick in self.ticks if tick.count) or "Nothing yet"


@dataclass(frozen=True)
class OfPlan:
    lines: list[Line]
    short: list[Short]


def evidence_in_plan(plan: ActionPlan, on: date) -> OfPlan:
    """The plan’s recommendations against the five sources. Seven queries, however much evidence there is."""
    actions = list(actions_under(plan).select_related("plan", "recommendation", "owner").in_order())
    counts, now = counts_of(actions, on), standings(actions, on)
    lines = []
    for recommendation in plan.inspection.recommendations.order_by("number"):
        own = [action for action in actions if action.recommendation_id == recommendation.pk]
        if own:
            lines.append(Line(recommendation, ticks(counts[action.pk] for action in own), len(own)))
    short = [
        Short(action, now[action.pk].state, ticks([counts[action.pk]]))
        for action in actions
        if now[action.pk].state in DONE and len(counts[action.pk]) < ENOUGH
    ]
    return OfPlan(lines, short)


def actions_under(plan: ActionPlan) -> Any:
    """The actions of the plan and of those beneath it, and those that serve it from elsewhere."""
    return Action.objects.in_plan(plan) | Action.objects.filter(plan__parent=plan)


def pieces(plan: ActionPlan, on: date, *, source: str = "", recommendation: str = "") -> Any:
    """The evidence that stands in the plan, newest first, narrowed by what is not empty."""
    asked = {"source": source, "action__recommendation__number": recommendation}
    under = Evidence.objects.standing_on(on).filter(action__in=actions_under(plan).order_by().values("pk"))
    return under.filter(**{name: value for name, value in asked.items() if value}).select_related(
        "action__plan", "action__recommendation"
    )


def _in_a_sentence(source: EvidenceSource) -> str:
    label = str(source.label)
    return label[0].lower() + label[1:]
