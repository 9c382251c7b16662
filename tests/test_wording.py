"""How values, counts, changes and tolerances are written for people to read."""

from decimal import Decimal

import pytest

from kpis import wording
from kpis.arithmetic import (
    NOTHING,
    Observation,
)
from kpis.enums import Polarity, Rating

D = Decimal
HIGHER, LOWER, CONTEXT = Polarity.HIGHER, Polarity.LOWER, Polarity.CONTEXT
MET, NEAR, NOT_MET = Rating.MET, Rating.NEAR, Rating.NOT_MET


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        ("70.37", "percent", 0, "70%"),
        ("66", "percent", 1, "66.0%"),
        ("1301", "number", 0, "1,301"),
        ("30", "weeks", 0, "30 weeks"),
        ("1", "weeks", 0, "1 week"),
        ("10", "days", 0, "10 days"),
        ("40.44", "rate_10k", 1, "40.4 per 10,000"),
        ("-0.4", "number", 0, "0"),
        ("1200", "number", 0, "1,200"),
    ],
)
def test_a_value_in_words(value, unit, decimals, words):
    assert wording.value_words(D(value), unit, decimals) == words


@pytest.mark.parametrize(
    ("observed", "counts", "words"),
    [
        (Observation(D("70.37")), "19 of 27", "70%"),
        (Observation(D(80), few=True), "4 of 5", "4 of 5"),
        (Observation(None, no_cases=True), "0 of 0", "No cases"),
        (Observation(None, withheld=True), "", "Withheld"),
        (NOTHING, "", "No data"),
        (Observation(D(0)), "0 of 27", "0%"),
    ],
)
def test_what_stands_where_a_value_stands(observed, counts, words):
    assert wording.observation_words(observed, counts, "percent", 0) == words


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "words"),
    [
        ("19.00", "27.00", "percent", "19 of 27"),
        ("1230.00", "2200.00", "percent", "1,230 of 2,200"),
        ("45.50", "90.00", "percent", "45.5 of 90"),
        ("331.00", "10.00", "weeks", "average of 10 cases"),
        ("20.00", "1.00", "weeks", "average of 1 case"),
    ],
)
def test_counts_in_words(numerator, denominator, unit, words):
    assert wording.counts_words(D(numerator), D(denominator), unit) == words


def test_counts_that_are_not_known_have_no_words():
    assert wording.counts_words(None, None, "percent") == ""


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        ("5", "percent", "up 5 points"),
        ("-1", "percent", "down 1 point"),
        ("4.9", "percent", "up 4.9 points"),
        ("-12", "number", "down 12"),
        ("2", "weeks", "up 2 weeks"),
        ("0", "percent", "no change"),
        ("0.0", "percent", "no change"),
        ("-1200", "number", "down 1,200"),
    ],
)
def test_a_change_is_in_the_indicators_own_units(change, unit, words):
    assert wording.change_words(D(change), unit) == words


@pytest.mark.parametrize(
    ("gap", "unit", "decimals", "words"),
    [
        ("20", "percent", 0, "20 points to go"),
        ("1", "percent", 0, "1 point to go"),
        ("13", "number", 0, "13 to go"),
        ("7", "weeks", 0, "7 weeks to go"),
        ("0.5", "weeks", 0, "0.5 weeks to go"),  # a target of half weeks is not rounded away
        ("12.8", "percent", 1, "12.8 points to go"),
        ("0", "percent", 0, "target reached"),
    ],
)
def test_the_distance_is_never_a_percentage_of_the_target(gap, unit, decimals, words):
    assert wording.distance_words(D(gap), unit, decimals) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (None, ""),
        ("59.18", "59% of the way"),
        ("99.99", "99% of the way"),  # not yet all of it
        ("0", "0% of the way"),
        ("100", "all the way"),
        ("110.2", "all the way"),
        ("-75", "further away than at the baseline"),
        ("-0.1", "further away than at the baseline"),
    ],
)
def test_progress_in_words(percent, words):
    assert wording.progress_words(percent and D(percent)) == words


@pytest.mark.parametrize(
    ("tolerance", "unit", "words"),
    [("5.0000", "percent", "5 points"), ("1.0000", "weeks", "1 week"), ("0", "number", "none")],
)
def test_a_tolerance_in_words(tolerance, unit, words):
    assert wording.tolerance_words(D(tolerance), unit) == words


def test_a_target_is_shown_as_it_was_set():
    assert wording.target_words(D("26.5000"), "weeks", 0) == "26.5 weeks"
    assert wording.target_words(D("90.0000"), "percent", 0) == "90%"
    assert wording.aim_words("26 weeks", LOWER) == "26 weeks or lower"
    assert wording.aim_words("90%", HIGHER) == "90%"
