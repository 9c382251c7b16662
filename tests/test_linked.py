"""What the plan tells an indicator: its actions as they stood, and what was done when."""

from datetime import date

import pytest

from actionplan.linked import linked_actions
from kpis.linked import Step
from tests.factories import (
    ActionFactory,
    AssuranceFactory,
    IndicatorFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 27)


@pytest.fixture
def indicator():
    return IndicatorFactory()


@pytest.fixture
def action(indicator):
    action = ActionFactory(
        short_title="Same-day notice",
        title="Tell the co-ordinator the same day",
        owner__title="Head of Care Resources",
        service__name="Care Resources",
        recommendation__number=6,
        recommendation__short_title="Return home interviews",
    )
    action.indicators.add(indicator)
    return action


def only(indicator, on=ON):
    (linked,) = linked_actions([indicator], on)[indicator.pk]
    return linked


def done(indicator, on=ON):
    return [(step.on, step.words, step.is_whole) for step in only(indicator, on).steps]


def accepted(action, on, *, delivered=False):
    ProgressUpdateFactory(
        action=action, accepted=True, delivered=delivered, submitted_on=on, accepted_on=on, month=on
    )


def test_action_says_what_it_is_and_where_it_stands(indicator, action):
    ProgressUpdateFactory(action=action, accepted=True, amber=True)

    linked = only(indicator)

    assert (linked.ref, linked.title) == (action.ref, "Tell the co-ordinator the same day")
    assert (linked.owner, linked.service) == ("Head of Care Resources", "Care Resources")
    assert (linked.recommendation, linked.recommendation_title) == (6, "Return home interviews")
    assert (linked.state, linked.rag, linked.impact) == ("in_progress", "amber", "early")
    assert (linked.is_open, linked.is_sample, linked.due_on) == (True, False, date(2017, 9, 30))
    assert linked.url == action.get_absolute_url()


def test_action_that_nobody_reported_on_is_not_started(indicator, action):
    assert (only(indicator).state, only(indicator).rag, only(indicator).steps) == ("not_started", "", ())


def test_indicator_that_no_action_names_has_none(indicator, action):
    other = IndicatorFactory()

    assert linked_actions([other], ON) == {other.pk: ()}
    assert linked_actions([], ON) == {}


def test_each_indicator_has_its_own_actions_in_the_plan_order(indicator, action):
    other = IndicatorFactory()
    later = ActionFactory(plan=action.plan, recommendation=action.recommendation, order=action.order + 10)
    earlier = ActionFactory(plan=action.plan, recommendation=action.recommendation, order=0, ref="6.0")
    later.indicators.add(indicator, other)
    earlier.indicators.add(indicator)

    found = linked_actions([indicator, other], ON)

    assert [each.ref for each in found[indicator.pk]] == [earlier.ref, action.ref, later.ref]
    assert [each.ref for each in found[other.pk]] == [later.ref]


def test_steps_are_milestones_and_the_whole_oldest_first(indicator, action):
    MilestoneFactory(action=action, number=1, title="Rota agreed", completed_on=date(2017, 3, 20))
    MilestoneFactory(action=action, number=2, title="Staff told", completed_on=date(2017, 2, 1))
    MilestoneFactory(action=action, number=3, title="First month checked", completed_on=date(2017, 6, 28))
    MilestoneFactory(action=action, number=4, title="Never done")
    accepted(action, date(2017, 3, 20), delivered=True)

    assert done(indicator) == [
        (date(2017, 2, 1), "Staff told", False),
        (date(2017, 3, 20), "Rota agreed", False),
        (date(2017, 3, 20), "Same-day notice", True),
    ]
    assert only(indicator).steps[0] == Step(
        date(2017, 2, 1), "Staff told", action.get_absolute_url(), is_whole=False
    )


def test_whole_counts_from_the_first_update_that_says_delivered(indicator, action):
    accepted(action, date(2017, 3, 1))
    accepted(action, date(2017, 4, 1), delivered=True)
    accepted(action, date(2017, 5, 1), delivered=True)
    AssuranceFactory(action=action, made_on=date(2017, 5, 15))

    assert done(indicator) == [(date(2017, 4, 1), "Same-day notice", True)]


def test_whole_that_was_reopened_does_not_count(indicator, action):
    accepted(action, date(2017, 4, 1), delivered=True)
    accepted(action, date(2017, 5, 1))

    assert done(indicator) == []
    assert done(indicator, date(2017, 4, 30)) == [(date(2017, 4, 1), "Same-day notice", True)]


def test_whole_that_was_reopened_counts_from_when_it_was_delivered_again(indicator, action):
    accepted(action, date(2017, 4, 1), delivered=True)
    accepted(action, date(2017, 5, 1))
    accepted(action, date(2017, 6, 1), delivered=True)

    assert done(indicator) == [(date(2017, 6, 1), "Same-day notice", True)]


def test_whole_that_was_found_wanting_counts_from_when_it_was_delivered_again(indicator, action):
    accepted(action, date(2017, 4, 1), delivered=True)
    AssuranceFactory(action=action, inadequate=True, made_on=date(2017, 5, 1))

    assert done(indicator) == []

    accepted(action, date(2017, 6, 1), delivered=True)

    assert done(indicator) == [(date(2017, 6, 1), "Same-day notice", True)]


def test_whole_that_nobody_accepted_does_not_count(indicator, action):
    ProgressUpdateFactory(action=action, delivered=True)

    assert done(indicator) == []


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    indicators = IndicatorFactory.create_batch(count)
    for action in ActionFactory.create_batch(count):
        action.indicators.set(indicators)
        accepted(action, date(2017, 4, 1), delivered=True)
        AssuranceFactory(action=action)
        MilestoneFactory(action=action, complete=True)

    # which names which, actions; standings 3; milestones, refusals, deliveries
    with django_assert_num_queries(8):
        linked_actions(indicators, ON)
