"""What the pages of due dates show, what they cost, and how far a plan has slipped."""

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from actionplan.changes import dates
from actionplan.dates.moves import register
from actionplan.dates.slippage import Slippage
from actionplan.models import ReportingMonth
from actionplan.reports.month import month_report
from actionplan.rows import rows
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DateChangeFactory,
    MeetingFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    UserFactory,
)

TODAY = date(2017, 6, 27)
JUNE, JULY, AUGUST, SEPTEMBER = (
    date(2017, 6, 30),
    date(2017, 7, 31),
    date(2017, 8, 31),
    date(2017, 9, 30),
)


@pytest.fixture
def plan(db):
    """Its Board met on 25 May 2017 and meets again on 29 June."""
    answers = PostFactory(title="Director of Children’s Services", holder=UserFactory())
    plan = ActionPlanFactory(slug="ofsted-2016", senior_responsible=answers)
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 5, 1),
        opens_on=date(2017, 5, 2),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
    )
    ReportingMonthFactory(plan=plan)
    return plan


def moved(plan, *stops, on=date(2017, 6, 1), **traits):
    """An action whose date was first agreed for the first stop and moved to each of the others on a day in June."""
    action = ActionFactory(plan=plan, original_due_on=stops[0], due_on=stops[-1], **traits)
    for before, after in pairwise(stops):
        DateChangeFactory(
            action=action,
            from_date=before,
            to_date=after,
            agreed=True,
            asked_on=date(2017, 5, 20),
            agreed_on=on,
        )
    return action


def slipped(plan, on=TODAY):
    return register(plan, on).totals[0][1]


@pytest.mark.parametrize(
    ("stops", "agreed_on", "expected"),
    [
        ([JUNE], TODAY, Slippage(0, 0, 0)),
        ([JUNE, JULY], date(2017, 6, 1), Slippage(31, 1, 0)),
        ([JUNE, JULY], date(2017, 5, 25), Slippage(31, 1, 31)),
        ([JUNE, AUGUST, JULY], date(2017, 6, 1), Slippage(31, 1, 0)),
        ([JULY, JUNE], date(2017, 6, 1), Slippage(0, 0, 0)),
        ([JULY, AUGUST, JULY], date(2017, 6, 1), Slippage(0, 0, 0)),
    ],
)
def test_slippage_counts_from_the_original_date_and_counts_back(stops, agreed_on, expected, plan):
    moved(plan, *stops, on=agreed_on)

    assert slipped(plan) == expected


def test_earlier_date_of_one_action_hides_nothing_of_another(plan):
    moved(plan, JUNE, JULY)
    moved(plan, SEPTEMBER, JUNE)
    superseded = moved(plan, JUNE, AUGUST)
    ProgressUpdateFactory(action=superseded, accepted=True, state="superseded", rag="")
    moved(ActionPlanFactory(parent=plan), JUNE, SEPTEMBER)

    assert slipped(plan) == Slippage(31, 1, 0)
    assert slipped(plan, date(2017, 5, 31)) == Slippage(0, 0, 0)


def test_board_reads_what_was_undecided_on_its_day(plan):
    month = ReportingMonth.objects.get(month=date(2017, 5, 1))
    decided_later, refused, refused_later = (ActionFactory(plan=plan) for _ in range(3))
    asked = {"asked_on": date(2017, 5, 20)}
    DateChangeFactory(action=decided_later, agreed=True, agreed_on=date(2017, 6, 1), **asked)
    DateChangeFactory(action=refused, refused=True, **asked)
    DateChangeFactory(action=refused_later, refused=True, refused_on=date(2017, 6, 1), **asked)
    DateChangeFactory(action=ActionFactory(plan=plan), asked_on=date(2017, 6, 20))

    report = month_report(plan, month, date(2017, 5, 25))

    assert [each.action.ref for each in report.date_requests] == [decided_later.ref, refused_later.ref]


def test_dates_of_an_action_tell_their_story(client, reader, plan):
    action = moved(plan, JUNE, JULY, SEPTEMBER)
    MilestoneFactory(action=action, number=2)
    DateChangeFactory(action=action, from_date=SEPTEMBER, refused=True)
    client.force_login(reader)

    page = client.get(reverse("actionplan:dates", args=["ofsted-2016", action.ref]))
    head = client.get(action.get_absolute_url()).text

    assert [(each.times, each.slipped) for each in page.context["dates"]] == [(2, 92), (0, 0)]
    assert [move.words for move in page.context["moves"]] == ["Agreed", "Agreed", "Refused"]
    assert "The work can be done in time with help from another team." in page.text
    assert "Original date 30 June 2017, moved twice, 92 days slipped." in head


def test_requests_are_filtered_and_nonsense_is_named(client, reader, plan):
    action = moved(plan, JUNE, JULY)
    DateChangeFactory(action=action, from_date=JULY)
    client.force_login(reader)
    address = reverse("actionplan:dates_register", args=["ofsted-2016"])

    def shown(**query):
        return [move.state for move in client.get(address, query).context["moves"]]

    assert shown() == ["agreed", "waiting"]
    assert shown(state="waiting", service=action.service_id) == ["waiting"]
    assert shown(state="refused") == []
    assert shown(state="maybe\0") == ["agreed", "waiting"]
    assert "Choose a service from the list" in client.get(address, {"service": "0"}).text


# My work


def test_everybody_reads_of_new_dates_what_is_theirs(client, plan, officer, manager, reader):
    director = plan.senior_responsible.holder
    owner = PostFactory(holder=officer)
    refused, waiting = (ActionFactory(plan=plan, owner=owner) for _ in range(2))
    DateChangeFactory(action=refused, asked_by=owner, refused=True, refused_on=date(2017, 6, 1))
    DateChangeFactory(action=refused, asked_by=owner, refused=True, refused_on=date(2017, 5, 27))
    DateChangeFactory(action=waiting, asked_by=owner)

    def read(user):
        client.force_login(user)
        found = client.get(reverse("home")).context["dates"]
        return [task.text for task in found.to_decide + found.refused], found.waiting

    assert read(director) == ([f"Decide the new date of {waiting.ref}, {waiting.short_title}"], 0)
    assert read(officer) == ([f"New date refused: {refused.ref}, {refused.short_title}"], 0)
    assert read(manager) == read(reader) == ([], 1)


# What the pages cost


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [("dates_register", 12), ("dates", 8), ("date_new", 8), ("date_decide", 9)]
)
def test_date_pages_query_count(page, queries, count, client, plan, manager, django_assert_num_queries):
    action = moved(plan, JUNE, JULY)
    change = DateChangeFactory(action=action, from_date=JULY, to_date=AUGUST)
    for number in range(count):
        moved(plan, JUNE, JULY)
        meeting = MeetingFactory(plan=plan, held_on=date(2017, 6, 20 + number))
        refused = {"refused": True, "decided_by": None, "meeting": meeting}
        DateChangeFactory(action=action, milestone=MilestoneFactory(action=action), **refused)
        DateChangeFactory(action=action, milestone=MilestoneFactory(action=action))
    client.force_login(manager)
    args = {"dates_register": [], "date_decide": [action.ref, change.pk]}.get(page, [action.ref])

    with django_assert_num_queries(queries):
        client.get(reverse(f"actionplan:{page}", args=["ofsted-2016", *args]))


def test_past_month_keeps_its_colours_when_a_date_is_agreed(plan):
    """Recoloured from the day of the decision: on the day before, the action was still past its date."""
    action = ActionFactory(plan=plan, original_due_on=date(2017, 6, 20), due_on=date(2017, 6, 20))
    change = DateChangeFactory(action=action, from_date=date(2017, 6, 20), to_date=AUGUST)

    def days_late(on):
        return [
            row.days_late for row in rows(plan.actions.all(), on, month=None, board=None) if row.days_late
        ]

    assert (days_late(date(2017, 6, 26)), days_late(TODAY)) == ([6], [7])
    dates.agree(change=change, version=1, meeting=None, by=plan.senior_responsible.holder)
    assert (days_late(date(2017, 6, 26)), days_late(TODAY)) == ([6], [])
