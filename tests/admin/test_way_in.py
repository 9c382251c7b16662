"""Who may come into Django admin, and what they find there."""

import pytest
from django.contrib import admin
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from actionplan.permissions import ADMINISTRATOR, GROUPS, OFFICER
from tests.factories import ActionFactory, UserFactory

from .records import ADDED_ONLY, EDITED, FACTS, factory_of, list_url, url


def test_admin_stranger_is_sent_to_the_sites_own_sign_in_page(client):
    client.logout()

    response = client.get("/admin/login/?next=/admin/actionplan/")

    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/account/login/?next=/admin/"
    assertRedirects(response, "/account/login/?next=/admin/actionplan/")


@pytest.mark.parametrize("group", [name for name in GROUPS if name != ADMINISTRATOR])
def test_admin_other_roles_get_the_403_page(client, group):
    client.force_login(UserFactory(group=group))

    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/").status_code == 403
    assert client.get(list_url("actionplan.action")).status_code == 403


def test_admin_staff_without_the_group_sees_no_records(client):
    client.force_login(UserFactory(group=OFFICER, is_staff=True))

    assert client.get(list_url("actionplan.action")).status_code == 403


def test_admin_pages_say_whose_site_this_is_and_lead_back(client):
    response = client.get("/admin/")

    assertContains(response, "Ofsted improvement plan: administration")
    assertContains(response, "Demonstration: today is 27 June 2017.")
    assertContains(response, "OFFICIAL-SENSITIVE")
    assertContains(response, '<a href="/">Back to the improvement plan</a>', html=True)
    assertRedirects(client.get("/admin/password_change/"), reverse("password_change"))


def test_admin_keeps_every_model_in_one_of_the_lists():
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert registered == {*FACTS, *ADDED_ONLY, *EDITED}


@pytest.mark.parametrize("label", [*FACTS, *ADDED_ONLY, *EDITED])
def test_admin_every_page_of_every_model_opens(client, label):
    record = factory_of(label)()

    pages = [list_url(label), f"{list_url(label)}?q=head", url(record)]
    if label in EDITED:
        pages += [url(record, "history")]

    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    assert "'unsafe" not in client.get(url(record))["Content-Security-Policy"]
    assert client.get(url(record))["Cache-Control"].find("no-store") >= 0


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"q": "a" * 60_000}, id="too long to search for"),
        {"pk__in": "9" * 31},
        {"month__year": "-1"},
        {"_to_field": ""},
    ],
)
def test_admin_question_that_no_page_asks_is_a_bad_request(client, query):
    client.raise_request_exception = False
    records = [list_url("actionplan.reportingmonth"), url(ActionFactory())]

    assert {client.get(address, query).status_code for address in records} == {400}


def test_admin_search_may_be_a_long_number(client):
    assert client.get(list_url("actionplan.action"), {"q": "9" * 31}).status_code == 200
