"""A month with its annexes: what is frozen, and all that the renderers of files see."""

from dataclasses import dataclass

from actionplan.reports.annex_facts import Annexes
from actionplan.reports.annexes import annexes
from actionplan.reports.facts import MonthReport, Stamp
from actionplan.reports.gathered import Gathered
from actionplan.reports.month import page

SCHEMA = 1  # raise it when a field changes its meaning; a new field with a default needs nothing


@dataclass(frozen=True)
class MonthDocument:
    """`slug` names its plan in addresses, `marking` is the protective marking that it was made under."""

    slug: str
    marking: str
    report: MonthReport
    annexes: Annexes
    schema: int = SCHEMA


def month_document(gathered: Gathered, stamp: Stamp) -> MonthDocument:
    """The number of queries does not depend on how many actions, updates or indicators there are."""
    return MonthDocument(gathered.plan.slug, gathered.marking, page(gathered, stamp), annexes(gathered))
