"""Who has not updated for the month that runs, against rows made by hand."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.urls import reverse

from actionplan.chasing import chase, running_month
from actionplan.enums import MonthState
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReminderFactory,
    ReportingMonthFactory,
    UserFactory,
)

ON = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    """Updates for June 2017 were due on the 23rd, the Board meets on the 29th."""
    plan = ActionPlanFactory(slug="ofsted-2016", name="The whole")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def month(plan):
    return plan.months.get()


@pytest.fixture
def read(client, manager):
    """The words of the chase page, and what the improvement team gets of any other page here."""
    client.force_login(manager)

    def get(plan, name="month_chase", month="2017-06"):
        return client.get(reverse(f"actionplan:{name}", args=[plan.slug, month])).content.decode()

    return get


def post(title, **holder):
    return PostFactory(title=title, holder=UserFactory(job_title=title, **holder))


def owed(found):
    return {
        owner.post.title: [(each.row.action.ref, each.last_word) for each in owner.owed]
        for owner in found.owners
    }


def test_who_has_not_updated(plan, month):
    care, rights = post("Head of Care"), post("Rights Manager")
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    ActionFactory(plan=plan, owner=care, ref="1.1")
    last = ActionFactory(plan=beneath, owner=care, ref="L1.1")
    ProgressUpdateFactory(action=last, month=date(2017, 5, 1), submitted_on=date(2017, 5, 19))
    returned = ActionFactory(plan=plan, owner=rights, ref="2.1")
    ProgressUpdateFactory(action=returned, returned=True)
    drafted = ActionFactory(plan=plan, owner=rights, ref="2.2")
    ProgressUpdateFactory(action=drafted, draft=True)
    # in: waiting to be checked, accepted, delivered this month
    ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=care))
    ProgressUpdateFactory(action=ActionFactory(plan=beneath, owner=rights), accepted=True)
    ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=rights), accepted=True, delivered=True)
    # not asked: starts later, delivered before, of another plan
    ActionFactory(plan=plan, owner=care, starts_on=date(2017, 7, 3))
    ProgressUpdateFactory(
        action=ActionFactory(plan=plan, owner=care),
        month=date(2017, 5, 1),
        accepted=True,
        delivered=True,
    )
    ActionFactory(owner=care)

    found = chase(plan, month, ON)

    assert owed(found) == {
        "Head of Care": [("1.1", "Never updated"), ("L1.1", "Last update 19 May 2017")],
        "Rights Manager": [("2.1", "Returned 26 June 2017, not corrected yet"), ("2.2", "Never updated")],
    }
    assert (found.came_in, found.asked, found.missing, found.lateness) == (3, 7, 4, "4 days late")


def test_when_people_were_last_here_and_reminded(plan, month):
    # half past midnight in London, and still the 19th in Greenwich
    seen = post("Seen", last_login=datetime(2017, 6, 19, 23, 30, tzinfo=UTC))
    ActionFactory(plan=plan, owner=seen)
    ActionFactory(plan=plan, owner=post("Unseen"))
    for day in (20, 23, 28):
        ReminderFactory(month=month, person=seen.holder, sent_on=date(2017, 6, day))
    ReminderFactory(person=seen.holder, sent_on=date(2017, 6, 25))  # of another plan

    found = chase(plan, month, ON)

    assert [(owner.post.title, owner.seen_on, owner.reminded_on) for owner in found.owners] == [
        ("Seen", date(2017, 6, 20), date(2017, 6, 23)),
        ("Unseen", None, None),
    ]


def test_actions_without_a_live_owner_come_first(plan, read, administrator, client, manager):
    ActionFactory(plan=plan, owner=post("Held", email="held@havering.example"))
    gone = post("Gone", is_active=False)
    ActionFactory(plan=plan, owner=gone)
    ActionFactory(plan=plan, owner=PostFactory(title="Vacant"))

    page = read(plan)
    manager.groups.add(administrator.groups.get())
    as_administrator = read(plan)

    places = [
        page.index(words)
        for words in ("Without a live owner", ">Gone<", ">Vacant<", "Not updated <", ">Held<")
    ]
    assert places == sorted(places)
    assert "The holder’s account is not active" in page
    assert "Nobody holds the post" in page
    set_owner = reverse("admin:actionplan_post_change", args=[gone.pk])
    assert set_owner not in page
    assert f'href="mailto:{administrator.email}"' in page
    assert set_owner in as_administrator
    assert administrator.email not in as_administrator


def test_everybody_has_updated(plan, read):
    assert "No update is asked for this month" in read(plan)
    ProgressUpdateFactory(action=ActionFactory(plan=plan))

    page = read(plan)

    assert "Everybody has updated" in page
    assert "1 of 1" in page


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ({"state": MonthState.FROZEN}, "The report for June 2017 is frozen"),
        ({"opens_on": date(2017, 6, 28), "updates_due_on": date(2017, 6, 28)}, "The month opens on 28 June 2017."),
        ({"updates_due_on": date(2017, 6, 20), "board_on": date(2017, 6, 26)}, "The Board met on 26 June 2017"),
        ({}, None),
    ],
)  # fmt: skip
def test_month_that_does_not_run_is_not_chased(dates, says, plan, month, read):
    ActionFactory(plan=plan, short_title="Quiet work")
    for name, value in dates.items():
        setattr(month, name, value)
    month.save()

    page, rows = read(plan), list(csv.reader(StringIO(read(plan, "month_chase_csv"))))

    assert (running_month(plan, ON) is None) == (says is not None)
    assert (says or "Quiet work") in page
    assert ("Quiet work" in page) == (len(rows) == 2) == (says is None)


def test_chase_as_a_file(plan, month, read):
    owner = post("Head of Care", email="care@havering.example")
    ReminderFactory(month=month, person=owner.holder, sent_on=date(2017, 6, 23))
    ActionFactory(plan=plan, owner=owner, ref="1.1", short_title="=Visits")

    header, line = csv.reader(StringIO(read(plan, "month_chase_csv").removeprefix("\ufeff")))

    assert dict(zip(header, line, strict=True)) == {
        "Plan": "The whole",
        "Action": "1.1",
        "Title": "'=Visits",
        "Owner": "Head of Care",
        "Held by": "Head of Care",
        "E-mail": "care@havering.example",
        "Updates due": "2017-06-23",
        "Days late": "4",
        "Last update": "Never updated",
        "Last signed in": "",
        "Last reminded": "2017-06-23",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_chase_page_query_count(count, plan, month, client, manager, django_assert_num_queries):
    for n in range(count):
        owner = post(f"Owner {n}")
        ReminderFactory(month=month, person=owner.holder)
        ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=owner), returned=True)
        ActionFactory(plan=plan, owner=PostFactory())
    client.force_login(manager)

    with django_assert_num_queries(14):
        client.get(reverse("actionplan:month_chase", args=[plan.slug, "2017-06"]))
