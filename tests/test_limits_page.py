"""The improvement team lets the limits of an indicator start anew."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from kpis.enums import Frequency
from kpis.forms.agreements import LimitsForm
from kpis.models import Rebase
from tests.factories import IndicatorFactory, MeasurementFactory, RebaseFactory, UserFactory
from tests.forms import assert_error_summary, typed

pytestmark = pytest.mark.django_db

NEW_START = {
    "starts_on_day": "1",
    "starts_on_month": "1",
    "starts_on_year": "2017",
    "reason": "A new form from January",
    "agreed_on_day": "26",
    "agreed_on_month": "1",
    "agreed_on_year": "2017",
}


@pytest.fixture
def indicator():
    return MeasurementFactory().indicator


@pytest.fixture
def team(client, manager):
    client.force_login(manager)
    return client


def url(indicator):
    return reverse("kpis:limits", args=[indicator.code])


def test_page_shows_the_starts_that_stand(team, indicator):
    RebaseFactory(
        indicator=indicator, starts_on=date(2016, 9, 1), reason="A new team", agreed_on=date(2016, 10, 6)
    )

    page = team.get(url(indicator))

    for words in ("1 Sep 2016", "A new team", "6 Oct 2016"):
        assertContains(page, words)
    assertContains(page, "This must be the first day of a month, for example 1 May 2017")


def test_page_without_a_start_says_so(team, indicator):
    assertContains(
        team.get(url(indicator)), "So far the limits are of all the figures: there is no new start."
    )


def test_new_start_is_stored_with_its_reason(team, indicator, manager):
    response = team.post(url(indicator), NEW_START, follow=True)

    assertRedirects(response, indicator.get_absolute_url())
    assertContains(response, "The limits are worked out anew from 1 January 2017.")
    rebase = indicator.rebases.get()
    assert (rebase.starts_on, rebase.agreed_on) == (date(2017, 1, 1), date(2017, 1, 26))
    assert rebase.reason == "A new form from January"
    assert rebase.history.get().history_user == manager


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"starts_on_day": "", "starts_on_month": "", "starts_on_year": ""},
            "Enter the day from which the limits are worked out anew",
        ),
        (
            {"starts_on_day": "2"},
            "The limits must start on the first day of a month, for example 1 May 2017",
        ),
        ({"reason": ""}, "Say what changed"),
        ({"reason": "R" * 201}, "The reason must be 200 characters or fewer. It has 201"),
        ({"agreed_on_year": "2018"}, "The day of the agreement must be today or in the past"),
        (
            {"agreed_on_day": "", "agreed_on_month": "", "agreed_on_year": ""},
            "Enter the day on which it was agreed",
        ),
    ],
)
def test_new_start_with_an_error_stores_nothing_and_loses_nothing(team, indicator, asked, message):
    response = team.post(url(indicator), NEW_START | asked)

    assert_error_summary(response, message)
    assert {name: typed(response)[name].strip() for name in NEW_START} == NEW_START | asked
    assert not Rebase.objects.exists()


def test_second_start_on_one_day_is_refused_in_words(team, indicator):
    RebaseFactory(indicator=indicator, starts_on=date(2017, 1, 1))

    response = team.post(url(indicator), NEW_START)

    assert_error_summary(response, "The limits already start anew on 1 January 2017")
    assert Rebase.objects.count() == 1


def test_start_that_somebody_else_stores_meanwhile_is_refused_in_words(indicator, manager):
    mine, theirs = (LimitsForm(NEW_START, indicator=indicator, known=None) for _ in range(2))
    assert mine.is_valid()
    assert theirs.is_valid()

    assert theirs.save(by=manager) is True
    assert mine.save(by=manager) is False
    assert mine.errors["starts_on"] == ["The limits already start anew on 1 January 2017"]


def test_start_must_be_that_of_a_quarter_where_figures_come_by_quarter(team):
    indicator = IndicatorFactory(frequency=Frequency.QUARTERLY)

    refused = team.post(url(indicator), NEW_START | {"starts_on_month": "2"})
    team.post(url(indicator), NEW_START)

    assert_error_summary(
        refused, "The limits must start on the first day of a quarter, for example 1 April 2017"
    )
    assert indicator.rebases.get().starts_on == date(2017, 1, 1)


@pytest.mark.parametrize("group", ["Officer", "Board member", "Assurer", "Administrator"])
def test_only_the_improvement_team_starts_limits_anew(client, indicator, group):
    client.force_login(UserFactory(group=group))

    response = client.post(url(indicator), NEW_START)

    assertContains(response, "is entered by the improvement team", status_code=403)
    assert not Rebase.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_limits_query_count(team, indicator, count, django_assert_num_queries):
    for month in range(count):
        RebaseFactory(indicator=indicator, starts_on=date(2017, 1 + month, 1))

    # session, user, roles, indicator; rules, measurements, baseline, targets; rebases
    with django_assert_num_queries(9):
        team.get(url(indicator)).render()
