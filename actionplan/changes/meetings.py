"""Meetings, and who was there. A meeting's version covers its attendance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import IntegrityError, transaction

from actionplan.models import ActionPlan, Attendance, Meeting
from kpis.models import StaleEdit


class AlreadyHeld(Exception):
    """This meeting is recorded for that day already."""


class TooEarly(Exception):
    """The meeting made decisions that had not been asked for by that day."""


class DatesDecided(Exception):
    """New due dates count from the day of the meeting that agreed them, so it stays on that day."""


@dataclass(frozen=True)
class Minutes:
    """What is written of a meeting. `attendance` is the kind of presence by the key of the post."""

    body: str
    held_on: date
    chair: str
    summary: str
    attendance: Mapping[int, str]

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """One query."""
        there = dict(meeting.attendances.values_list("post", "status"))
        return cls(meeting.body, meeting.held_on, meeting.chair, meeting.summary, there)


def add(*, plan: ActionPlan, minutes: Minutes, by: Any) -> Meeting:
    """Keep a meeting that was held, or raise AlreadyHeld."""
    return _write(Meeting(plan=plan), minutes, by)


def edit(*, meeting: Meeting, version: int, minutes: Minutes, by: Any) -> Meeting:
    """Correct what is written of a meeting.

    Raises StaleEdit, AlreadyHeld, TooEarly or DatesDecided, and writes nothing.
    """
    with transaction.atomic():
        try:
            current: Meeting = Meeting.objects.claim(meeting.pk, version)
        except StaleEdit as stale:
            if Minutes.of(stale.current) == minutes:  # a double click
                same: Meeting = stale.current
                return same
            raise
        if current.decisions.filter(asked_on__gt=minutes.held_on).exists():
            raise TooEarly
        if minutes.held_on != current.held_on and current.date_changes.exists():
            raise DatesDecided
        return _write(current, minutes, by)


def _write(meeting: Meeting, minutes: Minutes, by: Any) -> Meeting:
    meeting.body, meeting.held_on = minutes.body, minutes.held_on
    meeting.chair, meeting.summary = minutes.chair, minutes.summary
    meeting._history_user = by
    same = Meeting.objects.filter(plan=meeting.plan_id, body=minutes.body, held_on=minutes.held_on)
    if same.exclude(pk=meeting.pk).exists():
        raise AlreadyHeld
    try:
        with transaction.atomic():
            meeting.save()
            _attend(meeting, minutes.attendance)
    except IntegrityError:  # somebody else recorded it in this very moment
        raise AlreadyHeld from None
    return meeting


def _attend(meeting: Meeting, attendance: Mapping[int, str]) -> None:
    """Make the rows agree with what was said, leaving those alone that did."""
    rows = {row.post_id: row for row in meeting.attendances.all()}
    for post in rows.keys() - attendance.keys():
        rows[post].delete()
    for post, status in attendance.items():
        row = rows.get(post) or Attendance(meeting=meeting, post_id=post)
        if row.pk is None or row.status != status:
            row.status = status
            row.save()
