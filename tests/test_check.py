"""The improvement team checks an update: accepts it, or returns it with a reason."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.checks import accept
from actionplan.changes.drafts import MonthFrozen
from actionplan.enums import MonthState, Rag, UpdateStatus
from actionplan.models import ProgressUpdate
from actionplan.standing import standings
from tests.factories import ActionFactory, ProgressUpdateFactory, ReportingMonthFactory, UserFactory
from tests.forms import assert_error_summary, typed


@pytest.fixture
def update(officer):
    """The officer's, submitted on 22 June, red after a green May."""
    action = ActionFactory(owner__title="Head of Leaving Care", owner__holder=officer)
    ProgressUpdateFactory(
        action=action,
        accepted=True,
        month=date(2017, 5, 1),
        submitted_on=date(2017, 5, 22),
        accepted_on=date(2017, 5, 22),
        done="All but four plans reviewed.",
    )
    return ProgressUpdateFactory(action=action, red=True, made_by=officer, done="87 of 118 plans reviewed.")


def url(update):
    return reverse("actionplan:check", args=[update.action.plan.slug, update.action.ref, update.pk])


def test_words_stand_beside_last_months(client, manager, update):
    client.force_login(manager)

    page = client.get(url(update)).content.decode()

    assert page.index("87 of 118 plans reviewed.") < page.index("All but four plans reviewed.")
    assert "Written by Head of Leaving Care and submitted on 22 June 2017." in page


def test_accepted_update_counts_for_the_board(client, manager, update):
    client.force_login(manager)
    before = standings([update.action], date(2017, 6, 27))[update.action.pk]

    response = client.post(url(update), {"do": "accept", "reason": ""})

    assert (response.status_code, response.url) == (302, update.action.get_absolute_url())
    update.refresh_from_db()
    assert (update.status, update.checked_by) == (UpdateStatus.ACCEPTED, manager)
    after = standings([update.action], date(2017, 6, 27))[update.action.pk]
    assert (before.rag, after.rag) == (Rag.GREEN, Rag.RED)


def test_returned_update_does_not_count(client, manager, update):
    client.force_login(manager)

    client.post(url(update), {"do": "return", "reason": "Say what the audit found."})

    update.refresh_from_db()
    assert (update.status, update.return_reason) == (UpdateStatus.RETURNED, "Say what the audit found.")
    assert standings([update.action], date(2017, 6, 27))[update.action.pk].rag == Rag.GREEN


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"do": "return", "reason": " "}, "Say what is missing, so that the owner can put it right"),
        ({"do": "return", "reason": "x" * 2001}, "The reason must be 2,000 characters or fewer. It has 2001"),
        (
            {"do": "return", "reason": "a\x00b"},
            "The reason held a hidden character that cannot be stored. It is removed: check the text",
        ),
        (
            {"do": "accept", "reason": "Fine, but how many?"},
            "Clear the reason to accept, or return the update",
        ),
        ({"do": "", "reason": ""}, "Choose to accept the update or to return it"),
    ],
)
def test_bad_decisions_say_what_to_do_and_lose_nothing(posted, message, client, manager, update):
    client.force_login(manager)

    response = client.post(url(update), posted)

    assert_error_summary(response, message)
    assert typed(response)["reason"] == posted["reason"].replace("\x00", "")
    update.refresh_from_db()
    assert update.status == UpdateStatus.SUBMITTED


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("reader", "Updates are checked by the improvement team."),
        ("owner", "You own action {ref}, so somebody else in the improvement team must check it."),
        ("writer", "You wrote this update, so somebody else in the improvement team must check it."),
    ],
)
def test_nobody_checks_own_words_or_own_action(who, why, method, client, reader, update):
    checker = UserFactory(group=permissions.IMPROVEMENT_TEAM)
    if who == "owner":
        update.action.owner.holder = checker
        update.action.owner.save()
    elif who == "writer":
        ProgressUpdate.objects.filter(pk=update.pk).update(made_by=checker)
    client.force_login(reader if who == "reader" else checker)

    response = getattr(client, method)(url(update), {"do": "accept"})

    assert response.status_code == 403
    assert why.format(ref=update.action.ref) in response.content.decode()
    update.refresh_from_db()
    assert update.status == UpdateStatus.SUBMITTED


@pytest.mark.parametrize(
    ("state", "says"),
    [({"accepted": True}, "Accepted 26 June 2017"), ({"returned": True}, "Returned 26 June 2017")],
)
def test_update_that_somebody_checked_already_is_left_alone(state, says, client, manager):
    update = ProgressUpdateFactory(checked_by__job_title="Service Manager", **state)
    client.force_login(manager)

    page = client.get(url(update))
    late = client.post(url(update), {"do": "return", "reason": "Too late."})

    assert (page.status_code, late.status_code) == (200, 409)
    assert f"{says} by Service Manager" in late.content.decode()
    update.refresh_from_db()
    assert update.checked_by != manager


def test_drafts_and_strange_addresses_are_not_found(client, manager, update):
    draft = ProgressUpdateFactory(action=update.action, draft=True)
    elsewhere = ProgressUpdateFactory()
    client.force_login(manager)
    page = url(update)

    for pk in (draft.pk, elsewhere.pk, 0, 10**30):
        assert client.get(page.replace(f"/{update.pk}/", f"/{pk}/")).status_code == 404


def test_reading_the_page_writes_nothing(client, manager, update):
    client.force_login(manager)
    before = list(ProgressUpdate.objects.values())

    client.get(url(update) + "?do=accept")

    assert list(ProgressUpdate.objects.values()) == before


def test_each_step_is_told_with_who_and_when(client, officer, manager, update):
    """Submitted, returned, submitted again, accepted."""
    ReportingMonthFactory(plan=update.action.plan)
    client.force_login(manager)
    client.post(url(update), {"do": "return", "reason": "Say what the audit found."})
    again = ProgressUpdateFactory(
        action=update.action,
        red=True,
        made_by=officer,
        submitted_on=date(2017, 6, 27),
        done="88 of 118 plans.",
    )

    waiting = client.get(url(again))
    client.post(url(again), {"do": "accept", "reason": ""})
    done = client.get(url(again))

    so_far = [
        ("Submitted 22 June 2017 by Head of Leaving Care", ""),
        ("Returned 27 June 2017 by Head of Innovation and Improvement", "Say what the audit found."),
        ("Submitted again 27 June 2017 by Head of Leaving Care", ""),
    ]
    accepted = ("Accepted 27 June 2017 by Head of Innovation and Improvement", "")
    assert waiting.context["steps"] == so_far
    assert done.context["steps"] == [*so_far, accepted]
    assert all(words in done.content.decode() for words, _ in [*so_far, accepted])
    update.refresh_from_db()
    assert update.status == UpdateStatus.RETURNED


@pytest.mark.parametrize("name", ["done", "difference"])
def test_words_of_an_earlier_month_are_marked(name, client, manager, update):
    may = update.action.updates.get(month=date(2017, 5, 1))
    ProgressUpdate.objects.filter(pk=update.pk).update(**{name: getattr(may, name).upper() + " "})
    client.force_login(manager)

    marked = [each.question for each in client.get(url(update)).context["answers"] if each.mark]

    # The words of the factory are the same each month.
    also = ["What has it changed for children?"]
    assert marked == (["What was done?", *also] if name == "done" else also)


def test_frozen_month_takes_no_more_checks_and_keeps_what_was_typed(client, manager, update):
    ReportingMonthFactory(plan=update.action.plan, state=MonthState.FROZEN)
    client.force_login(manager)

    page = client.get(url(update))
    refused = client.post(url(update), {"do": "return", "reason": "Say what the audit found."})

    assert (page.status_code, refused.status_code) == (200, 409)
    assert "The report for June 2017 is frozen" in page.content.decode()
    assert "Say what the audit found." in refused.content.decode()
    update.refresh_from_db()
    assert update.status == UpdateStatus.SUBMITTED
    with pytest.raises(MonthFrozen):
        accept(update=update, by=manager)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_earlier_updates(count, client, manager, update, django_assert_num_queries):
    for month in range(1, count + 1):
        ProgressUpdateFactory(
            action=update.action, month=date(2017, month, 1), submitted_on=date(2017, month, 22)
        )
    client.force_login(manager)

    # session, user, action, milestones, updates, groups, round
    with django_assert_num_queries(7):
        client.get(url(update))
