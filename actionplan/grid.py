"""The plan as rows and groups: plain data for the plan page and its CSV file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.urls import reverse

from actionplan.enums import Impact, Priority, UpdateStatus
from actionplan.models import Action, ActionPlan, Judgement, Milestone, RecommendationParagraph, ReportingMonth
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
from actionplan.rounds import days_late, last_board, months_of, owes_update
from actionplan.standing import Standing, standings
from kpis.enums import Direction
from kpis.periods import day_words

LENSES = {
    "recommendation": "Recommendation",
    "area": "SIF judgement, 2016",
    "service": "Service",
    "owner": "Owner",
}


@dataclass(frozen=True)
class Row:
    """One action as the grid shows it. `before` is where it stood at the last Board, None when none has met."""

    action: Action
    url: str
    now: Standing
    before: Standing | None
    next_step: Milestone | None
    owes_update: bool
    on: date

    @property
    def delivery_was(self) -> str:
        """"Was green", when that differs from now; what the change bar says."""
        if self.before is None or self.before.delivery == self.now.delivery:
            return ""
        return f"Was {delivery_word(self.before.delivery)}"

    @property
    def impact_was(self) -> str:
        if self.before is None or self.before.impact == self.now.impact:
            return ""
        return f"Was {Impact(self.before.impact).label.lower()}"

    @property
    def days_late(self) -> int:
        """Days past its date, while work is still owed."""
        return days_late(self.action.due_on, self.on) if self.now.is_open else 0

    @property
    def is_moved(self) -> bool:
        return self.action.due_on != self.action.original_due_on

    @property
    def due(self) -> str:
        return day_words(self.action.due_on)

    @property
    def original_due(self) -> str:
        return day_words(self.action.original_due_on)

    @property
    def last_update(self) -> str:
        latest = self.now.latest
        return day_words(latest.submitted_on) if latest else ""

    @property
    def last_update_note(self) -> str:
        """What is to be known of the newest update besides its day."""
        if self.now.pending_status == UpdateStatus.RETURNED:
            return "returned"
        return "not yet checked" if self.now.pending else ""


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
        return f"Was {Impact(before.value).label.lower()}" if before and before.value != self.impact.value else ""

    @property
    def direction(self) -> Direction | None:
        return direction([row.now for row in self.rows], self._before) if self._before else None

    @property
    def summary(self) -> str:
        return summary(row.now for row in self.rows)

    @property
    def next_step(self) -> str:
        """The first open milestone of the work still owed: "Audit tool agreed, 14 July 2017", or how late it is."""
        steps = [(row.next_step, row.on) for row in self.rows if row.next_step and row.now.is_open]
        if not steps:
            return ""
        step, on = min(steps, key=lambda pair: pair[0].due_on)
        late = days_late(step.due_on, on)
        return f"{step.title}, {f'{late} days late' if late > 1 else '1 day late' if late else day_words(step.due_on)}"


@dataclass(frozen=True)
class Count:
    """One tile: how many actions are in a state, and how many were at the last Board."""

    value: str
    now: int
    before: int | None

    @property
    def worst(self) -> Worst:
        return Worst(self.value, self.now, self.now)

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.now


@dataclass(frozen=True)
class Grid:
    """Every action of a plan on a day, in the order of the plan."""

    plan: ActionPlan
    rows: Sequence[Row]
    month: ReportingMonth | None
    last_board: ReportingMonth | None

    @property
    def is_sample(self) -> bool:
        """Whether all of it is sample data; otherwise each row says so for itself."""
        return all(row.action.is_sample for row in self.rows) and self.plan.is_sample

    def counts(self) -> list[Count]:
        """A tile for each delivery state; superseded only where there is one."""
        now = count_deliveries(row.now for row in self.rows)
        before = count_deliveries(row.before for row in self.rows) if self.last_board else None
        values = [v for v in DELIVERY_WORST_FIRST if v != "superseded" or now[v] or (before and before[v])]
        tiles = [Count(value, now[value], before[value] if before is not None else None) for value in values]
        return sorted(tiles, key=lambda tile: tile.value != "not_started")  # the way of an action through the plan


def grid(plan: ActionPlan, on: date) -> Grid:
    """The plan on a day. Ten queries, whatever the number of actions."""
    month = months_of(plan).current(on)
    board = last_board(plan, on)
    actions = list(
        plan.actions.select_related("owner", "service", "recommendation__lead").order_by(
            "recommendation__number", "order", "ref"
        )
    )
    now = standings(actions, on)
    before = standings(actions, board.board_on) if board else {}
    steps = _next_steps(plan, on)
    base = reverse("actionplan:action", args=[plan.slug, "0"]).removesuffix("0/")  # reversing each costs 3 ms a hundred
    rows = [
        Row(
            action=action,
            url=f"{base}{action.ref}/",
            now=now[action.pk],
            before=before.get(action.pk),
            next_step=steps.get(action.pk),
            owes_update=owes_update(action, now[action.pk], month, on),
            on=on,
        )
        for action in actions
    ]
    return Grid(plan, rows, month, board)


def _next_steps(plan: ActionPlan, on: date) -> dict[int, Milestone]:
    """Each action's open milestone with the earliest date."""
    is_open = Q(completed_on__isnull=True) | Q(completed_on__gt=on)
    steps = Milestone.objects.filter(is_open, action__plan=plan).order_by("-due_on", "-number")
    return {step.action_id: step for step in steps}


def groups(grid: Grid, lens: str, shown: Iterable[Row], *, only_shown: bool) -> list[Group]:
    """The rows under the headings of a lens. With `only_shown`, headings without a row that is shown are left out."""
    shown = {row.action.pk for row in shown}
    every = {"recommendation": by_recommendation, "area": by_area, "service": by_service, "owner": by_owner}[lens](
        grid, shown
    )
    return [group for group in every if group.shown] if only_shown else every


def _group(key, name, rows, shown, **rest) -> Group:
    return Group(key=key, name=name, rows=rows, shown=[row for row in rows if row.action.pk in shown], **rest)


def by_recommendation(grid: Grid, shown: set[int]) -> list[Group]:
    """All recommendations of the inspection, those without an action too; beneath another plan only those with one."""
    recommendations = {row.action.recommendation_id: row.action.recommendation for row in grid.rows}
    if grid.plan.parent_id is None:
        for recommendation in grid.plan.inspection.recommendations.select_related("lead"):
            recommendations[recommendation.pk] = recommendation
    rows = _rows_by(grid, lambda row: row.action.recommendation_id)
    return [
        _group(
            f"r{recommendation.number}",
            recommendation.short_title,
            rows.get(recommendation.pk, []),
            shown,
            ref=str(recommendation.number),
            url=reverse("actionplan:recommendation", args=[grid.plan.slug, recommendation.number]),
            priority=Priority(recommendation.priority).label if recommendation.priority else "",
            lead=recommendation.lead.title if recommendation.lead else "",
        )
        for recommendation in sorted(recommendations.values(), key=lambda each: each.number)
    ]


def by_area(grid: Grid, shown: set[int]) -> list[Group]:
    """By what Ofsted judged. An action stands under every area that its recommendation's paragraphs stand in."""
    areas, recommendations = {}, {}
    paragraphs = RecommendationParagraph.objects.filter(recommendation__inspection=grid.plan.inspection_id)
    for paragraph in paragraphs.select_related("area"):
        areas[paragraph.area_id] = paragraph.area
        recommendations.setdefault(paragraph.area_id, set()).add(paragraph.recommendation_id)
    grades = {
        judgement.area_id: judgement.get_grade_display()
        for judgement in Judgement.objects.filter(inspection=grid.plan.inspection_id)
    }
    found = [
        _group(
            f"a{area.order}",
            area.name,
            [row for row in grid.rows if row.action.recommendation_id in recommendations[area.pk]],
            shown,
            ref=area.number,
            grade=grades.get(area.pk, ""),
        )
        for area in sorted(areas.values(), key=lambda area: area.order)
    ]
    return [group for group in found if group.rows]


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
