"""An action that another plan shares: one action, counted in both plans and twice in neither."""

import csv
from io import StringIO

import pytest
from django.forms import modelform_factory
from django.urls import reverse

from actionplan.enums import Grade, Rag
from actionplan.forms.admin import ActionForm
from actionplan.grid import grid
from actionplan.models import Action
from actionplan.reports.month import month_report
from kpis.periods import today
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    ChallengeFactory,
    DateChangeFactory,
    DecisionFactory,
    DependencyFactory,
    IndicatorFactory,
    JudgementFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskFactory,
)


@pytest.fixture
def whole(db):
    plan = ActionPlanFactory(slug="ofsted-2016", name="Ofsted action plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def beneath(whole):
    return ActionPlanFactory(
        slug="leaving-care-2016", name="Leaving Care plan", parent=whole, inspection=whole.inspection
    )


def share(plan, beneath, **facts):
    action = ActionFactory(plan=plan, **facts)
    action.shared_with.add(beneath)
    return action


@pytest.fixture
def shared(whole, beneath):
    """Of the whole plan, red, and part of the Leaving Care plan too, which has one action of its own."""
    ActionFactory(plan=beneath, ref="L1.1", title="Its own")
    action = share(whole, beneath, ref="4.2", title="Bring plans up to standard")
    ProgressUpdateFactory(action=action, accepted=True, red=True)
    ActionFactory(plan=whole, ref="9.1", title="Of the whole only")
    return action


def june(plan):
    return month_report(plan, plan.months.get() if plan.parent is None else plan.parent.months.get(), today())


def test_it_counts_once_in_its_own_plan_and_once_in_the_other(shared, whole, beneath):
    own, others = grid(whole, today()), grid(beneath, today())

    assert [(row.action.ref, row.shared_from) for row in own.rows] == [("4.2", ""), ("9.1", "")]
    assert [(row.action.ref, row.shared_from) for row in others.rows] == [
        ("L1.1", ""),
        ("4.2", "Ofsted action plan"),
    ]
    assert (others.own, others.shared) == (1, 1)
    assert {count.value: count.now for count in others.counts()}[Rag.RED] == 1


def test_page_of_the_other_plan_leads_to_the_one_action(shared, beneath, client, reader):
    client.force_login(reader)

    page = client.get(beneath.get_absolute_url(), {"open": "all"}).text

    assert "2 actions by delivery: 1 of its own, 1 shared" in page
    assert page.count("Shared: Ofsted action plan") == 1
    assert f'href="{shared.get_absolute_url()}"' in page
    assert "Of the whole only" not in page
    assert "Also part of" in client.get(shared.get_absolute_url()).text
    recommendation = reverse("actionplan:recommendation", args=["ofsted-2016", shared.recommendation.number])
    assert "Also in the Leaving Care plan" in client.get(recommendation).text


def test_csv_names_the_plan_an_action_comes_from(shared, beneath, client, reader):
    client.force_login(reader)

    response = client.get(reverse("actionplan:plan_csv", args=[beneath.slug]))
    lines = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))

    assert [(line["Plan"], line["Action"], line["Shared from"]) for line in lines] == [
        ("Leaving Care plan", "L1.1", ""),
        ("Leaving Care plan", "4.2", "Ofsted action plan"),
    ]


def test_line_in_the_whole_plan_says_how_many_are_shared_and_tells_nothing_twice(shared, whole, beneath):
    JudgementFactory(inspection=whole.inspection, grade=Grade.INADEQUATE, area__short_name="Care leavers")

    report = june(whole)
    [line] = report.beneath

    assert (report.total, line.total, line.own, line.shared) == (2, 2, 1, 1)
    assert [(each.action.ref, each.action.shared) for each in report.exceptions if each.kind == "Red"] == [
        ("4.2", "")
    ]
    assert [each.ref for each in line.shared_exceptions] == ["4.2"]
    assert "4.2" not in [each.action.ref for each in line.exceptions]


def test_month_of_the_other_plan_has_all_that_touches_the_shared_action(shared, beneath):
    MilestoneFactory(action=shared, title="Half of the plans read", due_on="2017-07-14")
    DateChangeFactory(action=shared)
    DependencyFactory(action=shared, what="A form")
    RiskFactory(plan=beneath)
    ChallengeFactory(plan=shared.plan, question="Why so late?").actions.add(shared)
    DecisionFactory(plan=shared.plan, question="Two more workers").actions.add(shared)
    DecisionFactory(plan=shared.plan, question="Nothing to do with it")
    indicator = IndicatorFactory(name="Plans read")
    shared.indicators.add(indicator)
    MeasurementFactory(indicator=indicator)

    report = june(beneath)

    marked = [*report.exceptions, *report.leanings, *report.date_requests]
    assert {each.action.shared for each in marked if each.action.ref == "4.2"} == {"Ofsted action plan"}
    assert [each.needs for each in report.leanings] == ["A form"]
    assert [each.question for each in report.decisions] == ["Two more workers"]
    assert [each.question for each in report.challenges.shown] == ["Why so late?"]
    assert [each.name for each in report.indicators] == ["Plans read"]
    assert "14 July 2017: Half of the plans read (4.2)" in report.next_month
    assert report.headline.startswith("Its own actions: 1. Shared with other plans, where they count too: 1.")


def test_whole_plan_never_calls_its_own_action_shared(shared, whole):
    DependencyFactory(action=shared)

    assert [each.action.shared for each in june(whole).leanings] == [""]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("plan", 15), ("month", 19)])
def test_query_count(whole, beneath, client, reader, count, page, queries, django_assert_num_queries):
    for _ in range(count):
        action = share(whole, beneath)
        ProgressUpdateFactory(action=action, accepted=True, red=True)
        MilestoneFactory(action=action, overdue=True)
        ActionFactory(plan=beneath)
    client.force_login(reader)
    address = (
        beneath.get_absolute_url()
        if page == "plan"
        else reverse("actionplan:month", args=[beneath.slug, "2017-06"])
    )

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(
    ("share_with", "message"),
    [
        ("own", "Leave out the Ofsted action plan: the action is part of it already"),
        ("stranger", "it stands neither above nor beneath the Ofsted action plan, nor beside it"),
        ("beneath", ""),
    ],
)
def test_action_is_shared_with_other_plans_of_its_family(shared, whole, beneath, share_with, message):
    plans = {"own": whole, "beneath": beneath, "stranger": ActionPlanFactory()}
    form_class = modelform_factory(Action, form=ActionForm, fields=["shared_with"])

    form = form_class({"version": "1", "shared_with": [plans[share_with].pk]}, instance=shared)

    assert form.is_valid() is not bool(message)
    assert message in str(form.errors)
