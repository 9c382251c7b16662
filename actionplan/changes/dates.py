"""Due dates move only with a reason, and every move is a row: asked for, then agreed or refused.

Whoever asks or decides holds the action's row, so that of two people at once one is told. Only an agreed date raises
the action's version: a request changes nothing that others are writing about.
"""

from datetime import date
from textwrap import shorten
from typing import Any

from django.db import transaction

from actionplan import permissions
from actionplan.dates.due_dates import Due, why_not
from actionplan.models import Action, ActionPlan, DateChange, Meeting, Milestone, Post
from actionplan.standing import standings
from kpis.periods import day_words, today


class CannotMove(Exception):
    """Nothing was written. `field` names the question whose answer is wrong, the message says why."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field


class AlreadyDecided(Exception):
    """Somebody decided before. `change` is what is stored."""

    def __init__(self, change: DateChange):
        super().__init__(f"{change} was decided before")
        self.change = change


@transaction.atomic
def move(*, action: Action, to: date, reason: str, by: Any, milestone: Milestone | None = None) -> DateChange:
    """Set a new due date for an action or one of its milestones, agreed by the person who may change it.

    The caller has claimed the action's version. The row is saved whole, so what else the caller changed in it is kept
    by the same write and the same row of history, which carries the start of the reason. `original_due_on` never
    changes.
    """
    moved: Any = milestone or action
    change = DateChange.objects.create(
        action=action,
        milestone=milestone,
        from_date=moved.due_on,
        to_date=to,
        reason=reason,
        asked_on=today(),
        agreed_on=today(),
        made_by=by,
        decision_made_by=by,
    )
    _set_date(moved, change, by)
    return change


@transaction.atomic
def ask(
    *,
    action: Action,
    version: int,
    milestone: Milestone | None,
    to: date,
    reason: str,
    asked_by: Post | None,
    by: Any,
) -> DateChange:
    """Ask for another due date. The very same request, sent twice, is kept once.

    Raises CannotMove, or StaleEdit when the action changed since it was read.
    """
    _lock(action)
    waiting = DateChange.objects.undecided().filter(action=action, milestone=milestone).first()
    if waiting:
        if (waiting.to_date, waiting.reason, waiting.made_by_id) == (to, reason, by.pk):
            same: DateChange = waiting
            return same
        raise CannotMove("target", _wait_for(waiting))
    current = Action.objects.claim(action.pk, version)
    step = _step(milestone)
    _must_be_open(current, step, today(), "target")
    against = why_not(to, _due(current, step, action.plan, with_asked=True), today())
    if against:
        raise CannotMove("to", against)
    return DateChange.objects.create(
        action=current,
        milestone=step,
        from_date=(step or current).due_on,
        to_date=to,
        reason=reason,
        asked_by=asked_by,
        asked_on=today(),
        made_by=by,
    )


@transaction.atomic
def agree(*, change: DateChange, version: int, meeting: Meeting | None, by: Any) -> DateChange:
    """Move the date as it was asked, from the day of the meeting, or from today where the senior responsible officer
    decides alone. The same decision sent twice is made once.

    Raises AlreadyDecided, CannotMove, or StaleEdit when the action changed since it was read.
    """
    _lock(change.action)
    current = _current(change)
    if current.agreed_on and (current.meeting, current.decision_made_by) == (meeting, by):
        return current
    _must_be_undecided(current)
    action = Action.objects.claim(change.action_id, version)
    current.agreed_on = _decide(current, meeting, by)
    moved: Any = _step(current.milestone) or action
    if is_overtaken(current):
        raise CannotMove(
            "verdict",
            f"The date was moved to {day_words(moved.due_on)} after this was asked, so it can only be refused. "
            "A new request starts from that date",
        )
    _must_be_open(action, current.milestone, current.agreed_on, "verdict")
    due = _due(action, current.milestone, current.action.plan)
    against = why_not(current.to_date, due, current.agreed_on)
    if against:
        raise CannotMove("verdict", f"This date cannot be agreed. {against}")
    current.save(update_fields=["agreed_on", "decided_by", "meeting", "decision_made_by"])
    if moved is not action:
        action._history_user = by
        action.save(update_fields=["version"])
        _set_date(moved, current, by, update_fields=["due_on"])
    else:
        _set_date(moved, current, by, update_fields=["due_on", "version"])
    return current


@transaction.atomic
def refuse(*, change: DateChange, version: int, because: str, meeting: Meeting | None, by: Any) -> DateChange:
    """Leave the date as it is, and say why. The same decision sent twice is made once.

    Raises AlreadyDecided, CannotMove, or StaleEdit when the action changed since it was read.
    """
    _lock(change.action)
    current = _current(change)
    said = (current.refused_because, current.meeting, current.decision_made_by)
    if current.refused_on and said == (because, meeting, by):
        return current
    _must_be_undecided(current)
    Action.objects.claim(change.action_id, version)
    if not because:
        raise CannotMove("because", "Say why the new date is refused")
    current.refused_on, current.refused_because = _decide(current, meeting, by), because
    current.save(update_fields=["refused_on", "refused_because", "decided_by", "meeting", "decision_made_by"])
    return current


def is_overtaken(change: DateChange) -> bool:
    """Whether the date has moved since this was asked: then it can only be refused. One query at most.

    One request waits at a time, so a newer row of the same target is a move by an administrator.
    """
    same = DateChange.objects.filter(action=change.action_id, milestone=change.milestone_id)
    return change.target.due_on != change.from_date or same.filter(pk__gt=change.pk).exists()


def _decide(change: DateChange, meeting: Meeting | None, by: Any) -> date:
    """Note in `change` who decides, and return from which day that counts."""
    change.decision_made_by = by
    if meeting is None:
        change.decided_by = permissions.post_deciding_dates(by, change)
        if change.decided_by is None:
            raise CannotMove("meeting", "Choose the meeting that decided")
        return today()
    if meeting.held_on > today():
        raise CannotMove("meeting", "Choose a meeting that has been held")
    if meeting.held_on < change.asked_on:
        raise CannotMove(
            "meeting",
            f"This was asked on {day_words(change.asked_on)}, after the meeting of {day_words(meeting.held_on)}. "
            "Choose a later one",
        )
    change.meeting = meeting
    return meeting.held_on


def _must_be_undecided(change: DateChange) -> None:
    if change.agreed_on or change.refused_on:
        raise AlreadyDecided(change)


def _must_be_open(action: Action, step: Milestone | None, on: date, field: str) -> None:
    """Only work that is still owed has a date that can move."""
    standing = standings([action], on)[action.pk]
    if not standing.is_open:
        raise CannotMove(
            field, f"Action {action.ref} is {standing.state.label.lower()}, so its dates no longer move"
        )
    if step and not step.is_open(on):
        raise CannotMove(field, f"Milestone {step.ref} is completed, so its date no longer moves")


def _due(action: Action, step: Milestone | None, plan: ActionPlan, *, with_asked: bool = False) -> Due:
    """What the new date is held against. `with_asked` lets a milestone follow the date that its action asks for."""
    if step is None:
        milestones = action.milestones.filter(completed_on=None)
        steps = [(f"{action.ref}.{each.number}", each.due_on) for each in milestones]
        return Due(action.due_on, action.starts_on, plan.agreed_on, steps=steps)
    latest = action.due_on
    if with_asked:
        asked = DateChange.objects.undecided().filter(action=action, milestone=None).first()
        latest = max(latest, asked.to_date) if asked else latest
    return Due(step.due_on, action.starts_on, plan.agreed_on, no_later_than=latest)


def _set_date(moved: Any, change: DateChange, by: Any, **how: Any) -> None:
    moved.due_on = change.to_date
    moved._change_reason = shorten(change.reason, 100, placeholder=" …")
    moved._history_user = by
    moved.save(**how)
    del moved._change_reason  # what is saved after this has reasons of its own


def _lock(action: Action) -> None:
    """Everybody who asks or decides waits here for the one before them."""
    Action.objects.select_for_update(of=("self",)).get(pk=action.pk)


def _current(change: DateChange) -> DateChange:
    return DateChange.objects.select_related(
        "action__plan__senior_responsible",
        "action__plan__parent__senior_responsible",
        "milestone__action",
        "asked_by",
        "meeting",
        "decision_made_by",
    ).get(pk=change.pk)


def _step(milestone: Milestone | None) -> Milestone | None:
    """The milestone as it is stored now: it has no version of its own."""
    return Milestone.objects.select_related("action").get(pk=milestone.pk) if milestone else None


def _wait_for(change: DateChange) -> str:
    who = f"The {change.asked_by}" if change.asked_by else str(change.made_by)
    return (
        f"{who} asked on {day_words(change.asked_on)} for {day_words(change.to_date)}. "
        "Wait until that is decided"
    )
