"""A plan’s actions on a line of days: from when to when, their milestones, what they wait for. Plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from actionplan.models import ActionPlan, Dependency, Milestone, ProgrammeMilestone
from actionplan.needs.chains import Chains, Key
from actionplan.needs.dependencies import ACTION, MILESTONE, STEP, Line, lines
from actionplan.rows import Row


@dataclass(frozen=True)
class Step:
    """A milestone of an action or of a programme."""

    key: Key
    name: str  # 4.2.3
    title: str
    due_on: date
    is_moved: bool
    done_on: date | None
    days_late: int

    @property
    def is_open(self) -> bool:
        return self.done_on is None


@dataclass(frozen=True)
class Bar:
    """An action. What is drawn of it is compared, so that a picture is drawn once for its content."""

    key: Key
    ref: str
    title: str
    starts_on: date
    due_on: date
    forecast_on: date | None
    is_open: bool
    days_late: int
    steps: tuple[Step, ...]
    row: Row = field(compare=False)
    needs: tuple[Line, ...]
    because: str


@dataclass(frozen=True)
class Lanes:
    """What stands under one heading: the actions of a recommendation, or the steps of a programme."""

    name: str
    bars: tuple[Bar, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Timeline:
    plan: str
    on: date
    lanes: tuple[Lanes, ...]

    @property
    def bars(self) -> list[Bar]:
        return [bar for each in self.lanes for bar in each.bars]


def timeline(
    plan: ActionPlan, rows: Sequence[Row], found: Chains, *, whole: bool, everything: bool
) -> Timeline:
    """These rows under their recommendations, then the programmes that they lean on. Two queries.

    `whole` is whether the rows are not narrowed down: then every step of those programmes is there. `everything` shows
    steps of programmes that are done as well.
    """
    steps = _steps(rows, found.on)
    groups: dict[str, list[Bar]] = {}
    for row in rows:
        recommendation = row.action.recommendation
        name = f"{recommendation.number} {recommendation.short_title}"
        groups.setdefault(name, []).append(_bar(row, steps.get(row.action.pk, ()), found))
    wanted = {need.on for row in rows for need in found.of((ACTION, row.action.pk))}
    programmes = _programme_steps(plan, found.on, None if whole else wanted, everything=everything)
    lanes = [Lanes(name, bars=tuple(bars)) for name, bars in groups.items()]
    lanes += [Lanes(name, steps=tuple(each)) for name, each in programmes.items()]
    return Timeline(plan.name, found.on, tuple(lanes))


def _bar(row: Row, steps: Sequence[Step], found: Chains) -> Bar:
    action, key = row.action, (ACTION, row.action.pk)
    forecast_on = row.now.update.forecast_on if row.now.update and row.now.is_open else None
    return Bar(
        key=key,
        ref=action.ref,
        title=action.short_title,
        starts_on=action.starts_on,
        due_on=action.due_on,
        forecast_on=forecast_on if forecast_on and found.on < forecast_on != action.due_on else None,
        is_open=row.now.is_open,
        days_late=row.days_late,
        steps=tuple(steps),
        row=row,
        needs=tuple(lines(found, found.of(key))),
        because=found.because(key),
    )


def _steps(rows: Iterable[Row], on: date) -> dict[int, list[Step]]:
    """The milestones of each action, by its key. Nobody waits for those of work that is delivered."""
    by_pk = {row.action.pk: row for row in rows}
    found: dict[int, list[Step]] = {}
    read = ("pk", "number", "title", "due_on", "original_due_on", "completed_on", "action_id")
    for each in Milestone.objects.filter(action__in=by_pk).order_by("number").values_list(*read, named=True):
        row = by_pk[each.action_id]
        is_late = each.completed_on is None and row.now.is_open
        step = Step(
            key=(MILESTONE, each.pk),
            name=f"{row.action.ref}.{each.number}",
            title=each.title,
            due_on=each.due_on,
            is_moved=each.due_on != each.original_due_on,
            done_on=each.completed_on,
            days_late=max((on - each.due_on).days, 0) if is_late else 0,
        )
        found.setdefault(each.action_id, []).append(step)
    return found


def _programme_steps(
    plan: ActionPlan, on: date, wanted: set[Key] | None, *, everything: bool
) -> dict[str, list[Step]]:
    """The steps of programmes that the plan leans on, by programme; only those `wanted` where they are named."""
    leaning = Dependency.objects.filter(Q(action__plan=plan) | Q(action__shared_with=plan)).standing(on)
    steps = ProgrammeMilestone.objects.filter(
        Q(programme__in=leaning.values("on_programme"))
        | Q(programme__in=leaning.values("on_programme_milestone__programme"))
    )
    if not everything:
        steps = steps.filter(completed_on=None)
    found: dict[str, list[Step]] = {}
    for each in steps.select_related("programme").order_by("programme__name", "due_on", "pk"):
        if wanted is None or (STEP, each.pk) in wanted:
            step = Step(
                key=(STEP, each.pk),
                name="",
                title=each.title,
                due_on=each.due_on,
                is_moved=each.due_on != each.original_due_on,
                done_on=each.completed_on,
                days_late=each.days_late(on),
            )
            found.setdefault(each.programme.name, []).append(step)
    return found
