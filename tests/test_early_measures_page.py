"""The page of the eight early measures, as people read it."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kpis.enums import Polarity, Unit
from kpis.models import Indicator
from tests.claims import FALLEN, RISEN, STEADY, TODAY, months
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AssuranceFactory,
    BaselineFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    RebaseFactory,
    TargetFactory,
)


@pytest.fixture
def plan(db):
    return ActionPlanFactory(
        slug="ofsted-2016", inspection__key="HAV-SIF-2016", submitted_on=date(2017, 3, 17)
    )


@pytest.fixture
def board(client, reader):
    client.force_login(reader)
    return client


def address(plan):
    return reverse("actionplan:early_measures", args=[plan.slug])


def words(response):
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.rendered_content, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text))


def test_page_counts_the_verdicts_and_gives_each_its_reason(board, plan):
    months(FALLEN, polarity=Polarity.CONTEXT)
    months(STEADY, early_measure=4)

    text = words(board.get(address(plan)))

    assert "1 shown, 1 not shown, 6 cannot be told yet." in text
    assert (
        "1 “A reduction in the number of Child in Need plans.” Shown Lower since May 2017: the newest value is "
        "below the lower limit."
    ) in text
    assert "“Improved performance in the MASH” Cannot be told yet No indicator measures it." in text
    assert "6 July 2017, paragraph 13." in text


def test_page_says_what_changed_before_the_plan_was_sent(board, plan):
    months([*[44, 45] * 7, *[40, 39, 40, 39, 40, 39, 38]])
    months(RISEN, early_measure=4)

    text = words(board.get(address(plan)))

    assert "From November 2016, before the plan was sent to Ofsted on 17 March 2017." in text
    assert text.count("before the plan was sent") == 1


def test_page_shows_the_mark_and_the_counts_of_a_value(board, plan):
    indicator = months([*STEADY, None], unit=Unit.PERCENT)
    MeasurementFactory(indicator=indicator, value=None, numerator=3, denominator=5, is_sample=True)

    text = words(board.get(address(plan)))

    assert "Latest 3 of 5, May 2017 Sample" in text
    assert "Data 12 published" in text
    assert "were written for this demonstration. A verdict" not in text


def test_page_warns_where_a_verdict_rests_on_sample_figures(board, plan):
    indicator = months([*STEADY, None])
    MeasurementFactory(indicator=indicator, value=20, is_sample=True)

    assert "says nothing about what happened in Havering" in words(board.get(address(plan)))


@pytest.mark.parametrize(("today", "count"), [(TODAY, 1), (date(2017, 7, 6), 0)])
def test_page_says_that_the_report_is_of_later(board, plan, settings, today, count):
    settings.OFSTED_TODAY = today

    text = words(board.get(address(plan)))

    assert text.count("Published after today’s date in this demonstration") == count


def test_no_other_plan_has_the_page(board, plan):
    beneath = ActionPlanFactory(slug="leaving-care-2016", inspection=plan.inspection, parent=plan)
    other = ActionPlanFactory(slug="ofsted-2018")

    assert board.get(address(plan)).status_code == 200
    assert board.get(address(beneath)).status_code == 404
    assert board.get(address(other)).status_code == 404
    assert board.get("/plans/nowhere/early-measures/").status_code == 404


def test_plan_and_indicators_lead_to_the_page(board, plan):
    IndicatorFactory()
    other = ActionPlanFactory(slug="ofsted-2018")
    short = reverse("actionplan:to_early_measures")

    assert f'href="{address(plan)}"' in board.get(plan.get_absolute_url()).rendered_content
    assert "early-measures" not in board.get(other.get_absolute_url()).rendered_content
    assert f'href="{short}"' in board.get(reverse("kpis:indicators")).rendered_content
    assert board.get(short).url == address(plan)


def test_without_the_plan_the_link_of_the_indicators_leads_to_the_plans(board):
    assert board.get(reverse("actionplan:to_early_measures")).url == reverse("actionplan:plans")


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count(board, plan, count, django_assert_num_queries):
    for number in range(1, count + 1):
        indicator = months(STEADY, early_measure=number)
        BaselineFactory(indicator=indicator)
        TargetFactory(indicator=indicator)
        RebaseFactory(indicator=indicator)
        action = ActionFactory(plan=plan)
        action.indicators.add(indicator)
        ProgressUpdateFactory(action=action, accepted=True, delivered=True)
        AssuranceFactory(action=action)
        MilestoneFactory(action=action, complete=True)
    for code in ["cin-rate-dfe", "cp-rate-dfe", "cl-touch-dfe"][:count]:
        theirs = IndicatorFactory(code=code, dfe=True)
        BenchmarkFactory(indicator=theirs, start=date(2015, 4, 1), end=date(2016, 3, 31))
    assert Indicator.objects.count() == 2 * count

    # session, user, plan, indicators; readings 5, for one has no figure; benchmarks 3, rebases; linked actions 8
    with django_assert_num_queries(21):
        board.get(address(plan))
