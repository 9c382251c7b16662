"""The improvement team writes down the trajectory that the Board agreed."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from kpis.figures import in_force
from kpis.forms.agreements import AgreementForm, LineForm
from kpis.models import Indicator, Target
from kpis.readings import readings
from tests.factories import (
    BaselineFactory,
    IndicatorFactory,
    MeasurementFactory,
    RagRuleFactory,
    TargetFactory,
    UserFactory,
)
from tests.forms import assert_error_summary

pytestmark = pytest.mark.django_db

LINE = {
    "target": "90",
    "by_day": "31",
    "by_month": "3",
    "by_year": "2018",
    "step": "quarter",
    "tolerance": "5",
}
AGREED = {
    "point_2017-06-30": "70",
    "point_2017-09-30": "80",
    "point_2017-12-31": "85",
    "point_2018-03-31": "90",
    "agreed_on_day": "27",
    "agreed_on_month": "6",
    "agreed_on_year": "2017",
    "agreed_by": "Transformation and Improvement Board, 27 June 2017",
}


@pytest.fixture
def indicator():
    """41% from April to September 2016, and a trajectory of 30 March 2017."""
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator, value=41)
    TargetFactory(
        indicator=indicator,
        by=date(2018, 3, 31),
        value=85,
        agreed_on=date(2017, 3, 30),
        agreed_at="Transformation and Improvement Board, 30 March 2017",
    )
    return indicator


@pytest.fixture
def team(client, manager):
    client.force_login(manager)
    return client


def url(indicator, line=None):
    address = reverse("kpis:trajectory", args=[indicator.code])
    return f"{address}?{urlencode(line)}" if line else address


def offered(response):
    return [(field.label, field.value()) for field in response.context_data["agreement"].point_fields]


def stored(indicator):
    return list(
        indicator.targets.filter(agreed_on=date(2017, 6, 27)).values_list(
            "by", "value", "tolerance", "agreed_at", "source", "is_sample"
        )
    )


# Reading what stands


def test_page_shows_the_trajectory_in_force_with_its_agreement(team, indicator):
    RagRuleFactory(name="Tolerance of each target")

    page = team.get(url(indicator))

    assertContains(page, "Agreed by Transformation and Improvement Board, 30 March 2017")
    assertContains(page, "85%")
    assertContains(page, "5 points")
    assertContains(page, "41%, April to September 2016")
    assertContains(page, "Tolerance of each target")
    assert page.context_data["agreement"] is None
    assert page.context_data["line"]["target"].value() == "85"


def test_page_without_targets_and_figures_says_so(team):
    page = team.get(url(IndicatorFactory()))

    assertContains(page, "No target is set.")
    assertContains(page, "There is no baseline and no value yet")


def test_context_indicator_has_no_target_and_the_page_says_why(team):
    indicator = IndicatorFactory(context=True)

    for answer in (team.get(url(indicator, LINE)), team.post(url(indicator, LINE), AGREED)):
        assertContains(answer, "neither more nor less of it is better in itself")
        assertContains(answer, "an administrator says so in Django admin")
    assert not Target.objects.exists()


@pytest.mark.parametrize("group", ["Officer", "Board member", "Assurer", "Administrator"])
def test_only_the_improvement_team_writes_agreements(client, indicator, group):
    client.force_login(UserFactory(group=group))

    response = client.post(url(indicator, LINE), AGREED)

    assertContains(response, "is entered by the improvement team", status_code=403)
    assert stored(indicator) == []


def test_page_of_no_indicator_is_not_found(team):
    assert team.get("/kpis/nowhere/trajectory/").status_code == 404


# The line


def test_line_is_offered_from_the_baseline_to_the_target(team, indicator):
    page = team.get(url(indicator, LINE))

    assert offered(page) == [
        ("30 June 2017", "65"),
        ("30 September 2017", "74"),
        ("31 December 2017", "82"),
        ("31 March 2018", "90"),
    ]
    assertContains(page, "The tolerance is 5 points on each day.")


def test_line_of_months_has_one_target_for_each(team, indicator):
    page = team.get(url(indicator, LINE | {"step": "month"}))

    assert len(offered(page)) == 10
    assert offered(page)[1] == ("31 July 2017", "68")


def test_line_without_a_baseline_starts_at_the_newest_value(team):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, value=60)

    page = team.get(url(indicator, LINE))

    assertContains(
        page, "No baseline is set, so it starts at the newest value: <strong>60%, May 2017</strong>"
    )
    assert offered(page)[0] == ("30 June 2017", "63")


def test_without_baseline_and_value_only_the_target_is_offered(team):
    assert offered(team.get(url(IndicatorFactory(), LINE))) == [("31 March 2018", "90")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"target": ""}, "The target is missing. Enter a number"),
        ({"target": "ninety"}, "The target must be a number, for example 85"),
        ({"target": "NaN"}, "The target must be a number, for example 85"),
        ({"target": "101"}, "The target must be 100% or less"),
        ({"target": "-1"}, "The target must be 0 or more"),
        ({"target": "90.12345"}, "The target must have 4 decimals or fewer"),
        ({"tolerance": ""}, "The tolerance is missing. Enter a number"),
        ({"step": ""}, "Choose how often there is a target on the way"),
        ({"step": "week"}, "Choose how often there is a target on the way"),
        (
            {"by_day": "", "by_month": "", "by_year": ""},
            "Enter the day by which the target is to be reached",
        ),
        (
            {"by_month": "6", "by_day": "27", "by_year": "2017"},
            "The target must be for a day after 27 June 2017",
        ),
        (
            {"step": "month", "by_year": "2030"},
            "Choose quarters, or a nearer day: 40 targets are the most",
        ),
    ],
)
def test_line_that_cannot_be_drawn_is_an_error_at_its_field_and_nothing_is_lost(
    team, indicator, line, message
):
    page = team.get(url(indicator, LINE | line))

    assert_error_summary(page, message)
    assert page.context_data["agreement"] is None
    assert page.context_data["line"].data.dict() == LINE | line


@pytest.mark.parametrize("target", ["90%", " 90 ", "90.0"])
def test_target_is_read_as_people_type_it(team, indicator, target):
    assert offered(team.get(url(indicator, LINE | {"target": target})))[-1][1] == "90"


# The agreement


def test_trajectory_is_stored_as_it_was_agreed_beside_the_one_before(team, indicator, manager):
    changed = AGREED | {"point_2017-09-30": "78.5", "point_2017-12-31": ""}

    response = team.post(url(indicator, LINE), changed)

    assertRedirects(response, indicator.get_absolute_url())
    facts = (Decimal(5), AGREED["agreed_by"], f"Agreed by {AGREED['agreed_by']}", False)
    assert stored(indicator) == [
        (date(2017, 6, 30), Decimal(70), *facts),
        (date(2017, 9, 30), Decimal("78.5"), *facts),
        (date(2018, 3, 31), Decimal(90), *facts),
    ]
    targets = Target.objects.all()
    assert [target.value for target in in_force(targets, date(2017, 6, 26))] == [85]
    assert [target.value for target in in_force(targets, date(2017, 6, 27))] == [70, Decimal("78.5"), 90]
    assert Target.history.filter(history_user=manager, history_type="+").count() == 3


def test_team_is_told_what_counts_from_when(team, indicator):
    response = team.post(url(indicator, LINE), AGREED, follow=True)

    assertContains(response, "Trajectory saved: 90% by 31 March 2018. It counts from 27 June 2017.")


@pytest.mark.parametrize(
    ("agreed", "message"),
    [
        ({"point_2018-03-31": ""}, "The target for 31 March 2018 is missing. Enter a number"),
        ({"point_2017-06-30": "seventy"}, "The target for 30 June 2017 must be a number, for example 85"),
        ({"agreed_by": ""}, "Enter who agreed it"),
        ({"agreed_by": "B" * 131}, "Who agreed it must be 130 characters or fewer. It has 131"),
        ({"agreed_on_day": "28"}, "The day of the agreement must be today or in the past"),
        ({"agreed_on_day": ""}, "The day of the agreement must include a day"),
        (
            {"agreed_on_day": "29", "agreed_on_month": "3"},
            "The trajectory in force was agreed on 30 March 2017. A new one must have been agreed after that day",
        ),
    ],
)
def test_agreement_with_an_error_stores_nothing_and_loses_nothing(team, indicator, agreed, message):
    response = team.post(url(indicator, LINE), AGREED | agreed)

    assert_error_summary(response, message)
    form = response.context_data["agreement"]
    assert {name: form.data[name] for name in AGREED} == AGREED | agreed
    assert stored(indicator) == []


def test_second_agreement_of_one_day_is_refused_in_words(team, indicator):
    team.post(url(indicator, LINE), AGREED)

    response = team.post(url(indicator, LINE), AGREED | {"point_2018-03-31": "95"})

    assert_error_summary(
        response,
        "The trajectory in force was agreed on 27 June 2017. A new one must have been agreed after that day",
    )
    assert len(stored(indicator)) == 4


def test_agreement_that_somebody_else_stores_meanwhile_is_refused_in_words(indicator, manager):
    line = LineForm(LINE, reading=readings([indicator], date(2017, 6, 27))[indicator.pk])
    assert line.is_valid()
    mine, theirs = AgreementForm(AGREED, line=line), AgreementForm(AGREED, line=line)
    assert mine.is_valid()
    assert theirs.is_valid()

    assert theirs.save(by=manager) is True
    assert mine.save(by=manager) is False
    assert mine.errors["agreed_on"] == [
        "The trajectory in force was agreed on 27 June 2017. A new one must have been agreed after that day"
    ]
    assert len(stored(indicator)) == 4


def test_agreement_without_its_line_asks_for_the_line(team, indicator):
    response = team.post(url(indicator), AGREED)

    assert_error_summary(
        response,
        "The target is missing. Enter a number",
        "Enter the day by which the target is to be reached",
        "Choose how often there is a target on the way",
        "The tolerance is missing. Enter a number",
    )
    assert stored(indicator) == []


def test_open_admin_form_of_the_indicator_is_out_of_date_afterwards(team, indicator):
    team.post(url(indicator, LINE), AGREED)

    assert Indicator.objects.get(pk=indicator.pk).version == indicator.version + 1


@pytest.mark.parametrize("count", [1, 3])
def test_trajectory_query_count(team, count, django_assert_num_queries):
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator, value=41)
    for year in range(count):
        TargetFactory(indicator=indicator, by=date(2018 + year, 3, 31))
        MeasurementFactory(indicator=indicator, start=date(2017, 3 + year, 1), end=date(2017, 3 + year, 28))

    # session, user, roles, indicator; rules, measurements, baseline, targets
    with django_assert_num_queries(8):
        team.get(url(indicator, LINE)).render()
