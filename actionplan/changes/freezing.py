"""Freezing a month: its report and files are stored as they are at one instant, for good."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from actionplan.enums import FileKind, MonthState
from actionplan.models import ActionPlan, BoardReport, ReportFile, ReportingMonth
from actionplan.reports.document import month_document
from actionplan.reports.facts import Stamp
from actionplan.reports.files import RENDERERS, render
from actionplan.reports.gathered import gather
from actionplan.reports.missing import Gap, missing
from actionplan.reports.month import report_day
from actionplan.rounds import months_of
from kpis.periods import today

TRIES = 3


class AlreadyFrozen(Exception):
    """Somebody froze the month first; a correction is a new version."""


class NotFrozen(Exception):
    """Only a frozen month can be issued again."""


class Incomplete(Exception):
    """Nothing was frozen: `gaps` is what is missing and was not accepted."""

    def __init__(self, gaps: tuple[Gap, ...]):
        super().__init__(f"{len(gaps)} things are missing")
        self.gaps = gaps


@dataclass(frozen=True)
class _Issue:
    """What all reports of one version share."""

    version: int
    on: date
    frozen_on: date
    by: Any
    reason: str = ""


def freeze(
    *, month: ReportingMonth, version: int, accepted: Collection[str], by: Any, on: date | None = None
) -> list[BoardReport]:
    """Freeze a month of the whole plan and of those beneath it, as version 1. The first report is the whole plan’s.

    `accepted` are the words of the gaps that are known and named in the report; with any other gap it raises
    Incomplete. StaleEdit when somebody changed the month since `version`, AlreadyFrozen when somebody froze it. `on` is
    the day as which things are told, for a month of the past; otherwise today, or the Board's day once it is past.
    """

    def issue() -> list[BoardReport]:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
        if current.state == MonthState.FROZEN:
            raise AlreadyFrozen
        day = on or report_day(current, today())
        reports = _store(current, _Issue(1, day, on or today(), by), accepted)
        current.state, current.told_on = MonthState.FROZEN, day
        current._history_user = by
        current.save(update_fields=["state", "told_on", "version"])
        return reports

    return _at_one_instant(issue)


def reissue(*, month: ReportingMonth, version: int, reason: str, on: date, by: Any) -> list[BoardReport]:
    """Issue a frozen month again as things stood on `on`, with the reason. Earlier versions stay as they are.

    Every gap is named; none keeps a correction back.
    """

    def issue() -> list[BoardReport]:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
        newest = BoardReport.objects.filter(month=current).order_by("-version").first()
        if newest is None:
            raise NotFrozen
        current.save(update_fields=["version"])
        return _store(current, _Issue(newest.version + 1, on, today(), by, reason), accepted=None)

    return _at_one_instant(issue)


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
    outermost = (
        not connection.in_atomic_block
    )  # false only inside a test case, which holds a transaction of its own
    with transaction.atomic(durable=True):
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _store(month: ReportingMonth, issue: _Issue, accepted: Collection[str] | None) -> list[BoardReport]:
    """A report with its files for each plan of the month. With `accepted` None every gap is."""
    plans = ActionPlan.objects.select_related("parent", "inspection", "senior_responsible", "author")
    family = [plans.get(pk=month.plan_id), *plans.filter(parent=month.plan_id).order_by("pk")]
    months = list(months_of(family[0]).order_by("month"))
    every = [gather(plan, month, issue.on, months) for plan in family]
    gaps = missing(every[0])
    unknown = () if accepted is None else tuple(each for each in gaps if each.words not in accepted)
    if unknown:
        raise Incomplete(gaps)
    reports = []
    for gathered in every:
        words = tuple(each.words for each in gaps if gathered is every[0] or each.plan == gathered.plan.pk)
        stamp = Stamp(issue.version, issue.frozen_on, str(issue.by), issue.reason, words)
        document = month_document(gathered, stamp)
        report = BoardReport.objects.create(
            plan=gathered.plan,
            month=month,
            version=issue.version,
            on=issue.on,
            frozen_on=issue.frozen_on,
            frozen_at=timezone.now(),
            frozen_by=issue.by,
            reason=issue.reason,
            is_sample=gathered.whole.is_sample,
        )
        for kind in RENDERERS:
            ReportFile.objects.keep(report=report, kind=FileKind(kind), content=render(document, kind))
        reports.append(report)
    return reports
