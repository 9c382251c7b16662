"""The improvement team accepts the updates of a month that are on track together."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.checks import accept
from actionplan.enums import DeliveryState, MonthState, Rag, UpdateStatus
from actionplan.models import ProgressUpdate
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    UserFactory,
)
from tests.forms import assert_error_summary

MAY = {"month": date(2017, 5, 1), "submitted_on": date(2017, 5, 18)}


@pytest.fixture
def month(db):
    return ReportingMonthFactory()


def url(month, plan=None):
    return reverse("actionplan:check_month", args=[(plan or month.plan).slug, "2017-06"])


def green(round_, **changes):
    """On track in the eyes of the owner and by the facts, in words of its own."""
    words = {
        "proposed_rag": Rag.GREEN,
        "done": "31 of 31 plans reviewed.",
        "difference": "Audit: 28 were good.",
    }
    action = changes.pop("action", None) or ActionFactory(plan=round_.plan)
    return ProgressUpdateFactory(action=action, **words | changes)


def statuses(*updates):
    stored = dict(ProgressUpdate.objects.values_list("pk", "status"))
    return [stored[each.pk] for each in updates]


def said(client):
    return [str(message) for message in client.get("/account/password_change/").context["messages"]]


def test_ticked_updates_are_accepted_and_the_others_wait(client, manager, month):
    first, second, third = (green(month) for _ in range(3))
    client.force_login(manager)

    response = client.post(url(month), {"updates": [first.pk, second.pk]})

    assert (response.status_code, response.url) == (302, url(month))
    assert statuses(first, second, third) == [UpdateStatus.ACCEPTED] * 2 + [UpdateStatus.SUBMITTED]
    first.refresh_from_db()
    assert (first.accepted_on, first.checked_by) == (date(2017, 6, 27), manager)
    assert first.history.first().status == UpdateStatus.ACCEPTED
    refs = f"{first.action.ref}, {second.action.ref}"
    assert said(client) == [f"2 updates accepted: {refs}. What they say counts from today."]


def test_each_that_cannot_be_accepted_with_others_says_why(client, manager, month):
    """Whatever a browser sends: what the page offers no box for is left as it is."""
    good = green(month)
    ticked_meanwhile = green(month)
    alone = {
        green(month, amber=True): "it is rated amber",
        green(month, proposed_rag=Rag.RED): "it is rated green and the facts point to red",
        green(month, delivered=True): "the action is “Delivered, awaiting assurance”",
        green(month, state=DeliveryState.NOT_STARTED, rag=""): "the action is “Not started”",
        green(month, made_by=manager): "you wrote it, so somebody else must check it",
        green(month, action=ActionFactory(plan=month.plan, owner__holder=manager)): (
            "you own the action, so somebody else must check it"
        ),
    }
    copied, corrected = green(month), green(month)
    ProgressUpdateFactory(action=copied.action, done=" 31 OF 31 plans reviewed.", **MAY)
    green(month, action=corrected.action, amber=True, submitted_on=date(2017, 6, 23))
    alone |= {copied: "it repeats words of May", corrected: "a correction of it was submitted since"}
    other = UserFactory(job_title="Service Manager", group=permissions.IMPROVEMENT_TEAM)
    client.force_login(manager)
    offered = [line.update for line in client.get(url(month)).context["together"]]
    accept(update=ticked_meanwhile, by=other)

    client.post(url(month), {"updates": [each.pk for each in (good, ticked_meanwhile, *alone)]})

    assert offered == [good, ticked_meanwhile]
    assert statuses(good, *alone) == [UpdateStatus.ACCEPTED] + [UpdateStatus.SUBMITTED] * len(alone)
    ticked_meanwhile.refresh_from_db()
    assert ticked_meanwhile.checked_by == other
    accepted, left = said(client)
    assert accepted == f"1 update accepted: {good.action.ref}. What they say counts from today."
    alone[ticked_meanwhile] = "Service Manager accepted it on 27 June 2017"
    for update, why in alone.items():
        assert f"{update.action.ref}, {why}" in left


def test_list_shows_what_is_new_since_the_update_that_counts(client, manager, month):
    update = green(month)
    ProgressUpdateFactory(
        action=update.action,
        impact="none",
        difference="Too early to say.",
        done="12 of 31.",
        **MAY,
        accepted=True,
    )
    client.force_login(manager)

    (line,) = client.get(url(month)).context["together"]

    assert [each.question for each in line.answers] == ["What was done?", "What has it changed for children?"]
    assert "12 of 31." in line.answers[0].before
    assert "Too early to say." in line.answers[1].before


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Tick the updates that you accept"),
        ({"updates": ["0"]}, "One of the updates is not of this month. Look at the list again"),
        ({"updates": ["x\0"]}, "One of the updates is not of this month. Look at the list again"),
        ({"updates": ["9" * 400]}, "One of the updates is not of this month. Look at the list again"),
    ],
)
def test_bad_ticks_are_told_and_kept(posted, message, client, manager, month):
    update = green(month)
    client.force_login(manager)

    response = client.post(url(month), {"updates": [*posted["updates"], update.pk]} if posted else {})

    assert_error_summary(response, message)
    assert (f'value="{update.pk}" id="id_updates_0" checked' in response.content.decode()) == bool(posted)
    assert statuses(update) == [UpdateStatus.SUBMITTED]


def test_updates_of_other_months_and_plans_are_not_reached(client, manager, month):
    beneath = ActionPlanFactory(parent=month.plan, inspection=month.plan.inspection)
    own = green(month, action=ActionFactory(plan=beneath))
    others = [green(month), green(month, **MAY), green(ReportingMonthFactory())]
    client.force_login(manager)

    on_whole = client.get(url(month)).context["together"]
    on_beneath = client.get(url(month, beneath)).context["together"]
    refused = [client.post(url(month, beneath), {"updates": [each.pk, own.pk]}) for each in others]

    assert [line.update for line in on_whole] == [others[0], own]
    assert [line.update for line in on_beneath] == [own]
    assert [response.status_code for response in refused] == [200, 200, 200]
    assert statuses(own, *others) == [UpdateStatus.SUBMITTED] * 4


def test_frozen_month_accepts_nothing(client, manager, month):
    update = green(month)
    month.state = MonthState.FROZEN
    month.save()
    client.force_login(manager)

    page = client.get(url(month))
    refused = client.post(url(month), {"updates": [update.pk]})

    assert (page.status_code, refused.status_code) == (200, 409)
    assert "The report for June 2017 is frozen" in refused.content.decode()
    assert statuses(update) == [UpdateStatus.SUBMITTED]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_what_waits(count, client, manager, month, django_assert_num_queries):
    for _ in range(count):
        update = green(month)
        MilestoneFactory(action=update.action)
        ProgressUpdateFactory(action=update.action, **MAY, accepted=True)
        green(month, amber=True)
    client.force_login(manager)

    # session, user, plan, rounds, groups, what waits, milestones, what was said before
    with django_assert_num_queries(8):
        client.get(url(month))
