"""The pages on which the improvement team runs a month, and what leads to their states."""

from actionplan.changes import months
from actionplan.models import ReportingMonth
from actionplan.rhythm import Dates
from havering_ofsted.models import User
from tests.browser.steps import press


def _too_early(page):
    page.get_by_role("group", name="When does the Board meet?").get_by_label("Day").fill("1")
    press(page, "Open August 2017")


def _moved_meanwhile(page):
    """Somebody else gives the month another Board while the form is open."""
    june = ReportingMonth.objects.get(month="2017-06-01")
    dates = Dates(**vars(Dates.of(june)) | {"board_on": june.board_on.replace(day=30)})
    by = User.objects.get(email="manager@havering.example")
    months.set_dates(month=june, version=june.version, dates=dates, by=by)
    press(page, "Save dates")


REPORTS = "/plans/ofsted-2016/reports/"
PAGES = [
    ("actionplan:month_new", "default", f"{REPORTS}new/", "manager"),
    ("actionplan:month_new", "error", f"{REPORTS}new/", "manager", 200, _too_early),
    ("actionplan:month_dates", "default", f"{REPORTS}2017-07/dates/", "manager"),
    ("actionplan:month_dates", "conflict", f"{REPORTS}2017-06/dates/", "manager", 409, _moved_meanwhile),
    ("actionplan:month_chase", "default", f"{REPORTS}2017-06/chase/", "manager"),
    ("actionplan:month_chase", "over", f"{REPORTS}2017-05/chase/", "manager"),
]
