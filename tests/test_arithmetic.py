"""The rules of how a value is shown, rated and compared, each as a table, and what must hold for any value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.arithmetic import (
    NOTHING,
    Observation,
    direction,
    distance,
    mean,
    progress,
    rate,
    rounded,
    share,
)
from kpis.enums import Direction, Polarity, Rating

D = Decimal
HIGHER, LOWER, CONTEXT = Polarity.HIGHER, Polarity.LOWER, Polarity.CONTEXT
MET, NEAR, NOT_MET = Rating.MET, Rating.NEAR, Rating.NOT_MET

# Rule 1: shown first, compared afterwards.


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("69.49", 0, "69"),
        ("69.5", 0, "70"),
        ("70.5", 0, "71"),  # half up, not half to even
        ("-0.5", 0, "-1"),
        ("0.05", 1, "0.1"),
        ("67.15", 1, "67.2"),
        ("0", 0, "0"),
        ("1301", 0, "1301"),
    ],
)
def test_a_value_is_rounded_half_up(value, decimals, shown):
    assert rounded(D(value), decimals) == D(shown)


@pytest.mark.parametrize(
    ("polarity", "value", "target", "rating"),
    [
        (HIGHER, "69.5", "70", MET),  # shown as 70
        (HIGHER, "69.4", "70", NOT_MET),
        (LOWER, "26.4", "26", MET),  # shown as 26
        (LOWER, "26.5", "26", NOT_MET),  # shown as 27
    ],
)
def test_a_value_is_rated_as_it_is_shown(polarity, value, target, rating):
    assert rate(Observation(D(value)), polarity=polarity, decimals=0, target=D(target)) == rating


# Rule 2: polarity, equality, tolerance.


@pytest.mark.parametrize(
    ("polarity", "value", "target", "tolerance", "rating"),
    [
        # Higher is better, with a tolerance of 5.
        (HIGHER, "91", "90", "5", MET),
        (HIGHER, "90", "90", "5", MET),  # equal is met
        (HIGHER, "89", "90", "5", NEAR),
        (HIGHER, "85", "90", "5", NEAR),  # the edge of the tolerance is inside
        (HIGHER, "84", "90", "5", NOT_MET),
        (HIGHER, "84.5", "90", "5", NEAR),  # shown as 85
        (HIGHER, "0", "90", "5", NOT_MET),
        # Without a tolerance there is no near.
        (HIGHER, "90", "90", "0", MET),
        (HIGHER, "89", "90", "0", NOT_MET),
        # Lower is better: mirrored. 119 against at most 150 is met.
        (LOWER, "119", "150", "10", MET),
        (LOWER, "150", "150", "10", MET),
        (LOWER, "151", "150", "10", NEAR),
        (LOWER, "160", "150", "10", NEAR),
        (LOWER, "161", "150", "10", NOT_MET),
        (LOWER, "151", "150", "0", NOT_MET),
        # A target of nought is a target.
        (LOWER, "0", "0", "0", MET),
        (LOWER, "1", "0", "0", NOT_MET),
        (LOWER, "1", "0", "1", NEAR),
        (HIGHER, "0", "0", "0", MET),
        (HIGHER, "1", "0", "0", MET),
        (HIGHER, "-1", "0", "0", NOT_MET),
        # A target between two shown values is not rounded.
        (HIGHER, "26", "26.5", "0", NOT_MET),
        (HIGHER, "27", "26.5", "0", MET),
        (HIGHER, "26", "26.5", "0.5", NEAR),
    ],
)
def test_a_value_is_rated_by_polarity_and_tolerance(polarity, value, target, tolerance, rating):
    observed = Observation(D(value))

    assert rate(observed, polarity=polarity, decimals=0, target=D(target), tolerance=D(tolerance)) == rating


@pytest.mark.parametrize("polarity", Polarity)
@pytest.mark.parametrize("target", [None, D(0), D(90)])
@pytest.mark.parametrize(
    ("observed", "rating"),
    [
        (NOTHING, Rating.NO_DATA),
        (Observation(None, withheld=True), Rating.WITHHELD),
        (Observation(None, no_cases=True), Rating.NO_CASES),
    ],
)
def test_no_value_is_its_own_word_whatever_the_target(polarity, target, observed, rating):
    assert rate(observed, polarity=polarity, decimals=0, target=target) == rating


@pytest.mark.parametrize("target", [None, D(0), D(90)])
@pytest.mark.parametrize("few", [False, True])
def test_context_is_never_rated(target, few):
    observed = Observation(D(90), few=few)

    assert rate(observed, polarity=CONTEXT, decimals=0, target=target) == Rating.CONTEXT


@pytest.mark.parametrize("polarity", [HIGHER, LOWER])
def test_without_a_target_a_value_has_no_rating(polarity):
    assert rate(Observation(D(90)), polarity=polarity, decimals=0) == Rating.NO_TARGET


@pytest.mark.parametrize("polarity", [HIGHER, LOWER])
@pytest.mark.parametrize("target", [None, D(80)])
def test_few_cases_are_not_rated(polarity, target):
    assert rate(Observation(D(80), few=True), polarity=polarity, decimals=0, target=target) == Rating.FEW


# Rule 3: direction.


@pytest.mark.parametrize(
    ("polarity", "before", "now", "expected"),
    [
        (HIGHER, "65", "70", Direction.BETTER),
        (HIGHER, "70", "65", Direction.WORSE),
        (HIGHER, "70", "70", Direction.SAME),
        (HIGHER, "69.6", "70.4", Direction.SAME),  # both shown as 70
        (LOWER, "30", "26", Direction.BETTER),
        (LOWER, "26", "30", Direction.WORSE),
        (LOWER, "26", "26", Direction.SAME),
        (CONTEXT, "1322", "1301", Direction.DOWN),
        (CONTEXT, "1301", "1322", Direction.UP),
        (CONTEXT, "1301", "1301", Direction.SAME),
        (HIGHER, "0", "1", Direction.BETTER),
        (LOWER, "1", "0", Direction.BETTER),
    ],
)
def test_direction_is_better_or_worse_by_polarity(polarity, before, now, expected):
    assert direction(D(now), D(before), polarity=polarity, decimals=0) == expected


@pytest.mark.parametrize("polarity", Polarity)
@pytest.mark.parametrize(("now", "before"), [(None, D(1)), (D(1), None), (None, None)])
def test_direction_is_unknown_without_two_values(polarity, now, before):
    assert direction(now, before, polarity=polarity, decimals=0) == Direction.UNKNOWN


# Rule 4: progress and distance.


@pytest.mark.parametrize(
    ("baseline", "value", "target", "percent"),
    [
        ("41", "70", "90", "59.18"),
        ("30", "28", "26", "50"),  # a falling target
        ("30", "33", "26", "-75"),  # going back
        ("41", "41", "90", "0"),
        ("41", "90", "90", "100"),
        ("41", "95", "90", "110.20"),
        ("0", "12", "25", "48"),  # from nought
        ("10", "5", "0", "50"),  # to nought
    ],
)
def test_progress_is_the_share_of_the_way_from_baseline_to_target(baseline, value, target, percent):
    assert rounded(progress(D(value), baseline=D(baseline), target=D(target)), 2) == D(percent)


def test_progress_has_no_percentage_where_baseline_is_the_target():
    assert progress(D(50), baseline=D(80), target=D(80)) is None


@pytest.mark.parametrize(
    ("polarity", "value", "target", "gap"),
    [
        (HIGHER, "70", "90", "20"),
        (HIGHER, "90", "90", "0"),
        (HIGHER, "95", "90", "0"),
        (LOWER, "33", "26", "7"),
        (LOWER, "20", "26", "0"),
        (LOWER, "2", "0", "2"),
        (HIGHER, "69.6", "90", "20"),  # from 70, as shown
    ],
)
def test_distance_is_in_the_indicators_own_units(polarity, value, target, gap):
    assert distance(D(value), D(target), polarity=polarity, decimals=0) == D(gap)


# Rule 5: counts.


@pytest.mark.parametrize(
    ("numerator", "denominator", "per", "expected"),
    [
        ("19", "27", 100, "70.37"),
        ("0", "27", 100, "0"),
        ("27", "27", 100, "100"),
        ("0", "0", 100, None),
        ("5", "0", 100, None),
        ("289", "52000", 10_000, "55.58"),
    ],
)
def test_a_share_of_no_cases_is_nothing_and_not_nought(numerator, denominator, per, expected):
    found = share(D(numerator), D(denominator), per)

    assert (found if found is None else rounded(found, 2)) == (expected and D(expected))


def test_a_mean_is_plain_and_of_none_nothing():
    assert mean([D(1), D(2), D(6)]) == D(3)
    assert mean([]) is None


# What holds for any value.

values = st.decimals(min_value=-10_000, max_value=10_000, places=2)
tolerances = st.decimals(min_value=0, max_value=100, places=2)
places = st.integers(min_value=0, max_value=3)
MIRROR = {HIGHER: LOWER, LOWER: HIGHER}


@given(values, values, tolerances, st.sampled_from([HIGHER, LOWER]))
def test_mirroring_the_polarity_mirrors_the_rating(value, target, tolerance, polarity):
    """What is so of a rise is so of the same fall. With two decimals, so that rounding half up changes nothing."""
    there = rate(Observation(value), polarity=polarity, decimals=2, target=target, tolerance=tolerance)
    back = rate(
        Observation(-value), polarity=MIRROR[polarity], decimals=2, target=-target, tolerance=tolerance
    )

    assert there == back


@given(values, values, st.sampled_from([HIGHER, LOWER]))
def test_mirroring_the_polarity_turns_the_direction(now, before, polarity):
    there = direction(now, before, polarity=polarity, decimals=2)
    turned = {Direction.BETTER: Direction.WORSE, Direction.WORSE: Direction.BETTER}

    assert direction(now, before, polarity=MIRROR[polarity], decimals=2) == turned.get(there, there)


@given(values, values, tolerances, st.integers(-1000, 1000), st.sampled_from([HIGHER, LOWER]), places)
def test_moving_value_and_target_together_changes_no_rating(
    value, target, tolerance, shift, polarity, decimals
):
    # Whole steps, from nought up: half up turns at nought.
    value, target, shift = abs(value), abs(target), abs(shift)
    how = {"polarity": polarity, "decimals": decimals, "tolerance": tolerance}

    assert rate(Observation(value), target=target, **how) == rate(
        Observation(value + shift), target=target + shift, **how
    )


@given(values, values, tolerances, st.sampled_from([HIGHER, LOWER]))
def test_ten_times_all_changes_no_rating(value, target, tolerance, polarity):
    small = rate(Observation(value), polarity=polarity, decimals=2, target=target, tolerance=tolerance)
    large = rate(
        Observation(value * 10), polarity=polarity, decimals=1, target=target * 10, tolerance=tolerance * 10
    )

    assert small == large


@given(values, values, tolerances, st.sampled_from([HIGHER, LOWER]), places)
def test_nothing_is_left_to_go_exactly_when_the_target_is_met(value, target, tolerance, polarity, decimals):
    how = {"polarity": polarity, "decimals": decimals}
    met = rate(Observation(value), target=target, tolerance=tolerance, **how) == MET

    assert (distance(value, target, **how) == 0) == met


@given(values, values, values, st.decimals(min_value=1, max_value=100, places=1), values)
def test_progress_does_not_depend_on_units(value, baseline, target, scale, shift):
    there = progress(value, baseline=baseline, target=target)
    moved = progress(value * scale + shift, baseline=baseline * scale + shift, target=target * scale + shift)

    assert (there is None) == (moved is None)
    assert there is None or abs(there - moved) <= abs(there) * D("1e-20")
