"""How far a plan prepares the council for each area of a framework, as things stood on a day."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actionplan.enums import DeliveryState, EvidenceSource, Impact, Rag, Readiness
from actionplan.frameworks.areas import Reached, mapped_frameworks, reached
from actionplan.frameworks.readiness import Facts, readiness, sentence
from actionplan.governance import Raised
from actionplan.models import Action, ActionPlan, Challenge, Evidence, Framework
from actionplan.rollup import Worst, summary, worst_delivery, worst_impact
from actionplan.rows import Row, rows
from kpis.enums import Rating, Variation
from kpis.models import Indicator
from kpis.periods import day_words
from kpis.readings import Reading, readings
from kpis.signals import analysed, rebases

SOON = timedelta(days=365)  # work that goes on now will be inspected by rules that begin within a year
DONE = (DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED)
SHOWN = (Impact.EVIDENCED, Impact.SUSTAINED)


@dataclass(frozen=True)
class Prepared:
    """One area of the framework and all that the plan can show of it."""

    reached: Reached
    rows: Sequence[Row]
    sources: Counter[str]
    readings: Sequence[Reading]
    worsening: Sequence[Reading]
    challenges: Sequence[Raised]

    @property
    def delivery(self) -> Worst | None:
        return worst_delivery([row.now for row in self.rows])

    @property
    def impact(self) -> Worst | None:
        return worst_impact([row.now for row in self.rows])

    @property
    def summary(self) -> str:
        return summary(row.now for row in self.rows)

    @property
    def standing(self) -> list[tuple[EvidenceSource, int]]:
        return [(each, self.sources[each]) for each in EvidenceSource if self.sources[each]]

    @property
    def wanting(self) -> list[EvidenceSource]:
        return [each for each in EvidenceSource if not self.sources[each]]

    @property
    def ratings(self) -> list[tuple[Rating, int]]:
        """How many indicators have each rating, in the order of the ratings."""
        found = Counter(reading.rating for reading in self.readings)
        return [(each, found[each]) for each in Rating if found[each]]

    @property
    def late(self) -> int:
        return sum(challenge.days_late > 0 for challenge in self.challenges)

    @property
    def facts(self) -> Facts:
        owed = [row for row in self.rows if row.now.state != DeliveryState.SUPERSEDED]
        return Facts(
            actions=len(owed),
            red=sum(row.now.rag == Rag.RED for row in owed),
            overdue=sum(row.days_late > 0 for row in owed),
            relapsed=sum(row.now.relapsed for row in owed),
            evidenced=sum(row.now.impact in SHOWN for row in owed),
            unevidenced=sum(row.now.state in DONE and row.now.impact not in SHOWN for row in owed),
            not_achieved=sum(row.now.impact == Impact.NOT_ACHIEVED for row in owed),
            sources=frozenset(self.sources),
            worsening=len(self.worsening),
            late_answers=self.late,
        )

    @property
    def readiness(self) -> Readiness:
        return readiness(self.facts)

    @property
    def sentence(self) -> str:
        return sentence(self.facts)


def frameworks(plan: ActionPlan) -> list[Framework]:
    """That of the plan’s inspection, and the later ones under which it can be read."""
    return [plan.inspection.framework, *mapped_frameworks(plan.inspection)]


def next_framework(known: Sequence[Framework], on: date) -> Framework:
    """The newest by which inspectors may come within a year; of none with a date, that of the inspection."""
    near = [
        each
        for each in known
        if each.from_date and each.from_date <= on + SOON and (each.to_date is None or each.to_date >= on)
    ]
    return near[-1] if near else known[0]


def dates_of(framework: Framework, on: date) -> str:
    """When inspectors go by it, seen from a day: expected from January 2018."""
    start, end = framework.from_date, framework.to_date
    if start is None:
        return "its dates are not known"
    if start > on:
        return f"expected from {start:%B %Y}"
    return f"used from {day_words(start)} to {day_words(end)}" if end else f"used since {day_words(start)}"


def prepared(plan: ActionPlan, framework: Framework, on: date) -> tuple[list[Prepared], list[Row]]:
    """Each area of the framework; and the actions of which no area is named. 22 queries at most, whatever there is.

    A plan above others speaks for them too.
    """
    actions = Action.objects.in_plan(plan) | Action.objects.filter(plan__parent=plan)
    found = rows(actions, on, month=None, board=None)
    areas = reached(plan.inspection, framework.pk)
    evidence, linked, asked = _evidence(found, on), _linked(found), _challenges(plan, on)
    known = readings(Indicator.objects.filter(pk__in=set().union(*linked.values())), on)
    starts = rebases([reading.indicator for reading in known.values()], on)
    worse = {
        pk for pk, reading in known.items() if analysed(reading, starts[pk]).variation == Variation.WORSENING
    }

    def of(area: Reached) -> Prepared:
        here = [row for row in found if row.action.recommendation_id in area.recommendations]
        keys = {row.action.pk for row in here}
        indicators = set().union(*(linked[key] for key in keys))
        return Prepared(
            reached=area,
            rows=here,
            sources=Counter(source for key in keys for source in evidence[key]),
            readings=[known[pk] for pk in known if pk in indicators],
            worsening=[known[pk] for pk in known if pk in indicators & worse],
            challenges=[
                raised
                for raised, recommendations, named in asked
                if recommendations & area.recommendations or named & keys
            ],
        )

    placed = set().union(*(area.recommendations for area in areas))
    return [of(area) for area in areas], [row for row in found if row.action.recommendation_id not in placed]


def _evidence(found: Sequence[Row], on: date) -> dict[int, list[str]]:
    """The source of each piece of evidence that stands, by action."""
    sources = defaultdict(list)
    standing = Evidence.objects.standing_on(on).filter(action__in=[row.action.pk for row in found])
    for action, source in standing.order_by("pk").values_list("action_id", "source"):
        sources[action].append(source)
    return sources


def _linked(found: Sequence[Row]) -> dict[int, set[int]]:
    """The indicators of each action, by their keys."""
    linked = defaultdict(set)
    pairs = Action.indicators.through.objects.filter(action__in=[row.action.pk for row in found])
    for action, indicator in pairs.values_list("action_id", "indicator_id"):
        linked[action].add(indicator)
    return linked


def _challenges(plan: ActionPlan, on: date) -> list[tuple[Raised, set[int], set[int]]]:
    """Those still open, each with its recommendations and its actions by their keys."""
    still_open = Challenge.objects.under(plan).open_on(on).select_related("plan").order_by("due_on", "pk")
    return [
        (
            Raised(each, on),
            {recommendation.pk for recommendation in each.recommendations.all()},
            {action.pk for action in each.actions.all()},
        )
        for each in still_open.prefetch_related("recommendations", "actions")
    ]
