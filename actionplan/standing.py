"""Where each action stood on a day, from what was accepted and assured by then.

A submitted update that nobody has checked does not count yet, and a returned one does not count: the action keeps its
last accepted state. Assured and embedded are said by an assurance, never by the owner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, OuterRef, Subquery, Value

from actionplan.enums import DeliveryState, Finding, Impact, Rag, Stage, UpdateStatus
from actionplan.models import Action, Assurance, ProgressUpdate

# What no list of actions shows of an update, and what is dear to read. Each comes when it is asked for.
LEFT_OUT = ("form_id", "ticked", "made_at", "done", "next_steps", "rag_reason", "proposed_because")

# What an earlier day is compared by: where the action stood, and nothing of what was said.
COMPARED = ("pk", "state", "rag", "impact", "submitted_on")


@dataclass(frozen=True)
class Standing:
    """An action on a day. `update` is the newest accepted one, `pending` a newer one, unchecked or returned."""

    state: DeliveryState
    rag: Rag | None
    impact: Impact
    relapsed: bool
    update: ProgressUpdate | None
    pending: ProgressUpdate | None
    pending_status: UpdateStatus | None
    assurance: Assurance | None

    @property
    def is_open(self) -> bool:
        """Work is still owed: it can be late, and an update is expected each month."""
        return self.state in (DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS)

    @property
    def sent_back(self) -> bool:
        """The first check found that it was not done. What was assured before relapses instead."""
        return (
            self.state == DeliveryState.IN_PROGRESS
            and not self.relapsed
            and self.assurance is not None
            and self.assurance.finding == Finding.NOT_ADEQUATE
        )

    @property
    def recheck_due_on(self) -> date | None:
        """When assured work is to be checked again; embedded work only where somebody set a day."""
        holds = self.state in (DeliveryState.ASSURED, DeliveryState.EMBEDDED)
        return self.assurance.recheck_due_on if holds and self.assurance else None

    @property
    def latest(self) -> ProgressUpdate | None:
        """The newest the owner has handed in, checked or not."""
        return self.pending or self.update

    @property
    def delivery(self) -> str:
        """One word for counting and sorting: the colour while in progress, else the state."""
        return self.rag or self.state


def standing(
    update: ProgressUpdate | None,
    assurance: Assurance | None,
    latest: ProgressUpdate | None,
    on: date,
    *,
    in_progress_on: date | None = None,
) -> Standing:
    """Put together what counts on a day: the newest accepted update, the newest assurance, the newest submitted update.

    `in_progress_on` is when an accepted update last called the work in progress: an older assurance no longer holds.
    """
    state = DeliveryState(update.state) if update else DeliveryState.NOT_STARTED
    rag = Rag(update.rag) if update and update.rag else None
    impact = Impact(update.impact) if update and update.impact else Impact.NONE
    relapsed = False
    if assurance and assurance.finding == Finding.ADEQUATE:
        reopened = in_progress_on is not None and in_progress_on >= assurance.made_on
        if state == DeliveryState.DELIVERED and not reopened:
            held = assurance.stage == Stage.TWELVE_MONTHS
            state = DeliveryState.EMBEDDED if held else DeliveryState.ASSURED
    elif assurance:
        if state == DeliveryState.DELIVERED and update and update.submitted_on <= assurance.made_on:
            state, rag = DeliveryState.IN_PROGRESS, Rag.RED
        # Work that was never assured is sent back; it cannot relapse.
        relapsed = state == DeliveryState.IN_PROGRESS and assurance.stage != Stage.FIRST
    pending = latest if latest and latest != update else None
    return Standing(
        state=state,
        rag=rag,
        impact=impact,
        relapsed=relapsed,
        update=update,
        pending=pending,
        pending_status=pending.status_on(on) if pending else None,
        assurance=assurance,
    )


def standings(actions: Iterable[Action], on: date) -> dict[int, Standing]:
    """The standing of each action at the end of `on`, by primary key. Three queries, whatever the number of actions."""
    return standings_on_days(actions, [on])[on]


def standings_on_days(actions: Iterable[Action], days: Sequence[date]) -> dict[date, dict[int, Standing]]:
    """The standing of each action at the end of each day: of the first with its words and what is pending, of the
    others with no more than is needed to compare.

    Work that was carried over stands where it stood in the plan before until something is said of it in the new one.

    Four queries at most, whatever the number of actions and days.
    """
    carried = {action.pk: action.carried_from_id for action in actions}
    newest = (
        Action.objects.filter(pk__in={*carried, *carried.values()} - {None})
        .order_by()
        .values_list("pk", *(key for day in days for key in _newest(day, with_pending=day == days[0])))
    )
    # Four keys for each day.
    found = {action: list(zip(*[iter(keys)] * 4, strict=True)) for action, *keys in newest}
    lines = [
        (action, found[action] if before is None else _carried_on(found[action], found[before]))
        for action, before in carried.items()
    ]
    shown = {pk for _, line in lines for pk in line[0][:2] if pk}
    compared = {keys[0] for _, line in lines for keys in line[1:] if keys[0]} - shown
    updates: dict = ProgressUpdate.objects.defer(*LEFT_OUT).in_bulk(shown)
    if compared:
        light = ProgressUpdate.objects.filter(pk__in=compared).order_by().values_list(*COMPARED, named=True)
        updates |= {each.pk: each for each in light}
    assurances = Assurance.objects.in_bulk({keys[2] for _, line in lines for keys in line if keys[2]})
    return {
        day: {
            action: standing(
                updates.get(line[n][0]),
                assurances.get(line[n][2]),
                updates.get(line[n][1]),
                day,
                in_progress_on=line[n][3],
            )
            for action, line in lines
        }
        for n, day in enumerate(days)
    }


def _carried_on(own: list[tuple], before: list[tuple]) -> list[tuple]:
    """What counts of carried work on each day: its own, else that of the plan before. What is pending there stays."""
    return [
        (accepted or was_accepted, pending, assured or was_assured, worked or was_worked)
        for (accepted, pending, assured, worked), (was_accepted, _, was_assured, was_worked) in zip(
            own, before, strict=True
        )
    ]


def _newest(day: date, *, with_pending: bool) -> list[Subquery | Value]:
    """What an action's standing on a day rests on: keys of the accepted update, the submitted update and the assurance,
    and the day on which work was last said to be in progress."""
    updates = ProgressUpdate.objects.filter(action=OuterRef("pk")).newest_first().values("pk")
    assurances = Assurance.objects.filter(action=OuterRef("pk"), made_on__lte=day).order_by("-made_on", "-pk")
    return [
        Subquery(updates.accepted_by(day)[:1]),
        Subquery(updates.submitted_by(day)[:1]) if with_pending else Value(None, BigIntegerField()),
        Subquery(assurances.values("pk")[:1]),
        Subquery(updates.accepted_by(day).filter(state=DeliveryState.IN_PROGRESS).values("submitted_on")[:1]),
    ]
