"""A decision is asked for, then recorded as made, with its meeting; after that nobody edits it."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from actionplan.changes import decisions
from actionplan.governance import Asked
from actionplan.models import Decision
from tests.factories import ActionFactory, ActionPlanFactory, DecisionFactory, MeetingFactory, PostFactory
from tests.forms import assert_error_summary, typed

TODAY = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016")


@pytest.fixture
def decision(plan):
    """Asked for on 19 May 2017."""
    return DecisionFactory(plan=plan)


@pytest.fixture
def meeting(plan):
    """The Board of 25 May 2017."""
    return MeetingFactory(plan=plan)


def new(plan):
    return reverse("actionplan:decision_new", args=[plan.slug])


def record(decision):
    return reverse("actionplan:decision_record", args=[decision.plan.slug, decision.pk])


def asked(**changes):
    """What a browser posts for a plain question."""
    plain = {
        "question": "Agree two temporary advisers",
        "why": "Two posts are vacant.",
        "asked_by": PostFactory().pk,
        "asked_on_day": "22",
        "asked_on_month": "6",
        "asked_on_year": "2017",
        "needed_by_day": "29",
        "needed_by_month": "6",
        "needed_by_year": "2017",
        "actions": "",
    }
    return plain | changes


def test_team_asks_for_a_decision(client, manager, plan):
    action = ActionFactory(plan=plan, ref="4.2")
    client.force_login(manager)

    response = client.post(new(plan), asked(actions="4.2"))

    decision = Decision.objects.get()
    assert (response.status_code, response.url) == (302, decision.get_absolute_url())
    assert (decision.asked_on, decision.needed_by) == (date(2017, 6, 22), date(2017, 6, 29))
    assert (decision.meeting, decision.outcome) == (None, "")
    assert list(decision.actions.all()) == [action]
    assert list(Decision.objects.waiting_on(TODAY)) == [decision]


def test_decision_asked_for_twice_is_kept_once(client, manager, plan):
    client.force_login(manager)
    said = asked()

    client.post(new(plan), said)
    client.post(new(plan), said)

    assert Decision.objects.count() == 1


def test_day_it_is_needed_may_be_left_out(client, manager, plan):
    client.force_login(manager)

    client.post(new(plan), asked(needed_by_day="", needed_by_month="", needed_by_year=""))

    assert Decision.objects.get().needed_by is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": ""}, "Enter what is asked for"),
        ({"why": " "}, "Say why it is needed"),
        ({"asked_by": "\0"}, "Choose the post that asks"),
        ({"asked_on_day": "28"}, "The day it was asked must be today or in the past"),
        ({"needed_by_day": "21"}, "It must be needed by 22 June 2017 or later"),
        ({"actions": "4.2, 4.3"}, "There is no action 4.2 in this plan"),
    ],
)
def test_bad_questions_say_what_to_do_and_lose_nothing(changes, message, client, manager, plan):
    client.force_login(manager)
    said = asked(**changes)

    response = client.post(new(plan), said)

    assert_error_summary(response, message)
    assert typed(response)["why"] == said["why"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["reader", "manager"])
def test_board_and_team_record_what_was_decided(who, client, decision, meeting, request):
    client.force_login(request.getfixturevalue(who))

    response = client.post(record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."})

    assert response.url == decision.get_absolute_url()
    decision.refresh_from_db()
    assert (decision.meeting, decision.outcome, decision.version) == (meeting, "Agreed.", 2)
    assert list(Decision.objects.waiting_on(date(2017, 5, 24))) == [decision]
    assert list(Decision.objects.waiting_on(TODAY)) == []


def test_meeting_of_the_whole_plan_decides_for_one_beneath(client, reader, plan, meeting):
    decision = DecisionFactory(plan=ActionPlanFactory(parent=plan))
    client.force_login(reader)

    client.post(record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."})

    decision.refresh_from_db()
    assert decision.meeting == meeting


def test_meeting_before_the_question_is_refused(client, reader, plan, decision):
    early = MeetingFactory(plan=plan, held_on=date(2017, 4, 27))
    client.force_login(reader)

    response = client.post(record(decision), {"version": 1, "meeting": early.pk, "outcome": "Agreed."})

    assert_error_summary(
        response, "This was asked on 19 May 2017, after the meeting of 27 April 2017. Choose a later one"
    )
    assert typed(response)["outcome"] == "Agreed."
    with pytest.raises(decisions.MeetingTooEarly):
        decisions.record(decision=decision, version=1, meeting=early, outcome="Agreed.", by=reader)
    decision.refresh_from_db()
    assert decision.meeting is None


def test_meeting_on_the_day_of_the_question_may_decide_it(client, reader, plan, decision):
    meeting = MeetingFactory(plan=plan, held_on=decision.asked_on)
    client.force_login(reader)

    assert (
        client.post(record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."}).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"meeting": ""}, "Choose the meeting that decided"),
        ({"meeting": "9" * 31}, "Choose the meeting that decided"),
        ({"outcome": ""}, "Enter what was decided"),
        ({"outcome": "x" * 501}, "What was decided must be 500 characters or fewer. It has 501"),
    ],
)
def test_bad_record_says_what_to_do(changes, message, client, reader, decision, meeting):
    client.force_login(reader)

    response = client.post(
        record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."} | changes
    )

    assert_error_summary(response, message)
    decision.refresh_from_db()
    assert decision.meeting is None


def test_meetings_of_other_plans_and_days_to_come_are_not_offered(client, reader, plan, decision):
    elsewhere, ahead = MeetingFactory(), MeetingFactory(plan=plan, held_on=date(2017, 6, 29))
    client.force_login(reader)

    for meeting in (elsewhere, ahead):
        response = client.post(record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."})
        assert_error_summary(response, "Choose the meeting that decided")


def test_decision_once_made_is_not_edited(client, reader, plan, meeting):
    decision = DecisionFactory(plan=plan, made=True, meeting=meeting)
    client.force_login(reader)

    page = client.get(record(decision))
    late = client.post(
        record(decision), {"version": 1, "meeting": meeting.pk, "outcome": "Refused after all."}
    )

    assert (page.status_code, late.status_code) == (200, 409)
    assert "Transformation and Improvement Board, 25 May 2017: Agreed." in late.content.decode()
    assert "Refused after all." in late.content.decode()
    decision.refresh_from_db()
    assert (decision.outcome, decision.version) == ("Agreed.", 1)


def test_record_sent_twice_is_written_once(client, reader, decision, meeting):
    client.force_login(reader)
    said = {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."}

    answers = [client.post(record(decision), said).status_code for _ in range(2)]

    decision.refresh_from_db()
    assert (answers, decision.version) == ([302, 302], 2)


def test_form_without_its_version_is_out_of_date(client, reader, decision, meeting):
    client.force_login(reader)

    response = client.post(record(decision), {"meeting": meeting.pk, "outcome": "Agreed."})

    assert response.status_code == 409
    assert typed(response)["outcome"] == "Agreed."
    decision.refresh_from_db()
    assert decision.meeting is None


@pytest.mark.parametrize(
    ("page", "who", "why"),
    [
        ("new", "reader", "Decisions are put to the Board by the improvement team."),
        ("new", "officer", "Decisions are put to the Board by the improvement team."),
        ("record", "officer", "Decisions are recorded by members of the Board and by the improvement team."),
        ("record", "assurer", "Decisions are recorded by members of the Board and by the improvement team."),
    ],
)
def test_others_are_told_who_does_it(page, who, why, client, plan, decision, meeting, request):
    client.force_login(request.getfixturevalue(who))
    address = new(plan) if page == "new" else record(decision)

    response = client.post(address, asked() | {"version": 1, "meeting": meeting.pk, "outcome": "Agreed."})

    assert response.status_code == 403
    assert why in response.content.decode()
    assert list(Decision.objects.values_list("meeting", flat=True)) == [None]


@pytest.mark.parametrize("half", [{"outcome": "Agreed."}, {"made": True, "outcome": ""}])
def test_decision_cannot_be_half_saved(half, plan):
    with pytest.raises(IntegrityError):
        DecisionFactory(plan=plan, **half)


@pytest.mark.parametrize(
    ("needed_by", "on", "words"),
    [
        (None, TODAY, "Asked for"),
        (TODAY, TODAY, "Asked for"),
        (date(2017, 6, 26), TODAY, "1 day late"),
        (date(2017, 6, 20), date(2017, 6, 19), "Asked for"),
    ],
)
def test_waiting_decision_says_how_late_it_is(needed_by, on, words):
    decision = DecisionFactory.build(plan=None, asked_by=None, needed_by=needed_by)

    assert Asked(decision, on).words == words


def test_decision_made_later_was_still_waiting_before(plan, meeting):
    decision = DecisionFactory(plan=plan, made=True, meeting=meeting)

    assert [Asked(decision, day).words for day in (date(2017, 5, 24), date(2017, 5, 25))] == [
        "Asked for",
        "Made",
    ]
