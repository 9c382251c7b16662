"""What a person owes and what waits for them, by role. Each list is worked out from the rows of the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from actionplan import permissions
from actionplan.assurance.assured import not_yet_met
from actionplan.assurance.ladder import ExitTest
from actionplan.enums import DeliveryState, MonthState, UpdateStatus
from actionplan.models import Action, ActionPlan, Milestone, Post, ProgressUpdate, ReportingMonth
from actionplan.rounds import days_late, lateness
from actionplan.rows import Row
from kpis.periods import day_words

SOON = timedelta(days=30)
RECHECK_SOON = timedelta(days=60)  # a re-check needs files to be chosen and read


@dataclass(frozen=True)
class Task:
    """One line of a to-do list: a link, what is to be known of it, and a mark that says how urgent it is."""

    text: str
    url: str
    note: str
    mark: str
    colour: str = "grey"


@dataclass(frozen=True)
class Waiting:
    """An update that nobody has checked yet. `may_check` is whether this person may."""

    update: ProgressUpdate
    url: str
    days: int
    may_check: bool


@dataclass(frozen=True)
class ToAssure:
    """Delivered work that waits for its check. `missing` are the exit tests that are not met yet."""

    row: Row
    url: str
    missing: tuple[ExitTest, ...]


def in_plan(plan: ActionPlan):
    """The actions of a plan and of those beneath it."""
    return Action.objects.filter(Q(plan=plan) | Q(plan__parent=plan))


def done_before():
    """What closed plans delivered. It is still assured and checked again: only what was open went to the new plan."""
    return Action.objects.filter(plan__closed_on__isnull=False, carried_to=None, left_because="")


def do_first(owned: list[Row], month: ReportingMonth | None, on: date) -> list[Task]:
    """Work sent back, updates to correct, updates to write, actions past their date and late milestones, in that
    order."""
    owing = [row for row in owned if row.owes_update]
    drafts = set(_drafts(owing))
    corrections = [_correction(row) for row in owing if row.now.pending_status == UpdateStatus.RETURNED]
    to_write = [row for row in owing if row.now.pending_status != UpdateStatus.RETURNED]
    return [
        *(_put_right(row) for row in owned if _is_sent_back(row)),
        *corrections,
        *(_to_write(row, month, on, has_draft=row.action.pk in drafts) for row in to_write),
        *(_overdue(row) for row in sorted(owned, key=lambda row: row.action.due_on) if row.days_late),
        *(_late(row, step, on) for row, step in _steps(owned, due_by=on - timedelta(days=1))),
    ]


def coming_up(owned: list[Row], on: date) -> list[Task]:
    """Milestones and actions due in the next 30 days, the nearest first."""
    steps = [
        (step.due_on, _step(row, step)) for row, step in _steps(owned, due_by=on + SOON) if step.due_on >= on
    ]
    due = [
        (row.action.due_on, _due(row))
        for row in owned
        if row.now.is_open and on <= row.action.due_on <= on + SOON
    ]
    return [task for _, task in sorted(steps + due, key=lambda pair: pair[0])]


def waiting_updates(plan: ActionPlan, user, on: date) -> list[Waiting]:
    """What the improvement team has to check, the longest waiting first. One query.

    Of a frozen month nothing is checked any more.
    """
    frozen = ReportingMonth.objects.filter(plan=plan, state=MonthState.FROZEN)
    updates = (
        ProgressUpdate.objects.waiting()
        .filter(Q(action__plan=plan) | Q(action__plan__parent=plan))
        .exclude(month__in=frozen.values("month"))
        .select_related("action__plan", "action__owner", "made_by")
        .order_by("submitted_on", "pk")
    )
    return [
        Waiting(
            update=update,
            url=reverse("actionplan:check", args=[update.action.plan.slug, update.action.ref, update.pk]),
            days=days_late(update.submitted_on, on),
            may_check=permissions.can_check(user, update),
        )
        for update in updates
    ]


def silent(everything: Iterable[Row]) -> list[Row]:
    """Actions without an update for this round, by owner."""
    return sorted((row for row in everything if row.owes_update), key=lambda row: row.action.owner.title)


def late(everything: Iterable[Row]) -> list[Row]:
    """Actions past their date, the latest first."""
    return sorted((row for row in everything if row.days_late), key=lambda row: row.action.due_on)


def awaiting_assurance(everything: Iterable[Row], user, on: date) -> list[ToAssure]:
    """Delivered actions that this person may check, with what still stands in the way, the longest waiting first.

    Nobody assures the action they own or the update they wrote. Two queries.
    """
    delivered = [
        row
        for row in everything
        if row.now.state == DeliveryState.DELIVERED
        and permissions.can_assure(user, row.action, row.now.update)
    ]
    missing = not_yet_met(delivered, on)
    return [
        ToAssure(row, _assure_url(row), missing[row.action.pk])
        for row in sorted(delivered, key=lambda row: row.now.update.submitted_on)
    ]


def rechecks(everything: Iterable[Row], user, on: date) -> list[Task]:
    """Assured actions to be checked again within 60 days, or already due, the earliest first."""
    held = [
        row
        for row in everything
        if row.now.recheck_due_on
        and row.now.recheck_due_on <= on + RECHECK_SOON
        and permissions.can_assure(user, row.action, row.now.update)
    ]
    return [_recheck(row, on) for row in sorted(held, key=lambda row: row.now.recheck_due_on)]


def posts_without_holder(everything: Iterable[Row]) -> list[tuple[Post, int]]:
    """Posts that own open work and that nobody, or nobody who may still sign in, holds; and how much they own."""
    owned = {}
    for row in everything:
        if row.now.is_open:
            owned[row.action.owner_id] = owned.get(row.action.owner_id, 0) + 1
    empty = Post.objects.filter(Q(holder=None) | Q(holder__is_active=False), pk__in=owned)
    return [(post, owned[post.pk]) for post in empty.order_by("title")]


def _drafts(owing: list[Row]):
    pks = [row.action.pk for row in owing]
    return ProgressUpdate.objects.filter(status=UpdateStatus.DRAFT, action__in=pks).values_list(
        "action_id", flat=True
    )


def _steps(owned: list[Row], *, due_by: date) -> list[tuple[Row, Milestone]]:
    """The open milestones of open actions that are due by a day, the earliest first."""
    by_pk = {row.action.pk: row for row in owned if row.now.is_open}
    steps = Milestone.objects.filter(action__in=by_pk, completed_on=None, due_on__lte=due_by)
    return [(by_pk[step.action_id], step) for step in steps.order_by("due_on", "action__ref", "number")]


def _correction(row: Row) -> Task:
    pending = row.now.pending
    return Task(
        text=f"Correct the {pending.month:%B} update of {_name(row)}",
        url=_update_url(row),
        note=f"Returned {day_words(pending.returned_on)}: “{pending.return_reason}”",
        mark="Returned",
        colour="amber",
    )


def _to_write(row: Row, month: ReportingMonth, on: date, *, has_draft: bool) -> Task:
    late_by = days_late(month.updates_due_on, on)
    return Task(
        text=f"{'Finish' if has_draft else 'Write'} the {month.month:%B} update of {_name(row)}",
        url=_update_url(row),
        note=f"{row.action.plan.name}. Due {day_words(month.updates_due_on)}.",
        mark=lateness(month.updates_due_on, on),
        colour="red" if late_by else "grey",
    )


def _overdue(row: Row) -> Task:
    return Task(
        text=f"Finish {_name(row)}",
        url=row.url,
        note=f"Due {row.due}. Say in the update when it will be done, or ask the Board for a new date.",
        mark=lateness(row.action.due_on, row.on),
        colour="red",
    )


def _late(row: Row, step: Milestone, on: date) -> Task:
    return Task(
        text=f"Milestone {row.action.ref}.{step.number}, {step.title}",
        url=row.url,
        note=f"Due {day_words(step.due_on)}. Mark it done, or say in the update when it will be.",
        mark=lateness(step.due_on, on),
        colour="amber",
    )


def _step(row: Row, step: Milestone) -> Task:
    text = f"Milestone {row.action.ref}.{step.number}, {step.title}"
    return Task(text, row.url, row.action.short_title, day_words(step.due_on))


def _due(row: Row) -> Task:
    note = f"Original date {row.original_due}." if row.is_moved else "The date has not moved."
    return Task(f"{_name(row)} is due", row.url, note, row.due)


def _is_sent_back(row: Row) -> bool:
    """A check or the relapse watch reopened it, and the owner has handed in nothing since."""
    if not (row.now.relapsed or row.now.sent_back):
        return False
    return row.now.latest is None or row.now.latest.submitted_on <= row.now.assurance.made_on


def _put_right(row: Row) -> Task:
    found = row.now.assurance
    return Task(
        text=f"Put right {_name(row)}",
        url=f"{row.url}#ladder",
        note=f"{found.get_stage_display()}, {day_words(found.made_on)}: “{found.summary}”",
        mark="Relapsed" if row.now.relapsed else "Sent back",
        colour="red",
    )


def _recheck(row: Row, on: date) -> Task:
    due_on = row.now.recheck_due_on
    return Task(
        text=f"Check again: {_name(row)}",
        url=_assure_url(row),
        note=f"Found adequate {day_words(row.now.assurance.made_on)}. To be checked again by {day_words(due_on)}.",
        mark=lateness(due_on, on),
        colour="red" if due_on < on else "grey",
    )


def _name(row: Row) -> str:
    return f"{row.action.ref}, {row.action.short_title}"


def _assure_url(row: Row) -> str:
    return reverse("actionplan:assure", args=[row.action.plan.slug, row.action.ref])


def _update_url(row: Row) -> str:
    return reverse("actionplan:update", args=[row.action.plan.slug, row.action.ref])
