"""The check of delivered work by somebody other than its owner: the page, the rule behind it, what it changes."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from actionplan import permissions
from actionplan.assurance.assured import climb_of, not_yet_met
from actionplan.assurance.ladder import unmet
from actionplan.changes import assurance
from actionplan.changes.assurance import NothingToCheck, NotIndependent, Unmet, Withdrawn
from actionplan.enums import DeliveryState, EvidenceSource, Finding, Stage
from actionplan.models import Action, Assurance
from actionplan.rows import rows
from actionplan.standing import standings
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    AssuranceFactory,
    EvidenceFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    UserFactory,
)
from tests.forms import assert_error_summary, typed

TODAY = date(2017, 6, 27)
SUMMARY = "Twelve files were read and eleven met the standard."


@pytest.fixture
def post(assurer):
    return PostFactory(title="Head of Safeguarding", holder=assurer)


@pytest.fixture
def action(officer, post):
    """Delivered by the officer, accepted, with evidence from two sources."""
    action = ActionFactory(plan__slug="the-plan", ref="4.2", owner__holder=officer, owner__title="The owner")
    delivered(action, made_by=officer)
    EvidenceFactory(action=action, source=EvidenceSource.DATA)
    EvidenceFactory(action=action, source=EvidenceSource.VOICE)
    return action


def delivered(action, on=date(2017, 6, 22), **changes):
    return ProgressUpdateFactory(
        action=action, accepted=True, delivered=True, submitted_on=on, accepted_on=on, **changes
    )


def url(action):
    return reverse("actionplan:assure", args=[action.plan.slug, action.ref])


def said(action, **changes):
    """What a browser posts for an adequate finding that rests on all there is; None leaves a field out."""
    plain = {
        "version": action.version,
        "evidence": [each.pk for each in action.evidence.all()],
        "summary": SUMMARY,
        "finding": "adequate",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def assure(action, by, **changes):
    facts = {
        "version": action.version,
        "finding": Finding.ADEQUATE,
        "summary": SUMMARY,
        "evidence": list(action.evidence.all()),
        "recheck_due_on": None,
    }
    return assurance.assure(action=action, **facts | changes, by=by)


def state(action):
    return standings([action], TODAY)[action.pk].state


def test_assurer_finds_delivered_work_adequate(client, action, assurer, post):
    client.force_login(assurer)

    response = client.post(url(action), said(action))

    assert response.url == action.get_absolute_url()
    found = Assurance.objects.get()
    assert (found.stage, found.finding, found.summary) == (Stage.FIRST, Finding.ADEQUATE, SUMMARY)
    assert (found.assurer, found.made_by, found.made_on) == (post, assurer, TODAY)
    assert found.recheck_due_on == date(2017, 12, 27)
    assert set(found.evidence.all()) == set(action.evidence.all())
    assert state(action) == DeliveryState.ASSURED
    assert "Found adequate: action 4.2 is assured. It is to be checked again by 27 December 2017." in (
        client.get(response.url).text
    )


def test_work_that_is_not_adequate_goes_back_with_reasons(client, action, assurer, officer):
    client.force_login(assurer)

    client.post(
        url(action), said(action, finding="not_adequate", evidence=None, summary="No child was asked.")
    )

    assert Assurance.objects.get().recheck_due_on is None
    assert state(action) == DeliveryState.IN_PROGRESS
    client.force_login(officer)
    assert "Sent back on 27 June 2017." in client.get(action.get_absolute_url()).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"summary": " "}, "Say what you checked and what you found"),
        ({"finding": None}, "Choose whether it is adequate"),
        ({"finding": "good"}, "Choose whether it is adequate"),
        ({"finding": "not_adequate", "summary": ""}, "Say what you checked and what you found"),
        (
            {"evidence": None},
            "To find it adequate, tick evidence from at least two sources. You ticked none",
        ),
        ({"evidence": ["\0"]}, "Evidence that you ticked was withdrawn. Look through what is left"),
        (
            {"recheck_due_on_day": "27", "recheck_due_on_month": "6", "recheck_due_on_year": "2017"},
            "The next check must be after today",
        ),
        (
            {"recheck_due_on_day": "28", "recheck_due_on_month": "12", "recheck_due_on_year": "2017"},
            "The next check must be on or before 27 December 2017: six months are the longest",
        ),
        ({"recheck_due_on_day": "28"}, "The day of the next check must include a month and a year"),
    ],
)
def test_bad_findings_say_what_to_do_and_lose_nothing(changes, message, client, action, assurer):
    client.force_login(assurer)
    posted = said(action, **changes)

    response = client.post(url(action), posted)

    assert_error_summary(response, message)
    assert typed(response)["summary"] == posted["summary"]
    assert not Assurance.objects.exists()


def test_evidence_from_one_source_is_not_enough(client, action, assurer):
    action.evidence.filter(source=EvidenceSource.VOICE).delete()
    EvidenceFactory(action=action, source=EvidenceSource.VOICE, withdrawn=True)
    EvidenceFactory(source=EvidenceSource.AUDIT)  # of another action
    EvidenceFactory(action=action, source=EvidenceSource.DATA)
    client.force_login(assurer)

    response = client.post(
        url(action), said(action, evidence=[each.pk for each in action.evidence.all()[:1]])
    )

    assert_error_summary(
        response, "To find it adequate, evidence from at least two sources is needed. There is data only"
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda action: MilestoneFactory(action=action, number=3), "Milestone 4.2.3 is still open"),
        (
            lambda action: delivered(action, done=" "),
            "The accepted update does not say what was done",
        ),
        (
            lambda action: delivered(action, difference=""),
            "The accepted update does not say what difference it made",
        ),
        (
            lambda action: ProgressUpdateFactory(action=action, delivered=True, submitted_on=TODAY),
            "The newest update waits to be checked by the improvement team",
        ),
    ],
    ids=["milestone", "done", "difference", "unchecked"],
)
def test_each_unmet_test_is_told_and_refused(spoil, message, client, action, assurer):
    spoil(action)
    client.force_login(assurer)

    response = client.post(url(action), said(action))

    assert_error_summary(response, f"It cannot be adequate yet. {message}")
    with pytest.raises(Unmet, match=message):
        assure(action, assurer)
    client.post(url(action), said(action, finding="not_adequate"))  # it may always be sent back
    assert Assurance.objects.get().finding == Finding.NOT_ADEQUATE


def owner(action, user):
    action.owner.holder = user
    action.owner.save()


def writer(action, user):
    action.updates.all().delete()
    delivered(action, made_by=user)


def outsider(action, user):
    user.groups.clear()


def without_a_post(action, user):
    user.posts.get().delete()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (owner, "You own action 4.2, so somebody else must check it."),
        (
            writer,
            "You wrote the update that says what was done for action 4.2, so somebody else must check it.",
        ),
        (outsider, "Delivered work is checked by assurers."),
        (without_a_post, "You hold no post, and every check names one."),
    ],
)
@pytest.mark.parametrize("finding", Finding)
def test_who_is_not_independent_is_told_why(finding, make, why, client, action, assurer):
    make(action, assurer)
    client.force_login(assurer)

    response = client.post(url(action), said(action, finding=finding))

    assert (response.status_code, why in response.text) == (403, True)
    with pytest.raises(NotIndependent):
        assure(Action.objects.get(), type(assurer).objects.get(pk=assurer.pk), finding=finding)
    assert not Assurance.objects.exists()


@pytest.mark.parametrize(
    ("update", "why"),
    [
        ({"state": DeliveryState.IN_PROGRESS, "rag": "green"}, "The work is not delivered yet."),
        ({"state": DeliveryState.SUPERSEDED, "rag": ""}, "other work takes this action’s place"),
    ],
)
def test_work_that_is_not_delivered_is_not_checked(update, why, client, action, assurer):
    ProgressUpdateFactory(action=action, accepted=True, submitted_on=TODAY, accepted_on=TODAY, **update)
    client.force_login(assurer)

    shown, posted = client.get(url(action)), client.post(url(action), said(action))

    assert (shown.status_code, posted.status_code) == (200, 409)
    assert why in shown.text
    assert SUMMARY in posted.text
    with pytest.raises(NothingToCheck):
        assure(action, assurer)


def test_finding_sent_twice_is_kept_once(client, action, assurer):
    client.force_login(assurer)

    answers = [client.post(url(action), said(action)) for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert Assurance.objects.count() == 1


@pytest.fixture
def other_assurer(db):
    user = UserFactory(group=permissions.ASSURER)
    PostFactory(title="Principal Social Worker", holder=user)
    return user


def test_two_assurers_at_once_read_both_texts(client, action, assurer, other_assurer):
    posted = said(action, version=1)
    assure(action, other_assurer, summary="Theirs: all twelve.")
    client.force_login(assurer)

    response = client.post(url(action), posted)

    assert response.status_code == 409
    assert "The Principal Social Worker said what they found while you had this page open." in response.text
    assert response.text.index(SUMMARY) < response.text.index("Theirs: all twelve.")
    assert (typed(response)["summary"], typed(response)["version"]) == (SUMMARY, "2")
    assert Assurance.objects.count() == 1
    client.post(url(action), typed(response) | {"evidence": posted["evidence"]})
    assert [each.stage for each in Assurance.objects.all()] == [Stage.FIRST, Stage.EARLY]


def test_who_comes_after_it_was_sent_back_loses_nothing(client, action, assurer, other_assurer):
    posted = said(action, version=1)
    assure(action, other_assurer, finding=Finding.NOT_ADEQUATE, summary="Theirs: two of twelve.")
    client.force_login(assurer)

    response = client.post(url(action), posted)

    assert response.status_code == 409
    assert "It was sent back to its owner on 27 June 2017." in response.text
    assert SUMMARY in response.text


@pytest.mark.parametrize("version", [0, "", "two", "9" * 40])
def test_check_of_what_was_updated_meanwhile_is_read_again(version, client, action, assurer):
    client.force_login(assurer)

    response = client.post(url(action), said(action, version=version))

    assert response.status_code == 409
    assert "The action was changed while you had this page open." in response.text
    assert typed(response)["summary"] == SUMMARY
    assert not Assurance.objects.exists()


def test_evidence_that_is_withdrawn_meanwhile_carries_nothing(action, assurer):
    ticked = list(action.evidence.all())
    ticked[0].withdrawn_on, ticked[0].withdrawn_because = TODAY, "Another team."
    ticked[0].save()

    with pytest.raises(Withdrawn), transaction.atomic():
        assure(action, assurer, evidence=ticked)

    assert not Assurance.objects.exists()


@pytest.mark.parametrize(
    ("made", "stage", "recheck_due_on", "now"),
    [
        ([("2016-12-27", Stage.FIRST)], Stage.SIX_MONTHS, date(2017, 12, 27), DeliveryState.ASSURED),
        ([("2016-12-28", Stage.FIRST)], Stage.EARLY, date(2017, 6, 28), DeliveryState.ASSURED),
        (
            [("2016-06-01", Stage.FIRST), ("2016-12-27", Stage.SIX_MONTHS)],
            Stage.TWELVE_MONTHS,
            None,
            DeliveryState.EMBEDDED,
        ),
    ],
)
def test_rechecks_lead_to_embedded(made, stage, recheck_due_on, now, action, assurer):
    for day, each in made:
        AssuranceFactory(action=action, stage=each, made_on=date.fromisoformat(day))

    found = assure(action, assurer)

    assert (found.stage, found.recheck_due_on, state(action)) == (stage, recheck_due_on, now)


def test_failed_recheck_starts_the_climb_anew(action, assurer):
    AssuranceFactory(action=action, made_on=date(2016, 1, 11))
    AssuranceFactory(action=action, six_months=True, inadequate=True, made_on=date(2017, 1, 11))

    assert assure(action, assurer).stage == Stage.FIRST


def test_stale_version_is_refused(action, assurer):
    with pytest.raises(StaleEdit):
        assure(action, assurer, version=7)


@pytest.mark.parametrize("day", [TODAY, date(2017, 12, 28)])
def test_next_check_is_within_six_months(day, action, assurer):
    with pytest.raises(ValueError, match="within six months"):
        assure(action, assurer, recheck_due_on=day)


def test_story_says_what_it_rested_on(client, action, assurer, officer):
    first = action.evidence.first()
    assure(action, assurer, evidence=list(action.evidence.all()))
    client.force_login(officer)

    page = client.get(action.get_absolute_url()).text

    assert f"{first.title} ({first.get_source_display()}, 31 May 2017)" in page
    assert "Next check due by 27 December 2017." in page


def test_ladder_says_what_is_missing(client, action, officer):
    action.evidence.all().delete()
    client.force_login(officer)

    page = client.get(action.get_absolute_url()).text

    assert "Evidence of impact from at least two sources: none." in page
    assert url(action) not in page  # no button for the owner


@pytest.mark.parametrize("count", [1, 3])
def test_assure_page_query_count(count, client, action, assurer, django_assert_num_queries):
    for number in range(count):
        EvidenceFactory(action=action)
        MilestoneFactory(action=action, number=number + 1, complete=True)
        AssuranceFactory(action=action, early=True)
    client.force_login(assurer)

    with django_assert_num_queries(14):
        client.get(url(action))


def read(action):
    return rows(Action.objects.filter(plan=action.plan), TODAY, month=None, board=None)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_not_yet_met_takes_two_queries(count, action, django_assert_num_queries):
    for number in range(count - 1):
        other = ActionFactory(plan=action.plan, ref=f"9.{number}")
        delivered(other)
        EvidenceFactory(action=other)
    MilestoneFactory(action=action, number=1)
    found = read(action)

    with django_assert_num_queries(2):
        missing = not_yet_met(found, TODAY)

    assert [test.words for test in missing[action.pk]] == ["Milestone 4.2.1 is still open."]
    assert {len(tests) for tests in missing.values()} == {1}


@pytest.mark.once
def test_assurances_of_the_sample_passed_their_exit_tests_and_none_has_relapsed(db):
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)
    out = StringIO()
    call_command("watch_for_relapse", stdout=out)

    adequate = Assurance.objects.filter(finding=Finding.ADEQUATE).select_related("action")
    failed = {
        each.action.ref: unmet(found.tests({row.source for row in each.evidence.all()}))
        for each in adequate
        if (found := climb_of(each.action, each.made_on))
    }

    assert failed == dict.fromkeys(["2.1", "2.3", "6.1", "8.1", "9.1", "12.3", "L6.1"], ())
    assert out.getvalue() == "No assured work has relapsed.\n"
