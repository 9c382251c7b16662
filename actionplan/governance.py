"""Who asks questions of the council, and what they were told: challenges and decisions as they stood on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from actionplan.enums import Body
from actionplan.models import Action, ActionPlan, Challenge, Decision, Recommendation
from actionplan.rounds import days_late
from kpis.periods import days_words


@dataclass(frozen=True)
class Raised:
    """A challenge as it stood at the end of a day."""

    challenge: Challenge
    on: date

    @property
    def is_answered(self) -> bool:
        return self.challenge.answered_on is not None and self.challenge.answered_on <= self.on

    @property
    def is_closed(self) -> bool:
        return self.challenge.closed_on is not None and self.challenge.closed_on <= self.on

    @property
    def days_late(self) -> int:
        """Days that an answer is late; 0 once there is one."""
        return 0 if self.is_answered else days_late(self.challenge.due_on, self.on)

    @property
    def words(self) -> str:
        if self.is_closed:
            return "Closed"
        if self.is_answered:
            return "Answered"
        return late_words(self.days_late) if self.days_late else "Open"

    @property
    def colour(self) -> str:
        if self.is_closed:
            return "green"
        return "red" if self.days_late else "grey"


@dataclass(frozen=True)
class Asked:
    """A decision as it stood at the end of a day."""

    decision: Decision
    on: date

    @property
    def is_made(self) -> bool:
        meeting = self.decision.meeting
        return meeting is not None and meeting.held_on <= self.on

    @property
    def days_late(self) -> int:
        """Days past the one it was needed by; 0 once it is made, or where no day was named."""
        needed_by = self.decision.needed_by
        return 0 if self.is_made or needed_by is None else days_late(needed_by, self.on)

    @property
    def words(self) -> str:
        if self.is_made:
            return "Made"
        return late_words(self.days_late) if self.days_late else "Asked for"

    @property
    def colour(self) -> str:
        if self.is_made:
            return "green"
        return "red" if self.days_late else "grey"


@dataclass(frozen=True)
class Group:
    """Challenges under one heading, with the address of what the heading names."""

    name: str
    rows: list[Raised]
    url: str = ""


def late_words(days: int) -> str:
    return f"{days_words(days)} late"


def challenges(plan: ActionPlan, on: date) -> list[Raised]:
    """All of the plan and those beneath it: what waits for an answer first, the longest overdue at its head. Two
    queries.
    """
    found = (
        Challenge.objects.under(plan)
        .filter(raised_on__lte=on)
        .select_related("plan", "owner")
        .prefetch_related("recommendations")
    )
    rows = [Raised(each, on) for each in found.order_by("due_on", "pk")]
    return sorted(rows, key=lambda row: (row.is_closed, row.is_answered))


def by_standing(plan: ActionPlan, rows: list[Raised]) -> list[Group]:
    waiting = [row for row in rows if not row.is_answered]
    answered = [row for row in rows if row.is_answered and not row.is_closed]
    closed = [row for row in rows if row.is_closed]
    groups = [Group("Waiting for an answer", waiting), Group("Answered, not closed", answered)]
    return [group for group in [*groups, Group("Closed", closed)] if group.rows]


def by_source(plan: ActionPlan, rows: list[Raised]) -> list[Group]:
    groups = [Group(body.label, [row for row in rows if row.challenge.source == body]) for body in Body]
    return [group for group in groups if group.rows]


def by_recommendation(plan: ActionPlan, rows: list[Raised]) -> list[Group]:
    """Where the work of those who ask and the plan's overlap. A challenge stands under each that it touches."""
    touched: dict[Recommendation, list[Raised]] = {}
    for row in rows:
        for recommendation in row.challenge.recommendations.all():
            touched.setdefault(recommendation, []).append(row)
    groups = [
        Group(str(each), touched[each], reverse("actionplan:recommendation", args=[plan.slug, each.number]))
        for each in sorted(touched, key=lambda each: each.number)
    ]
    untied = [row for row in rows if not row.challenge.recommendations.all()]
    return [*groups, Group("No recommendation named", untied)] if untied else groups


def decisions(plan: ActionPlan, on: date) -> list[Asked]:
    """All of the plan and those beneath it: what waits first, in the order it is needed, then made, newest first. Two
    queries.
    """
    actions = Prefetch("actions", Action.objects.select_related("plan").in_order())
    found = (
        Decision.objects.under(plan)
        .filter(asked_on__lte=on)
        .select_related("plan", "asked_by", "meeting__plan")
        .prefetch_related(actions)
    )
    rows = [Asked(each, on) for each in found]
    waiting = [row for row in rows if not row.is_made]
    made = [row for row in rows if row.is_made]
    waiting.sort(key=lambda row: row.decision.needed_by or date.max)
    return waiting + sorted(made, key=lambda row: row.decision.meeting.held_on, reverse=True)


def challenges_about(on: date, **what) -> list[Raised]:
    """Those that are tied to an action or a recommendation, open ones first. One query."""
    found = (
        Challenge.objects.filter(**what, raised_on__lte=on).select_related("plan").order_by("due_on", "pk")
    )
    return sorted((Raised(each, on) for each in found), key=lambda row: (row.is_closed, row.is_answered))


def decisions_about(on: date, **what) -> list[Asked]:
    """Those that an action, or an action of a recommendation, waits for or waited for. One query."""
    found = Decision.objects.filter(**what, asked_on__lte=on).select_related("plan", "meeting").distinct()
    return sorted((Asked(each, on) for each in found), key=lambda row: row.is_made)
