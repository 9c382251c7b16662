"""A month with its annexes: what is frozen, and all that the renderers of files see."""

from dataclasses import dataclass
from datetime import date

from actionplan.models import ActionPlan, ReportingMonth
from actionplan.reports.annex_facts import Annexes
from actionplan.reports.annexes import annexes
from actionplan.reports.facts import MonthReport, Stamp
from actionplan.reports.gathered import Gathered, gather
from actionplan.reports.month import page, report_day
from actionplan.reports.scrutiny_facts import Sources

SCHEMA = 1  # raise it when a field changes its meaning; a new field with a default needs nothing


@dataclass(frozen=True)
class MonthDocument:
    """`slug` names its plan in addresses, `marking` is the protective marking that it was made under.

    `sources` are what the committee's paper says beyond the report, frozen with it; a live month has none.
    """

    slug: str
    marking: str
    report: MonthReport
    annexes: Annexes
    schema: int = SCHEMA
    sources: Sources | None = None


def month_document(gathered: Gathered, stamp: Stamp) -> MonthDocument:
    """The number of queries does not depend on how many actions, updates or indicators there are."""
    return MonthDocument(gathered.plan.slug, gathered.marking, page(gathered, stamp), annexes(gathered))


def live_document(
    plan: ActionPlan, month: ReportingMonth, today: date, months: list[ReportingMonth] | None = None
) -> MonthDocument:
    """A month that nobody has frozen, as it stands. `months` are the plan's rounds, where they have been read."""
    return month_document(gather(plan, month, report_day(month, today), months), Stamp())
