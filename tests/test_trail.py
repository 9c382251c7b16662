"""Who changed what, and when: every kind of record, every kind of field, in people’s words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from actionplan import trail as plan_trail
from actionplan.changes.dates import move
from actionplan.models import (
    Action,
    ActionPlan,
    Assurance,
    Milestone,
    Post,
    Programme,
    Recommendation,
    Service,
)
from havering_ofsted.models import User
from kpis.models import Target
from kpis.periods import months_later
from kpis.trail import SYSTEM, Asked, branches, events, trail
from kpis.trail import indicators as of_indicators
from kpis.trail.words import words
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AssuranceFactory,
    AttendanceFactory,
    ChallengeFactory,
    DateChangeFactory,
    DecisionFactory,
    DependencyFactory,
    DraftCommentFactory,
    EvidenceFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    PostFactory,
    ProgrammeMilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskScoreFactory,
    ScrutinyPaperFactory,
    SoWhatFactory,
    StrandFactory,
    TargetFactory,
)

# Kept in the history of Django admin: no plan’s record, and read by administrators alone.
ADMINISTRATORS_OWN = {User, Service}

EVERYTHING = Asked()


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="the-plan")


@pytest.fixture
def action(plan):
    return ActionFactory(plan=plan, owner=PostFactory(title="Head of Leaving Care"), due_on=date(2017, 9, 30))


def events_of(plan, kind="", key="", asked=EVERYTHING):
    found = plan_trail.record(plan, kind, str(key)) if kind else plan_trail.whole(plan)
    return trail(found.branches, asked, 1).events


def changes_of(event):
    return [(change.field, change.old, change.new) for change in event.changes]


def test_every_model_with_a_history_is_told():
    kept = {model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")}
    told = {kind.model for kind in (*plan_trail.KINDS, *of_indicators.KINDS)}

    assert kept - told == ADMINISTRATORS_OWN


@pytest.mark.parametrize("kind", [*plan_trail.KINDS, *of_indicators.KINDS], ids=lambda kind: kind.key)
def test_kind_names_what_its_model_has(kind):
    lists = () if kind.is_written_once else getattr(kind.kept_in, "_history_m2m_fields", ())

    assert set(kind.lists) == {each.name for each in lists}
    assert {field.name for field in kind.fields} & kind.untold == set()
    assert kind.untold <= {field.name for field in kind.model._meta.fields}


def test_change_says_who_moved_a_date_from_what_to_what(action, manager):
    move(action=action, to=date(2017, 10, 31), reason="The team starts in July.", by=manager)

    [newest, first] = events_of(action.plan, "action", action.ref, Asked(kind="action"))

    assert (newest.what, newest.done) == (f"Action {action.ref}, {action.short_title}", "changed")
    assert (newest.who, newest.url) == (str(manager), action.get_absolute_url())
    assert newest.reason == "The team starts in July."
    assert changes_of(newest) == [("Due date", "30 September 2017", "31 October 2017")]
    assert (first.done, first.who, changes_of(first)) == ("added", "The system", [])


def test_change_names_things_by_what_they_are_called_today(action, manager):
    before = action.owner
    action.owner = PostFactory(title="Head of Care Resources")
    action._history_user = manager
    action.save()
    before.title = "Head of Care"
    before.save()

    [newest, _] = events_of(action.plan, "action", action.ref, Asked(kind="action"))

    assert changes_of(newest) == [("Owner", "Head of Care", "Head of Care Resources")]


def test_change_of_a_list_names_what_came_and_went(action):
    action.contributors.set([PostFactory(title="Alpha"), PostFactory(title="Beta")])
    action.shared_with.add(ActionPlanFactory(name="Leaving Care plan"))

    shared, helped, *_ = events_of(action.plan, "action", action.ref, Asked(kind="action"))

    assert changes_of(shared) == [("Also part of", "nothing", "Leaving Care plan")]
    assert changes_of(helped) == [("Contributors", "nothing", "Alpha; Beta")]


def test_record_tells_what_hangs_on_it_and_not_on_another(action):
    milestone = MilestoneFactory(action=action, number=1, title="Guide sent")
    milestone.completed_on = date(2017, 6, 15)
    milestone.save()
    MilestoneFactory(action__plan=action.plan)

    told = events_of(action.plan, "action", action.ref, Asked(kind="milestone"))

    name = f"Milestone {action.ref}.1, Guide sent"
    assert [(event.what, event.done) for event in told] == [(name, "changed"), (name, "added")]
    assert changes_of(told[0]) == [("Completed", "nothing", "15 June 2017")]
    assert len(events_of(action.plan, asked=Asked(kind="milestone"))) == 3


def test_removed_record_says_so(action):
    milestone = MilestoneFactory(action=action, number=1, title="Guide sent")
    milestone.delete()

    removed, added = events_of(action.plan, "action", action.ref, Asked(kind="milestone"))

    assert (removed.done, removed.is_gone) == ("removed", False)
    assert (added.done, added.is_gone) == ("added", True)


def test_draft_is_never_told(action):
    update = ProgressUpdateFactory(action=action, draft=True, done="Half a thought.")
    assert events_of(action.plan, asked=Asked(kind="update")) == []

    update.status, update.submitted_on = "submitted", date(2017, 6, 22)
    update.save()

    [event] = events_of(action.plan, asked=Asked(kind="update"))
    assert (event.what, event.done) == (f"June 2017 update of action {action.ref}", "submitted")
    assert event.changes == []


def test_rows_that_are_written_once_say_all_they_hold(action):
    DateChangeFactory(action=action, reason="The team starts in July.", asked_by=None)
    AssuranceFactory(action=action, assurer=PostFactory(title="Head of Quality"))

    check, asked = [e for e in events_of(action.plan) if e.kind in ("Check", "New date")]

    assert (check.what, check.done) == (f"First check of action {action.ref}", "found it adequate")
    assert ("Assurer", None, "Head of Quality") in changes_of(check)
    assert (asked.what, asked.done) == (f"New date for action {action.ref}", "asked for")
    assert changes_of(asked) == [
        ("From date", None, "30 June 2017"),
        ("To date", None, "31 August 2017"),
        ("Reason", None, "The team starts in July."),
        ("Asked on", None, "17 May 2017"),
    ]


def everything(plan):
    """One row of each kind, tied to the plan."""
    action = ActionFactory(plan=plan, recommendation__inspection=plan.inspection)
    MilestoneFactory(action=action)
    ProgressUpdateFactory(action=action)
    EvidenceFactory(action=action)
    AssuranceFactory(action=action)
    DateChangeFactory(action=action)
    needed = DependencyFactory(action=action).on_programme
    StrandFactory(programme=needed)
    ProgrammeMilestoneFactory(programme=needed)
    RiskScoreFactory(risk__plan=plan)
    ChallengeFactory(plan=plan)
    DecisionFactory(plan=plan)
    AttendanceFactory(meeting__plan=plan)
    month = ReportingMonthFactory(plan=plan, month=months_later(date(2017, 6, 1), plan.months.count()))
    DraftCommentFactory(plan=plan, month=month)
    SoWhatFactory(month=month)
    ScrutinyPaperFactory(plan=plan, month=month)
    return action


def test_plan_tells_every_kind_of_its_own_and_of_the_plans_beneath_it(plan):
    everything(ActionPlanFactory())
    assert {event.kind for event in events_of(plan)} == {"Plan"}

    everything(ActionPlanFactory(parent=plan))

    told = events(plan_trail.whole(plan).branches, EVERYTHING)
    assert {event.kind for event in told} == {kind.label for kind in plan_trail.KINDS}


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (Asked(since=date(2017, 6, 11)), [12, 11]),
        (Asked(until=date(2017, 6, 10)), [10]),
        (Asked(since=date(2017, 6, 11), until=date(2017, 6, 11)), [11]),
        (Asked(who=SYSTEM), [12, 11]),
        (Asked(kind="risk"), []),
        (Asked(since=date.min, until=date.max), [12, 11, 10]),
    ],
)
def test_filter_keeps_what_was_asked_for(action, manager, asked, days):
    Action.history.all().delete()
    ActionPlan.history.all().delete()
    Recommendation.history.all().delete()
    Post.history.all().delete()
    for day in (10, 11, 12):  # half past midnight in London is still the day before by the world’s clock
        row = Action.history.model(
            **{field.attname: getattr(action, field.attname) for field in Action._meta.concrete_fields},
            history_date=datetime(2017, 6, day, 0, 30, tzinfo=ZoneInfo("Europe/London")),
            history_type="~",
            history_user=manager if day == 10 else None,
        )
        row.save()

    assert [event.when.day for event in events_of(action.plan, asked=asked)] == days


def test_filter_by_person_finds_rows_of_both_sorts(action, manager):
    AssuranceFactory(action=action, made_by=manager)
    action._history_user = manager
    action.save()

    told = events_of(action.plan, asked=Asked(who=manager.pk))

    assert [(event.kind, event.who) for event in told] == [("Action", str(manager)), ("Check", str(manager))]


@pytest.mark.parametrize(
    ("model", "name", "value", "said"),
    [
        (Action, "priority", "critical", "Critical"),
        (Action, "due_on", date(2017, 6, 27), "27 June 2017"),
        (Action, "is_sample", True, "yes"),
        (Action, "is_sample", False, "no"),
        (Action, "order", 0, "0"),
        (Action, "title", "", "nothing"),
        (Action, "owner", (), "nothing"),
        (Action, "owner", (1,), "Head of Leaving Care"),
        (Action, "owner", (2,), "something since removed"),
        (Action, "contributors", (2, 1), "Head of Leaving Care; something since removed"),
        (Milestone, "completed_on", None, "nothing"),
        (Programme, "funding", Decimal("1200000.00"), "1,200,000"),
        (Target, "value", Decimal("91.5000"), "91.5"),
        (Assurance, "made_at", datetime(2017, 6, 27, 9, 5, tzinfo=UTC), "10:05 on 27 June 2017"),
    ],
)
def test_value_in_words(model, name, value, said):
    things = {(Post, 1): "Head of Leaving Care"}

    assert words(model._meta.get_field(name), value, things) == said


def test_indicator_tells_its_definition_its_figures_and_its_targets(db, manager):
    indicator = IndicatorFactory(short_name="Seen in eight weeks")
    target = TargetFactory(indicator=indicator, value=90, by=date(2017, 12, 31))
    target.value = 91
    target.save()
    MeasurementFactory(indicator=indicator, reason="Two records were late.", made_by=manager)
    MeasurementFactory()

    figure, changed, *added = trail(
        branches(of_indicators.KINDS, {"indicator": [indicator.pk]}), EVERYTHING, 1
    ).events

    assert (figure.done, figure.who) == ("revised", str(manager))
    assert (changed.what, changes_of(changed)) == ("Target by 31 December 2017", [("Value", "90", "91")])
    assert [event.what for event in added] == [
        "Target by 31 December 2017",
        "Definition of Seen in eight weeks",
    ]
