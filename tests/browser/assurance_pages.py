"""What leads to the states of the assurer's page."""

from actionplan.changes import assurance
from actionplan.models import Action
from havering_ofsted.models import User
from tests.browser.steps import press


def nothing_ticked(page):
    page.get_by_label("Adequate: it is done").check()
    press(page, "Save what you found")


def found_meanwhile(page):
    """Somebody else says what they found while the page is open."""
    _find(Action.objects.get(ref="1.1"), "adequate")
    _save(page)


def sent_back_meanwhile(page):
    _find(Action.objects.get(ref="1.1"), "not_adequate")
    _save(page)


def _find(action, finding):
    action.refresh_from_db()
    assurance.assure(
        action=action,
        version=action.version,
        finding=finding,
        summary="Theirs",
        evidence=list(action.evidence.filter(withdrawn_on=None)),
        recheck_due_on=None,
        by=User.objects.get(email="assurer@havering.example"),
    )


def _save(page):
    page.get_by_label("What did you check, and what did you find?").fill("Mine")
    page.get_by_label("Not adequate").check()
    press(page, "Save what you found")


ASSURE = "/plans/ofsted-2016/actions/{}/assure/".format

# Route, state, address, who, status and what to do there.
PAGES = [
    ("actionplan:assure", "default", ASSURE("1.1"), "assurer"),
    ("actionplan:assure", "error", ASSURE("11.1"), "assurer", 200, nothing_ticked),
    ("actionplan:assure", "early re-check", ASSURE("2.1"), "assurer"),
    ("actionplan:assure", "not delivered", ASSURE("2.3"), "assurer"),
    ("actionplan:assure", "not one’s own", ASSURE("5.1"), "officer", 403),
    ("actionplan:assure", "found meanwhile", ASSURE("1.1"), "assurer", 409, found_meanwhile),
    ("actionplan:assure", "sent back meanwhile", ASSURE("1.1"), "assurer", 409, sent_back_meanwhile),
]
