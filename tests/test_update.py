"""The owner writes the month's update."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from actionplan.enums import DeliveryState, MonthState, Rag, UpdateStatus
from actionplan.models import Action, Milestone, ProgressUpdate
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
)
from tests.forms import assert_error_summary, typed

MAY = date(2017, 5, 1)
LONG = "x" * 2001
AMBER = {"rag": "amber", "cause": "Two posts are vacant.", "remedy": "Two temporary advisers start."}


@pytest.fixture
def action(officer):
    """The officer's, due in 30 days, with one milestone open until 14 July and the round for June open."""
    action = ActionFactory(
        owner__title="Head of Leaving Care", owner__holder=officer, due_on=date(2017, 7, 27)
    )
    MilestoneFactory(action=action, number=1, complete=True)
    MilestoneFactory(action=action, number=2, due_on=date(2017, 7, 14))
    ReportingMonthFactory(plan=action.plan)
    return action


def url(action):
    return reverse("actionplan:update", args=[action.plan.slug, action.ref])


def answers(action, **changes):
    """What a browser posts for a plain green update, with these changes; None leaves a field out."""
    plain = {
        "version": Action.objects.get(pk=action.pk).version,
        "form_id": str(uuid4()),
        "state": "in_progress",
        "rag": "green",
        "rag_reason": "",
        "done": "87 of 118 plans for 18 to 21s reviewed.",
        "standstill": "",
        "impact": "early",
        "difference": "Audit: 24 of 40 plans were good.",
        "cause": "",
        "remedy": "",
        "next_steps": "Review the other 31, oldest first.",
        "forecast_on_day": "20",
        "forecast_on_month": "7",
        "forecast_on_year": "2017",
        "do": "submit",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def days(name, day, month, year):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def ticked(number, day="20", month="6", year="2017"):
    return {f"tick_{number}": "on"} | days(f"completed_{number}", day, month, year)


DONE = {"state": "delivered", **ticked(2)}
STILL = {"done": "", "standstill": "No adviser could be found."}


def test_submitting_makes_one_row_and_says_what_happens_next(client, officer, action):
    client.force_login(officer)

    response = client.post(url(action), answers(action))

    assert (response.status_code, response.url) == (302, action.get_absolute_url())
    update = ProgressUpdate.objects.get()
    assert (update.status, update.submitted_on, update.made_by) == (
        UpdateStatus.SUBMITTED,
        date(2017, 6, 27),
        officer,
    )
    assert (update.month, update.state, update.rag, update.forecast_on) == (
        date(2017, 6, 1),
        DeliveryState.IN_PROGRESS,
        Rag.GREEN,
        date(2017, 7, 20),
    )
    assert _messages(client) == [
        "Update for June submitted. The improvement team checks it. Once accepted it counts on the Board’s page."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        AMBER,
        AMBER | {"rag": "red"},
        DONE | {"rag": None, "next_steps": ""},
        DONE | {"cause": "Kept although green"},
        {"state": "not_started", "rag": None, "impact": None, "difference": "", "next_steps": ""},
        {"forecast_on_day": "27", "forecast_on_month": "June"},
        ticked(2, "27"),
        ticked(2, "1", "3"),
        {"done": "x" * 2000, "cause": "y" * 150},
        STILL,
        STILL | AMBER,
        {"done": "a\r\n" * 1000},
    ],
)
def test_accepted_answers(changes, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action), answers(action, **changes))

    assert response.status_code == 302
    assert ProgressUpdate.objects.get().status == UpdateStatus.SUBMITTED


FUTURE = {"forecast_on_day": "1", "forecast_on_month": "8"}


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"state": None}, ["Choose where the action is"]),
        ({"state": "superseded", "rag": None}, ["Choose where the action is"]),
        ({"state": "\0"}, ["Choose where the action is"]),
        ({"rag": None}, ["Choose green, amber or red for an action in progress"]),
        ({"rag": "blue"}, ["Choose green, amber or red"]),
        ({"done": " "}, ["Say what was done in June, or why there was no progress"]),
        (
            {"standstill": "Two posts are vacant."},
            ["Say what was done or why there was no progress, not both. Clear one of them"],
        ),
        (
            STILL | ticked(2),
            ["{ref}.2 is ticked as completed, so something was done. Say what"],
        ),
        ({"impact": None}, ["Choose what it has changed for children"]),
        ({"impact": "huge"}, ["Choose what it has changed for children"]),
        ({"difference": ""}, ["Enter what difference it has made, or write “too early to say” and why"]),
        (
            DONE | {"difference": ""},
            ["Enter what difference it has made, or write “too early to say” and why"],
        ),
        ({"rag": "amber"}, ["Say why the action is amber", "Say what will bring the action back"]),
        (AMBER | {"rag": "red", "remedy": ""}, ["Say what will bring the action back"]),
        ({"next_steps": ""}, ["Say what happens next and who does it"]),
        (days("forecast_on", "", "", ""), ["Enter the date you expect to finish"]),
        (days("forecast_on", "26", "6", "2017"), ["The date you expect to finish must be today or later"]),
        (days("forecast_on", "31", "6", "2017"), ["Enter a real date, for example 20 7 2017"]),
        (days("forecast_on", "", "7", "2017"), ["The date you expect to finish must include a day"]),
        (days("forecast_on", "20", "7", "17"), ["Year must include 4 numbers, for example 2017"]),
        (
            FUTURE,
            [
                "Give a reason for green when the facts point to red: "
                "it is expected to finish 5 days after its date"
            ],
        ),
        ({"tick_2": "on"}, ["Enter the date {ref}.2 was completed"]),
        (days("completed_2", "20", "6", "2017"), ["Tick {ref}.2 if it is finished, or clear its date"]),
        (ticked(2, "28"), ["The date {ref}.2 was completed must be today or in the past"]),
        (
            ticked(2, "28", "2"),
            ["The date {ref}.2 was completed must be on or after 1 March 2017, when the action starts"],
        ),
        (
            ticked(2, "31", "6"),
            ["Enter a real date, for example 20 7 2017"],
        ),
        ({"state": "delivered"}, ["{ref}.2 is still open. Tick what is finished, or choose In progress"]),
        (
            {"state": "not_started"} | ticked(2),
            ["An action with a completed milestone has started. Choose In progress"],
        ),
        ({"done": LONG}, ["What was done must be 2,000 characters or fewer. It has 2001"]),
        ({"cause": "x" * 151}, ["The cause must be 150 characters or fewer. It has 151"]),
        (
            {"done": "87 of\x00 118"},
            ["What was done held a hidden character that cannot be stored. It is removed: check the text"],
        ),
        (
            {"state": None, "done": "", "forecast_on_day": "x"},
            [
                "Choose where the action is",
                "Say what was done in June, or why there was no progress",
                "Enter a real date, for example 20 7 2017",
            ],
        ),
    ],
)
def test_bad_answers_say_what_to_do_and_lose_nothing(changes, messages, client, officer, action):
    client.force_login(officer)
    posted = answers(action, **changes)

    response = client.post(url(action), posted)

    assert_error_summary(response, *(message.format(ref=action.ref) for message in messages))
    kept = typed(response)
    choices = {"do": None, "state": {"superseded", "\0"}, "rag": {"blue"}, "impact": {"huge"}}
    for name, value in posted.items():
        if value not in (choices.get(name) or ()) and name != "do":
            assert kept[name] == str(value).replace("\0", "")
    assert ProgressUpdate.objects.count() == 0
    assert Milestone.objects.filter(completed_on__isnull=False).count() == 1


@pytest.mark.parametrize("value", [LONG, "87 of\x00 118"])
@pytest.mark.parametrize(
    "name", ["rag_reason", "done", "standstill", "difference", "cause", "remedy", "next_steps"]
)
def test_every_text_refuses_what_it_cannot_hold_even_in_a_draft(name, value, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action), answers(action, do="draft", **{name: value}))

    assert response.status_code == 200
    assert typed(response)[name] == value.replace("\0", "")
    assert ProgressUpdate.objects.count() == 0


def test_better_rating_than_the_facts_point_to_needs_a_reason(client, officer, action):
    MilestoneFactory(action=action, number=3, due_on=date(2017, 6, 15))
    client.force_login(officer)

    refused = client.post(url(action), answers(action))
    taken = client.post(url(action), answers(action, rag_reason="The last three are booked for Friday."))

    assert_error_summary(
        refused,
        "Give a reason for green when the facts point to amber: "
        f"milestone {action.ref}.3 is 12 days late and the action is due in 30 days",
    )
    assert taken.status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.rag, update.proposed_rag) == (Rag.GREEN, Rag.AMBER)
    assert update.proposed_because == (
        f"milestone {action.ref}.3 is 12 days late and the action is due in 30 days."
    )


def test_ticking_the_late_milestone_makes_green_the_proposal(client, officer, action):
    late = MilestoneFactory(action=action, number=3, due_on=date(2017, 6, 15))
    client.force_login(officer)

    response = client.post(url(action), answers(action, **ticked(3)))

    assert response.status_code == 302
    late.refresh_from_db()
    assert late.completed_on == date(2017, 6, 20)
    assert ProgressUpdate.objects.get().proposed_rag == Rag.GREEN


def test_rating_is_dropped_when_the_action_is_not_in_progress(client, officer, action):
    client.force_login(officer)

    client.post(url(action), answers(action, **DONE, rag_reason="None"))

    update = ProgressUpdate.objects.get()
    assert (update.state, update.rag, update.rag_reason, update.forecast_on) == (
        DeliveryState.DELIVERED,
        "",
        "",
        None,
    )


def test_delivered_names_every_milestone_that_is_still_open(client, officer, action):
    MilestoneFactory(action=action, number=3)
    MilestoneFactory(action=action, number=4)
    client.force_login(officer)

    response = client.post(url(action), answers(action, state="delivered"))

    refs = f"{action.ref}.2, {action.ref}.3 and {action.ref}.4"
    assert_error_summary(response, f"{refs} are still open. Tick what is finished, or choose In progress")


MAYS = {"done": "All but four plans reviewed.", "standstill": "", "difference": "Audit: 20 of 40 plans good."}
SAID_ANEW = "Say what is new, or why there was no progress; or tick that they still hold for June"


@pytest.mark.parametrize(
    ("before", "changes", "messages"),
    [
        ({}, {"done": MAYS["done"]}, [SAID_ANEW]),
        ({}, {"done": "all  but four plans reviewed. "}, [SAID_ANEW]),
        (
            {},
            {"done": MAYS["done"], "difference": MAYS["difference"]},
            [SAID_ANEW, "Say what is new, or tick that they still hold for June"],
        ),
        (
            {"done": "", "standstill": STILL["standstill"]},
            STILL,
            ["Say what is in the way now, or tick that they still hold for June"],
        ),
    ],
    ids=["same", "spaces and capitals", "two", "no progress"],
)
def test_words_of_last_month_are_pointed_out_until_somebody_says_that_they_hold(
    before, changes, messages, client, officer, action
):
    ProgressUpdateFactory(action=action, month=MAY, **MAYS | before)
    client.force_login(officer)

    pointed_out = client.post(url(action), answers(action, **changes))
    boxes = re.findall(r'name="(\w+_holds)"', pointed_out.content.decode())
    taken = client.post(url(action), typed(pointed_out) | dict.fromkeys(boxes, "on") | {"do": "submit"})

    assert_error_summary(pointed_out, *(f"These are May’s words. {message}" for message in messages))
    assert len(boxes) == len(messages)
    assert taken.status_code == 302
    june = action.updates.get(month=date(2017, 6, 1))
    assert {name: getattr(june, name) for name in changes} == {
        name: value.strip() for name, value in changes.items()
    }


def test_words_of_last_month_may_wait_in_a_draft(client, officer, action):
    ProgressUpdateFactory(action=action, month=MAY, **MAYS)
    client.force_login(officer)

    response = client.post(url(action), answers(action, do="draft", done=MAYS["done"], standstill="Or not."))

    assert response.status_code == 302
    kept = typed(client.get(url(action)))
    assert (kept["done"], kept["standstill"]) == (MAYS["done"], "Or not.")


def test_delivered_is_progress(client, officer, action):
    action.milestones.get(number=2).delete()
    client.force_login(officer)

    response = client.post(url(action), answers(action, **STILL, state="delivered"))

    assert_error_summary(response, "The action is delivered, so something was done. Say what")


def test_no_progress_stands_in_place_of_what_was_done(client, officer, manager, action):
    client.force_login(officer)
    client.post(url(action), answers(action, **STILL))
    update = ProgressUpdate.objects.get()
    client.force_login(manager)

    story = client.get(action.get_absolute_url()).content.decode()
    check = client.get(reverse("actionplan:check", args=[action.plan.slug, action.ref, update.pk]))

    assert (update.done, update.standstill) == ("", STILL["standstill"])
    assert f"<dt>No progress</dt><dd>{STILL['standstill']}" in story
    assert f"<strong>No progress:</strong> {STILL['standstill']}" in check.content.decode()


def test_draft_keeps_anything_half_written(client, officer, action):
    client.force_login(officer)
    half = dict.fromkeys(answers(action), "") | {
        "version": 1,
        "do": "draft",
        "done": "Half a sen",
        "rag": "red",
    }

    response = client.post(url(action), half | {"tick_2": "on"})

    assert response.status_code == 302
    draft = ProgressUpdate.objects.get()
    assert (draft.status, draft.done, draft.rag, draft.ticked) == (
        UpdateStatus.DRAFT,
        "Half a sen",
        "red",
        {"2": None},
    )
    assert _messages(client) == ["Draft saved. Submit it by 23 June 2017 for the Board to read it."]
    kept = typed(client.get(url(action)))
    assert {name: kept[name] for name in ("done", "rag", "tick_2")} == {
        "done": "Half a sen",
        "rag": "red",
        "tick_2": "on",
    }


def test_draft_refuses_a_date_that_does_not_exist(client, officer, action):
    client.force_login(officer)

    response = client.post(
        url(action), answers(action, do="draft", done="", forecast_on_day="31", forecast_on_month="6")
    )

    assert_error_summary(response, "Enter a real date, for example 20 7 2017")
    assert typed(response)["forecast_on_day"] == "31"


def test_draft_is_shown_with_who_saved_it_and_then_submitted_as_one_row(client, officer, manager, action):
    client.force_login(officer)
    client.post(url(action), answers(action, do="draft"))
    client.force_login(manager)

    page = client.get(url(action))
    client.post(url(action), answers(action))

    assert "the draft that Head of Leaving Care saved today at" in page.content.decode()
    assert typed(page)["done"] == "87 of 118 plans for 18 to 21s reviewed."
    assert list(ProgressUpdate.objects.values_list("status", "made_by")) == [
        (UpdateStatus.SUBMITTED, manager.pk)
    ]


def test_form_starts_from_what_rarely_changes(client, officer, action):
    ProgressUpdateFactory(action=action, month=MAY, amber=True, forecast_on=date(2017, 7, 1), accepted=True)
    client.force_login(officer)

    page = client.get(url(action))

    start = typed(page)
    assert (start["state"], start["impact"], start["forecast_on_day"]) == ("in_progress", "early", "1")
    assert ("rag" in start, start["done"], start["cause"]) == (False, "", "")
    assert (
        "Nine of ten visits were made in time." in page.content.decode()
    )  # last month's, beside the question


def test_returned_update_gives_the_reason_and_its_text(client, officer, action):
    ProgressUpdateFactory(action=action, returned=True, done="A lot.")
    client.force_login(officer)

    page = client.get(url(action))

    assert "“Say how many children this is.”" in page.content.decode()
    assert typed(page)["done"] == "A lot."


def test_correction_of_a_submitted_update_is_announced(client, officer, action):
    first = ProgressUpdateFactory(action=action, done="87 plans.")
    client.force_login(officer)

    page = client.get(url(action))
    client.post(url(action), answers(action, done="88 plans."))

    assert "What you submit now is a correction" in page.content.decode()
    assert list(action.updates.order_by("pk").values_list("done", flat=True)) == [first.done, "88 plans."]


def test_same_form_twice_makes_one_row(client, officer, action):
    client.force_login(officer)
    posted = answers(action)

    client.post(url(action), posted)
    again = client.post(url(action), posted)

    assert (again.status_code, again.url) == (302, action.get_absolute_url())
    assert ProgressUpdate.objects.count() == 1
    assert _messages(client)[-1] == "This update was already submitted"


@pytest.mark.parametrize(("first", "says"), [("submit", "submitted an update"), ("draft", "saved a draft")])
def test_stale_form_gets_both_texts_and_can_go_on(first, says, client, officer, manager, action):
    mine = answers(action, done="The officer’s text.", next_steps="The officer’s next step.", **AMBER)
    client.force_login(manager)
    client.post(url(action), answers(action, done="The manager’s text.", do=first))
    client.force_login(officer)

    conflict = client.post(url(action), mine)

    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert f"Head of Innovation and Improvement {says}" in text
    assert [(each.label, each.yours, each.stored) for each in conflict.context["differences"]][1] == (
        "What was done this month?",
        "The officer’s text.",
        "The manager’s text.",
    )
    assert all(
        words in text for words in ("The officer’s text.", "The manager’s text.", "The officer’s next step.")
    )
    assert ProgressUpdate.objects.get().done == "The manager’s text."

    going_on = client.post(url(action), typed(conflict) | {"do": "submit"})

    assert going_on.status_code == 302
    assert [each.done for each in action.updates.order_by("pk")] == {
        "submit": ["The manager’s text.", "The officer’s text."],
        "draft": ["The officer’s text."],
    }[first]


def test_action_changed_meanwhile_is_said(client, officer, action):
    mine = answers(action)
    Action.objects.claim(action.pk, 1).save(update_fields=["version"])
    client.force_login(officer)

    conflict = client.post(url(action), mine)

    assert conflict.status_code == 409
    assert "itself was changed while you were writing" in conflict.content.decode()
    assert typed(conflict)["done"] == mine["done"]
    assert ProgressUpdate.objects.count() == 0


@pytest.mark.parametrize("version", ["", "x", "-1", "1\0", "9" * 400, "２", None])
def test_broken_version_overwrites_nothing(version, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action), answers(action, version=version))

    assert response.status_code == 409
    assert ProgressUpdate.objects.count() == 0


@pytest.mark.parametrize("form_id", ["", "x", "\0", None])
def test_broken_form_id_is_replaced(form_id, client, officer, action):
    client.force_login(officer)

    response = client.post(url(action), answers(action, form_id=form_id))

    assert response.status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_action_says_whose_it_is(method, client, reader, action):
    client.force_login(reader)

    response = getattr(client, method)(url(action), answers(action))

    assert response.status_code == 403
    assert f"Action {action.ref} is owned by the Head of Leaving Care." in response.content.decode()
    assert ProgressUpdate.objects.count() == 0


def test_contributor_may_update(client, reader, action):
    action.contributors.add(PostFactory(holder=reader))
    client.force_login(reader)

    assert client.post(url(action), answers(action)).status_code == 302


CLOSED = {
    "none": "No round of updates is open.",
    "past": "No round of updates is open.",
    "early": "The round for June 2017 opens on 28 June 2017.",
    "frozen": "The report for June 2017 is closed.",
}


@pytest.mark.parametrize("why", CLOSED)
def test_without_an_open_round_nothing_is_written_and_nothing_typed_is_lost(why, client, officer, action):
    months = action.plan.months
    match why:
        case "none":
            months.all().delete()
        case "past":
            months.update(updates_due_on=date(2017, 6, 26), board_on=date(2017, 6, 26))
        case "early":
            months.update(opens_on=date(2017, 6, 28), updates_due_on=date(2017, 6, 29))
        case "frozen":
            months.update(state=MonthState.FROZEN)
    client.force_login(officer)

    page = client.get(url(action))
    refused = client.post(url(action), answers(action))

    assert (page.status_code, refused.status_code) == (200, 409)
    assert CLOSED[why] in page.content.decode()
    assert "87 of 118 plans for 18 to 21s reviewed." in refused.content.decode()
    assert ProgressUpdate.objects.count() == 0


def test_superseded_action_is_not_updated(client, officer, action):
    ProgressUpdateFactory(action=action, accepted=True, state=DeliveryState.SUPERSEDED, rag="")
    client.force_login(officer)

    assert "other work takes this action’s place" in client.get(url(action)).content.decode()


def test_plan_beneath_another_shares_its_round(client, officer, action):
    beneath = ActionPlanFactory(parent=action.plan, inspection=action.plan.inspection)
    care = ActionFactory(plan=beneath, owner=action.owner)
    client.force_login(officer)

    assert client.post(url(care), answers(care)).status_code == 302


@pytest.mark.parametrize("ref", ["99.99", "x", "4.2%00", "%00", "4.2'--", "９.１", "9" * 400 + ".1"])
def test_unknown_action_is_not_found(ref, client, officer, action):
    client.force_login(officer)

    assert client.get(f"/plans/{action.plan.slug}/actions/{ref}/update/").status_code == 404


def test_reading_the_form_writes_nothing(client, officer, action):
    ProgressUpdateFactory(action=action, draft=True, month=MAY)
    client.force_login(officer)
    before = list(ProgressUpdate.objects.values()), list(Action.objects.values())

    client.get(url(action) + "?do=submit&done=x")

    assert (list(ProgressUpdate.objects.values()), list(Action.objects.values())) == before


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_milestones_or_updates(
    count, client, officer, action, django_assert_num_queries
):
    MilestoneFactory.create_batch(count, action=action)
    for month in range(1, count + 1):
        ProgressUpdateFactory(action=action, month=date(2017, month, 1), submitted_on=date(2017, month, 22))
    client.force_login(officer)

    with django_assert_num_queries(6):  # session, user, action, milestones, updates, round
        client.get(url(action))


def _messages(client):
    page = client.get("/account/password_change/")
    return [str(message) for message in page.context["messages"]]
