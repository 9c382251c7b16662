"""Django admin as Chromium shows it, with JavaScript and without."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.models import Action, DateChange
from tests.factories import (
    ActionFactory,
    DateChangeFactory,
    MilestoneFactory,
    ServiceFactory,
    UserFactory,
)

from .records import list_url, url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 375])
def test_every_kind_of_admin_page_obeys_the_content_security_policy(open_browser, administrator, width):
    action = MilestoneFactory().action
    service = ServiceFactory(name="Early Help")
    page = open_browser(administrator, width=width)

    for address in [
        "/admin/",
        list_url("actionplan.action"),
        list_url("actionplan.progressupdate"),
        list_url("havering_ofsted.user", "add"),
        url(administrator, "history"),
        reverse("admin:auth_user_password_change", args=[UserFactory().pk]),
        url(service, "delete"),
        url(DateChangeFactory(action=action)),
        url(action),
    ]:
        assert page.goto(address, wait_until="networkidle").status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".field-service .select2-selection").click()
    page.locator(".select2-results__option", has_text="Early Help").click()
    page.locator(".field-due_on .date-icon").first.click()
    page.locator(".calendarbox:visible .calendar-cancel a").first.click()
    page.locator(".add-row a").click()
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("was changed successfully").wait_for()
    action.refresh_from_db()
    assert action.service == service


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_date_is_moved_after_a_conflict_without_javascript(open_browser, administrator):
    action = ActionFactory(due_on=date(2017, 9, 30))
    page = open_browser(administrator, javascript=False)
    page.goto(url(action))
    Action.objects.filter(pk=action.pk).update(version=2, title="Theirs")

    page.get_by_label("What will be done").fill("Mine")
    page.get_by_label("Due date").first.fill("31/10/2017")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("This is where the two texts differ").wait_for()
    page.get_by_label("Why the date moves").first.fill("The new team starts in October.")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("was changed successfully").wait_for()
    change = DateChange.objects.get()
    assert (change.to_date, change.made_by) == (date(2017, 10, 31), administrator)
    assert Action.objects.get().title == "Mine"
