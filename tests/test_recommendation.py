"""A recommendation: what Ofsted asked, and everything that answers it."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.enums import Impact
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    BaselineFactory,
    IndicatorFactory,
    MeasurementFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    RecommendationParagraphFactory,
    ReportingMonthFactory,
    RiskScoreFactory,
    TargetFactory,
)


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="the-plan", name="The plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def recommendation(plan):
    return RecommendationFactory(inspection=plan.inspection, number=4)


@pytest.fixture
def read(client, reader, plan):
    client.force_login(reader)
    return lambda slug=plan.slug, number=4: client.get(
        reverse("actionplan:recommendation", args=[slug, number])
    )


def test_both_wordings_stand_beside_each_other_with_what_is_left_out(plan, read):
    RecommendationFactory(
        inspection=plan.inspection,
        number=4,
        short_title="Pathway plans",
        wording="Improve pathway plans and visits.",
        council_wording="Improve pathway planning.",
        note="The council’s wording drops visits.",
        lead=PostFactory(title="Head of Leaving Care"),
    )

    page = read().text

    assert "“Improve pathway plans and visits.”" in page
    assert "“Improve pathway planning.”" in page
    assert "The council’s wording drops visits." in page
    assert "<dd>High</dd>" in page
    assert "<dd>Head of Leaving Care</dd>" in page


def test_paragraphs_say_where_they_stand_and_what_they_are_about(recommendation, read):
    paragraph = RecommendationParagraphFactory(
        recommendation=recommendation, paragraph=94, about="pathway planning"
    )

    page = read().text

    assert ">94</th>" in page
    assert paragraph.area.name in page
    assert "Pathway planning" in page


def test_actions_of_both_plans_answer_it(plan, recommendation, read):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection, name="Leaving Care plan")
    first = ActionFactory(plan=plan, recommendation=recommendation)
    second = ActionFactory(plan=child, recommendation=recommendation)
    ActionFactory(plan=plan, recommendation__number=999)

    response = read()

    assert [row.action for row in response.context["rows"]] == [first, second]
    assert "Leaving Care plan" in response.text
    assert [row.action for row in read(child.slug).context["rows"]] == [first, second]


def test_impact_story_is_what_was_accepted_newest_first(plan, recommendation, read):
    older, newer, unchecked, silent = ActionFactory.create_batch(4, plan=plan, recommendation=recommendation)
    ProgressUpdateFactory(action=older, accepted=True, submitted_on=date(2017, 5, 19))
    ProgressUpdateFactory(action=newer, accepted=True, impact=Impact.EVIDENCED)
    ProgressUpdateFactory(action=unchecked, difference="Nobody has checked this.")
    ProgressUpdateFactory(action=silent, accepted=True, difference="")

    response = read()

    assert [row.action for row in response.context["differences"]] == [newer, older]
    assert "Nobody has checked this." not in response.text


def test_indicator_shows_baseline_latest_target_and_arrow(plan, recommendation, read):
    indicator = IndicatorFactory(short_name="Seen in eight weeks")
    for _ in range(2):
        ActionFactory(plan=plan, recommendation=recommendation).indicators.add(indicator)
    BaselineFactory(indicator=indicator)
    MeasurementFactory(indicator=indicator, start=date(2017, 4, 1), end=date(2017, 4, 30), value=70)
    MeasurementFactory(indicator=indicator)
    TargetFactory(indicator=indicator)

    page = read().text

    assert page.count("Seen in eight weeks") == 1
    assert "<strong>80%</strong> in May 2017, 60% at baseline, target 90% by 31 March 2018" in page
    assert "Better" in page


def test_recommendation_nobody_answers_yet_says_so(recommendation, read):
    page = read().text

    assert "No action answers this recommendation yet." in page
    assert "No accepted update says yet what has changed for children." in page


@pytest.mark.parametrize("number", [5, 40_000, 10**30])
def test_unknown_recommendation_is_not_found(recommendation, read, number):
    assert read(number=number).status_code == 404


def test_recommendation_of_another_inspection_is_not_found(recommendation, read):
    other = ActionPlanFactory()

    assert read(slug=other.slug).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_recommendation_query_count(plan, recommendation, read, count, django_assert_num_queries):
    for _ in range(count):
        action = ActionFactory(plan=plan, recommendation=recommendation)
        indicator = IndicatorFactory()
        action.indicators.add(indicator)
        MeasurementFactory(indicator=indicator)
        ProgressUpdateFactory(action=action, accepted=True)
        RecommendationParagraphFactory(recommendation=recommendation)
        RiskScoreFactory().risk.recommendations.add(recommendation)

    with django_assert_num_queries(22):
        read()
