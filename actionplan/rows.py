"""Actions as rows: what lists of them show, for a plan, a recommendation or one person’s work."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from django.db.models import Q

from actionplan.enums import Impact, UpdateStatus
from actionplan.models import Action, ActionPlan, DateChange, Milestone, ReportingMonth
from actionplan.rollup import delivery_word
from actionplan.rounds import days_late, missing_words, owes_update
from actionplan.standing import Standing, standings_on_days
from kpis.addresses import address
from kpis.periods import day_words, today


@dataclass(frozen=True)
class Step:
    """An open milestone of an action, with the date it had on the day."""

    due_on: date
    number: int
    title: str


@dataclass(frozen=True)
class Row:
    """One action on a day. `before` is where it stood at the last Board, None when none has met.

    `shared_from` is named among the rows of a plan that the action serves beside its own.
    """

    action: Action
    url: str
    now: Standing
    before: Standing | None
    open_steps: tuple[Step, ...]  # the nearest date first
    owes_update: bool
    on: date
    missing: str = ""  # of the update it owes, in words
    shared_from: str = ""

    @property
    def next_step(self) -> Step | None:
        return self.open_steps[0] if self.open_steps else None

    @property
    def delivery_was(self) -> str:
        """Was green: what the change bar says when that differs from now."""
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
    def recheck_late(self) -> int:
        """Days past the day on which work that was found adequate had to be checked again."""
        due_on = self.now.recheck_due_on
        return days_late(due_on, self.on) if due_on else 0

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

    @property
    def shown(self) -> tuple:
        """Everything that a drawn row depends on."""
        action, now = self.action, self.now
        return (
            *(self.url, action.ref, action.title, action.owner.title, action.is_sample, self.shared_from),
            *(action.due_on, action.original_due_on, self.days_late, self.missing, self.next_step),
            *(now.state, now.rag, now.impact, self.delivery_was, self.impact_was, self.last_update),
            *(self.last_update_note, self.before and (self.before.delivery, self.before.impact)),
        )


def rows(
    actions,
    on: date,
    *,
    month: ReportingMonth | None,
    board: ReportingMonth | None,
    plans: Iterable[ActionPlan] = (),
) -> list[Row]:
    """The actions of a queryset in the order of their plans. Six queries, whatever their number; five when all of their
    `plans` are read already.

    `month` is the round for which updates are owed, `board` the last Board, from which changes are counted. On a past
    day, one query more finds the dates that have moved since: each action has the due date it had then.
    """
    ordered = actions.order_by("plan_id", "recommendation__number", "order", "ref")
    # Prefetched, not joined: a hundred actions share a dozen owners.
    known = {plan.pk: plan for plan in plans}
    found = list(ordered.prefetch_related("owner", *(() if known else ("plan",))))
    moved = _moved_since(found, on) if on < today() else {}
    for action in found:
        action.plan = known.get(action.plan_id) or action.plan
        action.due_on = moved.get((action.pk, None), action.due_on)
    return as_rows(found, on, month=month, board=board, steps=_open_steps(found, on, moved))


def rows_of(plan: ActionPlan, found: Iterable[Row], shared: Collection[int] = ()) -> list[Row]:
    """The plan’s own among rows of several plans, then those of other plans that it shares, each saying whose it is.

    Sharing has no dates: a past day shows what is shared today.
    """
    found = list(found)
    own = [row for row in found if row.action.plan_id == plan.pk]
    others = [row for row in found if row.action.plan_id != plan.pk and row.action.pk in shared]
    return own + [replace(row, shared_from=row.action.plan.name) for row in others]


def as_rows(
    actions: list[Action], on: date, *, month, board, steps: dict[int, tuple[Step, ...]]
) -> list[Row]:
    """Actions that are read already, with their plan, owner and service. Three queries."""
    days = standings_on_days(actions, [on, board.read_on] if board else [on])
    before = days[board.read_on] if board else {}
    return [
        _row(action, days[on][action.pk], before.get(action.pk), steps.get(action.pk, ()), month, on)
        for action in actions
    ]


def _row(action, now, before, open_steps, month, on) -> Row:
    owes = owes_update(action, now, month, on)
    return Row(
        action=action,
        url=address("actionplan:action", action.plan.slug, action.ref),
        now=now,
        before=before,
        open_steps=open_steps,
        owes_update=owes,
        on=on,
        missing=missing_words(now, month, on) if owes else "",
    )


def _open_steps(
    actions: list[Action], on: date, moved: dict[tuple[int, int | None], date]
) -> dict[int, tuple[Step, ...]]:
    """The milestones of each action that were open at the end of a day."""
    is_open = Q(completed_on__isnull=True) | Q(completed_on__gt=on)
    steps = Milestone.objects.filter(is_open, action__in=[action.pk for action in actions])
    found: dict[int, list[Step]] = {}
    for pk, action, number, title, due_on in steps.order_by().values_list(
        "pk", "action_id", "number", "title", "due_on"
    ):
        found.setdefault(action, []).append(Step(moved.get((action, pk), due_on), number, title))
    return {action: tuple(sorted(each, key=attrgetter("due_on", "number"))) for action, each in found.items()}


def _moved_since(actions: list[Action], on: date) -> dict[tuple[int, int | None], date]:
    """The date that stood on `on`, of every action and milestone whose date was moved after it."""
    changes = DateChange.objects.filter(action__in=[action.pk for action in actions], agreed_on__gt=on)
    newest_first = changes.order_by("-agreed_on", "-pk").values_list("action_id", "milestone_id", "from_date")
    return {(action, milestone): before for action, milestone, before in newest_first}
