"""Variation: every signal by hand, agreement with NHSRplotthedots point by point, and what must hold for any series."""

import csv
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.enums import Assurance, Polarity, Signal, Variation
from kpis.variation import analyse
from tests.slow_variation import literally, trend_ends, trend_starts

HIGHER, LOWER, CONTEXT = Polarity.HIGHER, Polarity.LOWER, Polarity.CONTEXT
LETTERS = {
    Signal.NONE: ".",
    Signal.ABOVE_LIMIT: "A",
    Signal.BELOW_LIMIT: "B",
    Signal.RISING: "R",
    Signal.FALLING: "F",
    Signal.TWO_IN_THREE_HIGH: "H",
    Signal.TWO_IN_THREE_LOW: "L",
    Signal.RUN_HIGH: "U",
    Signal.RUN_LOW: "D",
}
MIRRORED = str.maketrans("ABRFHLUD", "BAFRLHDU")


def series(text):
    return [Decimal(value) for value in text.split()]


def letters(values, **options):
    return "".join(LETTERS[point.signal] for point in analyse(values, polarity=HIGHER, **options).points)


# Every signal. The letters are those of NHSRplotthedots 0.2.2, which was asked about each series of 12 or more.


@pytest.mark.parametrize(
    ("values", "signals"),
    [
        ("50 52 49 51 50 48 51 50 52 49 50 51", "............"),
        ("50 52 49 51 50 48 70 50 52 49 50 51", "......A....."),
        ("50 52 49 51 50 48 30 50 52 49 50 51", "......B....."),
        ("50 47 52 46 48 49 50 51 52 53 50 48 51 47", "...RRRRRRR...."),
        ("50 53 48 54 52 51 50 49 48 47 50 52 49 53", "...FFFFFFF...."),
        ("50 53 48 46 47 48 49 50 51 47 52 49 53", "............."),  # six are no trend
        ("50 53 48 45 46 47 48 48 49 50 51 47 52 49 53", "..DDDDDDD......"),  # two equal values end a trend
        ("90 20 88 25 80 33 34 35 36 37 38 39 39 39 39 39 39 39 39 70 30", "A.A.ARRRRRRRDDDDDDD.."),
        ("40 45 41 43 44 45 46 47 48 49 48 47 46 45 44 43 46 41 45", "..RRRRRRRFFFFFFF..."),  # a peak
        ("50 52 48 51 49 51 50 52 55 51 55 50 48 49 51 50 48 50", "........H.H......."),
        ("50 48 52 49 51 49 50 48 45 49 45 50 52 51 49 50 52 50", "........L.L......."),
        ("50 52 48 51 49 51 50 52 55 45 50 48 49 51 50 48 50 52", ".................."),  # on two sides
        ("50 52 48 51 49 51 50 52 55 51 51 55 48 49 51 50 48 50", ".................."),  # four apart
        (
            "50 52 48 51 49 51 50 49 58 63 58 50 48 49 51 50 48 50",
            "........HAHDDDDDDD",
        ),  # the third is outside
        ("50 45 51 44 49 46 52 51 53 52 54 51 53 46 44 50", "......UUUUUUU..."),
        ("50 55 49 56 51 54 48 49 47 48 46 49 47 54 56 50", "......DDDDDDD..."),
        ("9 -9 2 3 2 0 2 3 2 1 -4 -6 4 -9", ".............."),  # a value on the mean ends a run
        (
            "72 3 70 22 62 59 31 57 41 46 191 46 54",
            ".............",
        ),  # 191 lies on the limit: it is not outside
        ("128 197 130 178 138 141 169 143 159 154 9 154 146", "............."),
        ("95 95 95 95 95 95 95 95 95 95 95 95", "............"),
        ("0 0 0 0 0 0 0 0 0 0 0 5", "BBBBBBBBBBBA"),  # the one move is left out: no width is left
        # The package’s own: the last of seven rising is “falling” where the next seven start lower, or no higher.
        ("51 54 44 45 46 47 48 49 50 44 45 46 47 48 49 50 44 48", ".ARRRRRRFRRRRRRR.."),
        (
            "60 30 58 32 51 33 34 35 36 37 38 39 39 41 42 43 44 45 46 30 55 31 57",
            ".....RRRRRRFRRRRRRR....",
        ),
    ],
)
def test_a_point_has_the_signal_that_the_reference_gives(values, signals):
    assert letters(series(values)) == signals


def test_the_signal_of_a_point_is_the_first_that_fits():
    return_home_interviews = series("38 45 41 35 43 44 42 50 55 57 62 64 65 70")

    assert letters(return_home_interviews) == "BDLBLDRRRRRAAA"


@pytest.mark.parametrize(
    ("values", "mean", "lower", "upper"),
    [
        # The series of the package’s vignette “Deviations from Excel defaults”: the 10 widens no limit.
        ("1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1", "1.944", "-0.716", "4.604"),
        (  # Twenty normal numbers, with the limits that the package’s own test snapshot prints.
            "-0.560476 -0.230177 1.558708 0.070508 0.129288 1.715065 0.460916 -1.265061 -0.686853 -0.445662 1.224082 "
            "0.359814 0.400771 0.110683 -0.555841 1.786913 0.497850 -1.966617 0.701356 -0.472791",
            "0.142",
            "-3.01",
            "3.29",
        ),
        ("72 3 70 22 62 59 31 57 41 46 191 46 54", "58", "-75", "191"),
        ("95 95 95 95 95 95 95 95 95 95 95 95", "95", None, None),
        ("1 2 3 1 2 3 1 2 3 1 2", "1.909", None, None),
    ],
)
def test_mean_and_limits(values, mean, lower, upper):
    for point in analyse(series(values), polarity=HIGHER).points:
        for line, expected in ((point.mean, mean), (point.lower, lower), (point.upper, upper)):
            assert (line and str(line.quantize(Decimal(expected)))) == expected


def test_a_hundred_series_agree_with_the_reference_point_by_point():
    lines = Path(__file__).with_name("data").joinpath("variation.csv").read_text().splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))

    for row in rows:
        starts = [0, *map(int, row["new_groups_at"].split())]
        analysis = analyse(series(row["values"]), polarity=HIGHER, rebase_at=starts[1:])

        assert "".join(LETTERS[point.signal] for point in analysis.points) == row["signals"], row
        for name in ("mean", "lower", "upper"):
            ours = [getattr(analysis.points[start], name) for start in starts]
            theirs = [None if line == "NaN" else pytest.approx(float(line)) for line in row[name].split()]
            assert [line if line is None else float(line) for line in ours] == theirs, row

    assert len(rows) == 100


# A run chart: fewer than 12 points.


def test_eleven_points_have_a_mean_but_no_limits_and_twelve_have_both():
    values = series("50 52 49 51 50 48 70 50 52 49 50 51")

    eleven, twelve = analyse(values[:11], polarity=HIGHER), analyse(values, polarity=HIGHER)

    assert {(point.lower, point.upper) for point in eleven.points} == {(None, None)}
    assert eleven.points[0].mean == Decimal(571) / 11
    assert {point.variation for point in eleven.points} == {Variation.TOO_FEW}
    assert eleven.variation == Variation.TOO_FEW
    assert twelve.points[6].signal == Signal.ABOVE_LIMIT
    assert twelve.variation == Variation.NORMAL


@pytest.mark.parametrize(
    ("values", "signals", "variation"),
    [
        ("1 2 3 4 5 6 7", "RRRRRRR", Variation.IMPROVING),
        ("5 1 7 6 5 4 3 2 1", "..FFFFFFF", Variation.WORSENING),
        ("2 1 2 1 1 2 1 9 9 9", "DDDDDDD...", Variation.TOO_FEW),
        ("1 2 3", "...", Variation.TOO_FEW),
        ("4", ".", Variation.TOO_FEW),
    ],
)
def test_a_run_chart_has_the_signals_that_need_no_limits(values, signals, variation):
    assert letters(series(values)) == signals
    assert analyse(series(values), polarity=HIGHER, target=Decimal(99)).variation == variation
    assert analyse(series(values), polarity=HIGHER, target=Decimal(99)).assurance == Assurance.NOT_JUDGED


def test_no_values_are_too_few():
    analysis = analyse([], polarity=HIGHER, target=Decimal(90))

    assert (analysis.points, analysis.variation, analysis.since) == ((), Variation.TOO_FEW, None)
    assert analysis.assurance == Assurance.NOT_JUDGED


# The words for the whole series.

UP = series("50 52 49 51 50 48 51 50 52 49 50 70")
DOWN = series("50 52 49 51 50 48 51 50 52 49 50 30")


@pytest.mark.parametrize(
    ("values", "polarity", "variation"),
    [
        (UP, HIGHER, Variation.IMPROVING),
        (UP, LOWER, Variation.WORSENING),
        (UP, CONTEXT, Variation.HIGH),
        (DOWN, HIGHER, Variation.WORSENING),
        (DOWN, LOWER, Variation.IMPROVING),
        (DOWN, CONTEXT, Variation.LOW),
        ([*UP[:11], Decimal(50)], HIGHER, Variation.NORMAL),
    ],
)
def test_the_last_point_names_the_variation(values, polarity, variation):
    assert analyse(values, polarity=polarity).variation == variation


@pytest.mark.parametrize(
    ("target", "polarity", "assurance"),
    [
        ("191.1", HIGHER, Assurance.WILL_MISS),  # the limits are -75 and 191
        ("191", HIGHER, Assurance.HIT_OR_MISS),
        ("58", HIGHER, Assurance.HIT_OR_MISS),
        ("-75", HIGHER, Assurance.HIT_OR_MISS),
        ("-75.1", HIGHER, Assurance.WILL_HIT),
        ("191.1", LOWER, Assurance.WILL_HIT),
        ("191", LOWER, Assurance.HIT_OR_MISS),
        ("-75.1", LOWER, Assurance.WILL_MISS),
        ("191.1", CONTEXT, Assurance.NOT_JUDGED),
        (None, HIGHER, Assurance.NOT_JUDGED),
    ],
)
def test_a_target_beyond_the_limits_is_always_hit_or_always_missed(target, polarity, assurance):
    values = series("72 3 70 22 62 59 31 57 41 46 191 46 54")

    assert analyse(values, polarity=polarity, target=target and Decimal(target)).assurance == assurance


def test_a_series_that_never_moves_is_not_judged_by_its_target():
    assert analyse([Decimal(95)] * 12, polarity=HIGHER, target=Decimal(90)).assurance == Assurance.NOT_JUDGED


def test_a_target_is_judged_by_the_limits_since_the_last_rebase():
    values = series("50 52 49 51 50 48 51 50 52 49 50 51 80 82 79 81 80 78 81 80 82 79 80 81")

    assert analyse(values, polarity=HIGHER, target=Decimal(70)).assurance == Assurance.HIT_OR_MISS
    rebased = analyse(values, polarity=HIGHER, target=Decimal(70), rebase_at=[12])
    assert rebased.assurance == Assurance.WILL_HIT
    assert [rebased.points[11].mean, rebased.points[12].mean] == [Decimal("50.25"), Decimal("80.25")]


def test_improving_since_the_first_point_of_the_row():
    interviews = series("38 45 41 35 43 44 42 50 55 57 62 64 65 70")

    assert analyse(interviews, polarity=HIGHER).since == 6
    assert analyse(interviews[6:], polarity=HIGHER).since == 0
    assert analyse(UP, polarity=HIGHER).since == 11


def test_a_rebase_starts_the_row_anew():
    fourteen_rising = [Decimal(value) for value in range(14)]

    analysis = analyse(fourteen_rising, polarity=HIGHER, rebase_at=[7])

    assert {point.variation for point in analysis.points} == {Variation.IMPROVING}
    assert analysis.since == 7


def test_a_rebase_outside_the_series_starts_nothing():
    assert analyse(UP, polarity=HIGHER, rebase_at=[-1, 0, 12, 99]) == analyse(UP, polarity=HIGHER)


def test_the_order_of_rebases_does_not_matter():
    twice = analyse(UP, polarity=HIGHER, rebase_at=[8, 4, 4])

    assert twice == analyse(UP, polarity=HIGHER, rebase_at=[4, 8])


# What holds for any series. Steps and plateaus make trends, runs and ties far likelier than chance would.

numbers = st.one_of(st.integers(-8, 8), st.integers(0, 1000)).map(lambda tenths: Decimal(tenths) / 10)
walks = st.lists(st.sampled_from([-2, -1, 0, 1, 1, 1, 2]), max_size=40).map(
    lambda steps: [Decimal(sum(steps[:count])) for count in range(1, len(steps) + 1)]
)
any_series = st.one_of(
    st.lists(numbers, max_size=40), walks, st.tuples(walks, walks).map(lambda two: two[0] + two[1])
)
targets = st.none() | numbers
rebases = st.lists(st.integers(0, 40), max_size=2)


@given(any_series, rebases)
def test_signals_are_those_of_the_rules_readliterally(values, rebase_at):
    analysis = analyse(values, polarity=HIGHER, rebase_at=rebase_at)

    assert "".join(LETTERS[point.signal] for point in analysis.points) == literally(values, rebase_at)


@given(any_series, targets, st.integers(-50, 50), st.sampled_from(["0.001", "0.3", "1", "7", "1000"]))
def test_shifting_and_stretching_change_nothing_but_the_numbers(values, target, shift, factor):
    def moved(value):
        return None if value is None else value * Decimal(factor) + shift

    before = analyse(values, polarity=HIGHER, target=target)
    after = analyse([moved(value) for value in values], polarity=HIGHER, target=moved(target))

    assert [point.signal for point in after.points] == [point.signal for point in before.points]
    assert (after.variation, after.assurance) == (before.variation, before.assurance)
    assert after.since == before.since
    for was, now in zip(before.points, after.points, strict=True):
        assert [now.mean, now.lower, now.upper] == [
            line if line is None else pytest.approx(line, abs=Decimal("1e-20"))
            for line in (moved(was.mean), moved(was.lower), moved(was.upper))
        ]


@given(any_series, targets, rebases)
def test_turning_the_polarity_swaps_improving_and_worsening(values, target, rebase_at):
    swapped = {
        Variation.IMPROVING: Variation.WORSENING,
        Variation.WORSENING: Variation.IMPROVING,
        Assurance.WILL_HIT: Assurance.WILL_MISS,
        Assurance.WILL_MISS: Assurance.WILL_HIT,
    }
    higher = analyse(values, polarity=HIGHER, target=target, rebase_at=rebase_at)
    lower = analyse(values, polarity=LOWER, target=target, rebase_at=rebase_at)

    assert lower.variation == swapped.get(higher.variation, higher.variation)
    assert lower.assurance == swapped.get(higher.assurance, higher.assurance)
    assert [point.signal for point in lower.points] == [point.signal for point in higher.points]
    assert [point.variation for point in lower.points] == [
        swapped.get(point.variation, point.variation) for point in higher.points
    ]


@given(any_series)
def test_turning_the_series_upside_down_mirrors_high_and_low(values):
    level_between = any(
        now == after and trend_ends(values, index) and trend_starts(values, index + 1)
        for index, (now, after) in enumerate(pairwise(values))
    )
    assume(not level_between)  # there the package says falling on either side

    assert letters([-value for value in values]) == letters(values).translate(MIRRORED)


@given(any_series, any_series)
def test_a_rebase_makes_each_group_independent_of_the_other(first, second):
    together = analyse(first + second, polarity=HIGHER, rebase_at=[len(first)]).points

    assert together[: len(first)] == analyse(first, polarity=HIGHER).points
    assert together[len(first) :] == analyse(second, polarity=HIGHER).points


@given(any_series, rebases)
def test_limits_lie_evenly_around_the_mean_and_the_mean_within_the_values(values, rebase_at):
    for point in analyse(values, polarity=CONTEXT, rebase_at=rebase_at).points:
        assert min(values) <= point.mean <= max(values)
        assert (point.lower is None) == (point.upper is None)
        if point.lower is not None:
            assert point.lower <= point.mean <= point.upper
            assert abs(point.lower + point.upper - 2 * point.mean) < Decimal("1e-20")
