"""Where headings are found, how they are called, and what columns are proposed to mean."""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.imports import files
from kpis.imports.columns import is_band
from kpis.imports.headings import heading_rows, headings, proposed
from kpis.imports.layout import Column, Layout

PUBLISHED = Path(__file__).parent / "published"
INDICATORS = {
    "rhi-72": "rhi-72",
    "Return home interviews within 72 hours": "rhi-72",
    "foster-carers": "foster-carers",
    "PrevRegCPR": "cp-repeat-dfe",
}
AREAS = {"Havering": "havering", "England": "england", "London": "london", "Outer London": "outer-london"}


def sheet(*rows):
    """Rows as the reader gives them: numbered from 1, figures as numbers, blank rows left out."""
    cells = [[Decimal(str(cell)) if isinstance(cell, int | float) else cell for cell in row] for row in rows]
    return [
        (number, row) for number, row in enumerate(cells, start=1) if any(cell is not None for cell in row)
    ]


def proposal(rows, at=None):
    """What is proposed for each column: its role, then its period, indicator and area where it has one."""
    first, last = at or heading_rows(rows)
    layout = proposed(
        headings(rows, first, last),
        [row for row in rows if row[0] > last],
        indicator_names=INDICATORS,
        area_names=AREAS,
    )
    return [
        (str(each.role), *filter(None, (each.period, each.indicator, each.area))) for each in layout.columns
    ]


PLAIN = ["Indicator", "Period", "Value"]
FIGURES = ["rhi-72", "May 2017", 72]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        (sheet(PLAIN, FIGURES), (1, 1)),
        (sheet(["Scorecard", None, None], PLAIN, FIGURES), (2, 2)),
        (sheet(["Scorecard", "Scorecard", "Scorecard"], PLAIN, FIGURES), (2, 2)),
        (sheet([None] * 3, ["Scorecard", None, None], [None] * 3, [None] * 3, PLAIN, FIGURES), (5, 5)),
        (sheet(["Version", 3, None], PLAIN, FIGURES), (2, 2)),
        (sheet(["Prepared by", "Performance team", None], PLAIN, FIGURES), (2, 2)),
        (sheet([None, "Scorecard", None], PLAIN, FIGURES), (2, 2)),
        (sheet([None, "Performance", "Performance"], PLAIN, FIGURES), (1, 2)),
        (sheet(["Run on", date(2017, 6, 1), None], PLAIN, FIGURES), (2, 2)),
        (sheet(PLAIN, ["Safeguarding", None, None], FIGURES, FIGURES), (1, 1)),
        (sheet(["Indicator", 2015, 2016], ["rhi-72", 50, 60]), (1, 1)),
        (sheet(["Indicator", date(2017, 4, 1)], ["rhi-72", 50]), (1, 1)),
        (sheet([None, "2016/17", None], ["Indicator", "Q1", "Q2"], ["rhi-72", 1, 2]), (1, 2)),
        (sheet(["Indicator", "2016/17", None], [None, "Q1", "Q2"], ["rhi-72", 1, 2]), (1, 2)),
        (sheet(["Indicator", "2016/17", "2016/17"], ["Indicator", "Q1", "Q2"], ["rhi-72", 1, 2]), (1, 2)),
        (sheet(["Indicator", "Value"], [None, "%"], ["rhi-72", 72]), (1, 2)),
        (sheet([None, "2016/17"], [None] * 2, ["Indicator", "Q1"], ["rhi-72", 1]), (3, 3)),
        (sheet(FIGURES, FIGURES), (0, 0)),
        (sheet(PLAIN), (1, 1)),
        (sheet(PLAIN, ["rhi-72", "May 2017", "-"], ["rhi-72", "June 2017", "x"]), (1, 1)),
        (sheet(["Only a title"]), (0, 0)),
        ([], (0, 0)),
        ([(1, [])], (0, 0)),
    ],
)
def test_headings_stand_above_the_first_figures(rows, at):
    assert heading_rows(rows) == at


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (sheet(PLAIN, FIGURES), PLAIN),
        (
            sheet([" Indicator\xa0", "\ufeffPeriod", "In\u2011house"], FIGURES),
            ["Indicator", "Period", "In-house"],
        ),
        (sheet(["KPI", "Value", "Value"], FIGURES), ["KPI", "Value", "Value (2)"]),
        (sheet(["a", "a (2)", "a"], FIGURES), ["a", "a (2)", "a (3)"]),
        (sheet(["Indicator", None, "Value"], FIGURES), ["Indicator", "", "Value"]),
        (sheet(["Indicator", 2015, Decimal("2016")], ["rhi-72", 50, 60]), ["Indicator", "2015", "2016"]),
        (sheet(["Indicator", date(2017, 4, 1)], ["rhi-72", 50]), ["Indicator", "1 April 2017"]),
        (sheet(["Indicator", "Value"], ["rhi-72", 50, "more"]), ["Indicator", "Value", ""]),
        (
            sheet(
                [None, "2016/17", None, "2017/18", None],
                ["Indicator", "Q1", "Q2", "Q1", "Q2"],
                ["rhi-72", 1, 2, 3, 4],
            ),
            ["Indicator", "2016/17 Q1", "2016/17 Q2", "2017/18 Q1", "2017/18 Q2"],
        ),
        (
            sheet(
                ["Indicator", "2016/17", "2016/17", None],
                ["Indicator", "Q1", "Q2", "Comment"],
                ["rhi-72", 1, 2, "-"],
            ),
            ["Indicator", "2016/17 Q1", "2016/17 Q2", "Comment"],
        ),
        (
            sheet(["Indicator", "Unit", "2016/17", None], [None, None, "Q1", "Q2"], ["rhi-72", "%", 1, 2]),
            ["Indicator", "Unit", "2016/17 Q1", "2016/17 Q2"],
        ),
        (
            sheet(
                ["Average of %", "Column Labels", None],
                [None, 2016, None],
                ["Row Labels", "Nov", "Dec"],
                ["a", 1, 2],
            ),
            ["Average of % Row Labels", "2016 Nov", "2016 Dec"],
        ),
        (sheet(FIGURES, FIGURES), ["", "", ""]),
        ([], []),
    ],
)
def test_headings_are_called_from_the_top(rows, names):
    assert headings(rows, *heading_rows(rows)) == names


def test_long_heading_is_cut_to_what_a_layout_keeps():
    rows = sheet(["a" * 40_000, "a" * 40_000], [1, 2])

    names = headings(rows, 1, 1)

    assert [len(name) for name in names] == [500, 500]
    assert names[1].endswith("a (2)")
    assert (
        Layout.from_json(Layout(columns=tuple(map(Column, names))).to_json()).columns[0].heading == names[0]
    )


VALUE, IGNORE = ("value",), ("ignore",)
UNSURE = ("ignore", "2016-17")  # left out, and what it is about is said for a person who takes it
INDICATOR, PERIOD, AREA = ("indicator",), ("period",), ("area",)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (sheet(PLAIN, FIGURES), [INDICATOR, PERIOD, VALUE]),
        (sheet(FIGURES, FIGURES), [INDICATOR, PERIOD, VALUE]),
        (
            sheet(
                ["KPI", "Month", "Numerator", "Denominator", "Comments"],
                ["rhi-72", "May-17", 19, 27, "Better in May."],
            ),
            [INDICATOR, PERIOD, ("numerator",), ("denominator",), ("comment",)],
        ),
        (sheet(["KPI", "Month", "Numerator"], ["rhi-72", "May-17", 19]), [INDICATOR, PERIOD, IGNORE]),
        (
            sheet(["Year", "Quarter", "KPI", "Result", "RAG"], ["2016/17", "Q1", "rhi-72", "60%", "RED"]),
            [PERIOD, PERIOD, INDICATOR, VALUE, ("rating",)],
        ),
        (
            sheet(
                [None, "Havering", "London", "England1", "Statistical neighbours"],
                ["2015/16", 1, 2, 3, 4],
                ["2016/17", 1, 2, 3, 4],
            ),
            [PERIOD, ("value", "havering"), ("value", "london"), ("value", "england"), IGNORE],
        ),
        (
            sheet(["Month", "Return home interviews within 72 hours", "foster-carers"], ["Apr-17", 60, 78]),
            [PERIOD, ("value", "rhi-72"), ("value", "foster-carers")],
        ),
        (
            sheet(["Indicator", 2015, 2016, "Change"], ["rhi-72", 50, 60, 10]),
            [INDICATOR, ("value", "2015"), ("value", "2016"), IGNORE],
        ),
        (
            sheet(["Indicator", "Apr-17", "May-17", "Jun-17"], ["rhi-72", 50, "60%", None]),
            [INDICATOR, ("value", "Apr-17"), ("value", "May-17"), ("value", "Jun-17")],
        ),
        (
            sheet(
                ["Indicator", "2016/17 Q1 Target", "2016/17 Q1 Actual", "2016/17 Q1 RAG"],
                ["rhi-72", 50, 60, "GREEN"],
            ),
            [INDICATOR, IGNORE, ("value", "2016-17 Q1"), ("rating",)],
        ),
        (
            sheet(["Indicator", "2016 Havering", "2016 England"], ["rhi-72", 50, 60]),
            [INDICATOR, ("value", "2016", "havering"), ("value", "2016", "england")],
        ),
        (
            sheet(
                ["Month", "Return home interviews within 72 hours Numerator", "foster-carers %", "YTD"],
                ["Apr-17", 60, 78, 9],
            ),
            [PERIOD, IGNORE, ("value", "foster-carers"), IGNORE],
        ),
        (
            sheet(["Row Labels", "Apr-17", "Grand Total"], ["rhi-72", 60, 60], ["Grand Total", 60, 60]),
            [INDICATOR, ("value", "Apr-17"), IGNORE],
        ),
        (
            sheet(["Area name", "2014 [note 2]", "2015 [r]"], ["England [note 3]", 60, 60]),
            [AREA, ("value", "2014"), ("value", "2015")],
        ),
        # In doubt, left out: two columns of figures, neither called a value; two about the same; a cumulative one.
        (
            sheet(["Indicator", "Month", "Ours", "Theirs"], ["rhi-72", "May-17", 1, 2]),
            [INDICATOR, PERIOD, IGNORE, IGNORE],
        ),
        (sheet(["Indicator", "2016/17", "2016/17"], ["rhi-72", 1, 2]), [INDICATOR, UNSURE, UNSURE]),
        (
            sheet(["Indicator", "2017/18 YTD", "2016/17"], ["rhi-72", 1, 2]),
            [INDICATOR, IGNORE, ("value", "2016-17")],
        ),
        (
            sheet(["Indicator", "Month", "Value"], ["rhi-72", "May-17", "Bigger is better"]),
            [INDICATOR, PERIOD, IGNORE],
        ),
        (
            sheet(
                ["Indicator", "Month", "Value", "Previous", "Target", "DOT"],
                ["rhi-72", "May-17", 72, 70, 90, "↑"],
            ),
            [INDICATOR, PERIOD, VALUE, IGNORE, IGNORE, IGNORE],
        ),
        (sheet(["Indicator", "Number aged 16/17"], ["rhi-72", 7]), [INDICATOR, VALUE]),
        (
            sheet(
                ["Indicator", "Month", "Value", "Last updated"], ["rhi-72", "May-17", 72, date(2017, 6, 1)]
            ),
            [INDICATOR, PERIOD, VALUE, IGNORE],
        ),
        (
            sheet(
                [
                    "time_period",
                    "time_identifier",
                    "country_name",
                    "region_name",
                    "old_la_code",
                    "la_name",
                    "cla_pct",
                    "count",
                ],
                ["201617", "Financial year", "England", "Outer London", 311, "Havering", 66.1, 72],
                ["201516", "Financial year", "England", "Outer London", 311, "Havering", 65.1, 71],
            ),
            [PERIOD, PERIOD, AREA, AREA, IGNORE, AREA, IGNORE, IGNORE],
        ),
    ],
)
def test_columns_are_proposed_by_heading_and_content(rows, columns):
    assert proposal(rows) == columns


@pytest.mark.parametrize(
    ("name", "at", "columns"),
    [
        (
            "lait_havering_rows_as_published.csv",
            (1, 1),
            [INDICATOR, IGNORE, PERIOD, AREA, VALUE, IGNORE, IGNORE],
        ),
        (
            "havering_q1_2017_18_scorecard_layout.csv",
            (2, 2),
            [INDICATOR, IGNORE, IGNORE, IGNORE, ("value", "2017-18 Q1"), IGNORE, IGNORE],
        ),
    ],
)
def test_published_files_are_proposed_right(name, at, columns):
    rows = files.head((PUBLISHED / name).read_bytes(), name)

    assert heading_rows(rows) == at
    assert proposal(rows) == columns


def test_what_needs_somebodys_word_stays_open():
    layout = proposed(["Year", "Value"], sheet(["2016", 0.609]), indicator_names={}, area_names={})

    assert (layout.year_means, layout.day_first, layout.shares, layout.fill_down) == ("", None, None, False)
    assert (layout.indicator, layout.area, layout.period) == ("", "", "")


CELLS = (
    st.none() | st.text(max_size=12) | st.sampled_from(["2016/17", "Q1", "Value", "England1", "x", "60% RED"])
)
CELLS |= st.decimals(allow_nan=False, allow_infinity=False) | st.dates()


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=8))
def test_any_sheet_has_a_proposal(cells):
    rows = sheet(*cells)

    first, last = heading_rows(rows)
    names = headings(rows, first, last)
    layout = proposed(names, rows, indicator_names=INDICATORS, area_names=AREAS)

    assert 0 <= first <= last
    assert [column.heading for column in layout.columns] == names
    assert Layout.from_json(layout.to_json()) == layout
    filled = [name for name in names if name]
    assert len(set(filled)) == len(filled)


def test_a_thousand_columns_are_proposed_in_time():
    rows = [
        (
            number,
            [f"2016/17 Q{place % 4 + 1} {place}" if number == 1 else "60.9% RED" for place in range(1000)],
        )
        for number in range(1, 31)
    ]

    start = time.perf_counter()
    columns = proposal(rows)

    assert time.perf_counter() - start < 10
    assert len(columns) == 1000


@pytest.mark.parametrize(
    ("row", "is_title"),
    [
        (["Care leavers"] * 3, True),
        ([None, "Care leavers", "Care leavers"], True),
        (["Care leavers", None], False),
        (["Care leavers", "Care leavers", 1], False),
        (["x", "x"], False),
        (["7", "7"], False),
        ([7, 7], False),
        ([None], False),
        ([], False),
    ],
)
def test_one_text_across_a_row_is_a_title(row, is_title):
    assert is_band(row) is is_title
