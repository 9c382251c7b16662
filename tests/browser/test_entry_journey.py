"""June’s figures come in, on 5 July, with JavaScript and without it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.steps import expect_errors, line, press, sign_in

pytestmark = pytest.mark.browser

UNUSUAL = (
    "Independent visitors: 40 is far from the values before it, 0 to 12. Did you mean 4? "
    "Correct it, or say why it is right"
)
SLIP = (
    "Children in need: 13,010 is far from the values before it, 1,301 to 1,411. Did you mean 1,301? "
    "Correct it, or say why it is right"
)


@pytest.fixture(autouse=True)
def fifth_of_july(settings):
    settings.OFSTED_TODAY = date(2017, 7, 5)


def test_june_is_entered_asked_about_and_may_is_revised(browse):
    team = sign_in(browse(), "manager")
    when_they_enter_june_with_a_slip_and_a_leap(team)
    expect_errors(team, UNUSUAL, SLIP)
    when_they_correct_the_one_and_stand_by_the_other(team)
    then_june_says_who_entered_it(team)

    when_they_revise_may_without_a_reason(team)
    expect_errors(team, "Return home interviews: say why 70% (19 of 27) becomes 74% (20 of 27)")
    when_they_say_why(team)
    then_the_indicator_shows_both(team)


def when_they_enter_june_with_a_slip_and_a_leap(team):
    team.goto("/kpis/entry/")
    expect(team.get_by_role("heading", level=1)).to_have_text("Enter figures: June 2017")
    expect(team.get_by_role("row", name="May 2017 12 Provisional")).to_be_visible()
    line(team, "Independent visitors").get_by_label("Children matched").fill("40")
    line(team, "Children in need").get_by_label("Children in need").fill("13010")
    press(team, "Save figures")


def when_they_correct_the_one_and_stand_by_the_other(team):
    line(team, "Children in need").get_by_label("Children in need").fill("1301")
    line(team, "Independent visitors").get_by_label("It is right, because").fill("28 visitors were trained")
    press(team, "Save figures")


def then_june_says_who_entered_it(team):
    expect(team.get_by_role("alert")).to_contain_text(
        "Saved 2 figures for June 2017: Independent visitors, Children in need"
    )
    visitors = line(team, "Independent visitors")
    expect(visitors).to_contain_text("Entered by Head of Innovation and Improvement on 5 July 2017.")
    expect(visitors).to_contain_text("Unusual, but right: “28 visitors were trained”")


def when_they_revise_may_without_a_reason(team):
    team.get_by_role("link", name="May 2017", exact=True).click()
    line(team, "Return home interviews").get_by_label("Episodes with an interview").fill("20")
    press(team, "Save figures")


def when_they_say_why(team):
    line(team, "Return home interviews").get_by_label("Why is it revised?").fill("One record came late")
    press(team, "Save figures")
    expect(team.get_by_role("alert")).to_contain_text("Saved 1 figure for May 2017: Return home interviews")


def then_the_indicator_shows_both(team):
    team.goto("/kpis/rhi-72/")
    expect(team.locator("main")).to_contain_text("One record came late")
    expect(team.locator("main")).to_contain_text("19 of 27")
    expect(team.locator("main")).to_contain_text("20 of 27")
    team.goto("/kpis/iv-matched/")
    expect(team.locator("main")).to_contain_text("28 visitors were trained")
