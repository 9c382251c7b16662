"""A remembered map: JSON and back, nonsense refused, found again when columns move."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.imports.layout import Column, Layout, Role, YearMeans, fits, matching

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
COLUMNS = st.builds(Column, TEXT, st.sampled_from(Role), TEXT, TEXT, TEXT)
LAYOUTS = st.builds(
    Layout,
    sheet=TEXT,
    heading_rows=st.just((0, 0)) | st.integers(1, 9).map(lambda first: (first, first + 1)),
    columns=st.lists(COLUMNS, max_size=5).map(tuple),
    indicator=TEXT,
    area=TEXT,
    period=TEXT,
    indicators=st.dictionaries(TEXT, TEXT, max_size=5),
    areas=st.dictionaries(TEXT, TEXT, max_size=5),
    year_means=st.sampled_from(["", *YearMeans]),
    day_first=st.sampled_from([None, True, False]),
    fill_down=st.booleans(),
    shares=st.sampled_from([None, True, False]),
)
SCORECARD = Layout(
    columns=(
        Column("Indicator", Role.INDICATOR),
        Column("2017/18 Q1 Target"),
        Column("2017/18 Q1 Performance", Role.VALUE, period="2017-18 Q1"),
    )
)


@given(LAYOUTS)
def test_layout_goes_to_json_and_back(layout):
    assert Layout.from_json(json.loads(json.dumps(layout.to_json()))) == layout


def test_unknown_keys_are_passed_over():
    data = SCORECARD.to_json() | {"colour": "red"}
    data["columns"][0]["width"] = 3

    assert Layout.from_json(data) == SCORECARD
    assert Layout.from_json({}) == Layout()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "A map must be an object, not NoneType."),
        ([], "A map must be an object, not list."),
        ({"sheet": 1}, "“sheet” must be a text of at most 500 characters."),
        ({"sheet": "a" * 501}, "“sheet” must be a text of at most 500 characters."),
        ({"sheet": "a\0"}, "“sheet” must be a text of at most 500 characters."),
        ({"sheet": "\ud800"}, "“sheet” must be a text of at most 500 characters."),
        ({"heading_rows": [2, 1]}, "“heading_rows” must be the first and the last row, or 0 and 0."),
        ({"heading_rows": [0, 1]}, "“heading_rows” must be the first and the last row, or 0 and 0."),
        ({"heading_rows": [1]}, "“heading_rows” must be the first and the last row, or 0 and 0."),
        ({"heading_rows": [True, 2]}, "“heading_rows” must be the first and the last row, or 0 and 0."),
        ({"heading_rows": "12"}, "“heading_rows” must be the first and the last row, or 0 and 0."),
        ({"columns": {}}, "“columns” must be a list of at most 1000 columns."),
        ({"columns": [{}] * 1001}, "“columns” must be a list of at most 1000 columns."),
        ({"columns": ["Value"]}, "A column must be an object, not str."),
        ({"columns": [{"heading": 1}]}, "“heading” must be a text of at most 500 characters."),
        ({"indicators": []}, "“indicators” must give a code for each name, for at most 20000 names."),
        ({"areas": {"London": 1}}, "“areas” must be a text of at most 500 characters."),
        (
            {"year_means": "lunar"},
            "“year_means” must be one of: financial, to_september, academic, calendar.",
        ),
        ({"year_means": []}, "“year_means” must be one of: financial, to_september, academic, calendar."),
        ({"day_first": "yes"}, "“day_first” must be true or false."),
        ({"fill_down": None}, "“fill_down” must be true or false."),
        ({"shares": 1}, "“shares” must be true or false."),
        (
            {"columns": [{"role": "VALUE"}]},
            "“role” must be one of: ignore, indicator, period, area, value, numerator, denominator, comment, rating.",
        ),
    ],
)
def test_nonsense_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(ValueError, match=r".*") as refused:
        Layout.from_json(data)

    assert str(refused.value) == sentence


def test_places_of_a_role():
    assert SCORECARD.places(Role.VALUE) == [2]
    assert SCORECARD.places(Role.INDICATOR, Role.IGNORE) == [0, 1]


def test_layout_is_found_again_when_columns_move():
    moved = ["Owner", "2017/18 q1  performance", "INDICATOR", "2017/18 Q1 Target"]

    assert fits(SCORECARD, moved)
    assert matching(SCORECARD, moved) == (
        Column("Owner"),
        Column("2017/18 q1  performance", Role.VALUE, period="2017-18 Q1"),
        Column("INDICATOR", Role.INDICATOR),
        Column("2017/18 Q1 Target"),
    )


def test_next_quarters_column_is_read_as_this_ones():
    later = ["Indicator", "2017/18 Q2 Target", "2017/18 Q2 Performance"]

    assert fits(SCORECARD, later)
    assert matching(SCORECARD, later) == (
        Column("Indicator", Role.INDICATOR),
        Column("2017/18 Q2 Target"),
        Column("2017/18 Q2 Performance", Role.VALUE, period="2017-18 Q2"),
    )


def test_new_month_beside_the_old_ones_is_read_too():
    layout = Layout(
        columns=(
            Column("KPI", Role.INDICATOR),
            Column("Apr-17", Role.VALUE, "Apr-17"),
            Column("Note 1/4/2017"),
        )
    )

    assert [column.role for column in matching(layout, ["KPI", "Apr-17", "May-17", "Note 1/4/2017"])] == [
        Role.INDICATOR,
        Role.VALUE,
        Role.VALUE,
        Role.IGNORE,
    ]


def test_new_column_is_left_out_where_its_like_are_read_in_two_ways():
    layout = Layout(
        columns=(
            Column("2015", Role.VALUE, "2015", area="london"),
            Column("2016", Role.VALUE, "2016", area="england"),
        )
    )

    assert matching(layout, ["2015", "2016", "2017"])[2] == Column("2017")


def test_period_that_somebody_changed_is_not_passed_on():
    layout = Layout(columns=(Column("2016 Value", Role.VALUE, "2015-16"),))

    assert not fits(layout, ["2017 Value"])
    assert matching(layout, ["2016 Value", "2017 Value"]) == (
        Column("2016 Value", Role.VALUE, "2015-16"),
        Column("2017 Value"),
    )


@pytest.mark.parametrize(
    ("headings", "fit"),
    [
        (["Indicator", "2017/18 Q1 Performance"], True),
        (["Indicator", "2017/18 Q1 Outturn"], False),
        (["2017/18 Q1 Performance"], False),
        ([], False),
    ],
)
def test_layout_fits_where_every_column_it_reads_is_there(headings, fit):
    assert fits(SCORECARD, headings) is fit


def test_layout_that_reads_nothing_fits_nothing():
    assert not fits(Layout(columns=(Column("Indicator"),)), ["Indicator"])


def test_column_without_heading_keeps_its_place():
    layout = Layout(columns=(Column("", Role.INDICATOR), Column("", Role.PERIOD), Column("", Role.VALUE)))

    assert fits(layout, ["", "", ""])
    assert matching(layout, ["", "", ""]) == layout.columns
    assert not fits(layout, ["", ""])
    assert not fits(layout, ["", "", "Value"])


@given(LAYOUTS, st.lists(TEXT, max_size=6))
def test_matching_columns_carry_the_headings_of_the_file(layout, headings):
    assert [column.heading for column in matching(layout, headings)] == headings
    assert matching(replace(layout, columns=()), headings) == tuple(map(Column, headings))
