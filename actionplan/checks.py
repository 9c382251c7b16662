"""What the improvement team has to know of an update before it accepts it: what is new in it, and what is copied."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from actionplan import permissions
from actionplan.enums import DeliveryState, Rag, UpdateStatus
from actionplan.models import ActionPlan, ProgressUpdate, ReportingMonth

COPIED = ("done", "standstill", "difference")  # what should be new each month


def same_words(text: str, other: str) -> bool:
    """Whether two texts say the same, spaces and capitals aside. One that is empty says nothing."""
    return bool(text.strip()) and text.casefold().split() == other.casefold().split()


def repeats(update: ProgressUpdate, earlier: ProgressUpdate | None) -> tuple[str, ...]:
    """Which of the texts that should be new stand word for word in an earlier month’s update."""
    if earlier is None:
        return ()
    return tuple(name for name in COPIED if same_words(getattr(update, name), getattr(earlier, name)))


@dataclass(frozen=True)
class ToCheck:
    """An update that nobody has checked. `accepted` is the one that counts until then, `earlier` the newest of an
    earlier month, whatever became of it. `corrected` is whether its writer has handed in another one since."""

    update: ProgressUpdate
    accepted: ProgressUpdate | None
    earlier: ProgressUpdate | None
    corrected: bool

    @property
    def repeats(self) -> tuple[str, ...]:
        return repeats(self.update, self.earlier)

    def not_by(self, user: Any) -> str:
        """Why this person may not check it; "" where they may."""
        if permissions.can_check(user, self.update):
            return ""
        if self.update.made_by_id == user.pk:
            return "you wrote it, so somebody else must check it"
        if not permissions.in_group(user, permissions.IMPROVEMENT_TEAM):
            return "updates are checked by the improvement team"
        return "you own the action, so somebody else must check it"

    def not_with_others(self) -> str:
        """Why it is not accepted together with others; "" where it may be.

        Together go updates on track, in the eyes of the owner and by the facts, and in words of this month.
        """
        update = self.update
        if self.corrected:
            return "a correction of it was submitted since"
        if update.state != DeliveryState.IN_PROGRESS:
            return f"the action is “{DeliveryState(update.state).label}”"
        if update.rag != Rag.GREEN:
            return f"it is rated {update.rag}"
        if update.proposed_rag != Rag.GREEN:
            return f"it is rated green and the facts point to {update.proposed_rag or 'no rating'}"
        if self.repeats and self.earlier:
            return f"it repeats words of {self.earlier.month:%B}"
        return ""


def of_the_month(plan: ActionPlan, month: ReportingMonth):
    """The updates of a round that were handed in, of a plan and those beneath it."""
    within = Q(action__plan=plan) | Q(action__plan__parent=plan)
    return ProgressUpdate.objects.exclude(status=UpdateStatus.DRAFT).filter(within, month=month.month)


def waiting(updates) -> list[ToCheck]:
    """Those of a query set that wait for their check, in the order of the plan. Two queries."""
    others = ProgressUpdate.objects.filter(action=OuterRef("action")).newest_first()
    earlier = others.exclude(status=UpdateStatus.DRAFT).filter(month__lt=OuterRef("month"))
    later = others.waiting().filter(
        Q(submitted_on__gt=OuterRef("submitted_on"))
        | Q(submitted_on=OuterRef("submitted_on"), pk__gt=OuterRef("pk"))
    )
    found = list(
        updates.waiting()
        .select_related("action__plan", "action__owner", "action__recommendation", "made_by")
        .annotate(
            accepted_pk=Subquery(others.filter(status=UpdateStatus.ACCEPTED).values("pk")[:1]),
            earlier_pk=Subquery(earlier.values("pk")[:1]),
            corrected=Exists(later),
        )
    )
    before = _of_the_same_actions(found)
    found.sort(key=lambda each: (each.action.plan_id, each.action.recommendation.number, each.action.order))
    return [
        ToCheck(each, before.get(each.accepted_pk), before.get(each.earlier_pk), each.corrected)
        for each in found
    ]


def _of_the_same_actions(found: Iterable[Any]) -> dict[int, ProgressUpdate]:
    """The accepted and the earlier ones by key; each shares the action of its update, which is read already."""
    actions = {pk: each.action for each in found for pk in (each.accepted_pk, each.earlier_pk) if pk}
    before = ProgressUpdate.objects.in_bulk(actions)
    for pk, update in before.items():
        update.action = actions[pk]
    return before
