"""Ofsted's grades across England on a day, as the committee report counts them and as one may also count them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Min

from actionplan.enums import Grade
from actionplan.models import PublishedOutcome
from kpis.arithmetic import FEW, rounded, share

# The committee report of 6 July 2017 gives the picture as of this day, in its paragraph 9.
COMMITTEE_DAY = date(2017, 6, 27)

GRADES = [Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE]


@dataclass(frozen=True)
class Count:
    count: int
    total: int

    @property
    def words(self) -> str:
        """The share, 29%; of fewer than six the counts, 2 of 3."""
        if self.total < FEW:
            return f"{self.count} of {self.total}"
        return f"{rounded(share(Decimal(self.count), Decimal(self.total)), 0)}%"


@dataclass(frozen=True)
class Line:
    grade: Grade
    reports: Count
    authorities: Count


@dataclass(frozen=True)
class NationalTable:
    on: date
    lines: list[Line]
    reports: int
    authorities: int
    first: date | None
    last: date | None

    @property
    def all_reports(self) -> Count:
        return Count(self.reports, self.reports)

    @property
    def all_authorities(self) -> Count:
        return Count(self.authorities, self.authorities)

    @property
    def has_few(self) -> bool:
        """Whether some shares are counts: there are never more authorities than reports."""
        return self.authorities < FEW

    @property
    def is_committee_day(self) -> bool:
        return self.on == COMMITTEE_DAY

    @property
    def is_after_the_last(self) -> bool:
        """The framework was replaced in 2018, so that nothing has been added since."""
        return self.last is not None and self.on > self.last


def national_table(on: date) -> NationalTable:
    """The grades published by the end of `on`, best first. Three queries."""
    by_reports = PublishedOutcome.objects.picture_by_reports(on)
    by_authorities = PublishedOutcome.objects.picture_by_authorities(on)
    known = PublishedOutcome.objects.aggregate(first=Min("published_on"), last=Max("published_on"))
    return NationalTable(
        on=on,
        lines=[Line(grade, _count(by_reports, grade), _count(by_authorities, grade)) for grade in GRADES],
        reports=by_reports.total,
        authorities=by_authorities.total,
        **known,
    )


def _count(picture, grade: Grade) -> Count:
    return Count(picture.counts[grade], picture.total)
