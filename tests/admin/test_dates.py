"""Dates move with a reason and leave a row that says who moved them."""

from datetime import date

from pytest_django.asserts import assertContains

from actionplan.models import Action, DateChange
from tests import factories
from tests.factories import (
    ActionFactory,
    MilestoneFactory,
    RecommendationFactory,
)

from .records import filled_in, list_url, url


def test_action_due_date_moves_with_a_reason_and_a_row_that_says_who(client, administrator):
    action = ActionFactory(due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    response = client.post(
        url(action), data | {"due_on": "31/10/2017", "date_reason": "The new team starts in October."}
    )

    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.due_on, action.original_due_on) == (date(2017, 10, 31), date(2017, 9, 30))
    change = DateChange.objects.get()
    assert (change.action, change.milestone, change.made_by) == (action, None, administrator)
    assert (change.from_date, change.to_date) == (date(2017, 9, 30), date(2017, 10, 31))
    assert change.reason == "The new team starts in October."
    newest = action.history.first()
    assert action.history.count() == 2
    assert (newest.history_user, newest.history_change_reason) == (
        administrator,
        "The new team starts in October.",
    )


def test_action_due_date_without_a_reason_is_an_error_at_the_field_and_nothing_is_lost(client):
    action = ActionFactory(due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"due_on": "31/10/2017", "title": "Do it better"})

    form = response.context["adminform"].form
    assert form.errors == {"date_reason": ["Say why the date moves from 30 September 2017"]}
    assertContains(response, 'value="31/10/2017"')
    assertContains(response, 'value="Do it better"')
    action.refresh_from_db()
    assert action.due_on == date(2017, 9, 30)
    assert not DateChange.objects.exists()


def test_action_reason_without_a_move_is_not_dropped_silently(client):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"date_reason": "The new team starts in October."})

    assert response.context["adminform"].form.errors == {
        "date_reason": ["The due date is the same as before. Change it, or clear the reason"]
    }


def test_action_long_reason_is_kept_whole_beside_the_history(client):
    action = ActionFactory(due_on=date(2017, 9, 30))
    reason = "The supplier cannot deliver before the autumn. " * 10
    data = filled_in(client.get(url(action)))

    client.post(url(action), data | {"due_on": "31/10/2017", "date_reason": reason})

    assert DateChange.objects.get().reason == reason.strip()
    assert len(action.history.first().history_change_reason) <= 100


def test_action_start_and_due_date_may_move_together_past_the_old_due_date(client):
    action = ActionFactory(starts_on=date(2017, 3, 1), due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    client.post(
        url(action), data | {"starts_on": "01/11/2017", "due_on": "31/12/2017", "date_reason": "A new law."}
    )

    action.refresh_from_db()
    assert (action.starts_on, action.due_on) == (date(2017, 11, 1), date(2017, 12, 31))


def test_action_due_before_it_starts_is_refused_in_words(client):
    action = ActionFactory(starts_on=date(2017, 3, 1))
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"due_on": "28/02/2017", "date_reason": "Sooner."})

    assert response.context["adminform"].form.errors == {
        "due_on": ["The due date must be 1 March 2017, when the action starts, or later"]
    }


def test_action_other_edit_moves_no_date(client):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    client.post(url(action), data | {"title": "Do it better", "original_due_on": "01/01/2016"})

    action.refresh_from_db()
    assert (action.title, action.version) == ("Do it better", 2)
    assert action.original_due_on == date(2017, 9, 30)
    assert not DateChange.objects.exists()


def test_milestone_due_date_moves_with_a_reason_and_raises_the_actions_version(client, administrator):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    client.post(
        url(milestone.action),
        data | {"milestones-0-due_on": "31/08/2017", "milestones-0-date_reason": "Waiting for a room."},
    )

    milestone.refresh_from_db()
    assert (milestone.due_on, milestone.original_due_on) == (date(2017, 8, 31), date(2017, 7, 31))
    assert milestone.action.version == 2
    change = DateChange.objects.get()
    assert (change.milestone, change.made_by, change.reason) == (
        milestone,
        administrator,
        "Waiting for a room.",
    )
    assert milestone.history.count() == 2
    assert milestone.history.first().history_user == administrator


def test_milestone_due_date_without_a_reason_is_an_error_in_its_row(client):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    response = client.post(url(milestone.action), data | {"milestones-0-due_on": "31/08/2017"})

    assert response.context["inline_admin_formsets"][0].formset.errors[0] == {
        "date_reason": ["Say why the date moves from 31 July 2017"]
    }
    assert Action.objects.get().version == 1


def test_milestone_after_its_action_is_refused_in_words(client):
    milestone = MilestoneFactory(action__due_on=date(2017, 9, 30), due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    response = client.post(
        url(milestone.action),
        data | {"milestones-0-due_on": "31/10/2017", "milestones-0-date_reason": "Late."},
    )

    assert response.context["inline_admin_formsets"][0].formset.errors[0] == {
        "due_on": ["The milestone must be due by 30 September 2017, when the action is due"]
    }


def test_milestone_completion_date_may_be_corrected_but_not_into_the_future(client):
    milestone = MilestoneFactory(completed_on=date(2017, 6, 1))
    data = filled_in(client.get(url(milestone.action)))

    refused = client.post(url(milestone.action), data | {"milestones-0-completed_on": "28/06/2017"})
    client.post(url(milestone.action), data | {"milestones-0-completed_on": "05/06/2017"})

    milestone.refresh_from_db()
    assert refused.context["inline_admin_formsets"][0].formset.errors[0] == {
        "completed_on": ["The completion date must be today or in the past"]
    }
    assert milestone.completed_on == date(2017, 6, 5)
    assert not DateChange.objects.exists()


def test_new_action_and_milestone_start_with_their_due_date_as_the_original(client, administrator):
    model = ActionFactory()
    data = filled_in(client.get(list_url("actionplan.action", "add")))

    response = client.post(
        list_url("actionplan.action", "add"),
        data
        | {
            "plan": model.plan_id,
            "recommendation": model.recommendation_id,
            "ref": "4.9",
            "order": "9",
            "title": "Meet every week",
            "short_title": "Weekly meeting",
            "owner": model.owner_id,
            "service": model.service_id,
            "priority": "high",
            "starts_on": "01/07/2017",
            "due_on": "30/09/2017",
            "why": "Why",
            "outcome": "Outcome",
            "measure": "Measure",
            "milestones-0-number": "1",
            "milestones-0-title": "First meeting held",
            "milestones-0-due_on": "31/07/2017",
        },
    )

    assert response.status_code == 302
    action = Action.objects.get(ref="4.9")
    milestone = action.milestones.get()
    assert (action.original_due_on, milestone.original_due_on) == (date(2017, 9, 30), date(2017, 7, 31))
    assert action.history.first().history_user == administrator
    assert not DateChange.objects.exists()


def test_new_action_needs_a_recommendation_of_the_inspection_its_plan_answers(client):
    plan, elsewhere = factories.ActionPlanFactory(), RecommendationFactory()
    data = filled_in(client.get(list_url("actionplan.action", "add")))

    response = client.post(
        list_url("actionplan.action", "add"), data | {"plan": plan.pk, "recommendation": elsewhere.pk}
    )

    assert response.context["adminform"].form.errors["recommendation"] == [
        f"Choose a recommendation of {plan.inspection}, which the plan answers"
    ]
