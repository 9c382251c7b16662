"""The plan as rows under headings: plain data for the plan page and the Board’s month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from actionplan.enums import DeliveryState, Impact, Priority
from actionplan.frameworks.areas import mapped_frameworks, reached, short_name
from actionplan.models import (
    Action,
    ActionPlan,
    Recommendation,
    ReportingMonth,
)
from actionplan.rollup import (
    DELIVERY_WORST_FIRST,
    Worst,
    count_deliveries,
    delivery_word,
    direction,
    summary,
    worst_delivery,
    worst_impact,
)
from actionplan.rounds import days_late, rounds
from actionplan.rows import Row, rows, rows_of
from actionplan.standing import Standing
from kpis.addresses import address
from kpis.enums import Direction
from kpis.periods import day_words, days_words


@dataclass(frozen=True)
class Lens:
    """One way to look at the plan. `noun` and `nouns` name its headings, which may be the areas of a `framework`."""

    key: str
    name: str
    noun: str
    nouns: str
    framework: int | None = None


BY_RECOMMENDATION = Lens("recommendation", "Recommendation", "recommendation", "recommendations")


def lenses(plan: ActionPlan) -> dict[str, Lens]:
    """The ways to look at a plan, by their keys; by a later framework where the mapping leads there. One query."""
    inspection = plan.inspection
    own = f"{short_name(inspection.framework)} judgement, {inspection.start.year}"
    judgements = [
        Lens("area", own, "judgement", "judgements", inspection.framework_id),
        *(
            Lens(each.code, short_name(each), "judgement", "judgements", each.pk)
            for each in mapped_frameworks(inspection)
        ),
    ]
    rest = [Lens("service", "Service", "service", "services"), Lens("owner", "Owner", "owner", "owners")]
    return {lens.key: lens for lens in [BY_RECOMMENDATION, *judgements, *rest]}


@dataclass(frozen=True)
class Group:
    """Rows under one heading. The roll-up always speaks of all of them, `shown` are those that pass the filter."""

    key: str
    name: str
    rows: Sequence[Row]
    shown: Sequence[Row]
    ref: str = ""
    url: str = ""
    priority: str = ""
    lead: str = ""
    grade: str = ""

    @cached_property
    def delivery(self) -> Worst | None:
        return worst_delivery([row.now for row in self.rows])

    @cached_property
    def impact(self) -> Worst | None:
        return worst_impact([row.now for row in self.rows])

    @cached_property
    def _before(self) -> list[Standing] | None:
        """Where the rows stood at the last Board; None when no Board has met, or there are no rows."""
        before = [row.before for row in self.rows]
        return before if before and None not in before else None

    @property
    def delivery_was(self) -> str:
        before = self._before and worst_delivery(self._before)
        return f"Was {delivery_word(before.value)}" if before and before.value != self.delivery.value else ""

    @property
    def impact_was(self) -> str:
        before = self._before and worst_impact(self._before)
        return (
            f"Was {Impact(before.value).label.lower()}"
            if before and before.value != self.impact.value
            else ""
        )

    @property
    def direction(self) -> Direction | None:
        return direction([row.now for row in self.rows], self._before) if self._before else None

    @property
    def summary(self) -> str:
        return summary(row.now for row in self.rows)

    @property
    def next_step(self) -> str:
        """The first open milestone of the work still owed: its title and date, or how late it is."""
        steps = [(row.next_step.due_on, row) for row in self.rows if row.next_step and row.now.is_open]
        if not steps:
            return ""
        due_on, row = min(steps, key=itemgetter(0))
        late = days_late(due_on, row.on)
        if not late:
            return f"{row.next_step.title}, {day_words(due_on)}"
        return f"{row.next_step.title}, {days_words(late)} late"

    @property
    def all_shown(self) -> tuple:
        """Everything that a drawn group depends on."""
        visible = {row.action.pk for row in self.shown}
        heading = (self.key, self.name, self.ref, self.url, self.priority, self.lead, self.grade)
        return heading, tuple((row.shown, row.action.pk in visible) for row in self.rows)


@dataclass(frozen=True)
class Count:
    """One tile: how many actions are in a state, and how many were at the last Board."""

    value: str
    now: int
    before: int | None

    @property
    def state(self) -> DeliveryState:
        return Worst(self.value, self.now, self.now).state

    @property
    def rag(self) -> str:
        return Worst(self.value, self.now, self.now).rag

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.now


@dataclass(frozen=True)
class Grid:
    """Every action of a plan on a day, in the order of the plan: its own, then those that it shares."""

    plan: ActionPlan
    rows: Sequence[Row]
    month: ReportingMonth | None
    last_board: ReportingMonth | None

    @property
    def shared(self) -> int:
        """How many of its actions are another plan’s."""
        return sum(bool(row.shared_from) for row in self.rows)

    @property
    def own(self) -> int:
        return len(self.rows) - self.shared

    @property
    def is_sample(self) -> bool:
        """Whether all of it is sample data; otherwise each row says so for itself."""
        return all(row.action.is_sample for row in self.rows) and self.plan.is_sample

    def counts(self) -> list[Count]:
        """A tile for each state, in the way of an action through the plan; superseded only where there is one."""
        now = count_deliveries(row.now for row in self.rows)
        before = count_deliveries(row.before for row in self.rows) if self.last_board else None
        values = [
            DeliveryState.NOT_STARTED,
            *(v for v in DELIVERY_WORST_FIRST if v != DeliveryState.NOT_STARTED),
        ]
        if not now[DeliveryState.SUPERSEDED] and not (before and before[DeliveryState.SUPERSEDED]):
            values.remove(DeliveryState.SUPERSEDED)
        return [Count(value, now[value], before[value] if before is not None else None) for value in values]


def grid(plan: ActionPlan, on: date, *, compared: bool = True) -> Grid:
    """The plan on a day, compared with the last Board. Eight queries, whatever the number of actions."""
    month, board = rounds(plan, on)
    board = board if compared else None
    actions = Action.objects.in_plan(plan).prefetch_related("service")
    found = rows(actions, on, month=month, board=board)
    return Grid(plan, rows_of(plan, found, {row.action.pk for row in found}), month, board)


def groups(grid: Grid, lens: Lens, shown: Iterable[Row], *, only_shown: bool) -> list[Group]:
    """The rows under the headings of a lens. With `only_shown`, headings without a row that is shown are left out."""
    shown = {row.action.pk for row in shown}
    if lens.framework:
        every = by_area(grid, shown, lens.framework)
    else:
        by = {"recommendation": by_recommendation, "service": by_service, "owner": by_owner}[lens.key]
        every = by(grid, shown)
    return [group for group in every if group.shown] if only_shown else every


def _group(key, name, rows, shown, **rest) -> Group:
    return Group(key=key, name=name, rows=rows, shown=[row for row in rows if row.action.pk in shown], **rest)


def by_recommendation(grid: Grid, shown: set[int]) -> list[Group]:
    """All recommendations of the inspection, those without an action too; beneath another plan only those with one."""
    rows = _rows_by(grid, lambda row: row.action.recommendation_id)
    recommendations = Recommendation.objects.filter(inspection=grid.plan.inspection_id).order_by("number")
    return [
        _group(
            f"r{number}",
            title,
            rows.get(pk, []),
            shown,
            ref=str(number),
            url=address("actionplan:recommendation", grid.plan.slug, number),
            priority=Priority(priority).label if priority else "",
            lead=lead or "",
        )
        for pk, number, title, priority, lead in recommendations.values_list(
            "pk", "number", "short_title", "priority", "lead__title"
        )
        if pk in rows or grid.plan.parent_id is None
    ]


def by_area(grid: Grid, shown: set[int], framework: int) -> list[Group]:
    """By what Ofsted judges. An action stands under every area that its recommendation’s paragraphs lead to."""
    areas = reached(grid.plan.inspection, framework)
    placed = set().union(*(each.recommendations for each in areas))
    found = [
        _group(
            f"a{each.area.order}",
            each.area.name,
            [row for row in grid.rows if row.action.recommendation_id in each.recommendations],
            shown,
            ref=each.area.number,
            grade=each.grade,
        )
        for each in areas
    ]
    rest = [row for row in grid.rows if row.action.recommendation_id not in placed]
    return [group for group in [*found, _group("a0", "No area named", rest, shown)] if group.rows]


def by_service(grid: Grid, shown: set[int]) -> list[Group]:
    services = {row.action.service_id: row.action.service for row in grid.rows}
    rows = _rows_by(grid, lambda row: row.action.service_id)
    ordered = sorted(services.values(), key=lambda service: (service.order, service.name))
    return [_group(f"s{service.pk}", service.name, rows[service.pk], shown) for service in ordered]


def by_owner(grid: Grid, shown: set[int]) -> list[Group]:
    owners = {row.action.owner_id: row.action.owner for row in grid.rows}
    rows = _rows_by(grid, lambda row: row.action.owner_id)
    ordered = sorted(owners.values(), key=lambda owner: owner.title)
    return [_group(f"o{owner.pk}", owner.title, rows[owner.pk], shown) for owner in ordered]


def _rows_by(grid: Grid, key) -> dict[int, list[Row]]:
    found = {}
    for row in grid.rows:
        found.setdefault(key(row), []).append(row)
    return found
