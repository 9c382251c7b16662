"""Who has not updated for the month that runs, as at today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Max, Q
from django.utils import timezone

from actionplan.enums import UpdateStatus
from actionplan.models import Action, ActionPlan, Post, Reminder, ReportingMonth
from actionplan.permissions import ADMINISTRATOR
from actionplan.rounds import days_late, lateness, rounds, takes_updates
from actionplan.rows import Row, rows
from kpis.periods import day_words


@dataclass(frozen=True)
class Owed:
    """An action whose owner owes an update."""

    row: Row

    @property
    def last_word(self) -> str:
        """What is known of its newest update."""
        if self.row.now.pending_status == UpdateStatus.RETURNED:
            return f"Returned {day_words(self.row.now.pending.returned_on)}, not corrected yet"
        return f"Last update {self.row.last_update}" if self.row.last_update else "Never updated"


@dataclass(frozen=True)
class Owner:
    """A post with the actions it has not updated. `seen_on` and `reminded_on` are of the person who holds it."""

    post: Post
    owed: tuple[Owed, ...]
    seen_on: date | None
    reminded_on: date | None

    @property
    def is_live(self) -> bool:
        """Somebody who can sign in holds the post. Without one, no reminder reaches anybody."""
        return self.post.holder is not None and self.post.holder.is_active


@dataclass(frozen=True)
class Chase:
    """A month as the improvement team chases it: what came in of what was asked for, and who is left."""

    month: ReportingMonth
    on: date
    came_in: int
    owners: tuple[Owner, ...]

    @property
    def missing(self) -> int:
        return sum(len(owner.owed) for owner in self.owners)

    @property
    def asked(self) -> int:
        return self.came_in + self.missing

    @property
    def days_late(self) -> int:
        return days_late(self.month.updates_due_on, self.on)

    @property
    def lateness(self) -> str:
        return lateness(self.month.updates_due_on, self.on)

    @property
    def without_owner(self) -> list[Owner]:
        return [owner for owner in self.owners if not owner.is_live]

    @property
    def with_owner(self) -> list[Owner]:
        return [owner for owner in self.owners if owner.is_live]


def running_month(
    plan: ActionPlan, on: date, months: list[ReportingMonth] | None = None
) -> ReportingMonth | None:
    """The month of a plan for which updates are taken on a day: opened, not frozen, its Board not over.

    One query, or none when the plan's `months` are given in order.
    """
    month = rounds(plan, on, months)[0]
    return month if takes_updates(month, on) else None


def month_rows(plan: ActionPlan, month: ReportingMonth, on: date) -> list[Row]:
    """The actions of a whole plan and those beneath it, which share its months. Six queries."""
    return rows(Action.objects.filter(Q(plan=plan) | Q(plan__parent=plan)), on, month=month, board=None)


def holders(found: Iterable[Row]) -> dict[int, Post]:
    """The posts that own these actions, each with the person who holds it. One query."""
    posts = Post.objects.filter(pk__in={row.action.owner_id for row in found})
    return {post.pk: post for post in posts.select_related("holder")}


def chase(plan: ActionPlan, month: ReportingMonth, on: date) -> Chase:
    """Eight queries, whatever the number of actions and owners."""
    everything = month_rows(plan, month, on)
    owing = [row for row in everything if row.owes_update]
    posts = holders(owing)
    reminders = Reminder.objects.filter(month=month, sent_on__lte=on).order_by().values_list("person")
    reminded = dict(reminders.annotate(newest=Max("sent_on")))
    return Chase(
        month=month,
        on=on,
        came_in=sum(_came_in(row, month) for row in everything),
        owners=tuple(
            Owner(
                post=post,
                owed=tuple(Owed(row) for row in owing if row.action.owner_id == post.pk),
                seen_on=_london_day(post.holder.last_login) if post.holder else None,
                reminded_on=reminded.get(post.holder_id),
            )
            for post in sorted(posts.values(), key=lambda post: post.title)
        ),
    )


def administrators():
    """Those who can give a post its holder."""
    people = get_user_model().objects.filter(is_active=True, groups__name=ADMINISTRATOR)
    return list(people.order_by("email"))


def _came_in(row: Row, month: ReportingMonth) -> bool:
    """An update of this month that was not sent back."""
    latest = row.now.latest
    return (
        latest is not None and latest.month >= month.month and row.now.pending_status != UpdateStatus.RETURNED
    )


def _london_day(moment) -> date | None:
    return timezone.localdate(moment) if moment else None
