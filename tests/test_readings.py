"""What an indicator says on a day."""

from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter

import pytest

from kpis.benchmarks import benchmarks_by_period
from kpis.enums import Direction, Frequency, Marker, Origin, Rating, Status, Unit
from kpis.models import Area, Baseline, Indicator, Measurement, RagRule, Target
from kpis.periods import Period, month_end, months_later
from kpis.readings import readings
from kpis.sparkline import sparkline
from kpis.trajectory import trajectory
from tests.factories import (
    AreaFactory,
    BaselineFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    NeighbourSetMemberFactory,
    RagRuleFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 27)


def read(indicator, on=ON, **how):
    return readings([indicator], on, **how)[indicator.pk]


def month(indicator, day, **values):
    """A month's measurement, known on the 14th of the next unless said otherwise."""
    end = month_end(day)
    return MeasurementFactory(
        indicator=indicator, start=day, end=end, **{"recorded_on": end + timedelta(days=14), **values}
    )


def test_reading_of_the_mock_indicator():
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator, value=Decimal(41))
    month(indicator, date(2016, 5, 1), value=None, numerator=10, denominator=22, is_sample=True)
    month(indicator, date(2017, 4, 1), value=None, numerator=17, denominator=26, is_sample=True)
    month(
        indicator,
        date(2017, 5, 1),
        value=None,
        numerator=19,
        denominator=27,
        status=Status.PROVISIONAL,
        comment="Evening interviews came before the rise.",
        is_sample=True,
    )
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=70)
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), value=90)

    reading = read(indicator)

    assert (reading.baseline, reading.baseline_words, reading.baseline_label) == (
        41,
        "41%",
        "April to September 2016",
    )
    assert (reading.latest, reading.latest_words, reading.latest_counts) == (70, "70%", "19 of 27")
    assert (reading.latest_label, reading.latest_status) == ("May 2017", Status.PROVISIONAL)
    assert (reading.latest_origin, reading.baseline_origin) == (Origin.SAMPLE, Origin.PUBLISHED)
    assert reading.comment == "Evening interviews came before the rise."
    assert (reading.previous_words, reading.previous_label) == ("65%", "April 2017")
    assert (reading.direction, reading.change_words) == (Direction.BETTER, "up 5 points")
    assert (reading.year_direction, reading.year_label) == (Direction.BETTER, "May 2016")
    assert reading.year_change_words == "up 25 points"
    assert (reading.due_target_words, reading.due_target_by) == ("70%", date(2017, 6, 30))
    assert (reading.target_words, reading.target_by) == ("90%", date(2018, 3, 31))
    assert (reading.rating, reading.distance_words) == (Rating.MET, "20 points to go")
    assert reading.progress_words == "59% of the way"
    assert [value for _, value in reading.series] == [45, 65, 70]
    assert not reading.is_old


def test_reading_of_an_indicator_without_anything():
    reading = read(IndicatorFactory())

    assert (reading.latest, reading.latest_words, reading.rating) == (None, "No data", Rating.NO_DATA)
    assert (reading.direction, reading.series, reading.is_old) == (Direction.UNKNOWN, (), False)
    assert (reading.target, reading.distance_words, reading.progress) == (None, "", None)


def test_readings_of_no_indicators():
    MeasurementFactory()

    assert readings([], ON) == {}


def test_what_was_not_known_by_the_day_does_not_count():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 4, 1), value=65)
    month(indicator, date(2017, 5, 1), value=70, recorded_on=date(2017, 6, 14))
    month(indicator, date(2017, 5, 1), value=72, recorded_on=date(2017, 6, 28))

    assert read(indicator, date(2017, 6, 13)).latest_words == "65%"
    assert read(indicator, date(2017, 6, 14)).latest_words == "70%"
    assert read(indicator, date(2017, 6, 28)).latest_words == "72%"


def test_targets_agreed_later_do_not_count():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 1, 1), value=60)
    TargetFactory(indicator=indicator, value=90, agreed_on=date(2017, 3, 30))

    assert read(indicator, date(2017, 3, 29)).rating == Rating.NO_TARGET
    assert read(indicator, date(2017, 3, 30)).rating == Rating.NOT_MET


def test_the_latest_is_rated_against_the_first_target_from_its_end():
    indicator = IndicatorFactory()
    for by, value in [(date(2017, 3, 31), 60), (date(2017, 5, 31), 70), (date(2017, 6, 30), 75)]:
        TargetFactory(indicator=indicator, by=by, value=value, tolerance=0)
    month(indicator, date(2017, 5, 1), value=70)

    reading = read(indicator)

    assert (reading.due_target, reading.rating, reading.target) == (70, Rating.MET, 75)


def test_past_the_last_target_the_last_one_still_counts():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, by=date(2017, 3, 31), value=80)
    month(indicator, date(2017, 5, 1), value=70)

    assert (read(indicator).due_target, read(indicator).rating) == (80, Rating.NOT_MET)


def test_few_cases_show_counts_and_are_neither_rated_nor_compared():
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator)
    TargetFactory(indicator=indicator)
    month(indicator, date(2017, 4, 1), value=70)
    month(indicator, date(2017, 5, 1), value=None, numerator=4, denominator=5)

    reading = read(indicator)

    assert (reading.latest, reading.latest_words, reading.latest_counts) == (None, "4 of 5", "")
    assert (reading.rating, reading.few) == (Rating.FEW, True)
    assert (reading.direction, reading.change_words) == (Direction.UNKNOWN, "")
    assert (reading.distance_words, reading.progress_words) == ("", "")
    assert [value for _, value in reading.series] == [70]


def test_six_cases_are_enough():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 5, 1), value=None, numerator=5, denominator=6)

    assert (read(indicator).latest_words, read(indicator).latest_counts) == ("83%", "5 of 6")


def test_after_few_cases_there_is_nothing_to_compare_with():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 4, 1), value=None, numerator=4, denominator=5)
    month(indicator, date(2017, 5, 1), value=70)

    assert (read(indicator).previous_words, read(indicator).direction) == ("4 of 5", Direction.UNKNOWN)


def test_an_average_of_few_is_no_percentage_and_is_shown():
    indicator = IndicatorFactory(lower=True, unit=Unit.WEEKS)
    month(indicator, date(2017, 5, 1), value=None, numerator=99, denominator=3)

    assert (read(indicator).latest_words, read(indicator).latest_counts) == ("33 weeks", "average of 3 cases")


def test_no_cases_is_not_nought():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator)
    month(indicator, date(2017, 5, 1), value=None, numerator=0, denominator=0)

    reading = read(indicator)

    assert (reading.latest, reading.latest_words, reading.rating) == (None, "No cases", Rating.NO_CASES)


def test_a_withheld_value_says_so():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator)
    month(indicator, date(2017, 4, 1), value=70)
    MeasurementFactory(indicator=indicator, withheld=True)

    reading = read(indicator)

    assert (reading.latest_words, reading.rating, reading.direction) == (
        "Withheld",
        Rating.WITHHELD,
        Direction.UNKNOWN,
    )


def test_a_value_that_was_not_collected_is_no_data_and_says_why():
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, value=None, marker=Marker.NOT_COLLECTED)

    reading = read(indicator)

    assert (reading.latest_words, reading.rating) == ("No data", Rating.NO_DATA)
    assert reading.figures[-1].why == "not collected or negligible"


def test_quarters_are_compared_with_quarters():
    indicator = IndicatorFactory(frequency=Frequency.QUARTERLY, unit=Unit.NUMBER)
    known = {"indicator": indicator, "recorded_on": date(2017, 4, 20)}
    MeasurementFactory(start=date(2016, 4, 1), end=date(2016, 6, 30), value=81, **known)
    MeasurementFactory(start=date(2016, 8, 31), end=date(2016, 8, 31), value=75, **known)
    MeasurementFactory(start=date(2017, 1, 1), end=date(2017, 3, 31), value=77, **known)

    reading = read(indicator)

    assert (reading.previous_words, reading.previous_label) == ("81", "Q1 2016-17")
    assert (reading.direction, reading.change_words) == (Direction.WORSE, "down 4")
    assert [value for _, value in reading.series] == [81, 77]
    assert len(reading.figures) == 3


def test_snapshots_are_compared_with_the_snapshot_before():
    indicator = IndicatorFactory(frequency=Frequency.ANNUAL, lower=True, decimals=1)
    for year, value in [(2015, "46.0"), (2016, "44.9")]:
        day = date(year, 9, 30)
        MeasurementFactory(indicator=indicator, start=day, end=day, value=Decimal(value), recorded_on=ON)

    reading = read(indicator)

    assert (reading.direction, reading.year_direction) == (Direction.BETTER, Direction.BETTER)
    assert reading.previous_label == reading.year_label == "30 September 2015"


def test_a_context_indicator_has_arrows_and_no_target():
    indicator = IndicatorFactory(context=True, unit=Unit.NUMBER)
    BaselineFactory(indicator=indicator, value=1389)
    TargetFactory(indicator=indicator, value=1000)
    month(indicator, date(2017, 4, 1), value=1322)
    month(indicator, date(2017, 5, 1), value=1301)

    reading = read(indicator)

    assert (reading.rating, reading.direction, reading.change_words) == (
        Rating.CONTEXT,
        Direction.DOWN,
        "down 21",
    )
    assert (reading.target, reading.distance_words, reading.progress_words) == (None, "", "")
    assert trajectory(reading) == []


def test_a_fall_is_progress_where_lower_is_better():
    indicator = IndicatorFactory(lower=True, unit=Unit.WEEKS)
    BaselineFactory(indicator=indicator, value=30)
    TargetFactory(indicator=indicator, value=26, tolerance=1)
    month(indicator, date(2017, 5, 1), value=28)

    reading = read(indicator)

    assert (reading.distance_words, reading.progress_words) == ("2 weeks to go", "50% of the way")


@pytest.mark.parametrize(
    ("frequency", "end", "last_good_day"),
    [
        (Frequency.MONTHLY, date(2017, 4, 30), date(2017, 6, 30)),
        (Frequency.QUARTERLY, date(2016, 12, 31), date(2017, 5, 31)),
        (Frequency.ANNUAL, date(2016, 3, 31), date(2017, 12, 31)),
    ],
)
def test_a_value_is_old_once_its_successor_is_overdue(frequency, end, last_good_day):
    indicator = IndicatorFactory(frequency=frequency)
    MeasurementFactory(indicator=indicator, start=end, end=end, recorded_on=end)

    assert not read(indicator, last_good_day).is_old
    assert read(indicator, last_good_day + timedelta(days=1)).is_old
    assert read(indicator, last_good_day + timedelta(days=1)).age_words.startswith(
        "No recent data: the newest is "
    )


def test_a_value_of_long_ago_is_still_named():
    indicator = IndicatorFactory()
    month(indicator, date(2013, 5, 1), value=70)

    assert (read(indicator).latest_label, read(indicator).age_words) == (
        "May 2013",
        "No recent data: the newest is May 2013",
    )


def test_a_comment_of_an_earlier_month_says_which():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 4, 1), comment="Two interviewers left.")
    month(indicator, date(2017, 5, 1))

    assert (read(indicator).comment, read(indicator).comment_label) == (
        "Two interviewers left.",
        "April 2017",
    )


def test_a_list_reads_two_years_and_a_sheet_the_whole_past():
    indicator = IndicatorFactory()
    for back in range(40):
        month(indicator, months_later(date(2017, 5, 1), -back))

    assert len(read(indicator).figures) == 26
    assert len(read(indicator, whole=True).figures) == 40


@pytest.mark.parametrize(
    ("newest", "compared"),
    [
        (date(2017, 5, 1), 26),
        (date(2016, 1, 1), 10),  # the year before it is beyond the reach of a list
        (date(2013, 5, 1), 40),  # nothing recent: all there is
    ],
)
def test_list_and_sheet_compare_with_the_same_past(newest, compared):
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=150)
    RagRuleFactory(share_of_target=True, starts_on=date(2010, 4, 1))
    for back in range(40):
        month(indicator, months_later(newest, -back), value=100 - back)
    of_list, of_sheet = read(indicator), read(indicator, whole=True)

    assert len(of_list.series) == compared
    for name in ("series", "previous", "direction", "year_words", "year_direction", "rating", "rule"):
        assert getattr(of_list, name) == getattr(of_sheet, name), name


def test_where_a_figure_comes_from_is_said_of_each_value():
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator)
    month(indicator, date(2017, 4, 1), made_by=UserFactory())
    month(indicator, date(2017, 5, 1), is_sample=True)
    TargetFactory(indicator=indicator, by=date(2017, 6, 30))
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), is_sample=True)

    reading = read(indicator)

    assert (reading.baseline_origin, reading.previous_origin, reading.latest_origin) == (
        Origin.PUBLISHED,
        Origin.ENTERED,
        Origin.SAMPLE,
    )
    assert (reading.due_target_origin, reading.target_origin) == (Origin.PUBLISHED, Origin.SAMPLE)


def test_imported_figure_of_a_publication_is_published():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 5, 1), made_by=UserFactory(), vintage=date(2017, 6, 1))

    assert read(indicator).latest_origin == Origin.PUBLISHED


def test_agreed_target_is_not_a_printed_one():
    indicator = IndicatorFactory()
    month(indicator, date(2017, 5, 1))
    TargetFactory(indicator=indicator, agreed_on=date(2017, 3, 30))

    assert read(indicator).target_origin == Origin.ENTERED


# The trajectory


def test_each_target_has_its_result():
    indicator = IndicatorFactory()
    for by, value in [(date(2017, 3, 31), 60), (date(2017, 6, 30), 70), (date(2017, 9, 30), 80)]:
        TargetFactory(indicator=indicator, by=by, value=value, tolerance=5)
    for start, value in [
        (date(2017, 2, 1), 90),
        (date(2017, 3, 1), 57),
        (date(2017, 4, 1), 20),
        (date(2017, 5, 1), 70),
    ]:
        month(indicator, start, value=value)

    points = trajectory(read(indicator))

    assert [(point.result, point.rating, point.is_final) for point in points] == [
        ("57% in March 2017", Rating.NEAR, False),
        ("70% in May 2017", Rating.MET, False),
        ("Not yet due", None, True),
    ]


# Benchmarks


def year(start_year, **values):
    return {"start": date(start_year, 4, 1), "end": date(start_year + 1, 3, 31), **values}


def test_benchmarks_name_their_year_and_how_many_neighbours_have_a_value():
    indicator = IndicatorFactory(dfe=True)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    member = NeighbourSetMemberFactory(neighbour_set__as_of=date(2021, 4, 1))
    second, third = NeighbourSetMemberFactory.create_batch(2, neighbour_set=member.neighbour_set)
    BenchmarkFactory(indicator=indicator, area=england, value=16, **year(2015))
    BenchmarkFactory(indicator=indicator, area=member.area, value=20, **year(2015))
    BenchmarkFactory(indicator=indicator, area=second.area, value=25, **year(2015))
    BenchmarkFactory(indicator=indicator, area=third.area, value=90, **year(2014))
    BenchmarkFactory(indicator=indicator, value=99, **year(2015))  # an area of no list

    found = read(indicator, with_benchmarks=True).benchmarks

    assert [(each.name, each.words, each.of_words, each.label) for each in found] == [
        ("England", "16%", "", "2015-16"),
        ("Statistical neighbours, April 2021 list", "23%", "2 of 3 neighbours", "2015-16"),
    ]


def test_a_benchmark_is_known_eight_months_after_its_period():
    indicator = IndicatorFactory(dfe=True)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    for start_year, value in [(2015, 16), (2016, 17)]:
        BenchmarkFactory(indicator=indicator, area=england, value=value, **year(start_year))

    def known(on):
        return [each.words for each in read(indicator, on, with_benchmarks=True).benchmarks]

    assert known(date(2016, 11, 29)) == []
    assert known(date(2016, 11, 30)) == ["16%"]
    assert known(date(2017, 11, 29)) == ["16%"]
    assert known(date(2017, 11, 30)) == ["17%"]


def test_a_withheld_benchmark_leaves_the_year_before():
    indicator = IndicatorFactory(dfe=True)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(indicator=indicator, area=england, value=16, **year(2014))
    BenchmarkFactory(indicator=indicator, area=england, value=None, marker=Marker.WITHHELD, **year(2015))

    assert [each.label for each in read(indicator, with_benchmarks=True).benchmarks] == ["2014-15"]
    assert list(benchmarks_by_period(indicator, ON)["England"]) == [
        Period(date(2014, 4, 1), date(2015, 3, 31))
    ]


# The trend line


def test_a_trend_is_said_in_words():
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=90)
    for start, value in [(date(2016, 4, 1), 38), (date(2016, 7, 1), 35), (date(2017, 5, 1), 70)]:
        month(indicator, start, value=value)

    drawing = sparkline(read(indicator))

    assert 'aria-label="Trend: 38% in April 2016, 70% in May 2017, target 90%"' in drawing
    assert 'role="img"' in drawing
    assert 'stroke-dasharray="4 3"' in drawing
    assert drawing.count("<circle") == 1


def test_a_trend_that_turned_says_where():
    indicator = IndicatorFactory(lower=True, unit=Unit.NUMBER)
    TargetFactory(indicator=indicator, value=250)
    for start, value in [(date(2016, 9, 1), 285), (date(2017, 1, 1), 301), (date(2017, 5, 1), 272)]:
        month(indicator, start, value=value)

    assert (
        "Trend: 285 in September 2016, highest 301 in January 2017, 272 in May 2017, target 250 or lower"
        in sparkline(read(indicator))
    )


def test_a_single_value_is_a_dot_and_none_is_nothing():
    indicator, silent = IndicatorFactory.create_batch(2)
    month(indicator, date(2017, 5, 1), value=70)

    assert "Trend: 70% in May 2017, no earlier value" in sparkline(read(indicator))
    assert "<path" not in sparkline(read(indicator))
    assert sparkline(read(silent)) == ""


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_readings_cost_four_queries(count, django_assert_num_queries):
    indicators = IndicatorFactory.create_batch(count)
    for indicator in indicators:
        BaselineFactory(indicator=indicator)
        TargetFactory(indicator=indicator)
        for back in range(count):
            month(indicator, months_later(date(2017, 5, 1), -back))

    RagRuleFactory.create_batch(count)

    with django_assert_num_queries(4):  # rules, measurements, baselines, targets
        readings(indicators, ON)


@pytest.mark.parametrize("count", [1, 3])
def test_benchmarks_cost_three_more(count, django_assert_num_queries):
    indicators = IndicatorFactory.create_batch(count, dfe=True)
    for indicator in indicators:
        MeasurementFactory(indicator=indicator)
        for member in NeighbourSetMemberFactory.create_batch(count):
            BenchmarkFactory(indicator=indicator, area=member.area, **year(2015))

    with django_assert_num_queries(7):
        readings(indicators, ON, with_benchmarks=True)


@pytest.mark.parametrize(
    ("of", "changed", "said", "before", "after"),
    [
        (Indicator, {"name": "Talks"}, "indicator.name", "Interviews", "Talks"),
        (Indicator, {"unit": Unit.WEEKS}, "latest_words", "70%", "70 weeks"),
        (Indicator, {"decimals": 1}, "latest_words", "70%", "70.0%"),
        (Indicator, {"polarity": "lower"}, "rating", Rating.NEAR, Rating.MET),
        (Indicator, {"frequency": Frequency.ANNUAL}, "is_old", True, False),
        (Measurement, {"comment": "More visits"}, "comment", "", "More visits"),
        (Measurement, {"value": Decimal(71)}, "latest", 70, 71),
        (Measurement, {"is_sample": True}, "latest_origin", Origin.PUBLISHED, Origin.SAMPLE),
        (Baseline, {"note": "An estimate"}, "baseline_note", "", "An estimate"),
        (Target, {"tolerance": Decimal(1)}, "rating", Rating.NEAR, Rating.NOT_MET),
        (RagRule, {"name": "New rule"}, "rule", "Old rule", "New rule"),
    ],
)
def test_reading_that_was_made_is_made_anew_when_anything_it_says_changes(of, changed, said, before, after):
    indicator = IndicatorFactory(name="Interviews")
    RagRuleFactory(name="Old rule")
    BaselineFactory(indicator=indicator, value=Decimal(41))
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=72, tolerance=5)
    month(indicator, date(2017, 3, 1), value=Decimal(70))
    told = attrgetter(said)

    first = told(read(Indicator.objects.get()))
    of.objects.update(**changed)
    second = told(read(Indicator.objects.get()))

    assert (first, second) == (before, after)
