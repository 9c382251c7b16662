"""Due dates under control: what may be asked, who decides, and that nothing moves without its row."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from actionplan.changes import dates, progress
from actionplan.changes.dates import AlreadyDecided, CannotMove
from actionplan.dates.due_dates import Due, why_not
from actionplan.models import DateChange
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DateChangeFactory,
    MeetingFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    UserFactory,
)
from tests.forms import assert_error_summary, typed
from tests.test_concurrency import at_once

TODAY = date(2017, 6, 27)
DUE, LATER = date(2017, 9, 30), date(2017, 10, 31)


@pytest.fixture
def director(db):
    """Holds the post that answers for the plan, and is in no group."""
    return UserFactory(job_title="Director of Children’s Services")


@pytest.fixture
def action(officer, director):
    """The officer's, due on 30 September 2017."""
    answers = PostFactory(title="Director of Children’s Services", holder=director)
    plan = ActionPlanFactory(slug="ofsted-2016", senior_responsible=answers)
    return ActionFactory(plan=plan, owner=PostFactory(title="Head of Leaving Care", holder=officer))


@pytest.fixture
def change(action, officer):
    """The officer asked on 20 June for 31 October."""
    return DateChangeFactory(
        action=action,
        from_date=DUE,
        to_date=LATER,
        asked_on=date(2017, 6, 20),
        asked_by=action.owner,
        made_by=officer,
    )


@pytest.fixture
def board(action):
    """It met on 22 June."""
    return MeetingFactory(plan=action.plan, held_on=date(2017, 6, 22))


def new(action):
    return reverse("actionplan:date_new", args=[action.plan.slug, action.ref])


def deciding(change):
    return reverse("actionplan:date_decide", args=[change.action.plan.slug, change.action.ref, change.pk])


def said(action, to=LATER, **changes):
    """What a browser posts to ask for a date."""
    day = {"to_day": to.day, "to_month": to.month, "to_year": to.year}
    plain = {"version": action.version, "target": "action", "reason": "The new team starts in October."} | day
    return plain | changes


BOUNDS = Due(DUE, starts_on=date(2017, 3, 1), plan_agreed_on=date(2017, 2, 1))
STEPS = [("4.2.1", date(2017, 7, 31)), ("4.2.2", date(2017, 8, 31))]


@pytest.mark.parametrize(
    ("due", "to", "says"),
    [
        (BOUNDS, LATER, ""),
        (BOUNDS, TODAY, ""),
        (BOUNDS, DUE, "The new date must differ from the date now, 30 September 2017"),
        (BOUNDS, date(2017, 6, 26), "The new date must be 27 June 2017 or later"),
        (
            BOUNDS,
            date(2017, 2, 28),
            "The new date must be 1 March 2017, when the action starts, or later",
        ),
        (
            BOUNDS,
            date(2017, 1, 31),
            "The new date must be 1 February 2017, when the plan was agreed, or later",
        ),
        (
            Due(date(2017, 7, 31), date(2017, 3, 1), no_later_than=DUE),
            date(2017, 10, 1),
            "The milestone must be due by 30 September 2017, when the action is due. "
            "The date of the action has to move first",
        ),
        (Due(date(2017, 7, 31), date(2017, 3, 1), no_later_than=DUE), DUE, ""),
        (
            Due(DUE, date(2017, 3, 1), steps=STEPS),
            date(2017, 8, 30),
            "Milestone 4.2.2 is due on 31 August 2017, after this date. Its date has to move first",
        ),
        (Due(DUE, date(2017, 3, 1), steps=STEPS), date(2017, 8, 31), ""),
    ],
)
def test_date_must_fit_between_its_neighbours(due, to, says):
    assert why_not(to, due, TODAY) == says


# Asking


def test_owner_asks_and_nothing_moves(client, action, officer):
    client.force_login(officer)

    response = client.post(new(action), said(action))

    change = DateChange.objects.get()
    assert response.url == reverse("actionplan:dates", args=["ofsted-2016", action.ref])
    assert (change.from_date, change.to_date, change.asked_on) == (DUE, LATER, TODAY)
    assert (change.asked_by, change.made_by, change.agreed_on) == (action.owner, officer, None)
    action.refresh_from_db()
    assert (action.due_on, action.version) == (DUE, 1)


def test_request_sent_twice_is_kept_once(client, action, officer):
    client.force_login(officer)

    answers = [client.post(new(action), said(action)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert DateChange.objects.count() == 1


def test_milestone_may_follow_the_date_its_action_asks_for(client, action, change, officer):
    step = MilestoneFactory(action=action, number=3)
    client.force_login(officer)

    client.post(new(action), said(action, target="3"))

    asked = DateChange.objects.get(milestone=step)
    with pytest.raises(CannotMove, match="The milestone must be due by 30 September 2017") as wrong:
        dates.agree(change=asked, version=1, meeting=None, by=action.plan.senior_responsible.holder)
    assert wrong.value.field == "verdict"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": ""}, "Choose which date should move"),
        ({"target": "9"}, "Choose which date should move"),
        ({"to": DUE}, "The new date must differ from the date now, 30 September 2017"),
        ({"to": date(2017, 6, 26)}, "The new date must be 27 June 2017 or later"),
        (
            {"to": date(2017, 1, 31)},
            "The new date must be 1 March 2017, when the plan was agreed, or later",
        ),
        ({"to_day": "32"}, "Enter a real date, for example 20 7 2017"),
        ({"to_day": "", "to_month": "", "to_year": ""}, "Enter the new date"),
        ({"reason": " "}, "Say why the date has to move"),
        ({"reason": "x" * 501}, "The reason must be 500 characters or fewer. It has 501"),
        (
            {"target": "3", "to": LATER},
            "The milestone must be due by 30 September 2017, when the action is due. "
            "The date of the action has to move first",
        ),
        (
            {"to": date(2017, 7, 30)},
            "Milestone 4.2.3 is due on 31 July 2017, after this date. Its date has to move first",
        ),
    ],
)
def test_bad_requests_say_what_to_do_and_lose_nothing(changes, message, client, action, officer):
    action.ref = "4.2"
    action.save()
    MilestoneFactory(action=action, number=3)
    MilestoneFactory(action=action, number=9, complete=True)
    client.force_login(officer)
    data = said(action, **changes)

    response = client.post(new(action), data)

    assert_error_summary(response, message)
    assert typed(response)["reason"] == data["reason"]
    assert not DateChange.objects.exists()


def test_one_request_waits_at_a_time(client, action, change, manager):
    client.force_login(manager)

    response = client.post(new(action), said(action, to=date(2017, 11, 30)))

    assert_error_summary(
        response,
        "The Head of Leaving Care asked on 20 June 2017 for 31 October 2017. Wait until that is decided",
    )


@pytest.mark.parametrize("traits", [{"delivered": True}, {"state": "superseded", "rag": ""}])
def test_work_that_is_no_longer_owed_keeps_its_dates(traits, client, action, officer):
    ProgressUpdateFactory(action=action, accepted=True, **traits)
    client.force_login(officer)

    page, posted = client.get(new(action)), client.post(new(action), said(action))

    assert (page.status_code, posted.status_code) == (200, 409)
    assert "The new team starts in October." in posted.text
    with pytest.raises(CannotMove, match="so its dates no longer move"):
        dates.ask(action=action, version=1, milestone=None, to=LATER, reason="Why", asked_by=None, by=officer)
    assert not DateChange.objects.exists()


def test_stale_request_is_told_and_loses_nothing(client, action, officer, manager):
    action.refresh_from_db()
    page = said(action)
    action.version += 1
    action.save()
    client.force_login(officer)

    response = client.post(new(action), page)

    assert response.status_code == 409
    assert "Somebody changed the action" in response.text
    assert (typed(response)["reason"], typed(response)["version"]) == ("The new team starts in October.", "2")
    assert not DateChange.objects.exists()


# Deciding


def test_senior_responsible_officer_agrees_alone(client, action, change, director):
    client.force_login(director)

    response = client.post(deciding(change), {"version": 1, "verdict": "agree", "meeting": "", "because": ""})

    assert response.status_code == 302
    change.refresh_from_db()
    action.refresh_from_db()
    assert (change.agreed_on, change.decided_by, change.meeting) == (
        TODAY,
        action.plan.senior_responsible,
        None,
    )
    assert change.decision_made_by == director
    assert (action.due_on, action.original_due_on, action.version) == (LATER, DUE, 2)
    newest = action.history.first()
    assert (newest.history_user, newest.history_change_reason) == (director, "The new team starts in July.")


def test_senior_responsible_officer_of_the_whole_plan_decides_for_the_part(change, director, action):
    whole = action.plan
    action.plan = ActionPlanFactory(parent=whole)
    action.save()
    step = MilestoneFactory(action=action)
    asked = DateChangeFactory(action=action, milestone=step, from_date=step.due_on)

    dates.agree(change=asked, version=1, meeting=None, by=director)

    step.refresh_from_db()
    action.refresh_from_db()
    assert (step.due_on, action.due_on, action.version) == (date(2017, 8, 31), DUE, 2)
    assert step.history.first().history_user == director


@pytest.mark.parametrize("who", ["reader", "manager"])
def test_board_and_team_record_what_a_meeting_agreed(who, client, action, change, board, request):
    client.force_login(request.getfixturevalue(who))

    client.post(deciding(change), {"version": 1, "verdict": "agree", "meeting": board.pk})

    change.refresh_from_db()
    action.refresh_from_db()
    assert (change.agreed_on, change.meeting, change.decided_by) == (board.held_on, board, None)
    assert action.due_on == LATER
    page = client.get(board.get_absolute_url()).text
    assert "30 September 2017 to 31 October 2017, 31 days later" in page


def test_meeting_refuses_with_a_reason(client, action, change, board, reader):
    client.force_login(reader)
    answer = {"version": 1, "verdict": "refuse", "because": "Two teams can share it.", "meeting": board.pk}

    answers = [client.post(deciding(change), answer) for _ in range(2)]  # a double click

    assert [each.status_code for each in answers] == [302, 302]
    change.refresh_from_db()
    action.refresh_from_db()
    assert (change.refused_on, change.refused_because) == (board.held_on, "Two teams can share it.")
    assert (action.due_on, action.version) == (DUE, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"verdict": ""}, "Choose whether the new date is agreed or refused"),
        ({"verdict": "refuse"}, "Say why the new date is refused"),
        (
            {"because": "Not soon enough."},
            "A reason is kept only when the date is refused. Clear it, or choose refused",
        ),
        ({"meeting": ""}, "Choose the meeting that decided"),
        ({"meeting": "early"}, "Choose the meeting that decided"),
        ({"meeting": "9" * 30}, "Choose the meeting that decided"),
    ],
)
def test_bad_decisions_say_what_to_do_and_write_nothing(changes, message, client, change, board, reader):
    early = MeetingFactory(plan=board.plan, held_on=date(2017, 6, 19))
    client.force_login(reader)
    answer = {"version": 1, "verdict": "agree", "because": "", "meeting": board.pk} | changes
    if answer["meeting"] == "early":
        answer["meeting"] = early.pk

    response = client.post(deciding(change), answer)

    assert_error_summary(response, message)
    assert DateChange.objects.undecided().get() == change


@pytest.mark.parametrize("who", ["officer", "assurer"])
def test_others_do_not_decide(who, client, change, request):
    client.force_login(request.getfixturevalue(who))

    response = client.post(deciding(change), {"version": 1, "verdict": "agree"})

    assert response.status_code == 403
    assert "New dates are agreed or refused by the Director of Children’s Services." in response.text


def test_nobody_decides_alone_what_they_asked_for(action, change, director, manager, board):
    change.made_by = director
    change.save()

    for by in (director, manager):
        with pytest.raises(CannotMove, match="Choose the meeting that decided"):
            dates.agree(change=change, version=1, meeting=None, by=by)
    dates.agree(change=change, version=1, meeting=board, by=director)
    action.refresh_from_db()
    assert action.due_on == LATER


@pytest.mark.parametrize("held_on", [date(2017, 6, 19), date(2017, 6, 28)])
def test_meeting_before_the_request_or_still_to_come_decides_nothing(held_on, change, manager):
    meeting = MeetingFactory(plan=change.action.plan, held_on=held_on)

    with pytest.raises(CannotMove) as wrong:
        dates.refuse(change=change, version=1, because="No", meeting=meeting, by=manager)

    assert wrong.value.field == "meeting"


def test_second_decision_is_told_of_the_first(client, change, board, director, reader):
    dates.agree(change=change, version=1, meeting=None, by=director)
    client.force_login(reader)

    response = client.post(
        deciding(change), {"version": 1, "verdict": "refuse", "because": "Not now.", "meeting": board.pk}
    )

    assert response.status_code == 409
    assert "Agreed by: Director of Children’s Services, 27 June 2017." in response.text
    assert "Not now." in response.text
    with pytest.raises(AlreadyDecided):
        dates.refuse(change=change, version=2, because="Not now.", meeting=board, by=reader)


def test_date_moved_meanwhile_shows_both_and_can_only_be_refused(client, action, change, director, manager):
    action.version += 1
    dates.move(action=action, to=date(2017, 10, 15), reason="A new law.", by=manager)
    client.force_login(director)
    answer = {"version": 1, "verdict": "agree", "meeting": "", "because": ""}

    stale = client.post(deciding(change), answer)

    assert stale.status_code == 409
    assert "The date was moved to 15 October 2017 after this was asked." in stale.text
    assert "30 September 2017" in stale.text
    with pytest.raises(CannotMove, match="so it can only be refused"):
        dates.agree(change=change, version=2, meeting=None, by=director)
    with pytest.raises(StaleEdit):
        dates.agree(change=change, version=1, meeting=None, by=director)
    refused = {"version": 2, "verdict": "refuse", "because": "It has moved already.", "meeting": ""}
    assert client.post(deciding(change), refused).status_code == 302


def test_date_moved_there_and_back_is_moved_meanwhile_too(action, change, director, manager):
    for to in (date(2017, 10, 15), DUE):
        dates.move(action=action, to=to, reason="A new law.", by=manager)

    with pytest.raises(CannotMove, match="so it can only be refused"):
        dates.agree(change=change, version=1, meeting=None, by=director)


def test_work_delivered_since_keeps_its_date(action, change, director):
    ProgressUpdateFactory(action=action, accepted=True, delivered=True)

    with pytest.raises(CannotMove, match="so its dates no longer move"):
        dates.agree(change=change, version=1, meeting=None, by=director)


def test_meeting_that_decided_dates_stays_on_its_day(client, change, board, manager):
    dates.agree(change=change, version=1, meeting=board, by=manager)
    client.force_login(manager)
    edit = reverse("actionplan:meeting_edit", args=[board.plan.slug, board.pk])
    data = {"version": 1, "body": "board", "chair": "Chief Executive", "summary": ""}
    day = {"held_on_day": "23", "held_on_month": "6", "held_on_year": "2017"}

    assert_error_summary(
        client.post(edit, data | day),
        "New dates were agreed or refused at it on 22 June 2017. Its day cannot change",
    )


# Colours


def test_asking_changes_no_colour_and_agreeing_does(action, officer, director):
    action.due_on = action.original_due_on = date(2017, 6, 20)
    action.save()

    red = progress.propose(action, on=TODAY)
    change = dates.ask(
        action=action, version=1, milestone=None, to=LATER, reason="Why", asked_by=None, by=officer
    )
    action.refresh_from_db()
    asked = progress.propose(action, on=TODAY)
    dates.agree(change=change, version=1, meeting=None, by=director)
    action.refresh_from_db()

    assert str(red) == str(asked) == "Red: the action is 7 days past its date."
    assert progress.propose(action, on=TODAY).rag == "green"


# Several at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(change, director, board, manager):
    def decide(how, **more):
        try:
            return how(change=change, version=1, **more)
        except (AlreadyDecided, StaleEdit) as told:
            return told
        finally:
            connection.close()

    answers = at_once(
        [
            lambda: decide(dates.agree, meeting=None, by=director),
            lambda: decide(dates.refuse, because="Not now.", meeting=board, by=manager),
        ]
    )

    change.refresh_from_db()
    change.action.refresh_from_db()
    assert sum(isinstance(answer, DateChange) for answer in answers) == 1
    assert bool(change.agreed_on) != bool(change.refused_on)
    assert (change.action.due_on == LATER) == bool(change.agreed_on)
