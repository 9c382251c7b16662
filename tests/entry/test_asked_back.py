"""What is asked back before a figure is taken: what is behind it, whether it is right."""

import pytest

from kpis.enums import Unit
from kpis.models import Measurement
from kpis.unusual import ENOUGH
from tests.entry.page import MAY, MAY_2017, month_ago, newest
from tests.factories import IndicatorFactory
from tests.forms import assert_error_summary, typed
from tests.test_indicator_pages import words

pytestmark = pytest.mark.django_db


def test_a_red_figure_needs_a_comment(post, visits):
    Measurement.objects.filter(indicator=visits).delete()

    response = post({"rhi-numerator": "12", "rhi-denominator": "20"})
    assert_error_summary(
        response, "Interviews: say what is behind 60%: it misses the target of 70% by 30 June 2017"
    )

    post({"rhi-numerator": "12", "rhi-denominator": "20", "rhi-comment": "Two posts are empty"})
    assert newest().comment == "Two posts are empty"


def test_a_worse_figure_needs_a_comment_that_says_so(post, visits):
    response = post({"rhi-numerator": "12", "rhi-denominator": "20"})

    assert_error_summary(
        response,
        "Interviews: say what is behind 60%: it misses the target of 70% by 30 June 2017 "
        "and is worse than 65% in April 2017",
    )


def test_a_few_cases_are_neither_red_nor_worse(post, visits):
    post({"rhi-numerator": "1", "rhi-denominator": "5"})

    assert newest().numerator == 1


@pytest.fixture
def visitors(db):
    indicator = IndicatorFactory(code="iv", short_name="Visitors", unit=Unit.NUMBER, polarity="higher")
    for months in range(1, ENOUGH + 1):
        month_ago(months, indicator=indicator, value=72 - months)
    return indicator


def test_an_unusual_value_is_asked_about_and_corrected(post, team, visitors):
    response = post({"iv-value": "720"})

    assert_error_summary(
        response,
        "Visitors: 720 is far from the values before it, 68 to 71. Did you mean 72? "
        "Correct it, or say why it is right",
    )
    assert not Measurement.objects.filter(end=MAY_2017.end).exists()

    team.post(MAY, typed(response) | {"iv-value": "72"})
    assert (newest().value, newest().answer) == (72, "")


def test_an_unusual_value_that_is_right_is_taken_with_the_answer(post, team, visitors):
    asked = typed(post({"iv-value": "720"}))

    response = team.post(MAY, asked | {"iv-answer": "Ten schools joined"}, follow=True)

    assert (newest().value, newest().answer) == (720, "Ten schools joined")
    assert "Unusual, but right: “Ten schools joined”" in words(response)


def test_an_answer_counts_only_for_the_value_that_was_asked_about(post, team, visitors):
    asked = typed(post({"iv-value": "720"}))

    response = team.post(MAY, asked | {"iv-value": "7200", "iv-answer": "Ten schools joined"})

    assert "7,200 is far from the values before it" in words(response)
    assert not Measurement.objects.filter(end=MAY_2017.end).exists()


def test_an_unusual_value_can_be_left_out_for_now(post, team, visitors, visits):
    asked = typed(post({"iv-value": "720", "rhi-numerator": "18", "rhi-denominator": "24"}))

    team.post(MAY, asked | {"iv-leave": "on"})

    assert list(Measurement.objects.filter(end=MAY_2017.end).values_list("indicator__code")) == [("rhi",)]


def test_counts_are_asked_about_by_what_comes_of_them(post, visits):
    for months in range(2, 6):
        month_ago(months, indicator=visits, value=64)

    response = post({"rhi-numerator": "2", "rhi-denominator": "24"})

    assert_error_summary(
        response,
        "Interviews: 8% (2 of 24) is far from the values before it, 64% to 65%. Correct it, or say why it is right",
    )
