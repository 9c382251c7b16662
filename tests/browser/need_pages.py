"""Which need the pages of dependencies show, and what leads to their states."""

from actionplan.changes import dependencies
from actionplan.models import Dependency
from havering_ofsted.models import User
from tests.browser.page import NEW_PLAN, Page, submit
from tests.browser.steps import press


def numbers():
    """What the addresses leave to the database."""
    return {"need": _needs().values_list("pk", flat=True).first() or ""}


def circular(page):
    """L1.2 needs 4.2, so 4.2 must not need L1.2."""
    page.get_by_label("What does it need?").select_option(label=_label(page, "L1.2 "))
    page.get_by_label("What exactly does it need from there?").fill("Plans in young people’s words")
    press(page, "Add")


def changed_meanwhile(page):
    """Somebody changes it while the form is open."""
    _change("Theirs")
    page.get_by_label("What exactly does it need from there?").fill("Mine")
    press(page, "Save")


def removed_meanwhile(page):
    dependencies.remove(dependency=_needs().get(), version=1, by=_manager())
    page.get_by_label("What exactly does it need from there?").fill("Mine")
    press(page, "Save")


def changed_before(page):
    _change("Theirs")
    press(page, "Remove")


def _change(what):
    need = _needs().get()
    dependencies.change(
        dependency=need, version=1, on=need.on, what=what, needed_by=need.needed_by, by=_manager()
    )


def _label(page, start):
    options = page.get_by_label("What does it need?").locator("option").all_text_contents()
    return next(option for option in options if option.startswith(start))


def _needs():
    return Dependency.objects.filter(action__ref="4.2", removed_on=None)


def _manager():
    return User.objects.get(email="manager@havering.example")


PLAN = "/plans/ofsted-2016/"
NEED = "actions/4.2/needs/"
PAGES = [
    Page("actionplan:timeline", "default", f"{PLAN}timeline/"),
    Page("actionplan:timeline", "Leaving Care", "/plans/leaving-care-2016/timeline/?show=all"),
    Page("actionplan:timeline", "error", f"{PLAN}timeline/?owner=nobody"),
    Page("actionplan:timeline", "no actions", "/plans/ofsted-2016/timeline/", world=NEW_PLAN),
    Page("actionplan:need_new", "default", f"{PLAN}{NEED}new/"),
    Page("actionplan:need_new", "error", f"{PLAN}{NEED}new/", reach=submit("Add")),
    Page("actionplan:need_new", "circular", f"{PLAN}{NEED}new/", reach=circular),
    Page("actionplan:need_edit", "default", f"{PLAN}{NEED}{{need}}/"),
    Page("actionplan:need_edit", "stale", f"{PLAN}{NEED}{{need}}/", status=409, reach=changed_meanwhile),
    Page("actionplan:need_edit", "removed", f"{PLAN}{NEED}{{need}}/", status=409, reach=removed_meanwhile),
    Page("actionplan:need_remove", "default", f"{PLAN}{NEED}{{need}}/remove/"),
    Page(
        "actionplan:need_remove",
        "stale",
        f"{PLAN}{NEED}{{need}}/remove/",
        status=409,
        reach=changed_before,
    ),
]
