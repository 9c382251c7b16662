"""Of two who save at once, nobody’s words are lost."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains

from actionplan.models import Action, Post
from kpis.models import Indicator, Target
from tests.factories import (
    ActionFactory,
    BaselineFactory,
    IndicatorFactory,
    MilestoneFactory,
    PostFactory,
    TargetFactory,
)

from .records import EDITED, factory_of, filled_in, list_url, url


def test_stale_save_writes_nothing_and_shows_both_texts(client):
    milestone = MilestoneFactory(title="First step")
    action = milestone.action
    mine = filled_in(client.get(url(action)))
    client.post(url(action), mine | {"title": "Theirs", "milestones-0-title": "Their step"})
    stored = Action.history.count()

    response = client.post(url(action), mine | {"title": "Mine", "milestones-0-title": "My step"})

    assert response.status_code == 409
    action.refresh_from_db()
    assert (action.title, action.version, Action.history.count()) == ("Theirs", 2, stored)
    assert [tuple(each) for each in response.context["differences"]] == [
        ("What will be done", "Mine", "Theirs"),
        (f"Milestone {action.ref}.{milestone.number} Their step: Title", "My step", "Their step"),
    ]
    assertContains(response, "Somebody else changed this while you were writing", status_code=409)
    assertContains(response, 'value="Mine"', status_code=409)


def test_stale_save_can_be_carried_on_with_what_was_typed(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    client.post(url(action), mine | {"title": "Theirs"})
    conflict = client.post(url(action), mine | {"title": "Mine"})

    client.post(url(action), filled_in(conflict))

    action.refresh_from_db()
    assert (action.title, action.version) == ("Mine", 3)


def test_stale_save_shows_a_milestone_that_somebody_else_added(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    theirs = {
        "milestones-0-number": "1",
        "milestones-0-title": "Their step",
        "milestones-0-due_on": "31/07/2017",
    }
    client.post(url(action), mine | theirs)

    ours = {"milestones-0-number": "2", "milestones-0-title": "My step", "milestones-0-due_on": "31/08/2017"}
    conflict = client.post(url(action), mine | ours)
    client.post(url(action), filled_in(conflict))

    labels = [each.label for each in conflict.context["differences"]]
    assert labels == [
        "New milestone: Number",
        "New milestone: Title",
        "New milestone: Due date",
        "New milestone",
    ]
    assert list(action.milestones.values_list("title", flat=True)) == ["Their step", "My step"]


@pytest.mark.parametrize("version", [None, "", "x", "0", "2", "1 or 1=1", "9" * 5000])
def test_save_without_the_stored_version_is_a_conflict(client, version):
    post = PostFactory(title="Head of Leaving Care")
    data = filled_in(client.get(url(post))) | {"title": "Head of Early Help"}
    del data["version"]

    response = client.post(url(post), data if version is None else data | {"version": version})

    assert response.status_code == 409
    assert Post.objects.get(pk=post.pk).title == "Head of Leaving Care"


@pytest.mark.parametrize("label", EDITED)
def test_every_editable_form_carries_its_version_and_a_save_raises_it(client, label):
    record = factory_of(label)()
    page = client.get(url(record))

    first = client.post(url(record), filled_in(page))
    second = client.post(url(record), filled_in(page))

    record.refresh_from_db()
    assert (first.status_code, second.status_code, record.version) == (302, 409, 2)


def test_targets_and_baseline_are_covered_by_their_indicators_version(client, administrator):
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator)
    target = TargetFactory(indicator=indicator, value=90)
    mine = filled_in(client.get(url(indicator)))

    client.post(url(indicator), mine | {"targets-0-value": "95"})
    response = client.post(url(indicator), mine | {"targets-0-value": "85", "baseline-0-value": "61"})

    target.refresh_from_db()
    assert (response.status_code, target.value) == (409, 95)
    assert Indicator.objects.get().version == 2
    assert Target.history.first().history_user == administrator


def test_target_is_corrected_and_the_page_says_that_a_new_agreement_is_new_targets(client):
    target = TargetFactory(value=90)
    page = client.get(url(target.indicator))

    client.post(url(target.indicator), filled_in(page) | {"targets-0-value": "91"})

    assertContains(page, "What the Board agrees anew is new targets with a date of their own")
    assert Target.objects.get().value == 91
    assert list(target.history.values_list("value", flat=True)) == [91, 90]


def test_new_limits_are_kept_with_their_indicator(client, administrator):
    indicator = IndicatorFactory()
    data = filled_in(client.get(url(indicator)))
    row = {"starts_on": "01/01/2017", "agreed_on": "26/01/2017", "reason": "A new form"}

    client.post(
        url(indicator),
        data | {"rebases-TOTAL_FORMS": "1"} | {f"rebases-0-{name}": text for name, text in row.items()},
    )

    rebase = indicator.rebases.get()
    assert (rebase.starts_on, rebase.reason) == (date(2017, 1, 1), "A new form")
    assert rebase.history.get().history_user == administrator


@pytest.mark.parametrize("code", ["entry", "import", "charts"])
def test_indicator_cannot_take_the_address_of_another_page(client, code):
    data = filled_in(client.get(list_url("kpis.indicator", "add")))

    response = client.post(list_url("kpis.indicator", "add"), data | {"code": code})

    assert response.context["adminform"].form.errors["code"] == [
        "Another page has this address. Choose another code"
    ]


def test_conflict_over_a_target_shows_only_what_differs(client):
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=90, tolerance=5)
    mine = filled_in(client.get(url(indicator)))
    client.post(url(indicator), mine | {"targets-0-value": "95"})

    response = client.post(url(indicator), mine)

    assert mine["targets-0-tolerance"] == "5"
    assert [each[1:] for each in response.context["differences"]] == [("90", "95")]


@pytest.mark.parametrize("key", ["x", "²"])
def test_choice_that_is_no_record_is_an_error_at_its_field(client, key):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"owner": key, "contributors": [key, "1"]})

    assert response.context["adminform"].form.errors.keys() == {"owner", "contributors"}


@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_at_once_one_is_stored_and_three_are_told(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    together, statuses = Barrier(4), []

    def save(number):
        browser = Client()
        browser.cookies = client.cookies
        together.wait()
        statuses.append(browser.post(url(action), mine | {"title": f"Text {number}"}).status_code)
        connection.close()

    threads = [Thread(target=save, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    action.refresh_from_db()
    assert sorted(statuses) == [302, 409, 409, 409]
    assert (action.version, action.history.count()) == (2, 2)
