"""What is done in the browser to reach the pages of a risk in their states."""

from actionplan.changes import risks
from actionplan.models import Risk
from havering_ofsted.models import User
from kpis.periods import today
from tests.browser.steps import press


def fill_in_a_score(page):
    page.get_by_role("group", name="How likely is it now?").get_by_label("2 Unlikely").check()
    page.get_by_role("group", name="How much would it mean").get_by_label("3 Medium").check()
    page.get_by_label("What does the score rest on?").fill("Mine")
    press(page, "Save the score")


def overtaken(page):
    """Somebody scores the risk while the form is open."""
    risk = _risk(page)
    risks.score(
        risk=risk,
        version=risk.version,
        likelihood=5,
        impact=5,
        note="Theirs",
        review_on=today(),
        by=User.objects.get(email="officer@havering.example"),
    )
    fill_in_a_score(page)


def closed_meanwhile(page):
    risk = _risk(page)
    by = User.objects.get(email="officer@havering.example")
    risks.close(risk=risk, version=risk.version, reason="Theirs", by=by)
    fill_in_a_score(page)


def _risk(page):
    *_, plan, _, number, _, _ = page.url.split("/")
    return Risk.objects.get(plan__slug=plan, number=number)
