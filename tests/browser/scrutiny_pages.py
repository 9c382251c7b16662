"""The pages of the committee’s papers in their states, and what leads to them."""

from dataclasses import replace

from actionplan.changes import papers
from actionplan.models import ScrutinyPaper
from havering_ofsted.models import User
from tests.browser.steps import press

PAPERS = "/plans/ofsted-2016/scrutiny/"


def _rewritten_meanwhile(page):
    """Somebody saves the paper while the form is open."""
    paper = ScrutinyPaper.objects.get()
    texts = papers.PaperTexts(**{name: getattr(paper, name) for name in papers.WRITTEN})
    manager = User.objects.get(email="manager@havering.example")
    papers.write(
        plan=paper.plan, month=paper.month, version=1, texts=replace(texts, summary="Theirs"), by=manager
    )
    page.get_by_label("Summary", exact=True).fill("Mine")
    press(page, "Save paper")


def _empty(page):
    page.get_by_label("Summary", exact=True).fill("")
    press(page, "Save paper")


# Route, state, address, who, status and what to do there.
PAGES = [
    ("actionplan:scrutiny_papers", "default", PAPERS, "board"),
    ("actionplan:scrutiny", "default", f"{PAPERS}2017-06/", "manager"),
    ("actionplan:scrutiny", "first error", f"{PAPERS}2017-05/", "manager", 200, _empty),
    ("actionplan:scrutiny", "conflict", f"{PAPERS}2017-06/", "manager", 409, _rewritten_meanwhile),
]
