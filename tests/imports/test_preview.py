"""What an import would do, and that it does that and no more."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.enums import Marker, Status
from kpis.imports.apply import Moved, take
from kpis.imports.layout import Column, Layout, Role
from kpis.imports.sheet import SHOWN
from kpis.imports.terms import Terms, remembered
from kpis.imports.words import shown, taken_words
from kpis.models import Area, Benchmark, Measurement
from kpis.periods import Period
from tests.factories import AreaFactory, BenchmarkFactory, IndicatorFactory, MeasurementFactory, UserFactory

from .importing import LONG, TERMS, layout_of, preview_of, take_all, why

pytestmark = pytest.mark.django_db

MAY = Period(date(2017, 5, 1), date(2017, 5, 31))


# What is new, the same, revised


def test_new_figure_is_written_with_its_cell_as_its_source(seen):
    preview = preview_of(LONG, ["Children seen", "May 2017", "70.5"])

    taken = take_all(preview)

    row = Measurement.objects.get()
    assert (row.indicator, row.period, row.value) == (seen, MAY, Decimal("70.5"))
    assert (row.status, row.recorded_on, row.is_sample) == (Status.VALIDATED, date(2017, 6, 27), False)
    assert row.source == "Monthly extract, june.csv, cell C2"
    assert taken_words(taken, TERMS) == "Took 1 figure from Monthly extract: 1 new, 0 revised."


def test_same_file_twice_adds_nothing(seen, plans):
    rows = [LONG, ["seen", "May 2017", "70.5"], ["plans", "Q4 2016-17", "12"], ["seen", "April 2017", "x"]]
    take_all(preview_of(*rows))

    again = preview_of(*rows)

    assert (again.new.count, again.revised.count, again.same) == (0, 0, 3)
    assert again.changes == []
    assert Measurement.objects.count() == 3


def test_revision_shows_both_values_and_keeps_what_was(seen):
    MeasurementFactory(indicator=seen, value=Decimal(80))

    preview = preview_of(LONG, ["seen", "May 2017", "70.5"])

    (line,) = shown(preview)["revised"]
    assert (line.about, line.was, line.said) == ("Seen, May 2017", "80%", "70.5%")
    assert (line.cell, line.since) == ("C2", date(2017, 6, 9))
    take_all(preview, reason="Late returns")
    assert [(row.value, row.reason) for row in Measurement.objects.order_by("pk")] == [
        (80, ""),
        (Decimal("70.5"), "Late returns"),
    ]
    assert Measurement.objects.as_at(date(2017, 6, 26)).get().value == 80


@pytest.mark.parametrize(
    ("printed", "is_same"), [("70", True), ("70.4", True), ("70.37", True), ("71", False), ("70.3", False)]
)
def test_printed_value_is_the_same_as_the_counts_it_was_worked_out_from(seen, printed, is_same):
    MeasurementFactory(indicator=seen, value=None, numerator=19, denominator=27)

    preview = preview_of(LONG, ["seen", "May 2017", printed])

    assert (preview.same, preview.revised.count) == ((1, 0) if is_same else (0, 1))


def test_validated_figure_keeps_the_counts_of_the_provisional_one(seen):
    MeasurementFactory(
        indicator=seen, value=None, numerator=19, denominator=27, status=Status.PROVISIONAL, comment="So what"
    )

    preview = preview_of(LONG, ["seen", "May 2017", "70"])

    assert [line.note for line in shown(preview)["revised"]] == ["now validated"]
    assert not preview.needs_reason
    take_all(preview)
    row = Measurement.objects.latest("pk")
    assert (row.status, row.value, row.numerator, row.denominator) == (Status.VALIDATED, None, 19, 27)
    assert row.comment == "So what"


def test_provisional_file_does_not_unsettle_a_validated_figure(seen):
    MeasurementFactory(indicator=seen, value=70)
    terms = Terms(status=Status.PROVISIONAL, known_from=date(2017, 6, 27))

    assert preview_of(LONG, ["seen", "May 2017", "70"], terms=terms).same == 1


def test_new_comment_is_a_new_row_without_a_reason(seen):
    MeasurementFactory(indicator=seen, value=70)
    headings = ["Indicator", "Period", "Value", "Comment"]

    preview = preview_of(headings, ["seen", "May 2017", "70", "Three were out of London"])

    assert [line.note for line in shown(preview)["revised"]] == ["new comment"]
    take_all(preview)
    assert Measurement.objects.latest("pk").comment == "Three were out of London"


def test_marker_over_a_value_is_a_revision(seen):
    MeasurementFactory(indicator=seen, value=70)

    preview = preview_of(LONG, ["seen", "May 2017", "c"])
    take_all(preview, reason="It names a child")

    row = Measurement.objects.latest("pk")
    assert (row.value, row.marker) == (None, Marker.WITHHELD)
    assert [line.said for line in shown(preview)["revised"]] == [Marker.WITHHELD.label]


def test_figures_count_from_the_day_they_were_known(seen):
    MeasurementFactory(indicator=seen, value=80, recorded_on=date(2017, 6, 20))
    terms = Terms(known_from=date(2017, 6, 10), vintage=date(2017, 6, 9))

    take_all(preview_of(LONG, ["seen", "May 2017", "70"], terms=terms), terms)

    assert Measurement.objects.as_at(date(2017, 6, 9)).count() == 0
    assert Measurement.objects.as_at(date(2017, 6, 10)).get().value == 70
    assert Measurement.objects.as_at(date(2017, 6, 27)).get().value == 80
    assert Measurement.objects.get(value=70).vintage == date(2017, 6, 9)


# Areas


def test_other_areas_become_benchmarks_and_the_council_does_not(yearly):
    AreaFactory(code="havering", name="Havering", kind=Area.Kind.COUNCIL)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    headings = ["Indicator", "Period", "Area", "Value"]
    rows = [["ShareDfE", "2015-16", "Havering", "60"], ["ShareDfE", "2015-16", "England1", "70"]]

    take_all(preview_of(headings, *rows))

    assert Measurement.objects.get().value == 60
    row = Benchmark.objects.get()
    assert (row.area, row.value, row.recorded_on) == (england, 70, date(2017, 6, 27))
    assert row.source == "Monthly extract, june.csv, cell D3"
    assert preview_of(headings, *rows).same == 2


def test_restated_benchmark_is_a_new_row(yearly):
    england = AreaFactory(name="England")
    old = BenchmarkFactory(
        indicator=yearly, area=england, start="2015-04-01", end="2016-03-31", recorded_on=date(2016, 11, 30)
    )

    preview = preview_of(["Indicator", "Period", "Area", "Value"], ["yearly", "2015-16", "England", "71"])
    take_all(preview, reason="Restated")

    assert preview.revised.count == 1
    assert set(Benchmark.objects.values_list("value", "recorded_on")) == {
        (70, old.recorded_on),
        (71, date(2017, 6, 27)),
    }


def test_benchmark_is_not_restated_twice_on_one_day(yearly):
    area = AreaFactory(name="England")
    BenchmarkFactory(
        indicator=yearly, area=area, start="2015-04-01", end="2016-03-31", recorded_on=date(2017, 6, 27)
    )

    preview = preview_of(["Indicator", "Period", "Area", "Value"], ["yearly", "2015-16", "England", "71"])

    assert why(preview) == [
        (
            "D2",
            f"{yearly.short_name}, England, 2015-16 is 70% from 27 June 2017 already, here it is 71%. "
            "Choose a later day from which these figures count.",
        )
    ]


# Unusual values


@pytest.fixture
def history(seen):
    for month in range(1, 6):
        period = Period.month(date(2016, month, 1))
        MeasurementFactory(
            indicator=seen, start=period.start, end=period.end, value=60 + month % 2, recorded_on="2017-01-01"
        )


def test_unusual_value_needs_an_answer_which_is_kept(seen, history):
    preview = preview_of(LONG, ["seen", "May 2017", "6.1"], ["seen", "April 2017", "61"])

    (line,) = shown(preview)["unusual"]
    assert (line.about, line.said, line.usual) == (
        "Seen, May 2017",
        "6.1%",
        "60% to 61%; perhaps 61% is meant",
    )
    with pytest.raises(ValueError, match="answer"):
        take_all(preview)
    take_all(preview, answer="The system was down")
    answers = Measurement.objects.filter(recorded_on="2017-06-27").values_list("end", "answer")
    assert dict(answers) == {date(2017, 5, 31): "The system was down", date(2017, 4, 30): ""}


def test_file_is_its_own_history(seen):
    months = ["January 2017", "February 2017", "March 2017", "April 2017"]

    preview = preview_of(LONG, *(["seen", month, "60"] for month in months), ["seen", "May 2017", "6"])

    assert [line.about for line in shown(preview)["unusual"]] == ["Seen, May 2017"]


# All or nothing


def test_one_refused_cell_stops_the_whole_file(seen):
    preview = preview_of(LONG, ["seen", "May 2017", "70"], ["seen", "April 2017", "7o"])

    with pytest.raises(ValueError, match="refused"):
        take_all(preview)
    assert Measurement.objects.count() == 0


def test_revision_needs_a_reason(seen):
    MeasurementFactory(indicator=seen, value=80)
    preview = preview_of(LONG, ["seen", "May 2017", "70"], ["seen", "April 2017", "70"])

    with pytest.raises(ValueError, match="reason"):
        take_all(preview)
    assert Measurement.objects.count() == 1


def test_nothing_is_written_when_other_figures_are_known_by_then(seen):
    preview = preview_of(LONG, ["seen", "May 2017", "70"])
    MeasurementFactory(indicator=seen, value=75)

    with pytest.raises(Moved) as moved:
        take_all(preview)

    assert [line.was for line in shown(moved.value.preview)["revised"]] == ["75%"]
    assert Measurement.objects.count() == 1


def test_map_is_remembered_with_the_names_of_earlier_files(seen):
    first = preview_of(LONG, ["seen", "April 2017", "60"])
    take(first.sheet, TERMS, layout_of(*LONG, indicators={"Old": ""}), seen=first.digest, by=UserFactory())
    second = preview_of(LONG, ["seen", "May 2017", "60"])
    take(
        second.sheet,
        TERMS,
        layout_of(*LONG, indicators={"New": "seen"}),
        seen=second.digest,
        by=UserFactory(),
    )

    assert remembered("Monthly extract").indicators == {"Old": "", "New": "seen"}


def test_refused_cells_are_counted_and_the_first_are_shown(seen):
    preview = preview_of(LONG, *(["seen", "May 2017", "x1y"] for _ in range(SHOWN + 5)))

    assert (preview.refused.count, len(shown(preview)["refused"])) == (SHOWN + 5, SHOWN)


@pytest.mark.parametrize("count", [1, 3])
def test_import_query_count(count, django_assert_num_queries):
    AreaFactory(name="Havering", kind=Area.Kind.COUNCIL)
    england = AreaFactory(name="England")
    for number in range(count):
        indicator = IndicatorFactory(code=f"i{number}")
        MeasurementFactory(indicator=indicator)
        BenchmarkFactory(indicator=indicator, area=england)
    rows = [
        [f"i{number}", period, area, "70"]
        for number in range(count)
        for period in ("May 2017", "April 2017")
        for area in ("Havering", "England")
    ]
    headings = ["Indicator", "Period", "Area", "Value"]

    with django_assert_num_queries(5):  # indicators, areas, ends of years; measurements, benchmarks
        preview = preview_of(headings, *rows)
    by = UserFactory()

    # lock, measurements, benchmarks; again for recording: lock, what stands, rows; rows; watches; map 3; savepoints 8
    with django_assert_num_queries(19):
        take(preview.sheet, TERMS, layout_of(*headings), seen=preview.digest, reason="Late", by=by)


def test_period_that_only_somebody_said_is_not_remembered(seen):
    preview = preview_of(LONG, ["seen", "April 2017", "60"])
    columns = (
        Column("Actual", Role.VALUE, period="April 2017"),
        Column("May 2017 actual", Role.VALUE, period="May 2017"),
    )

    layout = Layout(period="April 2017", columns=columns)
    take(preview.sheet, TERMS, layout, seen=preview.digest, by=UserFactory())

    kept = remembered(TERMS.source)
    assert (kept.period, [column.period for column in kept.columns]) == ("", ["", "May 2017"])
