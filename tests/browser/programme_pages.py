"""The pages of programmes in their states, and what leads to them."""

from actionplan.changes import programmes
from actionplan.models import Programme, ProgrammeMilestone
from havering_ofsted.models import User
from tests.browser.steps import press

PROGRAMME = "/programmes/dfe-innovation/"
STEP = f"{PROGRAMME}milestones/{{grant}}/"


def numbers():
    """What the addresses leave to the database."""
    found = ProgrammeMilestone.objects
    return {
        "grant": found.filter(title="Grant agreement signed").values_list("pk", flat=True).first() or "",
        "agreed": found.filter(completed_on__isnull=False).values_list("pk", flat=True).first() or "",
    }


def moved_meanwhile(page):
    """Somebody moves the milestone while the form is open."""
    step = _grant()
    programmes.move(step=step, version=1, to="2017-07-31", reason="Theirs", by=_manager())
    _move(page)


def completed_meanwhile(page):
    programmes.complete(step=_grant(), version=1, completed_on="2017-06-27", by=_manager())
    _move(page)


def funded_meanwhile(page):
    programme = Programme.objects.get(slug="dfe-innovation")
    programmes.fund(programme=programme, version=1, funding=1_200_000, note="Theirs", by=_manager())
    page.get_by_label("What is known of the money?").fill("Mine")
    press(page, "Save funding")


def _move(page):
    page.get_by_label("It has a new date").check()
    date = page.get_by_role("group", name="If it has a new date, which one?")
    for name, value in (("Day", "14"), ("Month", "7"), ("Year", "2017")):
        date.get_by_label(name).fill(value)
    page.get_by_label("Why does the date move?").fill("Mine")
    press(page, "Save milestone")


def _grant():
    return ProgrammeMilestone.objects.get(title="Grant agreement signed")


def _manager():
    return User.objects.get(email="manager@havering.example")


# Route, state, address, who, status and what to do there.
PAGES = [
    ("actionplan:programmes", "default", "/programmes/"),
    ("actionplan:programme", "default", PROGRAMME),
    ("actionplan:programme", "of the improvement team", PROGRAMME, "manager"),
    ("actionplan:programme_funding", "default", f"{PROGRAMME}funding/", "manager"),
    ("actionplan:programme_funding", "conflict", f"{PROGRAMME}funding/", "manager", 409, funded_meanwhile),
    ("actionplan:programme_milestone", "default", STEP, "manager"),
    (
        *("actionplan:programme_milestone", "error", STEP, "manager", 200),
        lambda page: press(page, "Save milestone"),
    ),
    ("actionplan:programme_milestone", "conflict", STEP, "manager", 409, moved_meanwhile),
    ("actionplan:programme_milestone", "too late", STEP, "manager", 409, completed_meanwhile),
    ("actionplan:programme_milestone", "completed before", f"{PROGRAMME}milestones/{{agreed}}/", "manager"),
]
