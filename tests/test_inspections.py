"""The council's inspections, and Ofsted's grades across England on a day."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from actionplan.enums import DatePrecision, Grade
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    FrameworkFactory,
    InspectionFactory,
    JudgementAreaFactory,
    JudgementFactory,
    MonitoringVisitFactory,
    PublishedOutcomeFactory,
    RecommendationFactory,
)

pytestmark = pytest.mark.django_db

INDEX = reverse("actionplan:inspections")
NATIONAL = reverse("actionplan:national")
AFTER = "Published after today’s date in this demonstration"


@pytest.fixture
def board(client, reader):
    client.force_login(reader)
    return client


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.rendered_content)
    return re.sub(r"\s+", " ", unescape(text))


def row_of(response, name):
    rows = re.findall(r"<tr.*?</tr>", response.rendered_content, re.DOTALL)
    found = [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in rows]
    (only,) = [row for row in found if row.startswith(name)]
    return only


@pytest.fixture
def of_2016():
    framework = FrameworkFactory(code="sif", name="Single inspection framework")
    inspection = InspectionFactory(
        framework=framework,
        name="Inspection of children’s services",
        start=date(2016, 9, 27),
        end=date(2016, 10, 20),
        published_on=date(2016, 12, 9),
        lead_inspector="A. Inspector",
    )
    for code, name, grade, is_limiting in [
        ("overall", "Overall effectiveness", Grade.REQUIRES_IMPROVEMENT, None),
        ("looked-after", "Children looked after", Grade.REQUIRES_IMPROVEMENT, None),
        ("care-leavers", "Experiences of care leavers", Grade.INADEQUATE, False),
    ]:
        area = JudgementAreaFactory(framework=framework, code=f"sif/{code}", name=name, short_name=name)
        JudgementFactory(
            inspection=inspection, area=area, grade=grade, is_limiting=is_limiting, printed="As said"
        )
    return inspection


@pytest.fixture
def of_2018():
    framework = FrameworkFactory(code="ilacs-2018", name="ILACS")
    inspection = InspectionFactory(
        framework=framework, start=date(2018, 6, 11), end=date(2018, 6, 22), published_on=date(2018, 7, 23)
    )
    for code, name in [("overall", "Overall"), ("care", "In care and care leavers")]:
        area = JudgementAreaFactory(framework=framework, code=f"ilacs-2018/{code}", short_name=name)
        JudgementFactory(inspection=inspection, area=area, grade=Grade.GOOD)
    return inspection


def test_grades_stand_side_by_side_newest_first(board, of_2016, of_2018):
    response = board.get(INDEX)

    assert response.context_data["main"] == [of_2018, of_2016]
    assert row_of(response, "Overall") == "Overall Good Requires improvement"
    assert (
        row_of(response, "Looked after")
        == "Looked after, in care Good In care and care leavers Requires improvement"
    )
    assert row_of(response, "Care leavers") == "Care leavers Not judged by itself Inadequate Not limiting"


def test_areas_that_nobody_judged_are_left_out(board, of_2016):
    assert [name for name, _ in board.get(INDEX).context_data["lines"]] == [
        "Overall",
        "Looked after, in care",
        "Care leavers",
    ]


def test_an_inspection_of_later_says_so_on_the_pinned_day(board, of_2016, of_2018):
    assert AFTER in words(board.get(of_2018.get_absolute_url()))
    assert AFTER not in words(board.get(of_2016.get_absolute_url()))
    assert words(board.get(INDEX)).count(AFTER) == 1


def test_an_inspection_published_today_is_not_of_later(board, settings, of_2018):
    settings.OFSTED_TODAY = date(2018, 7, 23)

    assert AFTER not in words(board.get(of_2018.get_absolute_url()))


def test_older_and_narrower_inspections_stand_below(board, of_2016):
    older = InspectionFactory(
        framework=FrameworkFactory(code="slac"),
        name="Inspection of 2011",
        start=date(2011, 9, 1),
        start_precision=DatePrecision.MONTH,
        end=None,
        published_on=date(2011, 10, 28),
    )
    area = JudgementAreaFactory(framework=older.framework, short_name="Safeguarding")
    JudgementFactory(inspection=older, area=area, grade="")

    response = board.get(INDEX)

    assert [inspection for inspection, _ in response.context_data["others"]] == [older]
    assert row_of(response, "Inspection of 2011") == (
        "Inspection of 2011 September 2011 28 October 2011 Safeguarding: not known"
    )


def test_index_without_inspections_says_so(board):
    assert "No inspections are loaded yet." in words(board.get(INDEX))


def test_inspection_page_gives_its_facts_and_judgements(board, of_2016):
    response = board.get(of_2016.get_absolute_url())
    text = words(response)

    assert "Fieldwork 27 September 2016 to 20 October 2016" in text
    assert "Published 9 December 2016" in text
    assert "Lead inspector A. Inspector" in text
    assert row_of(response, "Experiences of care leavers") == (
        "Experiences of care leavers Inadequate As said Not limiting :"
    )
    assert "No recommendations are recorded." in text


def test_inspection_page_links_the_recommendations_that_the_plan_answers(board, of_2016):
    plan = ActionPlanFactory(inspection=of_2016)
    answered = RecommendationFactory(inspection=of_2016, number=6, wording="Offer prompt interviews.")
    RecommendationFactory(inspection=of_2016, number=7, wording="Improve sufficiency.")
    ActionFactory(plan=plan, recommendation=answered)

    response = board.get(of_2016.get_absolute_url())
    page = response.rendered_content

    assert reverse("actionplan:recommendation", args=[plan.slug, 6]) in page
    assert reverse("actionplan:recommendation", args=[plan.slug, 7]) not in page
    assert "Offer prompt interviews." in page
    assert "Improve sufficiency." in page


def test_a_visit_known_to_the_month_shows_the_month(board, of_2016):
    MonitoringVisitFactory(
        inspection=of_2016, name="Visit 1", start=date(2024, 10, 1), start_precision=DatePrecision.MONTH
    )
    MonitoringVisitFactory(
        inspection=of_2016,
        name="Visit 2",
        start=date(2025, 3, 26),
        end=date(2025, 3, 27),
        published_on=date(2025, 4, 29),
    )

    response = board.get(of_2016.get_absolute_url())

    assert row_of(response, "Visit 1") == "Visit 1 October 2024 Not known"
    assert row_of(response, "Visit 2") == "Visit 2 26 March 2025 to 27 March 2025 29 April 2025"


def test_an_unknown_inspection_is_not_found(board):
    assert board.get(reverse("actionplan:inspection", args=["nothing"])).status_code == 404


# The national picture


@pytest.fixture
def outcomes():
    """Three reports on two authorities; the first was inadequate and is good since March 2016."""
    PublishedOutcomeFactory(authority="A", published_on=date(2015, 3, 1), overall=Grade.INADEQUATE)
    PublishedOutcomeFactory(authority="A", published_on=date(2016, 3, 1), overall=Grade.GOOD, round=2)
    PublishedOutcomeFactory(authority="B", published_on=date(2017, 6, 27), overall=Grade.GOOD)


def test_picture_counts_reports_beside_authorities(board, outcomes):
    response = board.get(NATIONAL, {"on": "2017-06-27"})

    assert row_of(response, "Good") == "Good 2 2 of 3 2 2 of 2"
    assert row_of(response, "Inadequate") == "Inadequate 1 1 of 3 0 0 of 2"
    assert row_of(response, "Outstanding") == "Outstanding 0 0 of 3 0 0 of 2"
    assert row_of(response, "All") == "All 3 3 of 3 2 2 of 2"
    assert "3 reports under the single inspection framework had been published by 27 June 2017" in words(
        response
    )


def test_picture_of_the_day_before_leaves_that_days_report_out(board, outcomes):
    assert row_of(board.get(NATIONAL, {"on": "26/6/2017"}), "All") == "All 2 2 of 2 1 1 of 1"


def test_picture_of_six_reports_on_five_authorities_has_shares_of_the_reports_alone(board, outcomes):
    for authority in "CDE":
        PublishedOutcomeFactory(authority=authority, published_on=date(2016, 6, 1), overall=Grade.GOOD)

    response = board.get(NATIONAL, {"on": "2017-06-27"})

    assert row_of(response, "Good") == "Good 5 83% 5 5 of 5"
    assert row_of(response, "All") == "All 6 100% 5 5 of 5"
    assert "Fewer than 6 have no share in percent: their counts stand in its place." in words(response)


def test_picture_of_six_authorities_has_shares_of_both(board, outcomes):
    for authority in "CDEF":
        PublishedOutcomeFactory(authority=authority, published_on=date(2016, 6, 1), overall=Grade.GOOD)

    response = board.get(NATIONAL, {"on": "2017-06-27"})

    assert row_of(response, "Good") == "Good 6 86% 6 100%"
    assert "Fewer than 6" not in words(response)


def test_picture_without_a_date_is_todays(board, outcomes):
    assert board.get(NATIONAL).context_data["table"].on == date(2017, 6, 27)


def test_picture_before_the_first_report_says_so(board, outcomes):
    text = words(board.get(NATIONAL, {"on": "2015-02-28"}))

    assert (
        "No report had been published by then. The first under the single inspection framework came out on"
        in text
    )
    assert "%" not in text


def test_picture_without_any_report_says_so(board):
    assert "No report had been published by then." in words(board.get(NATIONAL))


@pytest.mark.parametrize(
    "typed",
    ["", "31/2/2017", "2017-02-31", "soon", "\x00", "9" * 500, "27/13/2017", "<script>", "0000-01-01"],
)
def test_picture_of_a_day_that_cannot_be_read_says_what_to_do(board, outcomes, typed):
    response = board.get(NATIONAL, {"on": typed})
    text = words(response)

    assert response.status_code == 200
    assert re.search(r"Enter a (real )?date.*, for example 27/6/2017", text)
    assert "<title>Error: National picture" in response.rendered_content
    assert 'href="#id_on"' in response.rendered_content
    assert "<script>" not in response.rendered_content
    assert response.context_data["table"] is None


def test_picture_takes_the_last_of_several_dates(board, outcomes):
    response = board.get(f"{NATIONAL}?on=2015-03-01&on=2017-06-27")

    assert response.context_data["table"].reports == 3


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_picture_of_a_far_day_does_not_fail(board, outcomes, day):
    assert board.get(NATIONAL, {"on": day}).status_code == 200


def test_picture_after_the_last_report_says_that_the_framework_has_ended(board, settings, outcomes):
    settings.OFSTED_TODAY = date(2019, 1, 1)

    assert "The last came out on 27 June 2017" in words(board.get(NATIONAL, {"on": "2018-12-31"}))


def test_picture_of_a_day_after_today_says_so(board, outcomes):
    assert "After today’s date in this demonstration" in words(board.get(NATIONAL, {"on": "2017-06-28"}))


# What they cost


@pytest.mark.parametrize("count", [1, 3])
def test_index_query_count(board, count, django_assert_num_queries):
    for inspection in InspectionFactory.create_batch(count):
        JudgementFactory.create_batch(count, inspection=inspection)

    with django_assert_num_queries(4):  # session, user, inspections, judgements
        board.get(INDEX)


@pytest.mark.parametrize("count", [1, 3])
def test_inspection_query_count(board, count, django_assert_num_queries):
    inspection = InspectionFactory()
    plan = ActionPlanFactory(inspection=inspection)
    JudgementFactory.create_batch(count, inspection=inspection)
    MonitoringVisitFactory.create_batch(count, inspection=inspection)
    for recommendation in RecommendationFactory.create_batch(count, inspection=inspection):
        ActionFactory(plan=plan, recommendation=recommendation)

    # session, user, inspection, judgements, plan, answered recommendations, visits, recommendations
    with django_assert_num_queries(9):
        board.get(inspection.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_picture_query_count(board, count, django_assert_num_queries):
    PublishedOutcomeFactory.create_batch(count)

    with django_assert_num_queries(5):  # session, user, reports, authorities, first and last day
        board.get(NATIONAL)
