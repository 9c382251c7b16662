"""Where an action stands on a day: what was accepted and assured by then, and nothing else."""

from datetime import date

import pytest

from actionplan.enums import DeliveryState, Impact, Rag, UpdateStatus
from actionplan.standing import standings
from tests.factories import ActionFactory, AssuranceFactory, ProgressUpdateFactory

MAY, JUNE = date(2017, 5, 1), date(2017, 6, 1)
ON = date(2017, 6, 27)


def stand(action, on=ON):
    return standings([action], on)[action.pk]


def accepted(action, on, **changes):
    return ProgressUpdateFactory(action=action, accepted=True, submitted_on=on, accepted_on=on, **changes)


@pytest.mark.django_db
def test_action_without_updates_has_not_started():
    standing = stand(ActionFactory())

    assert (standing.state, standing.rag, standing.impact) == (DeliveryState.NOT_STARTED, None, Impact.NONE)
    assert (standing.update, standing.pending, standing.latest) == (None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("june", "pending_status"),
    [
        ({}, UpdateStatus.SUBMITTED),
        ({"returned": True}, UpdateStatus.RETURNED),
        ({"accepted": True, "accepted_on": date(2017, 6, 28)}, UpdateStatus.SUBMITTED),
        ({"returned": True, "returned_on": date(2017, 6, 28)}, UpdateStatus.SUBMITTED),
    ],
)
def test_only_an_accepted_update_counts(june, pending_status):
    action = ActionFactory()
    may = accepted(action, date(2017, 5, 22), month=MAY)
    newest = ProgressUpdateFactory(action=action, red=True, **june)

    standing = stand(action)

    assert (standing.update.pk, standing.rag) == (may.pk, Rag.GREEN)
    assert (standing.pending.pk, standing.pending_status) == (newest.pk, pending_status)
    assert standing.latest == standing.pending


@pytest.mark.django_db
def test_draft_counts_for_nothing():
    action = ActionFactory()
    ProgressUpdateFactory(action=action, draft=True)

    assert stand(action).latest is None


@pytest.mark.django_db
def test_newest_accepted_counts_and_the_later_row_of_one_day():
    action = ActionFactory()
    accepted(action, date(2017, 6, 22), month=JUNE, red=True)
    correction = accepted(action, date(2017, 6, 22), month=JUNE, amber=True)
    accepted(action, date(2017, 5, 22), month=MAY)

    standing = stand(action)

    assert (standing.update.pk, standing.rag, standing.pending) == (correction.pk, Rag.AMBER, None)


@pytest.mark.django_db
def test_state_as_at_an_earlier_day():
    action = ActionFactory()
    accepted(action, date(2017, 5, 22), month=MAY)
    accepted(action, date(2017, 6, 22), month=JUNE, delivered=True)

    states = [stand(action, date(2017, *day)).state for day in ((5, 21), (5, 22), (6, 21), (6, 22))]

    assert states == [
        DeliveryState.NOT_STARTED,
        DeliveryState.IN_PROGRESS,
        DeliveryState.IN_PROGRESS,
        DeliveryState.DELIVERED,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("update", "assurance", "state", "rag", "relapsed"),
    [
        ({"delivered": True}, {}, DeliveryState.ASSURED, None, False),
        ({"delivered": True}, {"made_on": date(2017, 6, 28)}, DeliveryState.DELIVERED, None, False),
        ({"delivered": True}, {"twelve_months": True}, DeliveryState.EMBEDDED, None, False),
        ({"delivered": True}, {"inadequate": True}, DeliveryState.IN_PROGRESS, Rag.RED, False),
        ({"delivered": True}, {"inadequate": True, "early": True}, DeliveryState.IN_PROGRESS, Rag.RED, True),
        ({"delivered": True}, {"watch": True}, DeliveryState.IN_PROGRESS, Rag.RED, True),
        (
            {"delivered": True},
            {"inadequate": True, "made_on": date(2017, 6, 1)},  # before it was delivered again
            DeliveryState.DELIVERED,
            None,
            False,
        ),
        ({"amber": True}, {}, DeliveryState.IN_PROGRESS, Rag.AMBER, False),
        (
            {"amber": True},
            {"inadequate": True, "six_months": True},
            DeliveryState.IN_PROGRESS,
            Rag.AMBER,
            True,
        ),
    ],
)
def test_assurance_is_what_makes_it_assured(update, assurance, state, rag, relapsed):
    action = ActionFactory()
    accepted(action, date(2017, 6, 22), **update)
    AssuranceFactory(action=action, **assurance)

    standing = stand(action)

    assert (standing.state, standing.rag, standing.relapsed) == (state, rag, relapsed)


@pytest.mark.django_db
def test_newest_assurance_counts():
    action = ActionFactory()
    accepted(action, date(2017, 5, 22), month=MAY, delivered=True)
    AssuranceFactory(action=action, inadequate=True, made_on=date(2017, 5, 30))
    AssuranceFactory(action=action, made_on=date(2017, 6, 20))

    assert stand(action).state == DeliveryState.ASSURED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "is_open", "delivery"),
    [
        ({}, True, Rag.GREEN),
        ({"state": DeliveryState.NOT_STARTED, "rag": ""}, True, DeliveryState.NOT_STARTED),
        ({"delivered": True}, False, DeliveryState.DELIVERED),
        ({"state": DeliveryState.SUPERSEDED, "rag": ""}, False, DeliveryState.SUPERSEDED),
    ],
)
def test_one_word_for_counting(changes, is_open, delivery):
    action = ActionFactory()
    accepted(action, date(2017, 6, 22), **changes)

    standing = stand(action)

    assert (standing.is_open, standing.delivery) == (is_open, delivery)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_three_queries_for_any_number_of_actions(count, django_assert_num_queries):
    actions = ActionFactory.create_batch(count)
    for action in actions:
        accepted(action, date(2017, 5, 22), month=MAY, delivered=True)
        ProgressUpdateFactory(action=action)
        AssuranceFactory(action=action)

    with django_assert_num_queries(3):
        found = standings(actions, ON)

    assert [found[action.pk].state for action in actions] == [DeliveryState.ASSURED] * count


@pytest.mark.django_db
def test_work_taken_up_again_needs_a_new_assurance():
    action = ActionFactory()
    accepted(action, date(2017, 3, 20), delivered=True)
    AssuranceFactory(action=action, made_on=date(2017, 4, 3))
    accepted(action, date(2017, 5, 19), state=DeliveryState.IN_PROGRESS, rag=Rag.AMBER)
    accepted(action, date(2017, 6, 22), delivered=True)

    states = [stand(action, on).state for on in (date(2017, 4, 30), date(2017, 5, 31), ON)]

    assert states == [DeliveryState.ASSURED, DeliveryState.IN_PROGRESS, DeliveryState.DELIVERED]
