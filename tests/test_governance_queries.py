"""What the pages of challenges, meetings and decisions ask of the database, however many rows they show."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.enums import Body
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AttendanceFactory,
    ChallengeFactory,
    DateChangeFactory,
    DecisionFactory,
    MeetingFactory,
)


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("challenges", 6),  # session, user, plan, challenges, their recommendations, groups
        ("decisions", 6),  # session, user, plan, decisions, their actions, groups
        ("meetings", 5),  # session, user, plan, meetings, groups
    ],
)
def test_list_takes_the_same_queries_for_any_number_of_rows(
    name, queries, count, plan, client, reader, django_assert_num_queries
):
    for _ in range(count):
        fill(plan)
    client.force_login(reader)

    with django_assert_num_queries(queries):
        client.get(reverse(f"actionplan:{name}", args=[plan.slug]))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("challenge", 6),  # session, user, challenge, recommendations, actions, groups
        ("challenge_answer", 4),  # session, user, challenge, groups
        ("challenge_new", 7),  # session, user, plan, groups, meetings, posts, recommendations
        ("decision", 5),  # session, user, decision, actions, groups
        ("decision_record", 5),  # session, user, decision, groups, meetings
        ("meeting", 8),  # session, user, meeting, attendance, decisions, new dates, challenges, groups
        ("meeting_edit", 6),  # session, user, meeting, groups, attendance, posts
    ],
)
def test_page_takes_the_same_queries_for_any_number_of_rows(
    name, queries, count, plan, client, manager, django_assert_num_queries
):
    meeting = MeetingFactory(plan=plan, held_on=date(2017, 6, 20))
    challenge, decision = ChallengeFactory(plan=plan), DecisionFactory(plan=plan)
    for _ in range(count):
        fill(plan)
        AttendanceFactory(meeting=meeting)
        DecisionFactory(plan=plan, made=True, meeting=meeting)
        ChallengeFactory(plan=plan, meeting=meeting)
        action = ActionFactory(plan=plan)
        DateChangeFactory(action=action, refused=True, decided_by=None, meeting=meeting)
        challenge.actions.add(action)
        challenge.recommendations.add(action.recommendation)
        decision.actions.add(action)
    rows = {"challenge": challenge.pk, "decision": decision.pk, "meeting": meeting.pk}
    args = [plan.slug] if name.endswith("_new") else [plan.slug, rows[name.partition("_")[0]]]
    client.force_login(manager)

    with django_assert_num_queries(queries):
        client.get(reverse(f"actionplan:{name}", args=args))


def fill(plan):
    """A challenge, a decision that waits and one that was made, each tied to an action, and a meeting."""
    action = ActionFactory(plan=plan)
    challenge = ChallengeFactory(plan=plan)
    challenge.recommendations.add(action.recommendation)
    held_on = date(2017, 4, action.pk % 28 + 1)
    meeting = MeetingFactory(plan=plan, held_on=held_on, body=Body.OFSTED)
    AttendanceFactory(meeting=meeting)
    DecisionFactory(plan=plan).actions.add(action)
    DecisionFactory(plan=plan, made=True, meeting=meeting, asked_on=date(2017, 3, 1)).actions.add(action)
