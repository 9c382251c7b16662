"""The eight early measures of the committee report: verdicts by table, and the evidence they rest on."""

from datetime import date

import pytest

from actionplan.early.claimed import report
from actionplan.early.measures import early_measures, together, verdict
from actionplan.early.words import data, reason, settles, sure
from actionplan.enums import Verdict
from kpis.enums import Direction, Polarity, Signal, Unit
from tests.claims import FALLEN, RISEN, STEADY, TODAY, months
from tests.factories import (
    BaselineFactory,
    IndicatorFactory,
    MeasurementFactory,
    RebaseFactory,
)

UP, DOWN = Direction.UP, Direction.DOWN
SHOWN, NOT_SHOWN, UNCLEAR = Verdict.SHOWN, Verdict.NOT_SHOWN, Verdict.UNCLEAR


@pytest.mark.parametrize("claimed", [UP, DOWN])
@pytest.mark.parametrize(
    ("signal", "side"),
    [
        (Signal.ABOVE_LIMIT, UP),
        (Signal.RISING, UP),
        (Signal.TWO_IN_THREE_HIGH, UP),
        (Signal.RUN_HIGH, UP),
        (Signal.BELOW_LIMIT, DOWN),
        (Signal.FALLING, DOWN),
        (Signal.TWO_IN_THREE_LOW, DOWN),
        (Signal.RUN_LOW, DOWN),
        (Signal.NONE, None),
    ],
)
def test_only_a_signal_on_the_claimed_side_shows_a_claim(signal, side, claimed):
    assert verdict(signal, 12, claimed=claimed) == (SHOWN if side == claimed else NOT_SHOWN)


@pytest.mark.parametrize("signal", [*Signal])
def test_nothing_can_be_told_of_few_or_old_figures_whatever_their_signal(signal):
    assert verdict(signal, 11, claimed=UP) == UNCLEAR
    assert verdict(signal, 0, claimed=UP) == UNCLEAR
    assert verdict(signal, 40, claimed=UP, is_old=True) == UNCLEAR


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], UNCLEAR),
        ([UNCLEAR, UNCLEAR], UNCLEAR),
        ([SHOWN, UNCLEAR], SHOWN),
        ([UNCLEAR, SHOWN, SHOWN], SHOWN),
        ([NOT_SHOWN, UNCLEAR], NOT_SHOWN),
        ([SHOWN, NOT_SHOWN], NOT_SHOWN),
    ],
)
def test_several_measures_show_a_claim_unless_one_denies_it(verdicts, expected):
    assert together(verdicts) == expected


def test_claims_are_the_eight_of_the_report_in_its_order():
    assert [(claim.number, claim.words, claim.says) for claim in report().claims] == [
        (1, "A reduction in the number of Child in Need plans.", DOWN),
        (2, "A reduction in the number of CP Plans.", DOWN),
        (3, "An increase in the number of social workers taking up permanent positions.", UP),
        (4, "An ongoing improvement in the timeliness of interventions in Early Help.", UP),
        (5, "Improved performance in the MASH", UP),
        (6, "More direct contact with Care Leavers", UP),
        (7, "Improved rate of Return Home Interviews completed within 72 hours", UP),
        (8, "Increase in allocation of independent visitors", UP),
    ]


# The evidence, from the database


def measure(number=1):
    return next(each for each in early_measures(TODAY) if each.claim.number == number)


@pytest.mark.django_db
def test_reduction_is_shown_of_an_indicator_that_is_never_judged():
    months(FALLEN, polarity=Polarity.CONTEXT)

    found = measure()

    assert found.verdict == SHOWN
    assert reason(found.main) == "Lower since May 2017: the newest value is below the lower limit."
    assert sure(found.main) == "13 monthly figures with limits. Only the newest has a signal."
    assert settles(found.main) == "6 more that say the same: 7 in a row show that the change has lasted."


@pytest.mark.django_db
def test_claim_is_taken_at_its_word_not_by_polarity():
    months(FALLEN, polarity=Polarity.HIGHER)

    assert measure().verdict == SHOWN


@pytest.mark.django_db
def test_signal_the_other_way_denies_the_claim():
    months(RISEN)

    found = measure()

    assert found.verdict == NOT_SHOWN
    assert reason(found.main) == (
        "It went the other way. Higher since May 2017: the newest value is above the upper limit."
    )


@pytest.mark.django_db
def test_fall_from_the_baseline_alone_shows_nothing():
    indicator = months(STEADY)
    BaselineFactory(indicator=indicator, value=90)

    found = measure()

    assert found.verdict == NOT_SHOWN
    assert reason(found.main) == (
        "No change beyond chance: the newest figure lies within the limits, 35 to 50."
    )
    assert sure(found.main) == "12 monthly figures with limits."
    assert settles(found.main) == "A figure below 35, or 7 figures in a row below the mean, 42."


@pytest.mark.django_db
def test_limit_that_no_figure_can_pass_settles_nothing():
    months([90, 99, 91, 100, 92, 98, 91, 99, 93, 100, 92, 97], early_measure=7, unit=Unit.PERCENT)

    assert settles(measure(7).main) == "7 figures in a row above the mean, 95%."


@pytest.mark.django_db
def test_figures_that_never_moved_do_not_show_a_claim():
    months([5] * 12)

    found = measure()

    assert (found.verdict, reason(found.main)) == (NOT_SHOWN, "Every figure is the same.")
    assert settles(found.main) == "7 figures in a row below the mean, 5."


@pytest.mark.django_db
def test_seven_in_a_row_ask_for_new_limits():
    months([*[44, 45] * 7, *[40, 39, 40, 39, 40, 39, 38]])

    found = measure()

    assert found.verdict == SHOWN
    assert sure(found.main) == "21 monthly figures with limits. The newest 7 have a signal the same way."
    assert (
        settles(found.main) == "New limits from November 2016, which would show whether the change goes on."
    )


@pytest.mark.django_db
def test_run_chart_that_falls_month_by_month_cannot_be_told_yet():
    months([50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40])

    found = measure()

    assert found.verdict == UNCLEAR
    assert found.main.since is None
    assert reason(found.main) == "There are 11 figures; limits need 12."
    assert sure(found.main) == "A run chart of 11 monthly figures, without limits."
    assert settles(found.main) == "1 more monthly figure."


@pytest.mark.django_db
def test_new_limits_start_the_count_anew():
    indicator = months(FALLEN)
    RebaseFactory(indicator=indicator, starts_on=date(2017, 3, 1))

    found = measure()

    assert found.verdict == UNCLEAR
    assert reason(found.main) == "There are 3 figures since the limits were worked out anew; limits need 12."


@pytest.mark.django_db
def test_new_limits_that_no_figure_has_reached_change_nothing():
    indicator = months(FALLEN)
    RebaseFactory(indicator=indicator, starts_on=date(2017, 6, 1))

    assert measure().verdict == SHOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last", "expected"), [(date(2017, 4, 1), SHOWN), (date(2017, 3, 1), UNCLEAR)]
)  # the month after next has to have begun
def test_old_figures_cannot_tell(last, expected):
    months(FALLEN, last=last)

    assert measure().verdict == expected


@pytest.mark.django_db
def test_old_figures_are_called_old_behind_newer_counts_of_few_cases():
    indicator = months(FALLEN, last=date(2017, 3, 1), unit=Unit.PERCENT)
    MeasurementFactory(indicator=indicator, value=None, numerator=2, denominator=5)

    found = measure()

    assert found.verdict == UNCLEAR
    assert reason(found.main) == "Its newest figure that can be compared is of March 2017."
    assert settles(found.main) == "Newer figures."
    assert found.main.known.reading.latest_words == "2 of 5"


@pytest.mark.django_db
def test_withheld_figures_cannot_be_compared():
    MeasurementFactory(indicator=IndicatorFactory(early_measure=1), withheld=True)

    found = measure()

    assert (found.verdict, reason(found.main), sure(found.main)) == (
        UNCLEAR,
        "It has no figure that can be compared.",
        "",
    )
    assert settles(found.main) == "12 more monthly figures."


@pytest.mark.django_db
def test_only_what_was_known_on_the_day_is_asked():
    indicator = months(STEADY)
    MeasurementFactory(indicator=indicator, value=20, recorded_on=date(2017, 6, 28))

    assert measure().verdict == NOT_SHOWN


@pytest.mark.django_db
def test_two_yearly_figures_stand_beside_and_tell_nothing():
    own = months(FALLEN)
    theirs = IndicatorFactory(code="cin-rate-dfe", dfe=True, unit=Unit.NUMBER)
    for year, value in [(2014, 313), (2015, 253)]:
        MeasurementFactory(
            indicator=theirs,
            start=date(year, 4, 1),
            end=date(year + 1, 3, 31),
            value=value,
            recorded_on=date(2016, 11, 3),
        )

    found = measure()

    assert found.verdict == SHOWN
    assert found.main.known.reading.indicator == own
    (beside,) = found.others
    assert (beside.verdict, reason(beside)) == (UNCLEAR, "There are 2 figures; limits need 12.")


@pytest.mark.django_db
def test_dfe_figure_is_read_the_way_that_the_claim_would_move_it():
    months(RISEN, early_measure=3)
    months(FALLEN, early_measure=None, code="sw-agency-dfe")

    found = measure(3)

    assert [each.verdict for each in found.evidence] == [SHOWN, SHOWN]


@pytest.mark.django_db
def test_verdict_rests_on_the_measure_that_denies_the_claim():
    months(FALLEN)
    denies = months(STEADY)

    found = measure()

    assert found.verdict == NOT_SHOWN
    assert found.main.known.reading.indicator == denies
    assert len(found.others) == 1


@pytest.mark.django_db
def test_sample_and_published_figures_are_counted_apart():
    indicator = months([*STEADY, None])
    MeasurementFactory(indicator=indicator, value=20, is_sample=True)

    assert data(measure().main) == "1 sample, 12 published"
