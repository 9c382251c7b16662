"""A month is frozen for the whole plan and for those beneath it: complete, or with each gap named."""

from collections.abc import Container
from dataclasses import replace
from datetime import date
from typing import Any

from actionplan.changes import freezing
from actionplan.changes.freezing import Drawn, Issue
from actionplan.models import ActionPlan, BoardReport, ReportingMonth
from actionplan.reports.document import month_document
from actionplan.reports.facts import Stamp
from actionplan.reports.files import render_all
from actionplan.reports.gathered import gather
from actionplan.reports.missing import Gap, missing
from actionplan.reports.month import report_day
from actionplan.reports.scrutiny_sources import sources
from actionplan.rounds import months_of
from kpis.periods import today


class Incomplete(Exception):
    """Nothing was frozen: `gaps` is all that is missing, and not all of it was accepted."""

    def __init__(self, gaps: tuple[Gap, ...]):
        super().__init__(f"{len(gaps)} things are missing")
        self.gaps = gaps


def freeze(
    *, month: ReportingMonth, version: int, accepted: Container[str], by: Any, on: date | None = None
) -> list[BoardReport]:
    """Freeze a month as version 1; the first report is the whole plan’s.

    `accepted` are the words of the gaps that are known and named in the report; with any other it raises Incomplete.
    `on` is the day as which things are told, for a month of the past; otherwise today, or the Board's day once it is
    past. StaleEdit and AlreadyFrozen as in `changes.freezing`.
    """

    def draw(issue: Issue) -> list[Drawn]:
        return _draw(issue, accepted)

    day = on or report_day(month, today())
    return freezing.freeze(month=month, version=version, on=day, frozen_on=on or today(), draw=draw, by=by)


def reissue(*, month: ReportingMonth, version: int, reason: str, on: date, by: Any) -> list[BoardReport]:
    """Issue a frozen month again as things stood on `on`. Every gap is named; none keeps a correction back."""

    def draw(issue: Issue) -> list[Drawn]:
        return _draw(issue, accepted=None)

    return freezing.reissue(month=month, version=version, reason=reason, on=on, draw=draw, by=by)


def _draw(issue: Issue, accepted: Container[str] | None) -> list[Drawn]:
    """Every file of each plan. With `accepted` None every gap is."""
    plans = ActionPlan.objects.select_related("parent", "inspection", "senior_responsible", "author")
    whole = plans.get(pk=issue.month.plan_id)
    family = [whole, *plans.filter(parent=whole).order_by("pk")]
    months = list(months_of(whole).order_by("month"))
    gathered = [gather(plan, issue.month, issue.on, months) for plan in family]
    gaps = missing(gathered[0])
    if accepted is not None and not all(gap.words in accepted for gap in gaps):
        raise Incomplete(gaps)
    drawn = []
    for each in gathered:
        named = tuple(gap.words for gap in gaps if each.plan == whole or gap.plan == each.plan.pk)
        stamp = Stamp(issue.version, issue.frozen_on, str(issue.by), issue.reason, named)
        live = month_document(each, stamp)
        document = replace(live, sources=sources(each.plan, live, issue.on))
        drawn.append(Drawn(each.plan, each.whole.is_sample, render_all(document)))
    return drawn
