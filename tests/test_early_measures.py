"""The eight early measures of the committee report: verdicts by table, and the page as people read it."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from actionplan.claimed import report
from actionplan.early_measures import early_measures, together, verdict
from actionplan.early_words import data, reason, settles, sure
from actionplan.enums import Verdict
from kpis.enums import Direction, Polarity, Signal, Unit
from kpis.models import Indicator
from kpis.periods import month_end, months_later
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

UP, DOWN = Direction.UP, Direction.DOWN
SHOWN, NOT_SHOWN, UNCLEAR = Verdict.SHOWN, Verdict.NOT_SHOWN, Verdict.UNCLEAR
TODAY = date(2017, 6, 27)

STEADY = [40, 44, 41, 45, 42, 40, 44, 41, 45, 42, 43, 42]
RISEN = [*STEADY, 60]
FALLEN = [*STEADY, 20]


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


def months(values, last=date(2017, 5, 1), **of_indicator):
    """An indicator of these values, a month each up to `last`; None leaves its month out."""
    indicator = IndicatorFactory(**{"early_measure": 1, "unit": Unit.NUMBER, **of_indicator})
    for back, value in enumerate(reversed(values)):
        if value is not None:
            start = months_later(last, -back)
            MeasurementFactory(indicator=indicator, start=start, end=month_end(start), value=value)
    return indicator


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


# The page


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
