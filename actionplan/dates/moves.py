"""New dates that were asked for and what became of them, as they stood at the end of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actionplan.dates.slippage import Slippage, days_slipped, slippage
from actionplan.models import Action, ActionPlan, DateChange
from actionplan.rounds import rounds
from actionplan.rows import Row, rows
from kpis.periods import day_words, days_words


@dataclass(frozen=True)
class Move:
    """A request for another date."""

    change: DateChange
    on: date

    @property
    def is_agreed(self) -> bool:
        return self.change.agreed_on is not None and self.change.agreed_on <= self.on

    @property
    def is_refused(self) -> bool:
        return self.change.refused_on is not None and self.change.refused_on <= self.on

    @property
    def is_waiting(self) -> bool:
        return not self.is_agreed and not self.is_refused

    @property
    def state(self) -> str:
        return "agreed" if self.is_agreed else "refused" if self.is_refused else "waiting"

    @property
    def words(self) -> str:
        return {"agreed": "Agreed", "refused": "Refused", "waiting": "Not yet decided"}[self.state]

    @property
    def colour(self) -> str:
        return {"agreed": "green", "refused": "grey", "waiting": "amber"}[self.state]

    @property
    def by_how_much(self) -> str:
        return moved_words((self.change.to_date - self.change.from_date).days)

    @property
    def asked(self) -> str:
        """Who asked, and when."""
        return f"{self.change.asked_by or self.change.made_by}, {day_words(self.change.asked_on)}"

    @property
    def decided(self) -> str:
        """Who decided, and when; empty while nobody has."""
        if self.is_waiting:
            return ""
        change = self.change
        if change.meeting:
            return str(change.meeting)
        who = change.decided_by or change.decision_made_by or change.made_by
        return f"{who}, {day_words(change.agreed_on or change.refused_on)}"


@dataclass(frozen=True)
class Dates:
    """Of an action or one of its milestones: the original date, the one agreed now, and what lies between them."""

    ref: str
    title: str
    original: date
    now: date
    times: int
    waiting: Move | None
    completed_on: date | None = None

    @property
    def slipped(self) -> int:
        return days_slipped(self.original, self.now)

    @property
    def words(self) -> str:
        """Original date 30 June 2017, moved once, 62 days slipped."""
        if self.original == self.now and not self.times:
            return "This is the original date."
        how_often = {0: "", 1: ", moved once", 2: ", moved twice"}.get(
            self.times, f", moved {self.times} times"
        )
        days = (self.now - self.original).days
        slipped = f"{days_words(days)} slipped" if days > 0 else moved_words(days)
        return f"Original date {day_words(self.original)}{how_often}, {slipped}."


@dataclass(frozen=True)
class Register:
    """A plan and those beneath it on a day: what waits, every request, newest first, and which actions have moved.

    `totals` has each plan with its slippage.
    """

    totals: list[tuple[ActionPlan, Slippage]]
    moved: list[tuple[Row, Dates]]
    moves: list[Move]

    @property
    def waiting(self) -> list[Move]:
        """The longest waiting first."""
        return [move for move in reversed(self.moves) if move.is_waiting]


def moved_words(days: int) -> str:
    """How much later or earlier: 62 days later"""
    if days == 0:
        return "the same day"
    count = days_words(abs(days))
    return f"{count} {'later' if days > 0 else 'earlier'}"


def moves_of(action: Action, on: date) -> list[Move]:
    """Of the action and its milestones, newest first. One query."""
    found = _read(DateChange.objects.filter(action=action, asked_on__lte=on))
    for change in found:
        change.action = action
    return [Move(change, on) for change in found]


def dates_of(action: Action, moves: Iterable[Move]) -> Dates:
    moves = [move for move in moves if move.change.milestone_id is None]
    return _dates(action.ref, action, moves)


def dates_of_steps(action: Action, moves: Iterable[Move]) -> list[Dates]:
    """Of each milestone, in their order. Reads the prefetched milestones of the action."""
    moves = list(moves)
    return [
        _dates(
            f"{action.ref}.{step.number}",
            step,
            [move for move in moves if move.change.milestone_id == step.pk],
            step.completed_on,
        )
        for step in action.milestones.all()
    ]


def register(plan: ActionPlan, on: date) -> Register:
    """The number of queries does not depend on what has moved."""
    joined = ActionPlan.objects.select_related("senior_responsible", "parent__senior_responsible")
    plans = list(joined.filter(Q(pk=plan.pk) | Q(parent=plan)).order_by("pk"))
    month, board = rounds(plan, on)
    actions = Action.objects.filter(plan__in=plans).select_related("service")
    found = rows(actions, on, month=month, board=board)
    by_action = {row.action.pk: row for row in found}
    changes = _read(DateChange.objects.filter(action__plan__in=plans, asked_on__lte=on))
    by_pk = {each.pk: each for each in plans}
    for change in changes:
        change.action = by_action[change.action_id].action
        change.action.plan = by_pk[change.action.plan_id]
    moves = [Move(change, on) for change in changes]
    own: dict[int, list[Move]] = {}
    for move in moves:
        if move.change.milestone_id is None:
            own.setdefault(move.change.action_id, []).append(move)
    moved = [(row, dates_of(row.action, own.get(row.action.pk, []))) for row in found]
    recent = [each for each in changes if board and each.agreed_on and each.agreed_on > board.read_on]
    return Register(
        totals=[
            (each, slippage([row for row in found if row.action.plan_id == each.pk], on, recent))
            for each in plans
        ],
        moved=sorted(
            ((row, dates) for row, dates in moved if dates.times or row.is_moved),
            key=lambda pair: -pair[1].slipped,
        ),
        moves=moves,
    )


def decided_at(meeting, on: date) -> list[Move]:
    """What a meeting agreed or refused. One query."""
    changes = _read(meeting.date_changes.select_related("action__plan"))
    return [Move(change, on) for change in reversed(changes)]


def _read(changes) -> list[DateChange]:
    joined = changes.select_related(
        "milestone", "asked_by", "decided_by", "decision_made_by", "made_by", "meeting__plan"
    )
    return list(joined.order_by("-asked_on", "-pk"))


def _dates(ref: str, dated, moves: list[Move], completed_on: date | None = None) -> Dates:
    return Dates(
        ref=ref,
        title=dated.title,
        original=dated.original_due_on,
        now=dated.due_on,
        times=sum(move.is_agreed for move in moves),
        waiting=next((move for move in moves if move.is_waiting), None),
        completed_on=completed_on,
    )
