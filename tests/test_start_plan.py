"""Starting the plan of a new inspection on its page: what it asks, what it refuses, and what is told afterwards."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.models import ActionPlan
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    InspectionFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    ReportingMonthFactory,
)
from tests.forms import assert_error_summary

TODAY = date(2018, 9, 3)
URL = "/inspections/new-inspection/start-plan/"


@pytest.fixture(autouse=True)
def later(settings):
    settings.OFSTED_TODAY = TODAY


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="old-plan", name="Old plan")


@pytest.fixture
def recommendation(db):
    inspection = InspectionFactory(key="new-inspection", published_on=date(2018, 7, 23))
    return RecommendationFactory(inspection=inspection, number=2, short_title="Plans")


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


def words(plan, *goes):
    """The page as filled in; of each action where it goes and why."""
    posted = {
        "name": "New plan",
        "slug": "new-plan",
        "senior_responsible": plan.senior_responsible_id,
        "author": plan.author_id,
        "board": "The Board",
    }
    for action, to, because in goes:
        posted |= {
            f"to_{action.pk}": to,
            f"because_{action.pk}": because,
            f"version_{action.pk}": action.version,
        }
    return posted


def test_plan_is_started_and_the_trace_is_shown_both_ways(page, plan, recommendation):
    ReportingMonthFactory(plan=plan, board_on=date(2018, 9, 27), updates_due_on=date(2018, 9, 20))
    carried = ActionFactory(plan=plan, owner=PostFactory(holder=None), moved=True)
    left = ActionFactory(plan=plan)

    answer = page.post(
        URL, words(plan, (carried, recommendation.pk, ""), (left, "left", "Others do it now."))
    )

    assert answer.url == "/plans/new-plan/"
    new = carried.carried_to

    def says(row):
        return page.get(row.get_absolute_url()).content.decode()

    assert new.get_absolute_url() in says(carried)
    assert carried.get_absolute_url() in says(new)
    assert "was not carried over:</strong> Others do it now." in says(left)
    assert "1 action carried over" in says(new.plan)
    old = says(ActionPlan.objects.get(slug="old-plan"))
    assert "This plan was closed on 3 September 2018." in old
    assert "Others do it now." in old
    update = page.get(reverse("actionplan:update", args=["old-plan", carried.ref]))
    assert f"This work goes on as action {new.ref} of the New plan" in update.content.decode()
    assert page.get("/plans/").url == "/plans/new-plan/"
    assert page.get(URL).content.decode().count("It has its plan already: the New plan.") == 1


def test_each_wrong_answer_is_named_at_its_field_and_nothing_is_lost(page, plan, recommendation):
    unsaid, without_reason, with_reason = (ActionFactory(plan=plan) for _ in range(3))

    answer = page.post(
        URL,
        words(
            plan, (unsaid, "", ""), (without_reason, "left", ""), (with_reason, recommendation.pk, "Because")
        )
        | {"slug": "old-plan", "name": ""},
    )

    assert_error_summary(
        answer,
        "Enter the name of the plan",
        "Another plan has this part of the address: choose another",
        f"Choose where action {unsaid.ref} goes, or that it is not carried over",
        f"Say why action {without_reason.ref} is not carried over",
        f"Take the reason away, or choose that action {with_reason.ref} is not carried over",
    )
    assert "Because</textarea>" in answer.content.decode()
    assert ActionPlan.objects.count() == 1


def test_actions_that_changed_meanwhile_are_named_and_what_was_typed_stays(page, plan, recommendation):
    changed, gone = ActionFactory(plan=plan), ActionFactory(plan=plan)
    posted = words(plan, (changed, recommendation.pk, ""), (gone, "left", "Others do it now."))
    changed.version += 1
    changed.save()
    ProgressUpdateFactory(action=gone, accepted=True, delivered=True)
    added = ActionFactory(plan=plan)

    answer = page.post(URL, posted)

    assert answer.status_code == 409
    assert answer.context["changed"] == [
        f"Action {gone.ref} is not open any more",
        f"Action {changed.ref} was changed",
        f"Action {added.ref} was added",
    ]
    assert "New plan</textarea>" in answer.content.decode()
    assert ActionPlan.objects.count() == 1

    again = words(plan, (changed, recommendation.pk, ""), (added, recommendation.pk, ""))
    assert page.post(URL, again).status_code == 302


def test_somebody_who_started_it_meanwhile_is_told_of(page, plan, recommendation):
    ActionPlanFactory(name="Their plan", inspection=recommendation.inspection)

    answer = page.post(URL, words(plan))

    assert answer.status_code == 409
    assert "It has its plan already: the Their plan." in answer.content.decode()
    assert "<dd>New plan</dd>" in answer.content.decode()


def test_inspection_offers_a_plan_to_the_improvement_team_only(client, manager, reader, plan, recommendation):
    for user, offered in ((manager, True), (reader, False)):
        client.force_login(user)
        shown = client.get("/inspections/new-inspection/").content.decode()
        assert (URL in shown) is offered
    assert client.get(URL).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_start_plan_query_count(page, plan, recommendation, count, django_assert_num_queries):
    for _ in range(count):
        action = ActionFactory(plan=plan)
        MilestoneFactory(action=action)
        ProgressUpdateFactory(action=action, accepted=True)

    with django_assert_num_queries(14):
        page.get(URL)


@pytest.mark.parametrize("count", [1, 3])
def test_closed_plan_query_count(page, plan, recommendation, count, django_assert_num_queries):
    actions = [ActionFactory(plan=plan) for _ in range(2 * count)]
    goes = [(each, recommendation.pk, "") for each in actions[:count]]
    goes += [(each, "left", "Others do it now.") for each in actions[count:]]
    page.post(URL, words(plan, *goes))

    with django_assert_num_queries(18):
        page.get("/plans/old-plan/")
