"""What the pages of challenges, meetings and decisions show, and what the Board's month takes from them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from actionplan.enums import Body
from actionplan.reports.month import month_report
from actionplan.reports.parts import parts
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AttendanceFactory,
    ChallengeFactory,
    DecisionFactory,
    MeetingFactory,
    RecommendationFactory,
    ReportingMonthFactory,
)

ON = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    """Its Board met on 25 May 2017 and meets again on 29 June."""
    plan = ActionPlanFactory(slug="ofsted-2016")
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


@pytest.fixture
def read(client, reader):
    client.force_login(reader)

    def get(name, *args, **query):
        response = client.get(reverse(f"actionplan:{name}", args=args), query)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))

    return get


def june(plan, on=ON):
    return month_report(plan, plan.months.get(month=date(2017, 6, 1)), on)


def in_order(page, *words):
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_challenges_that_wait_come_first(plan, read):
    ChallengeFactory(plan=plan, closed=True, question="Closed?")
    ChallengeFactory(plan=plan, answered=True, question="Answered?")
    ChallengeFactory(plan=plan, question="Open?")
    ChallengeFactory(plan=plan, late=True, question="Late?")
    ChallengeFactory(question="Of another plan?")

    page = read("challenges", plan.slug)

    assert in_order(page, "Late?", "Open?", "Answered, not closed", "Answered?", "Closed 1", "Closed?")
    assert "2 of 4 wait for an answer, 1 of them late." in page
    assert "Of another plan?" not in page


def test_challenges_of_a_plan_beneath_stand_in_the_whole_and_not_the_other_way(plan, read):
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    ChallengeFactory(plan=beneath, question="Beneath?")
    ChallengeFactory(plan=plan, question="Of the whole?")

    assert in_order(read("challenges", plan.slug), "Beneath?", "Of the whole?")
    assert "Of the whole?" not in read("challenges", beneath.slug)


def test_challenges_by_who_asked(plan, read):
    ChallengeFactory(plan=plan, source=Body.SCRUTINY, question="Theirs?")
    ChallengeFactory(plan=plan, source=Body.BOARD, question="Ours?")

    page = read("challenges", plan.slug, group="source")

    assert in_order(page, "Transformation and Improvement Board 1", "Ours?", "Sub-Committee 1", "Theirs?")


def test_overlaps_by_recommendation(plan, read):
    two = RecommendationFactory(inspection=plan.inspection, number=902, short_title="Thresholds")
    six = RecommendationFactory(inspection=plan.inspection, number=906, short_title="Interviews")
    both = ChallengeFactory(plan=plan, question="Both?")
    both.recommendations.set([two, six])
    ChallengeFactory(plan=plan, question="Untied?")

    page = read("challenges", plan.slug, group="recommendation")

    assert in_order(page, "902 Thresholds 1", "906 Interviews 1", "No recommendation named 1", "Untied?")
    assert page.count("Both?") == 2


def test_unknown_grouping_is_the_plain_one(plan, read):
    ChallengeFactory(plan=plan)

    assert "Waiting for an answer 1" in read("challenges", plan.slug, group="\0")


def test_challenge_says_all_that_is_known_of_it(plan, read):
    meeting = MeetingFactory(plan=plan)
    challenge = ChallengeFactory(plan=plan, meeting=meeting, answered=True)
    challenge.recommendations.add(
        RecommendationFactory(inspection=plan.inspection, number=902, short_title="Thresholds")
    )
    challenge.actions.add(ActionFactory(plan=plan, ref="2.1", short_title="Document relaunched"))

    page = read("challenge", plan.slug, challenge.pk)

    assert in_order(
        page,
        challenge.question,
        "Answered on 20 June 2017, not yet closed",
        "Transformation and Improvement Board, 25 May 2017",
        "There are 12.",
        "902 Thresholds",
        "2.1 Document relaunched",
    )


@pytest.mark.parametrize(
    ("who", "traits", "offered"),
    [
        ("officer", {}, []),
        ("reader", {}, []),
        ("reader", {"answered": True}, ["Close this challenge"]),
        ("manager", {}, ["Answer this challenge"]),
        ("manager", {"answered": True}, ["Change the answer", "Close this challenge"]),
        ("manager", {"closed": True}, []),
    ],
)
def test_only_what_a_person_may_do_is_offered(who, traits, offered, plan, client, request):
    challenge = ChallengeFactory(plan=plan, **traits)
    client.force_login(request.getfixturevalue(who))

    page = client.get(challenge.get_absolute_url()).content.decode()

    every = ["Answer this challenge", "Change the answer", "Close this challenge"]
    assert [words for words in every if words in page] == offered


def test_meeting_shows_who_was_there_and_what_came_of_it(plan, read):
    meeting = MeetingFactory(plan=plan, summary="Foster carers.")
    AttendanceFactory(meeting=meeting, post__title="Head of Early Help", status="apologies")
    DecisionFactory(
        plan=plan, made=True, meeting=meeting, question="Agree the advert", outcome="Agreed twice."
    )
    ChallengeFactory(plan=plan, meeting=meeting, question="Why late?")
    DecisionFactory(plan=plan, made=True, question="Of another meeting", meeting__held_on=date(2017, 6, 20))

    page = read("meeting", plan.slug, meeting.pk)

    assert in_order(
        page, "Foster carers.", "Agree the advert", "Agreed twice.", "Why late?", "Sent apologies"
    )
    assert "Of another meeting" not in page


def test_meetings_count_what_came_of_them(plan, read):
    meeting = MeetingFactory(plan=plan)
    for status in ("present", "present", "deputy"):
        AttendanceFactory(meeting=meeting, status=status)
    DecisionFactory(plan=plan, made=True, meeting=meeting)
    ChallengeFactory.create_batch(2, plan=plan, meeting=meeting)

    assert "25 May 2017 Chief Executive 2 of 3 1 2" in read("meetings", plan.slug)


def test_plan_beneath_shares_the_meetings_of_the_whole(plan, read):
    MeetingFactory(plan=plan)

    assert "25 May 2017" in read("meetings", ActionPlanFactory(parent=plan).slug)


def test_decisions_that_wait_come_in_the_order_they_are_needed(plan, read):
    DecisionFactory(plan=plan, question="Without a day")
    DecisionFactory(plan=plan, question="Later", needed_by=date(2017, 7, 27))
    DecisionFactory(plan=plan, question="Late", needed_by=date(2017, 6, 22))
    DecisionFactory(plan=plan, question="Is made", made=True)

    page = read("decisions", plan.slug)

    assert in_order(page, "Late", "5 days late", "Later", "Without a day", "Is made", "Agreed.")


def test_decision_that_was_made_offers_nothing_to_record(plan, read):
    waiting, made = DecisionFactory(plan=plan), DecisionFactory(plan=plan, made=True)

    assert "Record what was decided" in read("decision", plan.slug, waiting.pk)
    page = read("decision", plan.slug, made.pk)
    assert "Record what was decided" not in page
    assert "Made on 25 May 2017" in page


def test_pages_without_rows_say_so(plan, read):
    assert "Nobody has put a question to the council yet." in read("challenges", plan.slug)
    assert "No meeting is written down yet." in read("meetings", plan.slug)
    assert "No decision is asked for." in read("decisions", plan.slug)


@pytest.mark.parametrize("name", ["all_challenges", "all_meetings"])
def test_navigation_leads_to_the_newest_plan(name, client, reader, plan):
    ActionPlanFactory(parent=plan)
    client.force_login(reader)

    response = client.get(reverse(f"actionplan:{name}"))

    assert response.url == reverse(f"actionplan:{name.removeprefix('all_')}", args=["ofsted-2016"])


@pytest.mark.parametrize("name", ["all_challenges", "all_meetings"])
def test_without_a_plan_the_navigation_says_so(name, read, db):
    assert "There is no plan yet." in read(name)


@pytest.mark.parametrize(
    ("name", "section"), [("challenges", "Challenges"), ("meetings", "Meetings"), ("decisions", "Meetings")]
)
def test_navigation_marks_the_section(name, section, client, reader, plan):
    client.force_login(reader)

    response = client.get(reverse(f"actionplan:{name}", args=[plan.slug]))

    assert [item["name"] for item in response.context["navigation"] if item["current"]] == [section]


def test_row_of_another_plan_is_not_found(client, reader, plan):
    client.force_login(reader)

    for name, row in (
        ("challenge", ChallengeFactory()),
        ("meeting", MeetingFactory()),
        ("decision", DecisionFactory()),
    ):
        for pk in (row.pk, 0, 10**30):
            assert client.get(reverse(f"actionplan:{name}", args=[plan.slug, pk])).status_code == 404


def test_action_and_recommendation_list_what_was_asked_of_them(client, reader, plan):
    action = ActionFactory(plan=plan)
    challenge = ChallengeFactory(plan=plan, question="Asked of both?")
    challenge.actions.add(action)
    challenge.recommendations.add(action.recommendation)
    decision = DecisionFactory(plan=plan, question="Agree something")
    decision.actions.add(action)
    ChallengeFactory(plan=plan, question="Of something else?")
    client.force_login(reader)
    recommendation = reverse("actionplan:recommendation", args=[plan.slug, action.recommendation.number])

    for address in (action.get_absolute_url(), recommendation):
        page = client.get(address).content.decode()
        assert page.count("Asked of both?") == page.count("Agree something") == 1
        assert "Of something else?" not in page


# The Board's month


def test_month_shows_what_waits_for_the_board(plan):
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    DecisionFactory(plan=plan, question="Asked before the last Board")
    DecisionFactory(plan=beneath, question="New and beneath", asked_on=date(2017, 6, 22), needed_by=ON)
    DecisionFactory(plan=plan, question="Not asked yet", asked_on=date(2017, 6, 28))
    DecisionFactory(plan=plan, made=True)
    DecisionFactory(question="Of another plan")

    report = june(plan)

    assert [(each.question, each.is_new, each.days_late) for each in report.decisions] == [
        ("New and beneath", True, 0),
        ("Asked before the last Board", False, 0),
    ]
    assert [(part.key, part.count) for part in parts(report) if part.key == "decisions"] == [("decisions", 2)]


def test_month_shows_the_open_challenges_longest_overdue_first(plan):
    ChallengeFactory(plan=plan, question="Open?", raised_on=date(2017, 5, 25))
    ChallengeFactory(plan=plan, question="Late?", late=True)
    ChallengeFactory(plan=plan, question="Answered?", late=True, answered=True)
    ChallengeFactory(plan=plan, closed=True)

    found = june(plan).challenges

    assert [(each.question, each.is_new, each.days_late) for each in found.shown] == [
        ("Late?", True, 7),
        ("Open?", False, 0),
        ("Answered?", True, 0),
    ]
    assert (found.total, found.unanswered, found.late) == (3, 2, 1)


def test_month_shows_five_challenges_and_counts_all(plan):
    ChallengeFactory.create_batch(7, plan=plan)

    found = june(plan).challenges

    assert (len(found.shown), found.total) == (5, 7)


def test_past_month_shows_what_was_so_on_its_day(plan):
    DecisionFactory(
        plan=plan,
        made=True,
        question="Made since",
        meeting__held_on=date(2017, 6, 20),
    )
    ChallengeFactory(plan=plan, closed=True, question="Closed since?", late=True)

    then, now = june(plan, date(2017, 6, 19)), june(plan)

    assert [each.question for each in then.decisions] == ["Made since"]
    assert [(each.question, each.answered_on) for each in then.challenges.shown] == [("Closed since?", None)]
    assert (now.decisions, now.challenges) == ((), None)


def test_month_without_questions_leaves_the_parts_out(plan):
    keys = {part.key for part in parts(june(plan))}

    assert keys.isdisjoint({"decisions", "challenges"})


def test_month_page_shows_both_parts(plan, read):
    DecisionFactory(plan=plan, question="Agree the money", needed_by=date(2017, 6, 26))
    ChallengeFactory(plan=plan, question="How many wait?", late=True)

    page = read("month", plan.slug, "2017-06")

    assert in_order(
        page,
        "Agree the money",
        "Needed by 26 June 2017",
        "1 day late",
        "1 of 1 waits for an answer, 1 of them late.",
        "How many wait?",
        "7 days late",
    )
