"""The pages on which a month is frozen, issued again and read later, and what leads to their states."""

from datetime import date

from actionplan.models import ReportingMonth
from actionplan.reports import freezing
from havering_ofsted.models import User
from tests.browser.steps import press


def _nothing_ticked(page):
    press(page, "Freeze June 2017")


def _issued_again(page):
    may = ReportingMonth.objects.get(month="2017-05-01")
    by = User.objects.get(email="manager@havering.example")
    freezing.reissue(
        month=may,
        version=may.version,
        reason="One action was red and printed green.",
        on=date(2017, 5, 26),
        by=by,
    )
    page.goto(f"{REPORTS}2017-05/?version=1")


REPORTS = "/plans/ofsted-2016/reports/"
PAGES = [
    ("actionplan:month", "an earlier version", f"{REPORTS}2017-05/", "manager", 200, _issued_again),
    ("actionplan:freeze", "default", f"{REPORTS}2017-06/freeze/", "manager"),
    ("actionplan:freeze", "error", f"{REPORTS}2017-06/freeze/", "manager", 200, _nothing_ticked),
    ("actionplan:reissue", "default", f"{REPORTS}2017-05/reissue/", "manager"),
    (
        "actionplan:compare_months",
        "compared",
        f"{REPORTS}compare/?first=2017-04&second=2017-06",
        "board",
    ),
    ("actionplan:pack", "default", "/plans/ofsted-2016/ofsted-meeting/2017-06/", "board"),
]
