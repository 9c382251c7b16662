"""Mails that tell each owner what they owe: one list over all plans, and nothing when nothing is due.

A mail goes out three working days before updates are due, on the day, on the next working day and then every week until
the Board meets. A mail that a day missed, because the mail server or this one was down, goes out at the next run.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse

from actionplan.chasing import holders, month_rows, running_month
from actionplan.enums import ReminderKind, UpdateStatus
from actionplan.models import ActionPlan, Reminder, ReportingMonth
from actionplan.rhythm import WEEK, working_day_after, working_days_before
from actionplan.rounds import days_late
from actionplan.rows import Row
from kpis.periods import day_words, days_words

DAYS_BEFORE = 3  # working days


@dataclass(frozen=True)
class Debt:
    """What a person owes in one month of a plan and those beneath it."""

    month: ReportingMonth
    rows: tuple[Row, ...]
    on: date

    @property
    def kind(self) -> ReminderKind:
        due_on = self.month.updates_due_on
        if self.on == due_on:
            return ReminderKind.ON
        return ReminderKind.BEFORE if self.on < due_on else ReminderKind.AFTER

    @property
    def when(self) -> str:
        """due by 23 June 2017; due today; 4 days late"""
        if self.kind == ReminderKind.ON:
            return "due today"
        late = days_late(self.month.updates_due_on, self.on)
        return f"{days_words(late)} late" if late else f"due by {day_words(self.month.updates_due_on)}"

    @property
    def lines(self) -> list[dict[str, str]]:
        return [_line(row) for row in self.rows]


@dataclass(frozen=True)
class Letter:
    """Everything one person owes, and the posts they owe it for."""

    person: Any
    posts: tuple[str, ...]
    debts: tuple[Debt, ...]

    @property
    def refs(self) -> list[str]:
        return [row.action.ref for debt in self.debts for row in debt.rows]

    @property
    def subject(self) -> str:
        count = len(self.refs)
        updates = "1 update" if count == 1 else f"{count} updates"
        says = f"{updates} to write"
        if len(self.debts) == 1:
            (debt,) = self.debts
            says = f"{updates} for {debt.month} {'is' if count == 1 else 'are'} {debt.when}"
        return ": ".join(filter(None, [settings.MARKING, says]))

    @property
    def body(self) -> str:
        context = {
            "letter": self,
            "name": _one_line(self.person),
            "posts": [_one_line(post) for post in self.posts],
            "marking": settings.MARKING,
            "home": settings.BASE_URL + reverse("home"),
        }
        return render_to_string("mail/reminder.txt", context)


def reminder_days(month: ReportingMonth) -> list[date]:
    """The days on which a month’s owners are reminded, in order."""
    due_on = month.updates_due_on
    days = [max(working_days_before(due_on, DAYS_BEFORE), month.opens_on), due_on]
    after = working_day_after(due_on)
    while after <= month.board_on:
        days.append(after)
        after += WEEK
    return days


def letters(on: date) -> list[Letter]:
    """Who is to be reminded on a day, and of what, by e-mail address. A dozen queries for each whole plan.

    Somebody who was reminded since the newest reminder day is left alone, so a second run finds nobody.
    """
    debts: dict[Any, list[Debt]] = {}
    posts: dict[Any, set[str]] = {}
    waiting = set()
    for plan in ActionPlan.objects.filter(parent=None).order_by("pk"):
        month = running_month(plan, on)
        if month is None:
            continue
        owing = [row for row in month_rows(plan, month, on) if row.owes_update]
        held = holders(owing)
        reminded = _reminded(month)
        newest = max((day for day in reminder_days(month) if day <= on), default=None)
        by_person: dict[Any, list[Row]] = {}
        for row in owing:
            post = held[row.action.owner_id]
            if post.holder and post.holder.is_active:
                by_person.setdefault(post.holder, []).append(row)
                posts.setdefault(post.holder, set()).add(post.title)
        for person, rows in by_person.items():
            debts.setdefault(person, []).append(Debt(month, tuple(rows), on))
            before = reminded.get(person.pk)
            if newest and (before is None or before < newest):
                waiting.add(person)
    return [
        Letter(person, tuple(sorted(posts[person])), tuple(debts[person]))
        for person in sorted(waiting, key=lambda person: person.email)
    ]


def send(letter: Letter) -> None:
    """Send one mail and remember that it went out.

    The rows come first: of two runs at once, the second fails on them and sends nothing (IntegrityError). They go again
    when the mail cannot be sent, so that the next run tries once more; OSError and ValueError say why.
    """
    with transaction.atomic():
        for debt in letter.debts:
            Reminder.objects.create(
                month=debt.month,
                person=letter.person,
                kind=debt.kind,
                sent_on=debt.on,
                actions=len(debt.rows),
            )
        EmailMessage(letter.subject, letter.body, to=[letter.person.email]).send()


def _reminded(month: ReportingMonth) -> dict[int, date]:
    """When each person was last reminded in this month. One query."""
    found = Reminder.objects.filter(month=month).order_by().values_list("person")
    return dict(found.annotate(newest=Max("sent_on")))


def _line(row: Row) -> dict[str, str]:
    action, pending = row.action, row.now.pending
    note = f"Last update {row.last_update}." if row.last_update else "Never updated."
    if row.now.pending_status == UpdateStatus.RETURNED and pending:
        note = f"Returned {day_words(pending.returned_on)}: “{_one_line(pending.return_reason)}”"
    return {
        "name": _one_line(f"{action.ref}, {action.short_title} ({action.plan.name})"),
        "note": note,
        "url": settings.BASE_URL + reverse("actionplan:update", args=[action.plan.slug, action.ref]),
    }


def _one_line(words: Any) -> str:
    """Words that people typed, without line ends: nothing in a mail may look like more than its own line."""
    return " ".join(str(words).split())
