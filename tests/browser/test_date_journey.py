"""An owner asks for new dates; the Board's member records that one is refused and another agreed."""

import pytest
from playwright.sync_api import expect

from actionplan.models import ActionPlan, Meeting
from tests.browser.steps import follow, press, sign_in

pytestmark = pytest.mark.browser

REASON = "The last 14 plans need an adviser, and the second advert closes on 7 July."
BECAUSE = "These young people have waited since May."


def test_the_board_refuses_one_date_and_agrees_another(browse):
    officer = sign_in(browse(), "officer")
    when_the_owner_asks(officer, of="Milestone 4.2.3", day="26", month="7")
    when_the_owner_asks(officer, of="The action, due", day="31", month="8")
    given_the_board_has_met()

    board = sign_in(browse(), "board")
    when_the_board_decides(board, of="4.2.3", verdict="Refused: it stays 15 June 2017", because=BECAUSE)
    when_the_board_decides(board, of="4.2", verdict="Agreed: it moves to 31 August 2017")

    then_the_owner_reads_both(officer)


def when_the_owner_asks(officer, *, of, day, month):
    officer.goto("/plans/ofsted-2016/actions/4.2/")
    follow(officer, "Ask for a new date")
    officer.get_by_label(of).check()
    for box, value in (("Day", day), ("Month", month), ("Year", "2017")):
        officer.get_by_label(box, exact=True).fill(value)
    officer.get_by_label("Why does the date have to move?").fill(REASON)
    press(officer, "Ask for this date")
    expect(officer.get_by_role("alert")).to_contain_text("The date and the rating stay as they are")


def given_the_board_has_met():
    plan = ActionPlan.objects.get(slug="ofsted-2016")
    Meeting.objects.create(plan=plan, body="board", held_on="2017-06-27", chair="Chief Executive")


def when_the_board_decides(board, *, of, verdict, because=""):
    board.goto("/")
    follow(board, board.get_by_role("link", name="for a decision").inner_text())
    follow(board, f"Decide about {of}")
    expect(board.locator("main")).to_contain_text(REASON)
    board.get_by_label(verdict).check()
    board.get_by_label("If it is refused, why?").fill(because)
    board.get_by_label("Who decided?").select_option("Transformation and Improvement Board, 27 June 2017")
    press(board, "Save decision")
    expect(board.get_by_role("alert")).to_contain_text("New date")


def then_the_owner_reads_both(officer):
    officer.goto("/")
    task = officer.get_by_role("listitem").filter(has_text="New date refused: 4.2.3")
    expect(task).to_contain_text(BECAUSE)
    officer.goto("/plans/ofsted-2016/actions/4.2/")
    expect(officer.locator("main")).to_contain_text(
        "Due 31 August 2017. Original date 30 June 2017, moved twice, 62 days slipped."
    )
    expect(officer.locator("main")).to_contain_text("Date change of milestone 4.2.3 refused")
