"""Which requests the pages of due dates show, and what leads to their states."""

from datetime import date

from actionplan.changes import dates
from actionplan.models import Action, DateChange
from havering_ofsted.models import User
from tests.browser.page import NEW_PLAN, Page, submit
from tests.browser.steps import press


def numbers():
    """What the addresses leave to the database."""
    asked = DateChange.objects.undecided().filter(action__ref="7.2")
    return {"new_date": asked.values_list("pk", flat=True).first() or ""}


def without_reason(page):
    page.get_by_label("Refused: it stays").check()
    press(page, "Save decision")


def moved_meanwhile(page):
    """An administrator moves the date while the form is open."""
    action = Action.objects.get(ref="7.2")
    action.version += 1
    dates.move(action=action, to=date(2017, 9, 1), reason="The grant.", by=User.objects.first())
    page.get_by_label("If it is refused, why?").fill("It has moved already.")
    without_reason(page)


def decided_meanwhile(page):
    change = DateChange.objects.undecided().get(action__ref="7.2")
    director = change.action.plan.senior_responsible.holder
    dates.refuse(change=change, version=change.action.version, because="Not yet.", meeting=None, by=director)
    without_reason(page)


def changed_meanwhile(page):
    """The action changes under a request that is being written."""
    action = Action.objects.get(ref="4.2")
    action.version += 1
    action.save()
    page.get_by_label("The action, due").check()
    for part, value in (("Day", "1"), ("Month", "9"), ("Year", "2017")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Why does the date have to move?").fill("The last 14 plans need an adviser.")
    press(page, "Ask for this date")


PLAN = "/plans/ofsted-2016/"
DATES, MOVED = f"{PLAN}actions/7.2/dates/", f"{PLAN}dates/"
DECIDE, DIRECTOR = f"{DATES}{{new_date}}/decide/", "director.of.childrens.services"
PAGES = [
    Page("actionplan:dates_register", "default", MOVED, "board"),
    Page("actionplan:dates_register", "filtered", f"{MOVED}?state=refused&service=0"),
    Page("actionplan:dates_register", "without a request", MOVED, world=NEW_PLAN),
    Page("actionplan:dates", "waiting", DATES, "manager"),
    Page("actionplan:date_new", "default", f"{DATES}new/", "manager"),
    Page("actionplan:date_new", "error", f"{DATES}new/", "manager", reach=submit("Ask for this date")),
    Page(
        *("actionplan:date_new", "conflict", f"{PLAN}actions/4.2/dates/new/", "officer", 409),
        changed_meanwhile,
    ),
    Page("actionplan:date_new", "too late", f"{PLAN}actions/11.1/dates/new/", "manager"),
    Page("actionplan:date_decide", "default", DECIDE, "board"),
    Page("actionplan:date_decide", "error", DECIDE, "board", reach=without_reason),
    Page("actionplan:date_decide", "conflict", DECIDE, DIRECTOR, 409, moved_meanwhile),
    Page("actionplan:date_decide", "too late", DECIDE, DIRECTOR, 409, decided_meanwhile),
]
