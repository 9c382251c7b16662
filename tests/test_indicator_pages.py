"""The list of indicators and the sheet of each, as people read them."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kpis.enums import Frequency, Unit
from kpis.models import Area
from kpis.periods import months_later
from tests.factories import (
    ActionFactory,
    AreaFactory,
    AssuranceFactory,
    BaselineFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    NeighbourSetMemberFactory,
    ProgressUpdateFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

INDEX = reverse("kpis:indicators")


@pytest.fixture
def board(client, reader):
    client.force_login(reader)
    return client


def words(response):
    """The page's text without its marks, in one line."""
    text = re.sub(r"<[^>]+>", " ", response.rendered_content)
    return re.sub(r"\s+", " ", unescape(text))


def row_of(response, name):
    """The text of the one table row that begins with `name`."""
    rows = re.findall(r"<tr.*?</tr>", response.rendered_content, re.DOTALL)
    found = [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip() for row in rows]
    (only,) = [row for row in found if row.startswith(name)]
    return only


def test_list_shows_where_an_indicator_stands(board):
    indicator = IndicatorFactory(name="Return home interviews", recommendation_numbers="6")
    BaselineFactory(indicator=indicator, value=41)
    MeasurementFactory(
        indicator=indicator, start=date(2017, 4, 1), end=date(2017, 4, 30), value=65, is_sample=True
    )
    MeasurementFactory(indicator=indicator, value=None, numerator=19, denominator=27, is_sample=True)
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=70, is_sample=True)
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), value=90, is_sample=True)

    row = row_of(board.get(INDEX), "Return home interviews")

    assert row == (
        "Return home interviews Sample Recommendation 6 41% Apr to Sep 2016 Published 65% Apr 2017 "
        "70% 19 of 27 May 2017 70% Met by 30 Jun 2017 90% 20 points to go by 31 Mar 2018 Better, up 5 points"
    )


def test_list_shows_an_indicator_once_whatever_it_bears_on(board):
    indicator = IndicatorFactory(name="Children in need", recommendation_numbers="2;4")
    MeasurementFactory(indicator=indicator)

    assert "Recommendations 2 and 4" in row_of(board.get(INDEX), "Children in need")


def test_list_keeps_council_and_dfe_figures_apart(board):
    council = IndicatorFactory(recommendation_numbers="11")
    earlier = IndicatorFactory(recommendation_numbers="2")
    dfe = IndicatorFactory(dfe=True)

    context = board.get(INDEX).context_data

    assert [row.reading.indicator for row in context["council"]] == [earlier, council]
    assert [row.reading.indicator for row in context["dfe"]] == [dfe]


def test_list_does_not_colour_context(board):
    indicator = IndicatorFactory(context=True, name="Children in need", unit=Unit.NUMBER)
    TargetFactory(indicator=indicator, value=1)
    MeasurementFactory(indicator=indicator, start=date(2017, 4, 1), end=date(2017, 4, 30), value=1322)
    MeasurementFactory(indicator=indicator, value=1301)

    response = board.get(INDEX)
    row = re.search(
        r"<tr[^>]*>(?:(?!</tr>).)*Children in need.*?</tr>", response.rendered_content, re.DOTALL
    )[0]

    assert not re.search(r"app-tag--(red|amber|green)|app-dir--(better|worse)", row)
    assert row_of(response, "Children in need").endswith("1,301 May 2017 Context None Down 21")


def test_list_does_not_rate_few_cases(board):
    indicator = IndicatorFactory(name="Return home interviews")
    TargetFactory(indicator=indicator)
    MeasurementFactory(indicator=indicator, value=None, numerator=4, denominator=5)

    row = row_of(board.get(INDEX), "Return home interviews")

    assert "4 of 5 May 2017" in row
    assert "Too few to rate" in row
    assert "%" not in row.replace("90%", "")


def test_list_without_indicators_says_so(board):
    assert "There are no indicators yet." in words(board.get(INDEX))


def test_sheet_shows_every_value_newest_first_with_its_mark(board):
    indicator = IndicatorFactory()
    MeasurementFactory(
        indicator=indicator,
        start=date(2017, 4, 1),
        end=date(2017, 4, 30),
        value=None,
        numerator=17,
        denominator=26,
    )
    MeasurementFactory(
        indicator=indicator, value=None, numerator=19, denominator=27, is_sample=True, source="Written here"
    )

    response = board.get(indicator.get_absolute_url())

    assert row_of(response, "May 2017") == "May 2017 70% 19 of 27 Validated Sample Source 1"
    assert row_of(response, "April 2017") == "April 2017 65% 17 of 26 Validated Published Source 2"
    assert response.context_data["sources"] == ["Written here", "Made up for a test"]
    assert [value.figure.label for value in response.context_data["values"]] == ["May 2017", "April 2017"]


def test_sheet_shows_only_what_was_known_today(board):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, value=70, recorded_on=date(2017, 6, 14))
    MeasurementFactory(indicator=indicator, value=99, recorded_on=date(2017, 6, 28))

    text = words(board.get(indicator.get_absolute_url()))

    assert "70%" in text
    assert "99%" not in text


def test_sheet_of_few_cases_says_why_nothing_is_rated(board):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, value=None, numerator=4, denominator=5)

    response = board.get(indicator.get_absolute_url())

    assert "Fewer than 6 cases: shown as counts, not rated and not compared." in words(response)
    assert row_of(response, "May 2017") == "May 2017 4 of 5 Too few to rate Validated Published Source 1"


def test_sheet_shows_baseline_trajectory_and_definition(board):
    indicator = IndicatorFactory(lower=True, unit=Unit.WEEKS, definition="Weeks from start to order")
    BaselineFactory(indicator=indicator, value=30, note="as printed", source="Ofsted, paragraph 50")
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=29, tolerance=1)
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), value=26, tolerance=1)
    MeasurementFactory(indicator=indicator, value=33)

    response = board.get(indicator.get_absolute_url())
    text = words(response)

    assert "30 weeks , April to September 2016; as printed. Ofsted, paragraph 50" in text
    assert row_of(response, "30 Jun 2017") == "30 Jun 2017 29 weeks 33 weeks in May 2017 Not met"
    assert row_of(response, "31 Mar 2018") == "31 Mar 2018 26 weeks Not yet due"
    assert "26 weeks or lower, 7 weeks to go" in text
    assert "Further away than at the baseline" in text
    assert "Weeks from start to order" in text
    assert "Better is Lower" in text


def test_sheet_shows_benchmarks_with_their_years(board):
    indicator = IndicatorFactory(dfe=True, decimals=1)
    years = {"start": date(2015, 4, 1), "end": date(2016, 3, 31)}
    MeasurementFactory(indicator=indicator, value=45, recorded_on=date(2016, 11, 30), **years)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(indicator=indicator, area=england, value=16, **years)
    first, _ = NeighbourSetMemberFactory.create_batch(
        2, neighbour_set=NeighbourSetMemberFactory(neighbour_set__as_of=date(2021, 4, 1)).neighbour_set
    )
    BenchmarkFactory(indicator=indicator, area=first.area, value=20, **years)

    response = board.get(indicator.get_absolute_url())
    text = words(response)

    assert "Statistical neighbours, April 2021 list" in text
    assert "2015-16 45.0% 16.0% 20.0% 1 of 3 neighbours" in text


def test_sheet_says_that_no_benchmark_is_held(board):
    text = words(board.get(IndicatorFactory().get_absolute_url()))

    assert "None held. This is the council’s own count" in text


def test_sheet_points_to_the_other_count_of_the_same_name(board):
    council = IndicatorFactory(code="cl-eet", name="EET (council)")
    dfe = IndicatorFactory(code="cl-eet-dfe", name="EET (DfE)", dfe=True)

    assert "EET (DfE) is DfE’s measure." in words(board.get(council.get_absolute_url()))
    assert "EET (council) is the council’s own measure." in words(board.get(dfe.get_absolute_url()))


def test_sheet_shows_the_actions_that_should_move_it_as_they_stand(board):
    indicator, other = IndicatorFactory.create_batch(2)
    action = ActionFactory(owner__title="Head of Care Resources", title="Tell the co-ordinator the same day")
    action.indicators.add(indicator)
    ActionFactory(title="Something else").indicators.add(other)
    ProgressUpdateFactory(action=action, accepted=True, delivered=True)
    AssuranceFactory(action=action, made_on=date(2017, 6, 27))

    text = words(board.get(indicator.get_absolute_url()))

    assert (
        "Tell the co-ordinator the same day Head of Care Resources Assured Early signs 30 September 2017"
        in text
    )
    assert "Something else" not in text


def test_sheet_of_an_unknown_indicator_is_not_found(board):
    assert board.get(reverse("kpis:indicator", args=["nothing"])).status_code == 404


def test_sheet_of_an_indicator_without_values_says_so(board):
    text = words(board.get(IndicatorFactory().get_absolute_url()))

    assert "No value was known by 27 June 2017." in text
    assert "No action of the plan names this indicator." in text


def test_text_from_the_database_is_escaped(board):
    indicator = IndicatorFactory(name="<script>alert(1)</script>", definition="<img src=x>")
    MeasurementFactory(indicator=indicator, comment="<b>bold</b>", source="<i>here</i>")

    for url in (INDEX, indicator.get_absolute_url()):
        page = board.get(url).rendered_content
        assert not re.search(r"<script>alert|<img src=x|<b>bold|<i>here", page)


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(board, count, django_assert_num_queries):
    for frequency in [Frequency.MONTHLY, Frequency.ANNUAL]:
        for indicator in IndicatorFactory.create_batch(count, dfe=frequency == Frequency.ANNUAL):
            BaselineFactory(indicator=indicator)
            TargetFactory(indicator=indicator)
            MeasurementFactory(indicator=indicator)
            BenchmarkFactory(indicator=indicator, start=date(2015, 4, 1), end=date(2016, 3, 31))

    with django_assert_num_queries(9):  # session, user, indicators; readings 3, benchmarks 3
        board.get(INDEX)


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_query_count(board, count, django_assert_num_queries):
    indicator = IndicatorFactory(dfe=True)
    for back in range(count):
        start = months_later(date(2015, 4, 1), -12 * back)
        end = months_later(date(2016, 3, 31), -12 * back)
        MeasurementFactory(indicator=indicator, start=start, end=end, recorded_on=date(2016, 12, 1))
        BenchmarkFactory(indicator=indicator, start=start, end=end)
        action = ActionFactory()
        action.indicators.add(indicator)
        ProgressUpdateFactory(action=action, accepted=True)

    # session, user, indicator, its twin; readings 3, benchmarks 3; linked actions 5: nothing assured or delivered
    with django_assert_num_queries(15):
        board.get(indicator.get_absolute_url())
