"""The pages of evidence in their states, and what leads to them."""

from actionplan.changes import evidence
from actionplan.models import Evidence
from havering_ofsted.models import User
from tests.browser.steps import press

PLAN = "/plans/ofsted-2016/"
NEW = f"{PLAN}actions/4.1/evidence/new/"
WITHDRAW = f"{PLAN}actions/4.1/evidence/{{counted}}/withdraw/"


def numbers():
    """What the addresses leave to the database."""
    return {"counted": _counted().values_list("pk", flat=True).first() or ""}


def looks_like_a_child(page):
    page.get_by_label("Data").check()
    page.get_by_label("What is it?").fill("Jane Smith, 3 May 2004")
    page.get_by_label("What does it show?").fill("The NHS number is 943 476 5919.")
    for box, number in {"Day": "31", "Month": "5", "Year": "2017"}.items():
        page.get_by_label(box).fill(number)
    page.locator("#id_file").set_input_files(
        {
            "name": "a_file_with_a_long_name_that_has_no_space_in_it.csv",
            "mimeType": "text/csv",
            "buffer": b"a,b\n",
        }
    )
    press(page, "Add evidence")


def file_is_gone(page):
    piece = _counted().get()
    piece.file.name = "gone"
    piece.save(update_fields=["file"])
    page.get_by_role("link", name=piece.title).click()


def withdrawn_meanwhile(page):
    by = User.objects.get(email="manager@havering.example")
    evidence.withdraw(evidence=_counted().get(), version=1, reason="Theirs", by=by)
    page.get_by_label("Why is it withdrawn?").fill("Mine")
    press(page, "Withdraw evidence")


def _counted():
    """The file of action 4.1."""
    return Evidence.objects.filter(action__ref="4.1", source="data")


# Route, state, address, who, status and what to do there.
PAGES = [
    ("actionplan:evidence", "default", f"{PLAN}evidence/", "board"),
    ("actionplan:evidence", "error", f"{PLAN}evidence/?source=rumour"),
    ("actionplan:evidence", "nothing found", f"{PLAN}evidence/?source=external&recommendation=4"),
    ("actionplan:evidence", "beneath the whole", "/plans/leaving-care-2016/evidence/"),
    ("actionplan:evidence_new", "default", NEW),
    ("actionplan:evidence_new", "error", NEW, "officer", 200, lambda page: press(page, "Add evidence")),
    ("actionplan:evidence_new", "looks like a child", NEW, "assurer", 200, looks_like_a_child),
    ("actionplan:evidence_new", "not one’s own", NEW, "board", 403),
    ("actionplan:evidence_file", "gone", f"{PLAN}actions/4.1/", "board", 404, file_is_gone),
    ("actionplan:evidence_withdraw", "default", WITHDRAW),
    ("actionplan:evidence_withdraw", "too late", WITHDRAW, "officer", 409, withdrawn_meanwhile),
    ("actionplan:action", "with evidence withdrawn", f"{PLAN}actions/9.1/", "manager"),
]
