"""What a plan’s actions need from each other and from programmes, read from the database as it stood on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actionplan.models import Action, ActionPlan, DateChange, Dependency
from actionplan.needs.chains import Chains, Hold, Key, Need, Thing
from actionplan.rows import Row
from actionplan.standing import Standing, standings
from kpis.addresses import address
from kpis.periods import day_words, today

ACTION, MILESTONE, PROGRAMME, STEP = "action", "milestone", "programme", "step"

# All that is said of both ends. Whole records, joined four times over, take several times as long to make.
ENDS = {
    ACTION: ("ref", "title", "plan__slug", "carried_from_id"),
    MILESTONE: (
        *("number", "title", "completed_on", "action_id", "action__ref", "action__plan__slug"),
        "action__carried_from_id",
    ),
    PROGRAMME: ("name", "slug"),
    STEP: ("title", "due_on", "completed_on", "programme__name", "programme__slug"),
}
NAMES = {MILESTONE: "on_milestone", PROGRAMME: "on_programme", STEP: "on_programme_milestone"}
READ = (
    *("pk", "what", "needed_by", "action_id", "on_action_id", *(f"{each}_id" for each in NAMES.values())),
    *(f"{end}__{field}" for end in ("action", "on_action") for field in ENDS[ACTION]),
    *(f"{end}__{field}" for kind, end in NAMES.items() for field in ENDS[kind]),
)


def chains(plan: ActionPlan, on: date, known: Iterable[Row] = ()) -> Chains:
    """Everything that the actions of a plan’s family need, or that others need of them, as it stood at the end of `on`.

    `known` are rows on that day that are read already. One query, and three more where they lack an action.
    """
    root = plan.parent_id or plan.pk
    family = ActionPlan.objects.filter(Q(pk=root) | Q(parent=root)).values("pk")
    of_family = (
        Q(action__plan__in=family) | Q(on_action__plan__in=family) | Q(on_milestone__action__plan__in=family)
    )
    found = Dependency.objects.filter(of_family).standing(on).order_by()
    lines = list(found.annotate(**_due_days(on)).values_list(*READ, *_due_days(on), named=True))
    stands = {row.action.pk: row.now for row in known}
    missing = {pk: carried for line in lines for pk, carried in _actions(line) if pk and pk not in stands}
    if missing:
        stands |= standings([Action(pk=pk, carried_from_id=each) for pk, each in missing.items()], on)
    things = {thing.key: thing for line in lines for thing in _things(line, stands, on)}
    return Chains(things, [_need(line) for line in lines], on)


def _actions(line) -> Iterator[tuple[int | None, int | None]]:
    """The actions that a need is about, each with the one it was carried over from."""
    yield line.action_id, line.action__carried_from_id
    yield line.on_action_id, line.on_action__carried_from_id
    yield line.on_milestone__action_id, line.on_milestone__action__carried_from_id


def _due_days(on: date) -> dict:
    """The dates of both ends. Of a past day, those of then: the first change since says what it replaced."""
    ends = {"action": "action", "on_action": "action", "on_milestone": "milestone"}
    days = {f"{end}_due": F(f"{end}__due_on") for end in ends}
    if on >= today():
        return days
    return {
        f"{end}_due": Coalesce(Subquery(_moved_since(end, what, on)), F(f"{end}__due_on"))
        for end, what in ends.items()
    }


def _moved_since(end: str, what: str, on: date):
    of_it = {what: OuterRef(end)} | ({"milestone": None} if what == "action" else {})
    changes = DateChange.objects.filter(**of_it, agreed_on__gt=on).order_by("agreed_on", "pk")
    return changes.values("from_date")[:1]


def _need(line) -> Need:
    on = {
        ACTION: line.on_action_id,
        **{kind: getattr(line, f"{name}_id") for kind, name in NAMES.items()},
    }
    return Need(
        pk=line.pk,
        action=(ACTION, line.action_id),
        on=next((kind, pk) for kind, pk in on.items() if pk),
        what=line.what,
        needed_by=line.needed_by,
    )


def _things(line, stands: dict[int, Standing], on: date) -> Iterator[Thing]:
    """The action, and what it needs."""
    yield _action(line, "action", stands)
    if line.on_action_id:
        yield _action(line, "on_action", stands)
    elif line.on_milestone_id:
        yield _milestone(line, stands, on)
    elif line.on_programme_id:
        yield Thing(
            key=(PROGRAMME, line.on_programme_id),
            name=line.on_programme__name,
            title=line.on_programme__name,
            url=address("actionplan:programme", line.on_programme__slug),
            is_open=True,
        )
    else:
        yield _step(line, on)


def _action(line, end: str, stands: dict[int, Standing]) -> Thing:
    pk, ref = getattr(line, f"{end}_id"), getattr(line, f"{end}__ref")
    now = stands[pk]
    return Thing(
        key=(ACTION, pk),
        name=ref,
        title=f"{ref} {getattr(line, f'{end}__title')}",
        url=address("actionplan:action", getattr(line, f"{end}__plan__slug"), ref),
        is_open=now.is_open,
        due_on=getattr(line, f"{end}_due"),
        forecast_on=now.update.forecast_on if now.update else None,
    )


def _milestone(line, stands: dict[int, Standing], on: date) -> Thing:
    """Nobody waits for the milestones of work that is delivered."""
    action, number = line.on_milestone__action__ref, line.on_milestone__number
    return Thing(
        key=(MILESTONE, line.on_milestone_id),
        name=f"milestone {action}.{number}",
        title=f"{action}.{number} {line.on_milestone__title}",
        url=address("actionplan:action", line.on_milestone__action__plan__slug, action),
        is_open=_is_open(line.on_milestone__completed_on, on)
        and stands[line.on_milestone__action_id].is_open,
        due_on=line.on_milestone_due,
        of=(ACTION, line.on_milestone__action_id),
    )


def _step(line, on: date) -> Thing:
    programme = line.on_programme_milestone__programme__name
    title = line.on_programme_milestone__title
    return Thing(
        key=(STEP, line.on_programme_milestone_id),
        name=f"‘{title}’ ({programme})",
        title=f"{title}, {programme}",
        url=address("actionplan:programme", line.on_programme_milestone__programme__slug),
        is_open=_is_open(line.on_programme_milestone__completed_on, on),
        due_on=line.on_programme_milestone__due_on,
    )


def _is_open(completed_on: date | None, on: date) -> bool:
    return completed_on is None or completed_on > on


@dataclass(frozen=True)
class Line:
    """A need as a page shows it, from either of its ends. `hold` says how it holds its action up."""

    need: Need
    action: Thing
    thing: Thing
    hold: Hold | None
    on: date

    @property
    def is_met(self) -> bool:
        return not self.thing.is_open

    @property
    def days_late(self) -> int:
        return self.thing.days_late(self.on)

    @property
    def state(self) -> str:
        """What is known of when it comes: Done; Due 14 July 2017; Expected 30 September 2017."""
        thing = self.thing
        if self.is_met:
            return "Done"
        if thing.forecast_on and thing.forecast_on >= self.on and thing.forecast_on != thing.due_on:
            return f"Expected {day_words(thing.forecast_on)}"
        return f"Due {day_words(thing.due_on)}" if thing.due_on else "No date"

    @property
    def warning(self) -> str:
        """13.2, which 4.2 needs by 14 July 2017, is due 30 September 2017, 78 days too late."""
        by = f" by {day_words(self.need.needed_by)}" if self.need.needed_by else ""
        text = f"{self.thing.name}, which {self.action.name} needs{by}, {self.hold.said}"
        return text[:1].upper() + text[1:]


def lines(found: Chains, needs: Iterable[Need]) -> list[Line]:
    return [
        Line(need, found.things[need.action], found.things[need.on], found.hold(need), found.on)
        for need in needs
    ]


def held_up(found: Chains, actions: Iterable[int]) -> list[Line]:
    """What holds these actions up, the worst first: their owners are warned."""
    needs = [hold.need for pk in actions for hold in found.holds((ACTION, pk))]
    return sorted(lines(found, needs), key=lambda line: (-line.hold.days, line.need.pk))


def action_key(action: Action) -> Key:
    return (ACTION, action.pk)
