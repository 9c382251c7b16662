"""Questions put to the council: who asks, who answers, who says that it is enough."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from actionplan.changes import challenges
from actionplan.enums import Body
from actionplan.governance import Raised
from actionplan.models import Challenge
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    ChallengeFactory,
    MeetingFactory,
    PostFactory,
    RecommendationFactory,
)
from tests.forms import assert_error_summary, typed

TODAY = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016")


@pytest.fixture
def challenge(plan, officer):
    """The officer's to answer by 20 July."""
    return ChallengeFactory(plan=plan, owner=PostFactory(title="Head of Leaving Care", holder=officer))


def url(challenge, deed):
    return reverse(f"actionplan:challenge_{deed}", args=[challenge.plan.slug, challenge.pk])


def new(plan):
    return reverse("actionplan:challenge_new", args=[plan.slug])


def asked(plan, **changes):
    """What a browser posts for a plain question; None leaves a field out."""
    owner = PostFactory()
    plain = {
        "source": "board",
        "question": "What is done differently?",
        "raised_on_day": "25",
        "raised_on_month": "5",
        "raised_on_year": "2017",
        "meeting": "",
        "owner": owner.pk,
        "due_on_day": "29",
        "due_on_month": "6",
        "due_on_year": "2017",
        "actions": "",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


@pytest.mark.parametrize("who", ["reader", "manager"])
def test_board_and_team_raise_challenges(who, client, plan, request):
    client.force_login(request.getfixturevalue(who))
    meeting = MeetingFactory(plan=plan)
    touched = RecommendationFactory(inspection=plan.inspection, number=7)
    own = ActionFactory(plan=plan, ref="7.1")
    beneath = ActionFactory(plan=ActionPlanFactory(parent=plan, inspection=plan.inspection), ref="L1.1")
    said = asked(plan, meeting=meeting.pk, recommendations=[touched.pk], actions="7.1 and l1.1")

    response = client.post(new(plan), said)

    challenge = Challenge.objects.get()
    assert (response.status_code, response.url) == (302, challenge.get_absolute_url())
    assert (challenge.source, challenge.question, challenge.meeting) == (
        Body.BOARD,
        "What is done differently?",
        meeting,
    )
    assert (challenge.raised_on, challenge.due_on) == (date(2017, 5, 25), date(2017, 6, 29))
    assert list(challenge.recommendations.all()) == [touched]
    assert set(challenge.actions.all()) == {own, beneath}


def test_question_sent_twice_is_kept_once(client, manager, plan):
    client.force_login(manager)
    said = asked(plan)

    client.post(new(plan), said)
    client.post(new(plan), said)

    assert Challenge.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": None}, "Choose who asks"),
        ({"source": "press"}, "Choose who asks"),
        ({"question": " "}, "Enter the question"),
        ({"question": "x" * 501}, "The question must be 500 characters or fewer. It has 501"),
        (
            {"raised_on_day": "28", "raised_on_month": "6"},
            "The day it was asked must be today or in the past",
        ),
        ({"raised_on_day": ""}, "The day it was asked must include a day"),
        ({"owner": ""}, "Choose the post that answers it"),
        ({"owner": "9" * 31}, "Choose the post that answers it"),
        ({"meeting": "0"}, "Choose a meeting from the list"),
        ({"due_on_month": "4"}, "The answer must be due on 25 May 2017 or later"),
        ({"recommendations": ["\0"]}, "Choose recommendations from the list"),
        ({"actions": "99.9"}, "There is no action 99.9 in this plan"),
    ],
)
def test_bad_questions_say_what_to_do_and_lose_nothing(changes, message, client, manager, plan):
    RecommendationFactory(inspection=plan.inspection)
    client.force_login(manager)
    said = asked(plan, **changes)

    response = client.post(new(plan), said)

    assert_error_summary(response, message)
    assert typed(response)["question"] == said["question"]
    assert not Challenge.objects.exists()


def test_action_of_another_plan_is_not_found(client, manager, plan):
    ActionFactory(ref="7.1")
    client.force_login(manager)

    response = client.post(new(plan), asked(plan, actions="7.1"))

    assert_error_summary(response, "There is no action 7.1 in this plan")


@pytest.mark.parametrize("who", ["officer", "manager"])
def test_owner_and_team_answer(who, client, challenge, request):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url(challenge, "answer"), {"version": 1, "answer": "There are 12."})

    assert response.url == challenge.get_absolute_url()
    challenge.refresh_from_db()
    assert (challenge.answer, challenge.answered_on, challenge.closed_on) == ("There are 12.", TODAY, None)


def test_answer_can_be_made_better_until_it_is_closed(client, officer, challenge):
    client.force_login(officer)
    client.post(url(challenge, "answer"), {"version": 1, "answer": "There are 12."})

    client.post(url(challenge, "answer"), {"version": 2, "answer": "There are 14."})

    challenge.refresh_from_db()
    assert (challenge.answer, challenge.version) == ("There are 14.", 3)
    assert [row.answer for row in challenge.history.all()] == ["There are 14.", "There are 12.", ""]


def test_answer_sent_twice_is_no_conflict(client, officer, challenge):
    client.force_login(officer)
    said = {"version": 1, "answer": "There are 12."}
    client.post(url(challenge, "answer"), said)

    assert client.post(url(challenge, "answer"), said).status_code == 302


def test_empty_answer_is_refused(client, officer, challenge):
    client.force_login(officer)

    assert_error_summary(
        client.post(url(challenge, "answer"), {"version": 1, "answer": " "}), "Write the answer"
    )


@pytest.mark.parametrize("version", [1, "", "two", "9" * 40])
def test_stale_answer_shows_both_texts_and_writes_nothing(version, client, officer, manager, challenge):
    challenges.answer(challenge=challenge, version=1, answer="Theirs: 14.", by=manager)
    client.force_login(officer)

    response = client.post(url(challenge, "answer"), {"version": version, "answer": "Mine: 12."})

    assert response.status_code == 409
    page = response.content.decode()
    assert page.index("Mine: 12.") < page.index("Theirs: 14.")
    assert (typed(response)["answer"], typed(response)["version"]) == ("Mine: 12.", "2")
    challenge.refresh_from_db()
    assert challenge.answer == "Theirs: 14."


@pytest.mark.parametrize("who", ["reader", "manager"])
def test_board_and_team_close_what_is_answered(who, client, plan, request):
    challenge = ChallengeFactory(plan=plan, answered=True)
    client.force_login(request.getfixturevalue(who))

    response = client.post(url(challenge, "close"), {"version": 1, "enough": "on"})

    assert response.url == challenge.get_absolute_url()
    challenge.refresh_from_db()
    assert (challenge.closed_on, challenge.answer) == (TODAY, "There are 12.")


def test_challenge_without_an_answer_is_not_closed(client, reader, challenge):
    client.force_login(reader)

    page = client.get(url(challenge, "close"))
    posted = client.post(url(challenge, "close"), {"version": 1, "enough": "on"})

    assert (page.status_code, posted.status_code) == (200, 409)
    assert "Answer the challenge before you close it." in posted.content.decode()
    challenge.refresh_from_db()
    assert challenge.closed_on is None


def test_closing_needs_the_tick(client, reader, plan):
    challenge = ChallengeFactory(plan=plan, answered=True)
    client.force_login(reader)

    response = client.post(url(challenge, "close"), {"version": 1})

    assert_error_summary(response, "Tick the box if the answer settles the question, or leave it open")


def test_answer_that_changed_meanwhile_is_read_again_before_closing(client, reader, manager, plan):
    challenge = ChallengeFactory(plan=plan, answered=True)
    challenges.answer(challenge=challenge, version=1, answer="No, there are 40.", by=manager)
    client.force_login(reader)

    response = client.post(url(challenge, "close"), {"version": 1, "enough": "on"})

    assert response.status_code == 409
    assert "No, there are 40." in response.content.decode()
    challenge.refresh_from_db()
    assert challenge.closed_on is None


def test_closed_challenge_keeps_its_answer_and_gives_back_what_was_typed(client, officer, challenge):
    challenges.answer(challenge=challenge, version=1, answer="There are 12.", by=officer)
    challenges.close(challenge=challenge, version=2, by=officer)
    client.force_login(officer)

    response = client.post(url(challenge, "answer"), {"version": 3, "answer": "There are 14."})

    assert response.status_code == 409
    page = response.content.decode()
    assert "It was closed on 27 June 2017." in page
    assert "There are 14." in page
    challenge.refresh_from_db()
    assert challenge.answer == "There are 12."


def test_rules_hold_without_a_form(plan, manager):
    unanswered = ChallengeFactory(plan=plan)
    closed = ChallengeFactory(plan=plan, closed=True)
    answered = ChallengeFactory(plan=plan, answered=True)

    with pytest.raises(challenges.NotAnswered):
        challenges.close(challenge=unanswered, version=1, by=manager)
    with pytest.raises(challenges.AlreadyClosed):
        challenges.close(challenge=closed, version=1, by=manager)
    with pytest.raises(challenges.AlreadyClosed):
        challenges.answer(challenge=closed, version=1, answer="Other words", by=manager)
    with pytest.raises(StaleEdit):
        challenges.close(challenge=answered, version=7, by=manager)
    assert set(Challenge.objects.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize(
    "half",
    [
        {"answer": "There are 12."},
        {"answered_on": TODAY},
        {"closed_on": TODAY},
        {"answer": "There are 12.", "answered_on": TODAY, "closed_on": date(2017, 6, 26)},
        {"due_on": date(2017, 5, 31)},
    ],
)
def test_challenge_cannot_be_half_saved(half, plan):
    with pytest.raises(IntegrityError):
        ChallengeFactory(plan=plan, **half)


@pytest.mark.parametrize(
    ("deed", "who", "why"),
    [
        ("answer", "reader", "This challenge is answered by the Head of Leaving Care."),
        ("answer", "assurer", "Only they and the improvement team can answer it."),
        ("close", "officer", "Challenges are closed by members of the Board and by the improvement team."),
        ("close", "assurer", "Challenges are closed by members of the Board and by the improvement team."),
    ],
)
def test_others_are_told_whose_it_is(deed, who, why, client, challenge, request):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url(challenge, deed), {"version": 1, "answer": "Mine", "enough": "on"})

    assert response.status_code == 403
    assert why in response.content.decode()
    challenge.refresh_from_db()
    assert (challenge.answer, challenge.closed_on) == ("", None)


@pytest.mark.parametrize("who", ["officer", "assurer"])
def test_others_do_not_raise_challenges(who, client, plan, request):
    client.force_login(request.getfixturevalue(who))

    response = client.post(new(plan), asked(plan))

    assert response.status_code == 403
    assert "Challenges are raised by members of the Board" in response.content.decode()
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("traits", "on", "words", "days"),
    [
        ({}, TODAY, "Open", 0),
        ({"late": True}, date(2017, 6, 20), "Open", 0),
        ({"late": True}, date(2017, 6, 21), "1 day late", 1),
        ({"late": True}, TODAY, "7 days late", 7),
        ({"late": True, "answered": True}, TODAY, "Answered", 0),
        ({"closed": True}, TODAY, "Closed", 0),
        ({"closed": True}, date(2017, 6, 21), "Answered", 0),
        ({"closed": True}, date(2017, 6, 19), "Open", 0),
    ],
)
def test_standing_is_that_of_the_day(traits, on, words, days):
    row = Raised(ChallengeFactory.build(owner=None, plan=None, **traits), on)

    assert (row.words, row.days_late) == (words, days)
