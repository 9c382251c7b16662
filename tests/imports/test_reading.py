"""How the rows of a sheet are read, and by which cell and sentence they are refused."""

from datetime import date

import pytest

from kpis.enums import Coverage, Unit
from kpis.imports.layout import Column, Layout, Role, YearMeans
from kpis.imports.terms import Terms
from kpis.imports.words import shown
from kpis.models import Area, Measurement
from tests.factories import AreaFactory, IndicatorFactory, MeasurementFactory

from .importing import LONG, layout_of, preview_of, take_all, why

pytestmark = pytest.mark.django_db


def test_numerator_and_denominator_of_a_row_belong_together(seen):
    preview = preview_of(
        ["Indicator", "Period", "Numerator", "Denominator"],
        ["seen", "May 2017", "19", "27"],
        ["seen", "April 2017", "c", "27"],
        ["seen", "March 2017", "", ""],
    )
    take_all(preview)

    rows = Measurement.objects.order_by("-end").values_list("numerator", "denominator", "marker")
    assert list(rows) == [(19, 27, ""), (None, None, "c")]


@pytest.mark.parametrize(
    ("headings", "cells", "cell", "sentence"),
    [
        (["Value"], ["105"], "C2", "105 is more than 100 percent."),
        (["Value"], ["-1"], "C2", "-1 is less than 0."),
        (["Value"], ["abc"], "C2", "“abc” is not a number."),
        (["Value"], ["60,9"], "C2", "“60,9” has a comma for a point. Write 60.9."),
        (["Value"], ["99999999999"], "C2", "“99999999999” is too large a number."),
        (
            *(["Numerator", "Denominator"], ["31", "27"], "C2"),
            "31 of 27 cannot be: a part is never larger than the whole.",
        ),
        (["Numerator", "Denominator"], ["3", "0"], "C2", "3 of 0 cannot be: there were no cases to count among."),
        (["Numerator", "Denominator"], ["3", ""], "D2", "Give both the numerator and the denominator, or neither."),
        (["Numerator", "Denominator"], ["3", "y"], "D2", "“y” is not a number."),
    ],
)  # fmt: skip
def test_impossible_number_is_refused_by_its_cell(seen, headings, cells, cell, sentence):
    preview = preview_of(["Indicator", "Period", *headings], ["seen", "May 2017", *cells])

    assert why(preview) == [(cell, sentence)]
    assert not preview.can_be_taken


MAY_BE = "Say what such percentages mean in this file."


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        (["0.7"], [f"“0.7” may be 70% or 0.7%. {MAY_BE}"]),
        (["0.70", "1"], [f"“0.7” may be 70% or 0.7%. {MAY_BE}", f"“1” may be 100% or 1%. {MAY_BE}"]),
        (["1", "0"], [f"“1” may be 100% or 1%. {MAY_BE}"]),
        (["0.7", "70"], []),
        (["0.7%", "0"], []),
        (["0", "0"], []),
    ],
)
def test_nobody_guesses_whether_percentages_are_parts_of_one(seen, values, sentences):
    months = ["April 2017", "May 2017"]

    rows = [LONG, *(["seen", month, value] for month, value in zip(months, values, strict=False))]

    assert [sentence for _, sentence in why(preview_of(*rows))] == sentences
    for shares in (True, False):
        said = preview_of(*rows[:2], layout=layout_of(*LONG, shares=shares))
        assert said.refused.count == (shares and values == ["70"])


def test_ones_of_an_indicator_are_no_parts_where_another_has_whole_percentages(seen):
    IndicatorFactory(code="other")
    rows = [LONG, ["seen", "May 2017", "70"], ["other", "May 2017", "1"]]

    assert preview_of(*rows).refused.count == 0
    assert preview_of(*rows, ["other", "April 2017", "0.7"]).refused.count == 2


def test_parts_of_one_are_multiplied_where_somebody_said_so(seen):
    layout = layout_of(*LONG, shares=True)

    preview = preview_of(LONG, ["seen", "May 2017", "0.7037"], ["seen", "April 2017", "71%"], layout=layout)

    assert [line.said for line in shown(preview)["new"]] == ["70.37%", "71%"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["19", "27", "70"], ""),
        (["19", "27", "70.4%"], ""),
        (["19", "27", "71"], ""),
        (["0", "0", "0"], ""),
        (
            ["19", "72", "70.4"],
            "70.4 does not agree with 19 of 72, which make 26.4%. Correct one of them, or leave out the columns of the "
            "counts.",
        ),
        (["19", "27", "0.704"], f"“0.704” may be 70.4% or 0.704%. {MAY_BE}"),
    ],
)
def test_percentage_agrees_with_the_counts_beside_it(seen, cells, sentence):
    preview = preview_of(
        ["Indicator", "Period", "Numerator", "Denominator", "Value"], ["seen", "May 2017", *cells]
    )

    assert why(preview) == ([("E2", sentence)] if sentence else [])


def test_rate_may_be_above_a_hundred():
    IndicatorFactory(code="rate", unit=Unit.RATE_10K)

    assert preview_of(LONG, ["rate", "May 2017", "312.4"]).new.count == 1


def test_number_that_only_rounding_makes_too_large_is_refused(plans):
    preview = preview_of(LONG, ["plans", "Q4 2016-17", "9999999999.99996"])

    assert [sentence for _, sentence in why(preview)] == ["“9999999999.99996” is too large a number."]


def test_several_columns_are_several_figures(seen, plans):
    layout = Layout(
        heading_rows=(1, 1),
        columns=(
            Column("Month", Role.PERIOD),
            Column("Seen", Role.NUMERATOR, indicator="seen"),
            Column("Of", Role.DENOMINATOR, indicator="seen"),
            Column("Plans", Role.VALUE, indicator="plans"),
        ),
    )

    preview = preview_of(["Month", "Seen", "Of", "Plans"], ["March 2017", "19", "27", "12"], layout=layout)

    assert [(line.about, line.said) for line in shown(preview)["new"]] == [
        ("Seen, March 2017", "70%, 19 of 27"),
        ("Plans, 31 March 2017", "12"),
    ]


def test_wide_table_has_a_period_a_column(seen):
    columns = (
        Column("", Role.INDICATOR),
        Column("Apr", Role.VALUE, period="April 2017"),
        Column("May", Role.VALUE, period="May 2017"),
    )

    preview = preview_of(
        ["", "Apr", "May"], ["seen", "65", "70"], layout=Layout(heading_rows=(1, 1), columns=columns)
    )

    assert [line.about for line in shown(preview)["new"]] == ["Seen, April 2017", "Seen, May 2017"]


def test_blank_labels_repeat_those_above_only_where_somebody_said_so(seen):
    rows = [LONG, ["seen", "April 2017", "65"], ["", "May 2017", "70"]]

    assert preview_of(*rows, layout=layout_of(*LONG, fill_down=True)).new.count == 2
    assert why(preview_of(*rows)) == [("C3", "This row does not say which indicator it is about.")]


def test_whole_file_may_be_about_one_indicator_and_one_period(seen):
    layout = layout_of("Value", indicator="seen", period="May 2017")

    assert [line.about for line in shown(preview_of(["Value"], ["70"], layout=layout))["new"]] == [
        "Seen, May 2017"
    ]


def test_titles_across_the_table_are_no_figures(seen):
    rows = [LONG, ["Care leavers"] * 3, ["seen", "May 2017", "70"], ["Notes: provisional"] * 3]

    preview = preview_of(*rows, layout=layout_of(*LONG, fill_down=True))

    assert (preview.new.count, preview.refused.count, preview.sheet.left_out) == (1, 0, 0)


def test_row_that_sums_up_is_left_out(seen):
    preview = preview_of(LONG, ["seen", "May 2017", "70"], ["seen", "Grand  Total", "140"])

    assert (preview.new.count, preview.sheet.names_left_out) == (1, {"Grand Total": 1})


# Names and periods


def test_unknown_name_is_refused_until_somebody_decides(seen):
    rows = [LONG, ["ReRegCPR", "May 2017", "30"]]

    refused = preview_of(*rows)
    left_out = preview_of(*rows, layout=layout_of(*LONG, indicators={"ReRegCPR": ""}))
    mapped = preview_of(*rows, layout=layout_of(*LONG, indicators={"ReRegCPR": "seen"}))

    assert why(refused) == [
        ("A2", "“ReRegCPR” is not an indicator here. Say which one it is, or leave it out.")
    ]
    assert (left_out.sheet.left_out, left_out.sheet.names_left_out) == (1, {"ReRegCPR": 1})
    assert mapped.new.count == 1


def test_name_that_two_indicators_share_is_of_neither():
    IndicatorFactory.create_batch(2, short_name="Care leavers in EET")

    assert preview_of(LONG, ["Care leavers in EET", "May 2017", "57"]).refused.count == 1


def test_indicator_that_is_gone_is_refused():
    layout = layout_of("Period", "Value", indicator="gone")

    preview = preview_of(["Period", "Value"], ["May 2017", "30"], layout=layout)

    assert why(preview) == [("B2", "There is no indicator with the code “gone” here.")]


def test_period_that_is_not_over_is_refused_or_left_out(seen):
    rows = [LONG, ["seen", "June 2017", "70"], ["seen", "May 2017", "70"]]
    past_only = Terms(known_from=date(2017, 6, 27), past_only=True)

    refused, left_out = preview_of(*rows), preview_of(*rows, terms=past_only)

    assert why(refused) == [
        ("B2", "June 2017 is not over on 27 June 2017, the day from which these figures count.")
    ]
    assert refused.sheet.not_over == 1
    assert (left_out.new.count, left_out.sheet.names_left_out) == (1, {"Periods that are not over yet": 1})


def test_period_of_two_columns_is_read_together(plans):
    layout = Layout(
        heading_rows=(1, 1),
        columns=(Column("Q", Role.PERIOD), Column("Y", Role.PERIOD), Column("V", Role.VALUE)),
        indicator="plans",
    )

    preview = preview_of(["Q", "Y", "V"], ["Q4", "2016/17", "12"], layout=layout)

    assert [line.about for line in shown(preview)["new"]] == ["Plans, 31 March 2017"]


def test_order_of_day_and_month_is_never_guessed(plans):
    rows = [LONG, ["plans", "03/12/2016", "12"]]

    (_, sentence), = why(preview_of(*rows))  # fmt: skip

    assert "3 December" in sentence
    assert "12 March" in sentence


def test_bare_year_is_the_one_of_earlier_figures_and_else_what_somebody_said(yearly):
    workforce = IndicatorFactory(
        code="workforce", dfe=True, covers=Coverage.LAST_DAY, short_name="Agency rate"
    )
    MeasurementFactory(indicator=workforce, start="2015-09-30", end="2015-09-30", recorded_on="2016-02-25")
    rows = [LONG, ["yearly", "2016", "60"], ["workforce", "2016", "15"]]

    unsaid = preview_of(*rows)
    said = preview_of(*rows, layout=layout_of(*LONG, year_means=YearMeans.FINANCIAL))

    assert why(unsaid) == [("B2", "“2016” is a year: say which twelve months it means in this file.")]
    assert [line.about for line in shown(said)["new"]] == [
        f"{yearly.short_name}, 2015-16",
        "Agency rate, 30 September 2016",
    ]


def test_year_that_breaks_with_the_earlier_figures_is_refused():
    workforce = IndicatorFactory(code="workforce", dfe=True, covers=Coverage.LAST_DAY)
    MeasurementFactory(indicator=workforce, start="2015-09-30", end="2015-09-30", recorded_on="2016-02-25")

    preview = preview_of(LONG, ["workforce", "31 March 2016", "15"])

    assert why(preview) == [
        (
            "B2",
            "31 March 2016 does not go with the earlier figures of this indicator, which end in September. "
            "Correct the period, or leave the indicator out.",
        )
    ]


# Twice in one file


def test_same_period_twice_with_the_same_value_is_taken_once(seen):
    assert preview_of(LONG, ["seen", "May 2017", "70"], ["Children seen", "2017-05", "70.0"]).new.count == 1


def test_same_period_twice_with_two_values_names_both_cells(seen):
    preview = preview_of(LONG, ["seen", "May 2017", "70"], ["seen", "2017-05", "71"])

    assert why(preview) == [("C3", "Seen, May 2017: here 71%, but C2 says 70%. Correct one of them.")]


# Areas


@pytest.fixture
def areas(db):
    AreaFactory(code="havering", name="Havering", kind=Area.Kind.COUNCIL)
    AreaFactory(code="outer-london", name="Outer London", kind=Area.Kind.REGION)
    AreaFactory(code="england", name="England", kind=Area.Kind.COUNTRY)
    AreaFactory(code="bexley", name="Bexley")


def test_blank_area_is_nobodys_unless_somebody_says_whose(yearly, areas):
    rows = [["Indicator", "Period", "Area", "Value"], ["yearly", "2015-16", "", "60"]]

    refused = preview_of(*rows)
    ours = preview_of(*rows, layout=layout_of(*rows[0], area="havering"))

    assert why(refused) == [
        (
            "C2",
            "This row does not say which area it is about. Choose the columns with the region and the country as "
            "areas too, or the area that a blank cell means.",
        )
    ]
    assert [line.about for line in shown(ours)["new"]] == [f"{yearly.short_name}, 2015-16"]


def test_narrowest_of_several_areas_is_meant_in_any_order(yearly, areas):
    layout = Layout(
        heading_rows=(1, 1),
        columns=(*[Column("", Role.AREA)] * 3, Column("Year", Role.PERIOD), Column("Value", Role.VALUE)),
        indicator="yearly",
    )

    preview = preview_of(
        ["Country", "Region", "LA", "Year", "Value"],
        ["England", "", "", "2015-16", "60"],
        ["England", "Outer London", "", "2015-16", "61"],
        ["England", "Outer London", "Havering", "2015-16", "62"],
        ["Bexley", "Outer London", "England", "2015-16", "63"],
        ["England", "Outer London", "Barnet", "2015-16", "64"],
        ["Bexley", "Havering", "", "2015-16", "65"],
        ["England", "England", "", "2014-15", "66"],
        layout=layout,
    )

    assert [
        (figure.area and figure.area.code, figure.value) for figure in preview.sheet.figures.values()
    ] == [
        ("england", 60),
        ("outer-london", 61),
        (None, 62),
        ("bexley", 63),
        ("england", 66),
    ]
    assert [sentence.split("”")[0] for _, sentence in why(preview)] == [
        "“England Outer London Barnet",
        "“Bexley Havering",
    ]
