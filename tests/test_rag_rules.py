"""The rules by which values were rated over the years: each as a table, which is in force, and who may add one."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kpis.arithmetic import NOTHING, Observation, Rule, rate
from kpis.enums import Frequency, Polarity, Rating, RuleMethod
from kpis.models import RagRule
from kpis.readings import readings
from kpis.rules import in_force, rules
from kpis.templatetags.kpis import rating_tag
from kpis.trajectory import trajectory
from tests.factories import IndicatorFactory, MeasurementFactory, RagRuleFactory, TargetFactory

D = Decimal
HIGHER, LOWER, CONTEXT = Polarity.HIGHER, Polarity.LOWER, Polarity.CONTEXT
MET, WITHIN, NEAR, HELD, NOT_MET = Rating.MET, Rating.WITHIN, Rating.NEAR, Rating.HELD, Rating.NOT_MET

RULES = {
    RuleMethod.SHARE_OF_TARGET: Rule(RuleMethod.SHARE_OF_TARGET, percent=D(10)),
    RuleMethod.EXACT: Rule(RuleMethod.EXACT),
    RuleMethod.TOLERANCE: Rule(RuleMethod.TOLERANCE),
    RuleMethod.TOLERANCE_OR_NARRATIVE: Rule(RuleMethod.TOLERANCE_OR_NARRATIVE),
}
SHARE = RULES[RuleMethod.SHARE_OF_TARGET]

# Each method.


@pytest.mark.parametrize(
    ("polarity", "value", "target", "year_ago", "rating"),
    [
        (HIGHER, "90", "90", None, MET),
        (HIGHER, "89", "90", "95", WITHIN),  # whatever it was a year ago
        (HIGHER, "81", "90", None, WITHIN),  # no more than 10% of 90 away
        (HIGHER, "80", "90", None, NOT_MET),  # nothing known of a year ago
        (HIGHER, "80", "90", "79", HELD),
        (HIGHER, "80", "90", "80", HELD),  # held
        (HIGHER, "80", "90", "81", NOT_MET),
        (HIGHER, "80.4", "90", "79.6", HELD),  # both shown as 80
        (LOWER, "119", "150", None, MET),
        (LOWER, "150", "150", None, MET),
        (LOWER, "165", "150", None, WITHIN),
        (LOWER, "166", "150", "170", HELD),
        (LOWER, "166", "150", "166", HELD),
        (LOWER, "166", "150", "160", NOT_MET),
        (LOWER, "166", "150", None, NOT_MET),
        # 10% of nought is nought: only equal is close enough, and that is met.
        (LOWER, "0", "0", None, MET),
        (LOWER, "1", "0", None, NOT_MET),
        (LOWER, "1", "0", "2", HELD),
        (HIGHER, "-1", "0", None, NOT_MET),
        # A share of what a negative target amounts to.
        (HIGHER, "-11", "-10", None, WITHIN),
        (HIGHER, "-12", "-10", None, NOT_MET),
    ],
)
def test_share_of_the_target_else_no_worse_than_a_year_ago(polarity, value, target, year_ago, rating):
    found = rate(
        Observation(D(value)),
        polarity=polarity,
        decimals=0,
        target=D(target),
        tolerance=D(50),  # this rule asks for no tolerance
        rule=SHARE,
        year_ago=year_ago and D(year_ago),
    )

    assert found == rating


@pytest.mark.parametrize(
    ("polarity", "value", "target", "rating"),
    [
        (HIGHER, "90", "90", MET),
        (HIGHER, "89.5", "90", MET),  # shown as 90
        (HIGHER, "89", "90", NOT_MET),
        (LOWER, "119", "150", MET),
        (LOWER, "150", "150", MET),
        (LOWER, "151", "150", NOT_MET),
        (LOWER, "0", "0", MET),
        (LOWER, "1", "0", NOT_MET),
        (HIGHER, "0", "0", MET),
    ],
)
def test_exact_rule_knows_no_tolerance_and_no_year_ago(polarity, value, target, rating):
    how = {"polarity": polarity, "decimals": 0, "tolerance": D(50), "rule": RULES[RuleMethod.EXACT]}

    assert rate(Observation(D(value)), target=D(target), year_ago=D(value), **how) == rating


@pytest.mark.parametrize("method", [RuleMethod.TOLERANCE, RuleMethod.TOLERANCE_OR_NARRATIVE])
@pytest.mark.parametrize(
    ("polarity", "value", "target", "rating"),
    [
        (HIGHER, "90", "90", MET),
        (HIGHER, "85", "90", NEAR),
        (HIGHER, "84", "90", NOT_MET),
        (LOWER, "119", "150", MET),
        (LOWER, "155", "150", NEAR),
        (LOWER, "156", "150", NOT_MET),
        (LOWER, "5", "0", NEAR),
        (LOWER, "6", "0", NOT_MET),
    ],
)
def test_tolerance_of_the_target(method, polarity, value, target, rating):
    how = {"polarity": polarity, "decimals": 0, "tolerance": D(5), "rule": RULES[method]}

    assert rate(Observation(D(value)), target=D(target), year_ago=D(value), **how) == rating


@pytest.mark.parametrize("method", RuleMethod)
@pytest.mark.parametrize(
    ("observed", "polarity", "target", "rating"),
    [
        (NOTHING, HIGHER, D(90), Rating.NO_DATA),
        (Observation(None, withheld=True), LOWER, None, Rating.WITHHELD),
        (Observation(None, no_cases=True), CONTEXT, None, Rating.NO_CASES),
        (Observation(D(90), few=True), HIGHER, None, Rating.FEW),
        (Observation(D(90)), CONTEXT, D(90), Rating.CONTEXT),
        (Observation(D(90)), HIGHER, None, Rating.NO_TARGET),
    ],
)
def test_what_cannot_be_rated_says_why_and_only_the_last_rule_has_a_colour_for_it(
    method, observed, polarity, target, rating
):
    if method == RuleMethod.TOLERANCE_OR_NARRATIVE and rating in (Rating.CONTEXT, Rating.NO_TARGET):
        rating = Rating.NARRATIVE

    assert rate(observed, polarity=polarity, decimals=0, target=target, rule=RULES[method]) == rating


@pytest.mark.parametrize(
    ("method", "value", "target", "tolerance", "rating"),
    [
        # Quarter 1 of 2017-18, all printed red: care leavers in education, employment or training; foster carers;
        # children who left care for adoption or special guardianship.
        (RuleMethod.EXACT, "60.9", "80", "0", NOT_MET),
        (RuleMethod.EXACT, "78", "90", "0", NOT_MET),
        (RuleMethod.EXACT, "14.8", "16", "0", NOT_MET),
        # The last of them, 1.2 from a target of 16, under the rule of 2014-15.
        (RuleMethod.SHARE_OF_TARGET, "14.8", "16", "0", WITHIN),
        # Quarter 2 of 2018-19: conferences in 15 working days, printed amber, within tolerance. How wide it was is
        # not printed; 10 points hold it.
        (RuleMethod.TOLERANCE, "81", "90", "10", NEAR),
        # Quarter 3 of 2019-20: children who left care for adoption, within an agreed tolerance.
        (RuleMethod.TOLERANCE, "7.6", "8", "0.5", NEAR),
    ],
)
def test_printed_figures_get_the_ratings_that_were_printed(method, value, target, tolerance, rating):
    how = {"polarity": HIGHER, "decimals": 1, "tolerance": D(tolerance), "rule": RULES[method]}

    assert rate(Observation(D(value)), target=D(target), **how) == rating


values = st.decimals(min_value=-1000, max_value=1000, places=2)
WORST_FIRST = [NOT_MET, HELD, NEAR, WITHIN, MET]


@given(
    st.tuples(values, values),
    values,
    st.decimals(min_value=0, max_value=100, places=2),
    st.one_of(st.none(), values),
    st.decimals(min_value=0, max_value=100, places=1),
    st.sampled_from(RuleMethod),
    st.sampled_from([HIGHER, LOWER]),
    st.integers(0, 3),
)
def test_a_better_value_never_gets_a_worse_rating(
    pair, target, tolerance, year_ago, percent, method, polarity, decimals
):
    better, worse = sorted(pair, reverse=polarity == HIGHER)
    how = {
        "polarity": polarity,
        "decimals": decimals,
        "target": target,
        "tolerance": tolerance,
        "rule": Rule(method, percent),
        "year_ago": year_ago,
    }

    found = [WORST_FIRST.index(rate(Observation(value), **how)) for value in (worse, better)]

    assert found == sorted(found)


# Which rule is in force.


@pytest.mark.django_db
def test_period_is_rated_by_the_newest_rule_that_had_started_by_its_last_day():
    for starts_on in (date(2017, 4, 1), date(2014, 4, 1), date(2017, 7, 1)):
        RagRuleFactory(council=True, name=f"From {starts_on}", starts_on=starts_on)

    names = [
        in_force(rules(), day).name
        for day in (date(2014, 3, 31), date(2014, 4, 1), date(2017, 6, 30), date(2017, 7, 1))
    ]

    assert names == ["", "From 2014-04-01", "From 2017-04-01", "From 2017-07-01"]


@pytest.mark.django_db
def test_the_boards_own_rule_goes_before_the_councils_later_one():
    RagRuleFactory(name="The Board’s", starts_on=date(2017, 3, 31))
    RagRuleFactory(council=True, name="The council’s", starts_on=date(2014, 4, 1))
    RagRuleFactory(council=True, name="The council’s later one", starts_on=date(2017, 4, 1))

    assert in_force(rules(), date(2017, 3, 30)).name == "The council’s"
    assert in_force(rules(), date(2017, 5, 31)).name == "The Board’s"


@pytest.mark.django_db
def test_without_a_rule_the_tolerance_of_the_target_counts_and_no_rule_is_named():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=90, tolerance=10)
    MeasurementFactory(indicator=indicator, value=80)

    reading = readings([indicator], date(2017, 6, 27))[indicator.pk]

    assert (reading.rating, reading.rule, reading.rule_is_sample) == (NEAR, "", False)


@pytest.mark.django_db
def test_reading_and_trajectory_name_the_rule_that_made_each_rating():
    indicator = IndicatorFactory()
    for by in (date(2016, 5, 31), date(2017, 5, 31), date(2018, 3, 31)):
        TargetFactory(indicator=indicator, by=by, value=90, tolerance=10)
    MeasurementFactory(
        indicator=indicator,
        start=date(2016, 5, 1),
        end=date(2016, 5, 31),
        recorded_on=date(2016, 6, 9),
        value=60,
    )
    MeasurementFactory(indicator=indicator, value=80)
    RagRuleFactory(council=True, share_of_target=True, name="Within 10%", starts_on=date(2014, 4, 1))
    RagRuleFactory(name="Tolerance", starts_on=date(2017, 3, 31), is_sample=True)

    reading = readings([indicator], date(2017, 6, 27), whole=True)[indicator.pk]

    assert (reading.rating, reading.rule, reading.rule_is_sample) == (NEAR, "Tolerance", True)
    assert [(point.rating, point.rule) for point in trajectory(reading)] == [
        (NOT_MET, "Within 10%"),
        (NEAR, "Tolerance"),
        (None, ""),
    ]


@pytest.mark.django_db
def test_a_value_that_is_not_rated_names_no_rule():
    indicator = IndicatorFactory(context=True)
    MeasurementFactory(indicator=indicator)
    RagRuleFactory()

    reading = readings([indicator], date(2017, 6, 27))[indicator.pk]

    assert (reading.rating, reading.rule) == (Rating.CONTEXT, "")


@pytest.mark.django_db
def test_year_ago_is_the_same_quarter_of_the_year_before():
    indicator = IndicatorFactory(frequency=Frequency.QUARTERLY)
    TargetFactory(indicator=indicator, value=90)
    for start, end, value in [
        (date(2016, 1, 1), date(2016, 3, 31), 50),
        (date(2016, 10, 1), date(2016, 12, 31), 70),
        (date(2017, 1, 1), date(2017, 3, 31), 60),
    ]:
        MeasurementFactory(indicator=indicator, start=start, end=end, value=value, recorded_on=end)
    RagRuleFactory(share_of_target=True, starts_on=date(2014, 4, 1))

    assert readings([indicator], date(2017, 6, 27))[indicator.pk].rating == HELD


@pytest.mark.django_db
def test_a_new_rule_recolours_nothing_that_was_rated_before():
    RagRuleFactory(name="June’s", starts_on=date(2017, 3, 31))
    indicators = IndicatorFactory.create_batch(3)
    for indicator, value in zip(indicators, (90, 88, 60), strict=True):
        TargetFactory(indicator=indicator, value=90)
        MeasurementFactory(indicator=indicator, value=value)

    def as_read():
        """All but the rules themselves, among which the new one stands."""
        return [
            {name: fact for name, fact in vars(reading).items() if name != "rules"}
            for reading in readings(indicators, date(2017, 6, 30), whole=True).values()
        ]

    before = as_read()

    RagRuleFactory(exact=True, name="July’s", starts_on=date(2017, 7, 1))

    assert [reading["rating"] for reading in before] == [MET, NEAR, NOT_MET]
    assert as_read() == before


# The published rules and the sample one.


@pytest.mark.once
@pytest.mark.django_db
def test_the_councils_four_rules_are_loaded_with_their_sources():
    call_command("load_reference", verbosity=0)

    assert list(RagRule.objects.values_list("starts_on", "body", "method", "percent", "is_sample")) == [
        (date(2014, 4, 1), "council", "share_of_target", 10, False),
        (date(2017, 4, 1), "council", "exact", 0, False),
        (date(2017, 7, 1), "council", "tolerance", 0, False),
        (date(2024, 4, 1), "council", "tolerance_or_narrative", 0, False),
    ]
    assert all("https://" in rule.source or "http://" in rule.source for rule in RagRule.objects.all())


@pytest.mark.once
@pytest.mark.django_db
def test_the_sample_rule_of_the_board_keeps_the_tolerances_of_june():
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)

    rule = in_force(rules(), date(2017, 5, 31))

    assert rule.name == "Tolerance of each target, agreed by the Board on 30 March 2017"
    assert (rule.method, rule.is_sample) == (RuleMethod.TOLERANCE, True)
    assert in_force(rules(), date(2017, 3, 30)).percent == 10


@pytest.mark.parametrize(
    ("rating", "colour"),
    [
        (MET, "green"),
        (WITHIN, "green"),
        (NEAR, "amber"),
        (HELD, "amber"),
        (NOT_MET, "red"),
        (Rating.NARRATIVE, "embedded"),
        (Rating.CONTEXT, "grey"),
        (Rating.FEW, "grey"),
    ],
)
def test_rating_has_the_colour_that_the_council_printed(rating, colour):
    assert f"app-tag--{colour}" in rating_tag(rating)


def test_no_two_ratings_share_a_word():
    assert len({rating.label for rating in Rating}) == len(Rating)
