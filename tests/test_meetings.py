"""Meetings as they are written down: whose, when, who was there."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.changes import meetings
from actionplan.changes.meetings import Minutes
from actionplan.enums import Attendance as Present
from actionplan.enums import Body
from actionplan.models import Attendance, Meeting
from tests.factories import (
    ActionPlanFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    PostFactory,
)
from tests.forms import assert_error_summary, typed


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016")


@pytest.fixture
def meeting(plan):
    """The Board of 25 May 2017."""
    return MeetingFactory(plan=plan)


def new(plan):
    return reverse("actionplan:meeting_new", args=[plan.slug])


def edit(meeting):
    return reverse("actionplan:meeting_edit", args=[meeting.plan.slug, meeting.pk])


def written(**changes):
    plain = {
        "version": 1,
        "body": "board",
        "held_on_day": "25",
        "held_on_month": "5",
        "held_on_year": "2017",
        "chair": "Chief Executive",
        "summary": "",
    }
    return plain | changes


def test_meeting_is_kept_with_who_was_there(client, manager, plan):
    here, away, neither = PostFactory(), PostFactory(), PostFactory()
    client.force_login(manager)

    response = client.post(
        new(plan),
        written(**{f"post_{here.pk}": "present", f"post_{away.pk}": "apologies", f"post_{neither.pk}": ""}),
    )

    meeting = Meeting.objects.get()
    assert (response.status_code, response.url) == (302, meeting.get_absolute_url())
    assert (meeting.body, meeting.held_on, meeting.chair) == (
        Body.BOARD,
        date(2017, 5, 25),
        "Chief Executive",
    )
    assert dict(meeting.attendances.values_list("post", "status")) == {
        here.pk: Present.PRESENT,
        away.pk: Present.APOLOGIES,
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": ""}, "Choose whose meeting it was"),
        ({"body": "cabinet"}, "Choose whose meeting it was"),
        ({"held_on_day": ""}, "The day of the meeting must include a day"),
        ({"held_on_day": "28", "held_on_month": "6"}, "The meeting must be today or in the past"),
        ({"chair": " "}, "Enter the post or role that chaired it"),
        ({"chair": "x" * 151}, "Who chaired it must be 150 characters or fewer. It has 151"),
        ({"summary": "x" * 2001}, "What was discussed must be 2,000 characters or fewer. It has 2001"),
    ],
)
def test_bad_minutes_say_what_to_do_and_lose_nothing(changes, message, client, manager, plan):
    client.force_login(manager)
    said = written(**changes)

    response = client.post(new(plan), said)

    assert_error_summary(response, message)
    assert {name: typed(response)[name] for name in ("chair", "summary")} == {
        "chair": said["chair"],
        "summary": said["summary"],
    }
    assert not Meeting.objects.exists()


def test_presence_of_no_known_kind_is_refused(client, manager, plan):
    post = PostFactory(title="Head of Leaving Care")
    client.force_login(manager)

    response = client.post(new(plan), written(**{f"post_{post.pk}": "asleep"}))

    assert_error_summary(response, "Head of Leaving Care: choose from the list")


def test_same_meeting_is_kept_once(client, manager, plan, meeting):
    client.force_login(manager)

    response = client.post(new(plan), written())

    assert_error_summary(response, "This meeting is already recorded for that day")
    assert Meeting.objects.count() == 1


def test_attendance_follows_what_was_said_and_keeps_its_history(client, manager, meeting):
    stays, changes, goes, comes = (PostFactory() for _ in range(4))
    kept = AttendanceFactory(meeting=meeting, post=stays)
    AttendanceFactory(meeting=meeting, post=changes)
    AttendanceFactory(meeting=meeting, post=goes)
    client.force_login(manager)
    said = {stays: "present", changes: "deputy", comes: "absent"}

    client.post(edit(meeting), written(**{f"post_{post.pk}": status for post, status in said.items()}))

    assert dict(meeting.attendances.values_list("post", "status")) == {
        post.pk: status for post, status in said.items()
    }
    assert kept.history.count() == 1
    assert list(Attendance.history.filter(history_type="-").values_list("post", flat=True)) == [goes.pk]


def test_stale_edit_shows_both_texts_and_writes_nothing(client, manager, meeting):
    post = PostFactory(title="Head of Leaving Care")
    theirs = Minutes("board", date(2017, 5, 25), "Chief Executive", "Theirs", {post.pk: Present.PRESENT})
    meetings.edit(meeting=meeting, version=1, minutes=theirs, by=manager)
    client.force_login(manager)

    response = client.post(edit(meeting), written(summary="Mine", **{f"post_{post.pk}": "absent"}))

    assert response.status_code == 409
    page = response.content.decode()
    assert page.index("Mine") < page.index("Theirs")
    assert "Head of Leaving Care" in page
    assert (typed(response)["summary"], typed(response)["version"]) == ("Mine", "2")
    meeting.refresh_from_db()
    assert meeting.summary == "Theirs"
    assert Minutes.of(meeting) == theirs


def test_edit_sent_twice_is_no_conflict(client, manager, meeting):
    client.force_login(manager)

    answers = [client.post(edit(meeting), written(summary="Mine")).status_code for _ in range(2)]

    meeting.refresh_from_db()
    assert (answers, meeting.version) == ([302, 302], 2)


def test_meeting_is_not_moved_before_what_it_decided_was_asked(client, manager, plan, meeting):
    DecisionFactory(plan=plan, made=True, meeting=meeting)
    client.force_login(manager)

    response = client.post(edit(meeting), written(held_on_day="18"))

    assert_error_summary(response, "Decisions were made at it that had not been asked for by that day")
    meeting.refresh_from_db()
    assert meeting.held_on == date(2017, 5, 25)


@pytest.mark.parametrize("who", ["reader", "officer", "assurer"])
def test_others_do_not_write_meetings(who, client, plan, meeting, request):
    client.force_login(request.getfixturevalue(who))

    for address in (new(plan), edit(meeting)):
        response = client.post(address, written(summary="Mine"))
        assert response.status_code == 403
        assert "Meetings are written down by the improvement team." in response.content.decode()
    assert list(Meeting.objects.values_list("summary", flat=True)) == [""]
