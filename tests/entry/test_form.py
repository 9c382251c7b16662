"""What is taken of what was typed, and what is refused."""

from decimal import Decimal

import pytest

from kpis.enums import Status, Unit
from kpis.figures import Measure, measured
from kpis.models import Measurement
from tests.entry.page import MAY_2017, TODAY, newest
from tests.factories import IndicatorFactory
from tests.forms import assert_error_summary, typed
from tests.test_indicator_pages import words

pytestmark = pytest.mark.django_db


def test_two_numbers_are_saved_signed_and_shown(post, team, visits, manager):
    response = post({"rhi-numerator": "18", "rhi-denominator": "24"}, follow=True)

    row = newest()
    assert (row.period, row.value, row.numerator, row.denominator) == (MAY_2017, None, 18, 24)
    assert (row.status, row.recorded_on, row.made_by) == (Status.PROVISIONAL, TODAY, manager)
    assert (row.source, row.is_sample) == ("Entered by Head of Innovation and Improvement", False)
    text = words(response)
    assert "Saved 1 figure for May 2017: Interviews" in text
    assert (
        "75% 18 of 24 Met Provisional. Entered by Head of Innovation and Improvement on 27 June 2017." in text
    )


def test_only_lines_in_which_something_was_typed_are_taken(post, visits):
    IndicatorFactory(code="other", numerator="Visits", denominator="Children")

    post({"rhi-numerator": "18", "rhi-denominator": "24", "other-status": "validated"})

    assert list(Measurement.objects.filter(end=MAY_2017.end).values_list("indicator__code")) == [("rhi",)]


def test_nothing_typed_saves_nothing_and_says_so(post, visits):
    response = post({})

    assert "Nothing was saved: no figure was typed or changed." in words(response)
    assert Measurement.objects.count() == 1


def test_a_figure_without_counts(post, visits):
    post({"rhi-value": "72.5"})

    assert (newest().value, newest().numerator) == (Decimal("72.5"), None)


def test_no_figure_says_why(post, visits):
    post({"rhi-marker": "c"}, follow=True)

    assert (newest().value, newest().marker) == (None, "c")


def test_a_number_is_read_as_the_page_shows_it(post):
    IndicatorFactory(code="cin", unit=Unit.NUMBER)

    post({"cin-value": " 1,301 "})

    assert newest().value == 1301


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rhi-numerator": "19 of 27"}, "what you typed must be a number, for example 85"),
        (
            {"rhi-numerator": "19", "rhi-denominator": "2\0"},
            "what you typed must be a number, for example 85",
        ),
        ({"rhi-numerator": "19"}, "enter both numbers"),
        ({"rhi-denominator": "0"}, "enter both numbers"),
        ({"rhi-numerator": "-1", "rhi-denominator": "27"}, "what you typed must be 0 or more"),
        (
            {"rhi-numerator": "28", "rhi-denominator": "27"},
            "28 of 27 cannot be right, the first number is part of the second",
        ),
        ({"rhi-value": "101"}, "what you typed must be 100% or less"),
        ({"rhi-value": "72.00001"}, "what you typed must have 4 decimals or fewer"),
        ({"rhi-numerator": "1", "rhi-denominator": "9" * 31}, "what you typed must have 10 digits or fewer"),
        (
            {"rhi-numerator": "18", "rhi-denominator": "24", "rhi-value": "75"},
            "enter the two numbers or what comes of them, not both",
        ),
        ({"rhi-value": "75", "rhi-marker": "c"}, "clear the numbers, or choose that there is a figure"),
        ({"rhi-comment": "So what"}, "enter the figure, or say why there is none"),
        ({"rhi-value": "75", "rhi-status": "final"}, "choose provisional or validated"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(post, visits, changes, message):
    response = post(changes)

    assert_error_summary(response, f"Interviews: {message}")
    kept = {name: text.replace("\0", "") for name, text in changes.items() if name != "rhi-status"}
    assert typed(response).items() >= kept.items()
    assert Measurement.objects.count() == 1


def test_an_average_of_no_cases_has_no_sum(post):
    IndicatorFactory(
        code="weeks", short_name="Weeks", unit=Unit.WEEKS, numerator="Weeks", denominator="Children"
    )

    response = post({"weeks-numerator": "30", "weeks-denominator": "0"})
    assert_error_summary(response, "Weeks: enter 0 where there are no cases")

    post({"weeks-numerator": "0", "weeks-denominator": "0"})
    assert measured(newest(), Measure.of(newest().indicator)).observed.no_cases


def test_one_wrong_line_keeps_the_others_from_being_saved(post, visits):
    IndicatorFactory(code="cin", unit=Unit.NUMBER)

    response = post({"cin-value": "many", "rhi-numerator": "18", "rhi-denominator": "24"})

    assert typed(response)["rhi-numerator"] == "18"
    assert Measurement.objects.count() == 1
