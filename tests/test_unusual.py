"""When a new value is asked about, and when it is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.unusual import ENOUGH, unusual

STEADY = [Decimal(each) for each in (68, 74, 71, 70, 73, 69)]

numbers = st.decimals(0, 10_000, places=1)
histories = st.lists(numbers, min_size=ENOUGH, max_size=30)


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("720", "72"),  # a digit too many, or a lost point
        ("7.2", "72"),
        ("7200", "72"),
        ("0.72", "72"),
        ("30", None),  # far, but no slip explains it
    ],
)
def test_a_slip_is_asked_about_with_what_was_perhaps_meant(value, instead):
    question = unusual(Decimal(value), STEADY, decimals=0)

    assert (question.value, question.low, question.high) == (Decimal(value), 68, 74)
    assert question.instead == (None if instead is None else Decimal(instead))


@pytest.mark.parametrize("value", [68, 74, 60, 82, 55, 90])
def test_news_is_not_asked_about(value):
    assert unusual(Decimal(value), STEADY, decimals=0) is None


@pytest.mark.parametrize(("value", "is_asked"), [("7", False), ("8", True), ("1", False), ("0", True)])
def test_a_small_count_that_stood_still_may_move_by_a_few(value, is_asked):
    assert (unusual(Decimal(value), [Decimal(4)] * 6, decimals=0) is not None) == is_asked


def test_three_earlier_values_say_nothing_of_what_is_usual():
    assert unusual(Decimal(720), STEADY[:3], decimals=0) is None
    assert unusual(Decimal(720), STEADY[:4], decimals=0) is not None


@given(st.data(), histories)
def test_nothing_inside_the_earlier_range_is_asked_about(data, history):
    value = data.draw(st.decimals(min(history), max(history), places=1))

    assert unusual(value, history, decimals=1) is None


@given(numbers, histories, st.integers(-3, 3))
def test_the_size_of_the_unit_changes_nothing(value, history, places):
    def scaled(number):
        return number.scaleb(places)

    plain = unusual(value, history, decimals=1)
    other = unusual(scaled(value), [scaled(each) for each in history], decimals=1 - places)

    if plain is None:
        assert other is None
    else:
        assert (other.low, other.high) == (scaled(plain.low), scaled(plain.high))
        assert other.instead == (None if plain.instead is None else scaled(plain.instead))


@given(numbers, histories)
def test_what_was_perhaps_meant_is_never_asked_about_itself(value, history):
    question = unusual(value, history, decimals=1)

    if question and question.instead is not None:
        assert unusual(question.instead, history, decimals=1) is None
