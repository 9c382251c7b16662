"""Where each action stood on a day, from what was accepted and assured by then.

A submitted update that nobody has checked does not count yet, and a returned one does not count: the action keeps its
last accepted state. Assured and embedded are said by an assurance, never by the owner.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from actionplan.enums import DeliveryState, Finding, Impact, Rag, Stage, UpdateStatus
from actionplan.models import Action, Assurance, ProgressUpdate


class Said(NamedTuple):
    """A submitted update, as far as lists of actions show it. Whole ones take several times as long to read."""

    pk: int
    action_id: int
    made_by_id: int
    month: date
    state: str
    rag: str
    impact: str
    difference: str
    cause: str
    remedy: str
    forecast_on: date | None
    submitted_on: date
    returned_on: date | None
    return_reason: str
    accepted_on: date | None

    def is_accepted(self, day: date) -> bool:
        return self.accepted_on is not None and self.accepted_on <= day

    def status_on(self, day: date) -> UpdateStatus:
        """Submitted, returned or accepted, as it was at the end of `day`."""
        if self.is_accepted(day):
            return UpdateStatus.ACCEPTED
        if self.returned_on and self.returned_on <= day:
            return UpdateStatus.RETURNED
        return UpdateStatus.SUBMITTED


@dataclass(frozen=True)
class Standing:
    """An action on a day. `update` is the newest accepted one, `pending` a newer one, unchecked or returned."""

    state: DeliveryState
    rag: Rag | None
    impact: Impact
    relapsed: bool
    update: Said | None
    pending: Said | None
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
    def latest(self) -> Said | None:
        """The newest the owner has handed in, checked or not."""
        return self.pending or self.update

    @property
    def delivery(self) -> str:
        """One word for counting and sorting: the colour while in progress, else the state."""
        return self.rag or self.state


def standing(
    update: Said | None,
    assurance: Assurance | None,
    latest: Said | None,
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
    """The standing of each action at the end of each day.

    Work that was carried over stands where it stood in the plan before until something is said of it in the new one.
    What is pending there stays there.

    Three queries at most, whatever the number of actions and days.
    """
    carried = {action.pk: action.carried_from_id for action in actions}
    lines = {action: (action,) if before is None else (action, before) for action, before in carried.items()}
    keys = {key for line in lines.values() for key in line}
    said = _said(keys, min(days))
    checks = _checks(keys, max(days)) if said else {}  # nobody checks work of which nothing was said
    checked = [line for line in lines.values() if any(key in checks for key in line)]
    held = {key for line in checked if _newest(said, line, _is_delivered) for key in line}
    known = _Known(said, checks, _worked(held, checks, max(days)) if held else {})
    return {day: {action: known.standing(line, day) for action, line in lines.items()} for day in days}


Rows = Mapping[int, Sequence[Any]]  # by their action, newest first


@dataclass(frozen=True)
class _Known:
    """What the standings of actions rest on: updates, assurances, and days on which work was said to be in progress."""

    said: Rows
    checks: Rows
    worked: Rows

    def standing(self, line: tuple[int, ...], day: date) -> Standing:
        """Of the first of these actions, which was carried over from the others."""
        reopened = _newest(self.worked, line, lambda each: each.accepted_on <= day)
        return standing(
            _newest(self.said, line, lambda each: each.is_accepted(day)),
            _newest(self.checks, line, lambda each: each.made_on <= day),
            _newest(self.said, line[:1], lambda each: each.submitted_on <= day),
            day,
            in_progress_on=reopened.submitted_on if reopened else None,
        )


def _newest(rows: Rows, line: tuple[int, ...], counts: Callable[[Any], bool]) -> Any:
    """The newest that counts of the first action that has one."""
    for action in line:
        for row in rows.get(action, ()):
            if counts(row):
                return row
    return None


def _is_delivered(update: Said) -> bool:
    return update.state == DeliveryState.DELIVERED


def _said(actions: Iterable[int], since: date) -> Rows:
    """The update that counted on a day, and everything that was submitted after it."""
    accepted = ProgressUpdate.objects.filter(action=OuterRef("pk")).newest_first().accepted_by(since)
    counted_from = Coalesce(Subquery(accepted.values("submitted_on")[:1]), Value(date.min))
    # Asked of actions, not of updates: the database works out once an action from which day on its updates are wanted.
    rows = (
        Action.objects.filter(pk__in=actions, updates__submitted_on__gte=counted_from)
        .order_by("-updates__submitted_on", "-updates__pk")
        .values_list(*(f"updates__{each}" for each in Said._fields))
    )
    return _by_action(Said._make(row) for row in rows)


def _checks(actions: Iterable[int], until: date) -> Rows:
    checks = Assurance.objects.filter(action__in=actions, made_on__lte=until)
    return _by_action(checks.order_by("-made_on", "-pk"))


def _worked(actions: Iterable[int], checks: Rows, until: date) -> Rows:
    """The days on which accepted updates called the work in progress, as far back as these checks."""
    updates = ProgressUpdate.objects.filter(
        action__in=actions,
        state=DeliveryState.IN_PROGRESS,
        submitted_on__gte=min(each[-1].made_on for each in checks.values()),
    )
    days = updates.accepted_by(until).newest_first()
    return _by_action(days.values_list("action_id", "submitted_on", "accepted_on", named=True))


def _by_action(rows: Iterable[Any]) -> Rows:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.action_id, []).append(row)
    return found
