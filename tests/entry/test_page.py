"""Which figures a month asks for, and the page that asks for them."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kpis.entry import HISTORY, LATELY, Returns, is_due, lines, newest_month, period_of, returns
from kpis.enums import Coverage, Frequency
from kpis.periods import Period, months_later
from tests.entry.page import MAY, MAY_2017, TODAY, month_ago
from tests.factories import IndicatorFactory, MeasurementFactory, RagRuleFactory, TargetFactory, UserFactory
from tests.test_indicator_pages import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("frequency", "newest", "month", "expected"),
    [
        (Frequency.MONTHLY, None, 5, True),
        (Frequency.QUARTERLY, None, 5, False),
        (Frequency.QUARTERLY, None, 6, True),
        (Frequency.QUARTERLY, None, 12, True),
        (Frequency.ANNUAL, None, 3, True),
        (Frequency.ANNUAL, None, 6, False),
        (Frequency.ANNUAL, date(2016, 9, 30), 9, True),
        (Frequency.ANNUAL, date(2016, 9, 30), 3, False),
    ],
)
def test_what_a_month_asks_for(frequency, newest, month, expected):
    assert is_due(frequency, newest, date(2017, month, 1)) == expected


@pytest.mark.parametrize(
    ("covers", "frequency", "newest", "expected"),
    [
        (Coverage.PERIOD, Frequency.MONTHLY, None, "June 2017"),
        (Coverage.PERIOD, Frequency.QUARTERLY, None, "Q1 2017-18"),
        (Coverage.LAST_DAY, Frequency.MONTHLY, None, "30 June 2017"),
        (Coverage.YEAR, Frequency.QUARTERLY, None, "year to 30 June 2017"),
        # The newest figure goes before the definition: a series stays of one kind.
        (Coverage.LAST_DAY, Frequency.MONTHLY, Period.month(date(2017, 5, 1)), "June 2017"),
        (Coverage.PERIOD, Frequency.MONTHLY, Period(TODAY, TODAY), "30 June 2017"),
        (
            Coverage.PERIOD,
            Frequency.QUARTERLY,
            Period(date(2016, 4, 1), date(2017, 3, 31)),
            "year to 30 June 2017",
        ),
        # Eight months are no kind that comes again.
        (Coverage.PERIOD, Frequency.QUARTERLY, Period(date(2016, 4, 1), date(2016, 11, 30)), "Q1 2017-18"),
    ],
)
def test_the_period_of_a_figure(covers, frequency, newest, expected):
    indicator = IndicatorFactory.build(covers=covers, frequency=frequency)

    assert period_of(indicator, newest, date(2017, 6, 30)).label == expected


def test_the_newest_month_is_the_last_one_that_is_over():
    assert newest_month(date(2017, 6, 30)) == date(2017, 5, 1)
    assert newest_month(date(2017, 7, 1)) == date(2017, 6, 1)
    assert newest_month(date(2017, 1, 15)) == date(2016, 12, 1)


def test_a_line_shows_the_three_values_before_it_and_the_next_target(visits):
    for months in (2, 3, 4):
        month_ago(months, indicator=visits, value=60 - months)
    MeasurementFactory(
        indicator=visits, start=TODAY, end=TODAY, value=1
    )  # a day among months is no neighbour
    IndicatorFactory(dfe=True)

    (line,) = lines(date(2017, 5, 1), date(2017, 6, 26))

    assert [(figure.label, figure.words, figure.counts) for figure in line.beside] == [
        ("February 2017", "57%", ""),
        ("March 2017", "58%", ""),
        ("April 2017", "65%", "13 of 20"),
    ]
    assert (line.period, line.stands, line.target) == (MAY_2017, None, "70% by 30 June 2017")


@pytest.mark.parametrize("back", [1, LATELY, LATELY + 1, LATELY + 12])
def test_a_line_of_any_month_has_the_history_that_says_what_is_usual(back):
    indicator, month = IndicatorFactory(), months_later(date(2017, 6, 1), -back)
    for months in range(LATELY + 12 + HISTORY):
        month_ago(months, indicator=indicator, value=50)

    (line,) = lines(month, TODAY)

    usual = [figure.period for figure in line.before][-HISTORY:]
    assert usual == [Period.month(months_later(month, -ago)) for ago in range(HISTORY, 0, -1)]


def test_how_many_figures_of_the_newest_month_are_in(visits, django_assert_num_queries):
    MeasurementFactory(value=80)
    MeasurementFactory(indicator=visits, value=70, recorded_on=date(2017, 6, 28))  # not known yet
    IndicatorFactory(frequency=Frequency.QUARTERLY)
    IndicatorFactory(dfe=True)

    with django_assert_num_queries(1):
        assert returns(TODAY) == Returns(date(2017, 5, 1), missing=1, asked=2)


def test_the_page_groups_figures_by_the_post_that_returns_them(team):
    for owner in ("Head of Leaving Care", "Head of Early Help", "Head of Leaving Care"):
        IndicatorFactory(owner=owner)

    page = words(team.get(MAY))

    assert "3 of 3 figures are missing" in page
    assert page.count("Head of Leaving Care") == 1
    assert page.index("Head of Early Help") < page.index("Head of Leaving Care")


def test_the_page_names_the_rule_that_judges(team, visits):
    RagRuleFactory(name="Tolerance of each target", starts_on=date(2017, 3, 31))

    assert "judged by this rule: Tolerance of each target." in words(team.get(MAY))


def test_the_first_address_leads_to_the_newest_month_that_is_over(team):
    assert team.get(reverse("kpis:entry")).url == MAY


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_month_that_is_not_over_is_refused_with_the_way_to_one_that_is(team, visits, method):
    response = getattr(team, method)(reverse("kpis:entry_month", args=["2017-06"]))

    assert response.status_code == (200 if method == "get" else 409)
    assert "June 2017 is not over Its figures can be entered after 30 June 2017." in words(response)
    assert MAY in response.content.decode()


@pytest.mark.parametrize(
    "month", ["2017-13", "2017-00", "0000-01", "2017-5", "may", "20175", "2007-05", "²017-05"]
)
def test_what_is_no_month_of_the_last_ten_years_is_not_found(team, month):
    assert team.get(f"/kpis/entry/{month}/").status_code == 404


def test_the_last_month_there_is_is_not_over(team):
    assert "can be entered after 31 December 9999." in words(team.get("/kpis/entry/9999-12/"))


def test_ten_years_back_is_still_a_month(team, visits):
    assert team.get("/kpis/entry/2007-06/").status_code == 200


@pytest.mark.parametrize("address", [MAY, reverse("kpis:entry")])
def test_only_the_improvement_team_enters_figures(client, reader, address):
    client.force_login(reader)

    response = client.get(address)

    assert response.status_code == 403
    assert "Figures are entered by the improvement team." in unescape(response.content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count(team, django_assert_num_queries, count):
    for indicator in IndicatorFactory.create_batch(count):
        TargetFactory(indicator=indicator)
        month_ago(1, indicator=indicator)
        MeasurementFactory(indicator=indicator, made_by=UserFactory())

    # session, user, groups; indicators, measurements, baselines, targets, rules; what stands
    with django_assert_num_queries(9):
        team.get(MAY)
