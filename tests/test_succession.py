"""A new inspection takes over from the plan of the last: nothing lost, nothing made younger, all or nothing."""

from datetime import date

import pytest
from django.core.management import call_command

from actionplan.changes.succession import AlreadyStarted, NoReason, OpenActionsChanged, start_plan
from actionplan.enums import Rag
from actionplan.frameworks.succession import open_rows, plan_to_follow
from actionplan.grid import grid
from actionplan.models import Action, ActionPlan, Dependency, Inspection
from actionplan.rows import Row
from actionplan.standing import standings
from kpis import periods
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DependencyFactory,
    IndicatorFactory,
    InspectionFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    ReportingMonthFactory,
)

TODAY = date(2018, 9, 3)
JUNE = date(2017, 6, 27)


@pytest.fixture(autouse=True)
def later(settings):
    """Six weeks after the inspection of 2018 was published."""
    settings.OFSTED_TODAY = TODAY
    assert periods.today() == TODAY


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="old-plan", name="Old plan")


@pytest.fixture
def inspection(db):
    return InspectionFactory(key="new-inspection", published_on=date(2018, 7, 23))


@pytest.fixture
def recommendation(inspection):
    return RecommendationFactory(inspection=inspection, number=2, short_title="Plans")


def start(plan, inspection, by, carried=None, left=None):
    return start_plan(
        follows=plan,
        inspection=inspection,
        slug="new-plan",
        name="New plan",
        senior_responsible=plan.senior_responsible,
        author=plan.author,
        board=plan.board,
        agreed_on=None,
        carried=carried or {},
        left=left or {},
        by=by,
    )


def everything_stored():
    return [list(model.objects.order_by("pk").values()) for model in (ActionPlan, Action, Dependency)]


def test_carried_action_keeps_its_people_its_measures_and_how_late_it_is(
    plan, inspection, recommendation, manager
):
    old = ActionFactory(plan=plan, moved=True, ref="4.2")
    old.contributors.add(PostFactory())
    old.indicators.add(IndicatorFactory())
    MilestoneFactory(action=old, number=1, complete=True)
    step = MilestoneFactory(action=old, number=2, original_due_on=date(2017, 5, 1))
    ProgressUpdateFactory(action=old, accepted=True)

    new = start(plan, inspection, manager, carried={old: recommendation}).actions.get()

    assert (new.ref, new.recommendation, new.carried_from) == ("2.1", recommendation, old)
    same = (
        "title",
        "owner",
        "service",
        "priority",
        "outcome",
        "measure",
        "starts_on",
        "original_due_on",
        "due_on",
    )
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
    assert new.original_due_on < new.due_on
    assert [*new.contributors.all(), *new.indicators.all()] == [
        *old.contributors.all(),
        *old.indicators.all(),
    ]
    assert list(new.milestones.values_list("number", "title", "original_due_on", "due_on")) == [
        (1, step.title, date(2017, 5, 1), step.due_on)
    ]
    assert new.history.latest().history_user == manager
    assert old.history.latest().history_change_reason == "Carried over to the New plan as 2.1"


def test_every_open_action_is_in_exactly_one_list(plan, inspection, recommendation, manager):
    """Those of the plan beneath too; what is delivered stays."""
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    carried, left = ActionFactory(plan=plan), ActionFactory(plan=beneath)
    delivered = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=delivered, accepted=True, delivered=True)
    before = everything_stored()

    for wrong in (
        {"carried": {carried: recommendation}},
        {"carried": {carried: recommendation, delivered: recommendation}, "left": {left: "Done elsewhere"}},
        {"carried": {carried: recommendation, left: recommendation}, "left": {left: "Done elsewhere"}},
    ):
        with pytest.raises(OpenActionsChanged):
            start(plan, inspection, manager, **wrong)
    with pytest.raises(NoReason):
        start(plan, inspection, manager, carried={carried: recommendation}, left={left: " "})
    assert everything_stored() == before

    new = start(plan, inspection, manager, {carried: recommendation}, {left: "Done elsewhere"})

    plan.refresh_from_db(), beneath.refresh_from_db(), left.refresh_from_db()
    assert [action.carried_from for action in new.actions.all()] == [carried]
    assert left.left_because == "Done elsewhere"
    assert (plan.closed_on, beneath.closed_on, new.follows) == (TODAY, TODAY, plan)
    assert ActionPlan.objects.filter(parent=None).first() == new


def test_action_that_changed_since_it_was_read_stops_everything(plan, inspection, recommendation, manager):
    first, second = ActionFactory(plan=plan), ActionFactory(plan=plan)
    Action.objects.get(pk=second.pk)
    changed = Action.objects.get(pk=second.pk)
    changed.version += 1
    changed.save()
    before = everything_stored()

    with pytest.raises(OpenActionsChanged):
        start(plan, inspection, manager, {first: recommendation, second: recommendation})

    assert everything_stored() == before


def test_second_start_is_refused(plan, inspection, recommendation, manager):
    action = ActionFactory(plan=plan)
    start(plan, inspection, manager, {action: recommendation})

    with pytest.raises(AlreadyStarted):
        start(plan, inspection, manager, {action: recommendation})

    assert ActionPlan.objects.count() == 2


def test_needs_point_at_what_was_carried_over_and_the_old_ones_stay(
    plan, inspection, recommendation, manager
):
    needing, needed, left = (ActionFactory(plan=plan) for _ in range(3))
    step = MilestoneFactory(action=needed)
    on_action = DependencyFactory(action=needing, on_programme=None, on_action=needed)
    on_step = DependencyFactory(action=needing, on_programme=None, on_milestone=step)
    on_left = DependencyFactory(action=needing, on_programme=None, on_action=left)
    on_programme = DependencyFactory(action=needing)
    DependencyFactory(action=needing, removed_on=date(2018, 1, 1))

    start(plan, inspection, manager, {needing: recommendation, needed: recommendation}, {left: "Not needed"})

    new = needing.carried_to.dependencies.order_by("pk")
    assert [need.on for need in new] == [
        needed.carried_to,
        needed.carried_to.milestones.get(),
        left,
        on_programme.on_programme,
    ]
    assert all(need.added_on == TODAY for need in new)
    for each, was in ((on_action, needed), (on_step, step), (on_left, left)):
        each.refresh_from_db()
        assert each.on == was


def test_past_of_the_old_plan_reads_as_it_was_and_nothing_is_owed_any_more(
    plan, inspection, recommendation, manager
):
    ReportingMonthFactory(plan=plan)
    ReportingMonthFactory(
        plan=plan,
        month=date(2018, 9, 1),
        opens_on=date(2018, 9, 1),
        updates_due_on=date(2018, 9, 20),
        data_as_at=date(2018, 8, 31),
        board_on=date(2018, 9, 27),
    )
    action = ActionFactory(plan=plan, overdue=True)

    def row(on) -> Row:
        return grid(ActionPlan.objects.get(pk=plan.pk), on).rows[0]

    june, now = row(JUNE), row(TODAY)

    start(plan, inspection, manager, {action: recommendation})

    assert (june.owes_update, now.owes_update) == (True, True)
    assert (row(JUNE).owes_update, row(JUNE).days_late) == (True, june.days_late)
    assert not row(TODAY).owes_update


@pytest.mark.parametrize(
    ("key", "follows"),
    [
        ("HAV-ILACS-2018", "ofsted-2016"),
        ("HAV-ILACS-2023", None),  # not published yet
        ("HAV-SIF-2016", None),  # has its plan
        ("HAV-CPI-2013", None),  # older than the plan
    ],
)
@pytest.mark.django_db
def test_real_inspection_follows_the_plan_of_the_last(key, follows):
    call_command("load_reference", verbosity=0)
    ActionPlanFactory(slug="ofsted-2016", inspection=Inspection.objects.get(key="HAV-SIF-2016"))
    ActionPlanFactory(parent=ActionPlan.objects.get(), inspection=Inspection.objects.get(key="HAV-SIF-2016"))

    found = plan_to_follow(Inspection.objects.get(key=key), TODAY)

    assert (found and found.slug) == follows
    assert found is None or len(open_rows(found, TODAY)) == 0


def test_carried_work_stands_where_it_stood_until_something_is_said_of_it(
    plan, inspection, recommendation, manager, django_assert_num_queries
):
    old = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=old, accepted=True, red=True)
    ProgressUpdateFactory(
        action=old, month=date(2018, 8, 1), submitted_on=date(2018, 8, 20)
    )  # nobody checked it
    new = start(plan, inspection, manager, {old: recommendation}).actions.get()
    ActionFactory(plan=new.plan)

    with django_assert_num_queries(2):
        before = standings([new], TODAY)[new.pk]
    ProgressUpdateFactory(action=new, accepted=True, submitted_on=TODAY, accepted_on=TODAY)

    assert (before.delivery, before.pending) == (Rag.RED, None)
    assert standings([new], TODAY)[new.pk].delivery == Rag.GREEN
    assert standings([old], TODAY)[old.pk].delivery == Rag.RED


def test_assurer_still_sees_what_the_closed_plan_delivered(
    client, assurer, plan, inspection, recommendation, manager
):
    delivered, carried = ActionFactory(plan=plan), ActionFactory(plan=plan)
    ProgressUpdateFactory(action=delivered, accepted=True, delivered=True)
    start(plan, inspection, manager, {carried: recommendation})
    client.force_login(assurer)

    found = client.get("/").context["assurer"]["delivered"]

    assert [each.row.action for each in found] == [delivered]
