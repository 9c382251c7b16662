"""An action's page: where it stands, its story, who may do what about it, and its history."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actionplan.enums import MonthState
from actionplan.models import ReportingMonth
from actionplan.story import LENGTH
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AssuranceFactory,
    DateChangeFactory,
    DependencyFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskScoreFactory,
    UserFactory,
)


@pytest.fixture
def action(officer):
    """Owned by the officer, in the June round."""
    plan = ActionPlanFactory(slug="the-plan")
    ReportingMonthFactory(plan=plan)
    return ActionFactory(plan=plan, owner=PostFactory(title="Head of Leaving Care", holder=officer))


@pytest.fixture
def read(client, action):
    def get(user, **query):
        client.force_login(user)
        return client.get(action.get_absolute_url(), query)

    return get


def button(response):
    return response.context["ask"]


def test_owner_contributor_and_team_may_update_and_nobody_else(action, read, officer, manager, reader):
    helper = UserFactory()
    action.contributors.add(PostFactory(holder=helper))

    assert [button(read(user)) for user in (officer, helper, manager)] == ["Update this action"] * 3
    response = read(reader)
    assert button(response) == ""
    assert reverse("actionplan:update", args=["the-plan", action.ref]) not in response.text


def test_own_draft_is_continued_and_its_words_are_not_shown(action, read, officer, manager):
    ProgressUpdateFactory(action=action, draft=True, made_by=officer, done="Half a thought.")

    assert button(read(officer)) == "Continue your draft"
    response = read(manager)
    assert button(response) == "Continue the draft of Head of Leaving Care"
    assert "Half a thought." not in response.text
    assert response.context["entries"] == []


def test_returned_update_is_corrected(action, read, officer):
    ProgressUpdateFactory(action=action, returned=True)

    response = read(officer)

    assert button(response) == "Correct the June update"
    assert "“Say how many children this is.”" in response.text
    assert "the action keeps the state that was last accepted" in response.text


def test_frozen_month_takes_no_update_and_no_check(action, read, officer, manager):
    ProgressUpdateFactory(action=action, made_by=officer)
    assert read(manager).context["check"]
    ReportingMonth.objects.get().delete()
    ReportingMonthFactory(plan=action.plan, state=MonthState.FROZEN, told_on=date(2017, 6, 27))

    response = read(manager)

    assert (button(response), response.context["check"]) == ("", None)
    assert "The June update was not checked before the month was frozen, so" in response.text


def test_only_those_who_may_check_are_offered_it(action, read, officer, manager):
    update = ProgressUpdateFactory(action=action)
    address = reverse("actionplan:check", args=["the-plan", action.ref, update.pk])

    assert address in read(manager).text
    assert address not in read(officer).text

    update.made_by = manager
    update.save(update_fields=["made_by"])
    assert address not in read(manager).text


def test_proposed_rating_is_said_in_a_sentence_while_in_progress(action, read, reader):
    assert read(reader).context["proposal"] is None

    MilestoneFactory(action=action, number=3, due_on=date(2017, 6, 15))
    ProgressUpdateFactory(action=action, accepted=True)

    page = read(reader).text
    assert (
        f"Proposed from the facts, by the date as agreed: amber. Milestone {action.ref}.3 is 12 days late"
        in page
    )


def test_milestones_say_how_late_they_are_or_were(action, read, reader):
    MilestoneFactory(action=action, number=1, overdue=True, completed_on=date(2017, 6, 2))
    MilestoneFactory(action=action, number=2, original_due_on=date(2017, 5, 31), due_on=date(2017, 6, 15))
    MilestoneFactory(action=action, number=3)

    page = read(reader).text

    assert "2 June 2017, 2 days late" in page
    assert "12 days late" in page
    assert '15 June 2017 <span class="app-quiet">moved</span>' in page
    assert page.count("Not yet due") == 1


def test_story_merges_updates_date_changes_and_assurances_newest_first(action, read, reader):
    ProgressUpdateFactory(action=action, accepted=True, delivered=True)  # 22 June
    DateChangeFactory(action=action, agreed=True)  # 25 May
    DateChangeFactory(action=action, asked_on=date(2017, 6, 20), to_date=date(2017, 9, 29))
    AssuranceFactory(action=action)  # 26 June
    ProgressUpdateFactory()  # of another action

    page = read(reader).text

    headings = [
        "First check",
        "June 2017 update",
        "Date change asked for",
        "Date change agreed",
    ]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "30 June 2017 to 31 August 2017" in page
    assert "agreed by the Head of Service" in page
    assert len(read(reader).context["entries"]) == 4


def test_story_is_paged(action, read, reader):
    for day in range(LENGTH + 2):
        ProgressUpdateFactory(action=action, accepted=True, submitted_on=date(2017, 6, 1) + timedelta(day))

    first, second, beyond = read(reader), read(reader, page=2), read(reader, page=99)

    assert (first.context["story"].older, first.context["story"].newer) == (2, None)
    assert (second.context["story"].older, second.context["story"].newer) == (None, 1)
    assert [len(page.context["entries"]) for page in (first, second, beyond)] == [LENGTH, 2, 0]
    assert "There is nothing older." in beyond.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "1\0", "9" * 400, "１"])
def test_page_that_means_nothing_shows_the_newest(action, read, reader, page):
    ProgressUpdateFactory(action=action)

    assert len(read(reader, page=page).context["entries"]) == 1


def test_date_says_how_often_it_moved(action, read, reader):
    assert "moved" not in read(reader).text

    DateChangeFactory(action=action, agreed=True)
    DateChangeFactory(action=action, agreed=True, milestone=MilestoneFactory(action=action))
    DateChangeFactory(action=action)  # not decided
    assert "30 September 2017, moved once" in read(reader).text

    DateChangeFactory(action=action, agreed=True)
    assert "30 September 2017, moved twice" in read(reader).text


def test_dependencies_show_both_ways(action, read, reader):
    DependencyFactory(action=action, what="Money for two advisers")
    waits = ActionFactory(title="Adapt the recording system")
    DependencyFactory(action=waits, on_programme=None, on_action=action, what="The form agreed")

    page = read(reader).text

    assert "Money for two advisers" in page
    assert "Adapt the recording system" in page
    assert "The form agreed" in page


@pytest.mark.parametrize("ref", ["99.9", "nonsense", "4.2.3", "%00", "4" * 400 + ".1"])
@pytest.mark.parametrize("page", ["", "history/"])
def test_unknown_action_is_not_found(client, reader, action, ref, page):
    client.force_login(reader)

    assert client.get(f"/plans/the-plan/actions/{ref}/{page}").status_code == 404


def fill(action, count):
    for day in range(count):
        update = ProgressUpdateFactory(
            action=action, accepted=True, submitted_on=date(2017, 6, 1) + timedelta(day)
        )
        update.return_reason = ""
        update.save(update_fields=["return_reason"])
        milestone = MilestoneFactory(action=action)
        milestone.title = f"Step {day} taken again"
        milestone.save()
        DateChangeFactory(action=action, agreed=True)
        AssuranceFactory(action=action)
        DependencyFactory(action=action)
        DependencyFactory(action=action, on_programme=None, on_action=ActionFactory(plan=action.plan))
        DependencyFactory(on_programme=None, on_action=action)
        action.contributors.add(PostFactory())
        RiskScoreFactory().risk.actions.add(action)
        indicator = IndicatorFactory()
        MeasurementFactory(indicator=indicator)
        action.indicators.add(indicator)


@pytest.mark.parametrize("count", [1, 3])
def test_action_query_count(action, client, officer, count, django_assert_num_queries):
    fill(action, count)
    client.force_login(officer)

    with django_assert_num_queries(32):
        client.get(action.get_absolute_url())
