"""Freezing a month: its reports and their files are stored as things stood at one instant, for good.

What is drawn is the business of `actionplan.reports.freezing`, which is what pages and commands call.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import OperationalError, connection, transaction

from actionplan.enums import FileKind, MonthState
from actionplan.models import ActionPlan, BoardReport, ReportFile, ReportingMonth
from kpis.periods import today

TRIES = 3


class AlreadyFrozen(Exception):
    """Somebody froze the month first; a correction is a new version."""


class NotFrozen(Exception):
    """Only a frozen month can be issued again."""


@dataclass(frozen=True)
class Issue:
    """What the reports of all plans of a month share in one version. `on` is the day as which they tell things."""

    month: ReportingMonth
    version: int
    on: date
    frozen_on: date
    by: Any
    reason: str = ""


@dataclass(frozen=True)
class Drawn:
    """A plan's report of an issue, as files."""

    plan: ActionPlan
    is_sample: bool
    files: Mapping[FileKind, bytes]


Draw = Callable[[Issue], Sequence[Drawn]]


def freeze(
    *, month: ReportingMonth, version: int, on: date, frozen_on: date, draw: Draw, by: Any
) -> list[BoardReport]:
    """Store version 1, drawn inside the transaction, and close the month.

    StaleEdit when somebody changed the month since `version`, AlreadyFrozen when somebody froze it. Whatever `draw`
    raises leaves everything as it was.
    """

    def first() -> list[BoardReport]:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
        if current.state == MonthState.FROZEN:
            raise AlreadyFrozen
        reports = _store(Issue(current, 1, on, frozen_on, by), draw)
        current.state, current.told_on = MonthState.FROZEN, on
        current._history_user = by
        current.save(update_fields=["state", "told_on", "version"])
        return reports

    return _at_one_instant(first)


def reissue(
    *, month: ReportingMonth, version: int, reason: str, on: date, draw: Draw, by: Any
) -> list[BoardReport]:
    """Store the next version of a frozen month, with its reason. Earlier versions stay as they are."""

    def next_one() -> list[BoardReport]:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
        newest = BoardReport.objects.filter(month=current).order_by("-version").first()
        if newest is None:
            raise NotFrozen
        current._history_user = by
        current.save(update_fields=["version"])
        return _store(Issue(current, newest.version + 1, on, today(), by, reason), draw)

    return _at_one_instant(next_one)


def _store(issue: Issue, draw: Draw) -> list[BoardReport]:
    reports = []
    for drawn in draw(issue):
        report = BoardReport.objects.create(
            plan=drawn.plan,
            month=issue.month,
            version=issue.version,
            on=issue.on,
            frozen_on=issue.frozen_on,
            frozen_by=issue.by,
            reason=issue.reason,
            is_sample=drawn.is_sample,
        )
        for kind, content in drawn.files.items():
            ReportFile.objects.keep(report=report, kind=kind, content=content)
        reports.append(report)
    return reports


def _at_one_instant(issue: Callable[[], list[BoardReport]]) -> list[BoardReport]:
    """Do it in one transaction that sees one instant.

    PostgreSQL gives every query of a transaction the same picture only at REPEATABLE READ, and then refuses a row that
    was changed meanwhile: try again with a new picture. SQLite's immediate transactions are alone.
    """
    for last in (attempt == TRIES for attempt in range(1, TRIES + 1)):
        try:
            with _one_instant():
                return issue()
        except OperationalError as error:
            if last or "could not serialize" not in str(error):
                raise
    raise AssertionError("the last try returns or raises")


@contextmanager
def _one_instant() -> Iterator[None]:
    # Only a test case holds a transaction of its own around this one.
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True):
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                # Whoever writes for a month holds its row. The picture is taken when they are done, with their words.
                cursor.execute(f"LOCK TABLE {ReportingMonth._meta.db_table} IN EXCLUSIVE MODE")
        yield
