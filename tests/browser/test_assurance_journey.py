"""The assurer finds delivered work adequate, a later check finds that it does not hold, and its owner is told why."""

from datetime import date

import pytest
from playwright.sync_api import expect

from actionplan.enums import EvidenceSource
from actionplan.models import Action
from havering_ofsted.models import User
from tests.browser.steps import follow, press, sign_in
from tests.factories import EvidenceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUND = "Asked 15 care leavers: 12 could name three entitlements."
FAILED = "Asked 15 care leavers in other flats: 4 could name three entitlements."


def test_delivered_work_is_assured_and_then_found_not_to_hold(browse):
    assurer = sign_in(browse(), "assurer")
    when_they_open_the_guide_for_care_leavers(assurer)
    then_one_source_is_missing(assurer)

    when_an_audit_is_added_and_they_tick_both(assurer)
    then_it_is_assured(assurer)
    owner = sign_in(browse(), "officer")
    then_the_owner_reads_what_it_rests_on(owner)

    when_they_check_again_and_it_does_not_hold(assurer)
    then_the_owner_is_told_why(owner)


def when_they_open_the_guide_for_care_leavers(assurer):
    task = assurer.get_by_role("listitem").filter(has_text="5.1, Entitlements guide published")
    expect(task).to_contain_text(
        "Evidence of impact from at least two sources: child’s or family’s voice only."
    )
    follow(assurer, "5.1, Entitlements guide published")


def then_one_source_is_missing(assurer):
    assurer.get_by_role("checkbox").first.check()
    assurer.get_by_label("What did you check, and what did you find?").fill(FOUND)
    assurer.get_by_label("Adequate: it is done").check()
    press(assurer, "Save what you found")
    summary = assurer.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_contain_text("evidence from at least two sources is needed")
    expect(assurer.get_by_label("What did you check, and what did you find?")).to_have_value(FOUND)


def when_an_audit_is_added_and_they_tick_both(assurer):
    EvidenceFactory(
        action=Action.objects.get(ref="5.1"),
        source=EvidenceSource.AUDIT,
        title="Audit of 20 pathway plans",
        added_on=date(2017, 6, 27),
        made_by=User.objects.get(email="officer@havering.example"),
    )
    press(assurer, "Save what you found")  # the page comes back with the new piece
    for box in assurer.get_by_role("checkbox").all():
        box.check()
    press(assurer, "Save what you found")


def then_it_is_assured(assurer):
    expect(assurer.get_by_role("alert")).to_contain_text(
        "Found adequate: action 5.1 is assured. It is to be checked again by 27 December 2017."
    )


def then_the_owner_reads_what_it_rests_on(owner):
    owner.goto("/plans/ofsted-2016/actions/5.1/")
    expect(owner.locator(".app-story > li").first).to_contain_text(FOUND)
    expect(owner.locator(".app-story > li").first).to_contain_text(
        "Audit of 20 pathway plans (Audit of practice"
    )
    expect(owner.locator("main")).to_contain_text("Next check due by 27 December 2017.")


def when_they_check_again_and_it_does_not_hold(assurer):
    follow(assurer, "Check the evidence")
    expect(assurer.locator(".govuk-caption-l")).to_have_text("Action 5.1, early re-check")
    assurer.get_by_label("What did you check, and what did you find?").fill(FAILED)
    assurer.get_by_label("Not adequate: send it back to the owner").check()
    press(assurer, "Save what you found")
    expect(assurer.get_by_role("alert")).to_contain_text("Action 5.1 is sent back with your reasons.")


def then_the_owner_is_told_why(owner):
    owner.goto("/")
    task = owner.get_by_role("listitem").filter(has_text="Put right 5.1")
    expect(task).to_contain_text(FAILED)
    expect(task.locator(".app-tag")).to_have_text("Relapsed")
    task.get_by_role("link").click()
    expect(owner.locator("main")).to_contain_text("Relapsed on 27 June 2017.")
