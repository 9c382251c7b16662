"""June 2017, from an update that says “no progress” to a report that is frozen, read and issued again."""

import pytest
from playwright.sync_api import expect

from actionplan.models import ProgressUpdate
from havering_ofsted.models import User
from tests.browser.keyboard import tab_to, type_into
from tests.browser.steps import expect_errors, fact, follow, press, read_june

pytestmark = pytest.mark.browser

WHY_NOTHING = "Nobody applied to the second advert, so no interview was held in June."
CAUSE = "Two of nine posts have stood empty since April."
COMMENT = "Seven contacts waited for the next day. Who rings the families tonight?"
ANSWER = "The duty manager rings them, from tonight on. The remedy says so now."
HEADLINE = "Checks on out-of-hours contacts have slipped back. Care leavers are seen more often."
WHY_RED = "Two of nine adviser posts are vacant and nobody has applied."
SO_WHAT = "Nineteen in a hundred care leavers have not been seen for eight weeks."
REASON = "The headline did not say that two adviser posts are vacant."
GAPS = [
    "1.4 Managers trained to use figures: no update for June",
    "11.2 Monthly supervision, recorded: no update for June",
    "4.2 Pathway plans up to standard: its update was returned and not sent again",
    "11.3 Managers trained to supervise: its update was returned and not sent again",
    "A comment by Director of Children’s Services is not answered: “The third sentence mixes two good things that "
    "have nothing to do with each other. Which of them should the Board remember?”",
    "A comment by Head of Safeguarding and Quality Assurance is not answered: “There has been no update for two "
    "months. Say whether supervision takes place and is not recorded, or does not take place.”",
]


def test_june_is_written_checked_frozen_and_issued_again(demonstration, open_browser):
    officer, team, board = (
        open_browser(user=User.objects.get(email=f"{name}@havering.example"))
        for name in ("officer", "manager", "board")
    )
    when_the_officer_answers_no_progress_by_keyboard(officer)
    when_the_team_sees_who_has_not_updated(team)
    when_the_team_returns_one_and_accepts_the_others(team)
    when_the_board_comments_on_an_exception(board)
    when_the_team_answers(team)
    when_the_team_writes_for_the_board(team)

    when_the_team_freezes_june_with_its_gaps(team)
    then_the_board_reads_what_was_frozen(board)
    then_the_pdf_is_the_frozen_one(board)

    when_the_team_issues_june_again(team)
    then_both_versions_can_be_read(board)
    then_may_and_june_are_compared(board)


def when_the_officer_answers_no_progress_by_keyboard(officer):
    officer.goto("/")
    tab_to(officer, officer.get_by_role("link", name="Write the June update of L2.1, Personal adviser posts"))
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_contain_text(
        "Update: Fill every personal adviser post"
    )
    tab_to(officer, officer.get_by_label("Green"))
    officer.keyboard.press("ArrowDown")
    expect(officer.get_by_label("Amber")).to_be_checked()
    type_into(officer, officer.get_by_label("No progress this month? Say why instead"), WHY_NOTHING)
    said_in_may = ProgressUpdate.objects.get(action__ref="L2.1", month="2017-05-01").difference
    type_into(officer, officer.get_by_label("What difference has it made, and how do you know?"), said_in_may)
    type_into(officer, officer.get_by_label("Cause: why has it slipped?"), CAUSE)
    type_into(
        officer, officer.get_by_label("Remedy: what brings it back?"), "Two temporary advisers from July."
    )
    type_into(
        officer, officer.get_by_label("What happens next?"), "The Board decides on the money on 29 June."
    )
    submit = officer.get_by_role("button", name="Submit update")
    tab_to(officer, submit)
    officer.keyboard.press("Enter")

    expect_errors(officer, "These are May’s words. Say what is new, or tick that they still hold for June")
    tab_to(officer, officer.get_by_label("May’s words still hold for June"))
    officer.keyboard.press("Space")
    tab_to(officer, submit)
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("alert")).to_contain_text("Update for June submitted.")
    expect(officer.locator(".app-story")).to_contain_text(WHY_NOTHING)


def when_the_team_sees_who_has_not_updated(team):
    team.goto("/")
    follow(team, "Monthly report")
    follow(team, "chase who has not updated")
    expect(fact(team, "Updates that have come in")).to_have_text("54 of 57")
    leaving_care = team.get_by_role("row").filter(has_text="Head of Leaving Care")
    expect(leaving_care.get_by_role("listitem")).to_contain_text(["4.2, Pathway plans up to standard"])


def when_the_team_returns_one_and_accepts_the_others(team):
    follow(team, "June 2017 report")
    follow(team, "check updates")
    follow(team, "Check 11.3")
    team.get_by_label("Reason, if you return it").fill("Say what the observations found.")
    press(team, "Return to the owner")
    expect(team.get_by_role("alert")).to_contain_text("returned with your reason")

    follow(team, "Monthly report")
    follow(team, "check updates")
    for ref in ("8.2", "8.3", "9.2"):
        team.get_by_label(f"Accept the update of {ref}").check()
    press(team, "Accept the ticked updates")
    expect(team.get_by_role("alert")).to_contain_text("3 updates accepted: 8.2, 8.3, 9.2.")
    follow(team, "Check L2.1")
    expect(team.locator("main")).to_contain_text(WHY_NOTHING)
    press(team, "Accept update")
    expect(team.get_by_role("alert")).to_contain_text("Update for June 2017 accepted.")


def when_the_board_comments_on_an_exception(board):
    board.goto("/")
    read_june(board)
    follow(board, "Comment on Exceptions")
    follow(board, "2.3 Daily check of every contact")
    board.get_by_label("What is your comment?").fill(COMMENT)
    press(board, "Save comment")
    expect(board.get_by_role("alert")).to_contain_text("Comment saved.")


def when_the_team_answers(team):
    follow(team, "My work")
    team.get_by_role("link", name="Answer: Seven contacts waited").click()
    team.get_by_label("What is the answer?").fill(ANSWER)
    press(team, "Save answer")
    expect(team.get_by_role("row").filter(has_text=COMMENT)).to_contain_text(ANSWER)


def when_the_team_writes_for_the_board(team):
    follow(team, "June 2017")
    follow(team, "write for the Board")
    team.get_by_label("What does the Board need to know?").fill(HEADLINE)
    team.get_by_label("Red", exact=True).check()
    team.get_by_label("Why?").fill(WHY_RED)
    team.get_by_label("Care leavers seen in the last eight weeks").fill(SO_WHAT)
    press(team, "Save")
    expect(team.locator("main")).to_contain_text(HEADLINE)


def when_the_team_freezes_june_with_its_gaps(team):
    follow(team, "freeze this month")
    expect(team.locator("main").get_by_role("listitem")).to_have_text(GAPS)
    press(team, "Freeze June 2017")
    expect_errors(
        team, "These 6 things are missing. Mend what you can, or tick the box to freeze without them"
    )
    team.get_by_label("Freeze it all the same.").check()
    press_and_wait(team, "Freeze June 2017")
    expect(team.get_by_role("alert")).to_contain_text("June 2017 is frozen as version 1.")
    expect(team.get_by_role("link", name="write for the Board")).to_have_count(0)


def then_the_board_reads_what_was_frozen(board):
    read_june(board)
    stamp = board.locator(".app-stamp")
    expect(stamp).to_contain_text("Version 1, frozen 27 June 2017 by Head of Innovation and Improvement.")
    stamp.get_by_text("6 things missing when it was frozen").click()
    expect(stamp.locator("details").first.get_by_role("listitem")).to_have_text(GAPS)
    expect(board.locator("main")).to_contain_text(HEADLINE)
    expect(board.locator("main")).to_contain_text(SO_WHAT)
    expect(board.get_by_role("link", name="Comment on Exceptions")).to_have_count(0)


def then_the_pdf_is_the_frozen_one(board):
    with board.expect_download() as waiting:
        follow(board, "PDF of June 2017, version 1")

    assert waiting.value.suggested_filename == "OFFICIAL-SENSITIVE ofsted-2016 2017-06 version 1.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def when_the_team_issues_june_again(team):
    follow(team, "issue it again")
    team.get_by_label("Why is it issued again?").fill(REASON)
    press_and_wait(team, "Issue version 2")
    expect(team.get_by_role("alert")).to_contain_text("June 2017 is issued again as version 2.")


def then_both_versions_can_be_read(board):
    board.reload()
    stamp = board.locator(".app-stamp")
    expect(stamp).to_contain_text(f"Why it was issued again: {REASON}")
    stamp.get_by_role("link", name="1", exact=True).click()
    expect(stamp).to_contain_text("A later version stands in its place.")
    expect(stamp).to_contain_text("Version 1, frozen 27 June 2017")

    follow(board, "Monthly reports")
    june = board.get_by_role("row").filter(has=board.get_by_role("rowheader", name="June 2017"))
    expect(june.get_by_role("cell").first).to_have_text("Frozen")
    expect(june.locator(".app-version")).to_contain_text(
        [
            f"Issued again: {REASON}",
            "Version 1, frozen 27 June 2017",
        ]
    )


def then_may_and_june_are_compared(board):
    follow(board, "Compare two months")
    board.get_by_label("Compare", exact=True).select_option("May 2017")
    board.get_by_label("with", exact=True).select_option("June 2017")
    press(board, "Compare")
    expect(board.get_by_role("heading", level=1)).to_have_text("May 2017 and June 2017")
    expect(fact(board, "June 2017")).to_contain_text("Version 2")
    check = board.get_by_role("row").filter(has_text="2.3 Daily check of every contact")
    expect(check.get_by_role("cell")).to_contain_text(
        ["Assured. Impact: evidenced.", "Red. Impact: not achieved."]
    )


def press_and_wait(person, name):
    """Ten files are drawn before the answer comes, which takes its time where other tests run beside."""
    person.get_by_role("button", name=name, exact=True).click(timeout=60_000)
