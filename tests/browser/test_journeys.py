"""Whole journeys through the sample plan in a real browser, with JavaScript and without it."""

import pytest
from playwright.sync_api import expect

from actionplan.models import Action, ProgressUpdate
from tests.browser.keyboard import tab_to, type_into
from tests.browser.paper import letters, sheets, sizes_in_mm
from tests.browser.steps import PASSWORD, expect_errors, fact, follow, press, read_june, sign_in

pytestmark = pytest.mark.browser

DONE = "59 of 59 plans for 16 and 17 year olds and 104 of 118 for 18 to 21s reviewed."
DIFFERENCE = "Audit: 26 of 40 plans were good, and 31 of the 40 young people had been visited in time."
REASON = "The last 14 plans are booked for this week, before the milestone in July needs them."
AMBER = "milestone 4.2.3 is 12 days late and the action is due in 30 days"


def test_an_update_is_corrected_checked_and_counted(browse):
    officer = sign_in(browse(), "officer")
    when_the_officer_opens_the_returned_update(officer)
    when_they_say_green_without_a_reason_and_nothing_of_the_difference(officer)
    expect_errors(
        officer,
        f"Give a reason for green when the facts point to amber: {AMBER}",
        "Enter what difference it has made, or write “too early to say” and why",
    )
    then_what_they_typed_is_still_there(officer)
    when_they_put_both_right(officer)
    then_they_are_told_who_checks_it(officer)

    board = sign_in(browse(), "board")
    then_june_says_that_it_is_not_checked_yet(board)

    team = sign_in(browse(), "manager")
    when_the_improvement_team_accepts_it(team)
    then_june_counts_it(board)


def when_the_officer_opens_the_returned_update(officer):
    task = officer.get_by_role("listitem").filter(has_text="Correct the June update of 4.2")
    expect(task).to_contain_text("Say what the audit found about visits, not only about plans.")
    expect(task.locator(".app-tag")).to_have_text("Returned")
    task.get_by_role("link").click()
    expect(officer.locator(".govuk-inset-text").first).to_contain_text("Returned on 26 June 2017")


def when_they_say_green_without_a_reason_and_nothing_of_the_difference(officer):
    officer.get_by_label("Green").check()
    officer.get_by_label("What was done this month?").fill(DONE)
    officer.get_by_label("What difference has it made, and how do you know?").fill("")
    press(officer, "Submit update")


def then_what_they_typed_is_still_there(officer):
    expect(officer.get_by_label("Green")).to_be_checked()
    expect(officer.get_by_label("What was done this month?")).to_have_value(DONE)


def when_they_put_both_right(officer):
    officer.get_by_label("Why is your rating better than the one proposed?").fill(REASON)
    officer.get_by_label("What difference has it made, and how do you know?").fill(DIFFERENCE)
    press(officer, "Submit update")


def then_they_are_told_who_checks_it(officer):
    expect(officer.get_by_role("alert")).to_contain_text(
        "Update for June submitted. The improvement team checks it. Once accepted it counts on the Board’s page."
    )
    expect(officer.locator("main")).to_contain_text(DONE)


def then_june_says_that_it_is_not_checked_yet(board):
    read_june(board)
    expect(fact(board, "Updates accepted")).to_have_text("38 of 45")
    expect(board.get_by_text("Not yet checked, so not counted:").locator("..")).to_contain_text(
        "4.2 Pathway plans up to standard"
    )
    expect(board.locator("main")).not_to_contain_text(DIFFERENCE)


def when_the_improvement_team_accepts_it(team):
    follow(team, "Check the June update of 4.2, Pathway plans up to standard")
    expect(team.locator("main")).to_contain_text(REASON)
    press(team, "Accept update")
    expect(team.get_by_role("alert")).to_contain_text("Update for June 2017 accepted")


def then_june_counts_it(board):
    board.reload()
    expect(fact(board, "Updates accepted")).to_have_text("39 of 45")
    expect(board.get_by_text("Not yet checked, so not counted:").locator("..")).not_to_contain_text("4.2 ")
    expect(board.locator("main")).to_contain_text(DIFFERENCE)


def test_the_board_goes_from_a_red_to_its_cause_and_back(browse):
    board = sign_in(browse(), "board")
    read_june(board)
    when_they_follow_the_red_recording_system(board)
    then_they_read_why_it_is_late_and_what_was_decided(board)
    when_they_go_back_to_june(board)
    then_june_prints_whole_on_a4(board)


def when_they_follow_the_red_recording_system(board):
    row = board.get_by_role("row").filter(has_text="13.1").first
    expect(row.locator(".app-tag").first).to_have_text("Red")
    row.get_by_role("link").click()


def then_they_read_why_it_is_late_and_what_was_decided(board):
    expect(board.locator(".govuk-caption-l")).to_have_text("Action 13.1, Head of Innovation and Improvement")
    expect(board.locator("main")).to_contain_text("All three bids are over budget, the lowest by 18%")
    expect(fact(board, "Original date")).to_have_text("30 September 2017")


def when_they_go_back_to_june(board):
    board.go_back()
    expect(board.get_by_role("heading", level=1)).to_have_text("Monthly progress: June 2017")


def then_june_prints_whole_on_a4(board):
    pdf = board.pdf(prefer_css_page_size=True)
    printed = sheets(pdf)
    parts = [letters(each) for each in board.locator(".app-part h2").all_inner_texts()]
    table = board.locator(".app-table--kpi").first
    head = letters(table.locator("thead").inner_text())
    lines = [letters(each) for each in table.locator(".app-so").all_inner_texts()]
    with_lines = [sheet for sheet in printed if any(line in sheet for line in lines)]

    assert sizes_in_mm(pdf) == {(210, 297)}
    assert len(printed) <= 5
    assert [part for part in parts if part not in "".join(printed)] == []
    assert len(parts) >= 10
    assert [head in sheet for sheet in with_lines] == [True, True]


def test_two_people_write_at_once_and_the_second_sees_both_texts(browse):
    first, second = sign_in(browse(), "officer"), sign_in(browse(), "manager")
    address = "/plans/ofsted-2016/actions/4.2/update/"
    for person in (first, second):
        person.goto(address)
    first.get_by_label("What was done this month?").fill(DONE)
    first.get_by_label("What difference has it made, and how do you know?").fill(DIFFERENCE)
    press(first, "Submit update")

    second.get_by_label("What was done this month?").fill("All plans were read by a second person.")
    press(second, "Submit update")

    expect(second.get_by_role("heading", level=1)).to_contain_text("Changed while you were writing")
    both = second.get_by_role("row").filter(has_text="All plans were read by a second person.")
    expect(both).to_contain_text(DONE)
    expect(second.get_by_label("What was done this month?")).to_have_value(
        "All plans were read by a second person."
    )
    assert ProgressUpdate.objects.filter(action__ref="4.2", done__startswith="All plans were").count() == 0

    second.get_by_label("What difference has it made, and how do you know?").fill(DIFFERENCE)
    press(second, "Submit update")
    expect(second.get_by_role("alert")).to_contain_text("Update for June submitted")
    assert (
        ProgressUpdate.objects.filter(
            action__ref="4.2", month="2017-06-01", submitted_on="2017-06-27"
        ).count()
        == 2
    )


def test_an_administrator_hands_an_action_over_and_moves_its_date(browse):
    administrator = sign_in(browse(), "admin")
    follow(administrator, "Open the admin site")
    follow(administrator, "Actions")
    when_they_hand_7_1_over_to_the_head_of_leaving_care(administrator)
    when_they_move_its_date_without_a_reason(administrator)
    expect(administrator.locator(".errorlist").first).to_contain_text(
        "Say why the date moves from 31 March 2018"
    )
    when_they_give_the_reason(administrator)
    then_the_action_shows_the_new_owner_and_both_dates(administrator)


def when_they_hand_7_1_over_to_the_head_of_leaving_care(administrator):
    row = administrator.get_by_role("row").filter(has_text="7.1")
    row.first.get_by_role("checkbox").check()
    administrator.get_by_label("Action:").select_option("Hand over to another post")
    press(administrator, "Go")
    administrator.get_by_label("Post that takes over").select_option("Head of Leaving Care")
    press(administrator, "Hand over")
    expect(administrator.locator(".messagelist")).to_contain_text(
        "Handed over 1 action to the Head of Leaving Care"
    )


def when_they_move_its_date_without_a_reason(administrator):
    follow(administrator, "7.1")
    administrator.get_by_label("Due date", exact=False).first.fill("30/06/2018")
    press(administrator, "Save")


def when_they_give_the_reason(administrator):
    administrator.get_by_label("Why the date moves").first.fill(
        "The summer campaign brings carers by June 2018."
    )
    press(administrator, "Save")
    expect(administrator.locator(".messagelist")).to_contain_text("changed successfully")


def then_the_action_shows_the_new_owner_and_both_dates(administrator):
    administrator.goto(Action.objects.get(ref="7.1").get_absolute_url())
    expect(fact(administrator, "Owner")).to_have_text("Head of Leaving Care")
    expect(fact(administrator, "Original date")).to_have_text("31 March 2018")
    expect(fact(administrator, "Date now")).to_have_text("30 June 2018, moved once")
    expect(administrator.locator(".app-story")).to_contain_text(
        "The summer campaign brings carers by June 2018."
    )


def test_the_officer_needs_no_mouse(demonstration, open_browser):
    officer = open_browser()
    when_they_sign_in_by_keyboard(officer)
    when_they_open_the_returned_update_by_keyboard(officer)
    when_they_say_green_and_nothing_of_the_difference_by_keyboard(officer)
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    when_they_follow_each_link_of_the_summary_and_answer(officer)
    then_they_are_told_who_checks_it(officer)


def when_they_sign_in_by_keyboard(officer):
    officer.goto("/")
    type_into(officer, officer.get_by_label("E-mail address"), "officer@havering.example")
    type_into(officer, officer.get_by_label("Password", exact=True), PASSWORD)
    tab_to(officer, officer.get_by_role("button", name="Sign in"))
    officer.keyboard.press("Space")
    expect(officer.get_by_role("heading", level=1)).to_have_text("My work: June 2017")


def when_they_open_the_returned_update_by_keyboard(officer):
    tab_to(officer, officer.get_by_role("link", name="Skip to main content"))
    officer.keyboard.press("Enter")
    tab_to(officer, officer.get_by_role("link", name="Correct the June update of 4.2"))
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Update: Bring every pathway plan")


def when_they_say_green_and_nothing_of_the_difference_by_keyboard(officer):
    tab_to(officer, officer.get_by_label("Amber"))
    officer.keyboard.press("ArrowUp")
    expect(officer.get_by_label("Green")).to_be_checked()
    type_into(officer, officer.get_by_label("What was done this month?"), DONE)
    tab_to(officer, officer.get_by_label("What difference has it made, and how do you know?"))
    officer.keyboard.press("ControlOrMeta+a")
    officer.keyboard.press("Delete")
    tab_to(officer, officer.get_by_role("button", name="Submit update"))
    officer.keyboard.press("Enter")


def when_they_follow_each_link_of_the_summary_and_answer(officer):
    links = officer.locator(".govuk-error-summary a")
    tab_to(officer, links.first)
    officer.keyboard.press("Enter")
    officer.keyboard.type(REASON)
    tab_to(officer, links.last, back=True)
    officer.keyboard.press("Enter")
    officer.keyboard.type(DIFFERENCE)
    tab_to(officer, officer.get_by_role("button", name="Submit update"))
    officer.keyboard.press("Enter")
