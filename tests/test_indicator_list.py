"""The list of indicators and the page of all charts, as people read them."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from kpis.benchmarks import Comparison, neighbours
from kpis.enums import Frequency, Unit
from kpis.models import Area, Indicator
from kpis.periods import Period, months_later
from tests.factories import (
    ActionFactory,
    AreaFactory,
    AssuranceFactory,
    BaselineFactory,
    BenchmarkFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    NeighbourSetMemberFactory,
    ProgressUpdateFactory,
    RebaseFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

INDEX, CHARTS = reverse("kpis:indicators"), reverse("kpis:charts")
APRIL = {"start": date(2017, 4, 1), "end": date(2017, 4, 30)}


@pytest.fixture
def board(client, reader):
    client.force_login(reader)
    return client


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def words(response):
    """The page's text without its marks, in one line."""
    return plain(response.rendered_content)


def row_of(response, name):
    """The text of the one table row that begins with `name`."""
    rows = [plain(row) for row in re.findall(r"<tr.*?</tr>", response.rendered_content, re.DOTALL)]
    (only,) = [row for row in rows if row.startswith(name)]
    return only


def months(indicator, *values, before=date(2017, 6, 1), **more):
    """One value a month, the last for the month before `before`."""
    for back, value in enumerate(reversed(values), start=1):
        start = months_later(before, -back)
        end = months_later(start, 1).replace(day=1)
        end = date.fromordinal(end.toordinal() - 1)
        MeasurementFactory(
            indicator=indicator, start=start, end=end, value=value, recorded_on=date(2017, 6, 9), **more
        )


def indicator_under(number, title, **more):
    """An indicator with an action under a recommendation."""
    indicator = IndicatorFactory(recommendation_numbers=str(number), **more)
    action = ActionFactory(recommendation__number=number, recommendation__short_title=title)
    action.indicators.add(indicator)
    return indicator


def names(groups):
    return [(group.name, [entry.row.reading.indicator.name for entry in group.entries]) for group in groups]


def test_list_shows_where_an_indicator_stands(board):
    indicator = IndicatorFactory(name="Return home interviews", recommendation_numbers="6")
    BaselineFactory(indicator=indicator, value=41)
    MeasurementFactory(indicator=indicator, value=65, is_sample=True, **APRIL)
    MeasurementFactory(indicator=indicator, value=None, numerator=19, denominator=27, is_sample=True)
    TargetFactory(indicator=indicator, by=date(2017, 6, 30), value=70, is_sample=True)
    TargetFactory(indicator=indicator, by=date(2018, 3, 31), value=90, is_sample=True)

    row = row_of(board.get(INDEX), "Return home interviews")

    assert row == (
        "Return home interviews Sample 41% Apr to Sep 2016 Published 65% Apr 2017 70% 19 of 27 May 2017 "
        "Better, up 5 points Too few points to tell 70% Met by 30 Jun 2017 90% 20 points to go by 31 Mar 2018 "
        "None 31 May 2017 known from 9 Jun 2017"
    )


def test_list_says_what_is_more_than_chance_and_whether_the_target_will_be_met(board):
    indicator = IndicatorFactory(name="Return home interviews")
    months(indicator, 50, 51, 50, 49, 50, 51, 50, 49, 50, 51, 50, 49, 70)
    TargetFactory(indicator=indicator, value=90)

    assert "Improving Will miss the target" in row_of(board.get(INDEX), "Return home interviews")


def test_list_groups_by_recommendation_and_counts_each_indicator_once(board):
    indicator_under(6, "Return home interviews", name="Interviews")
    indicator_under(2, "Thresholds", name="Plans")
    IndicatorFactory(name="Both", recommendation_numbers="2;6")
    IndicatorFactory(name="Elsewhere")
    IndicatorFactory(name="Later", recommendation_numbers="13")

    response = board.get(INDEX)

    assert names(response.context_data["groups"]) == [
        ("2 Thresholds", ["Both", "Plans"]),
        ("6 Return home interviews", ["Interviews"]),
        ("13", ["Later"]),
        ("No recommendation", ["Elsewhere"]),
    ]
    assert row_of(response, "Both").startswith("Both Also recommendation 6")
    assert "5 council indicators, each under the first recommendation it belongs to" in words(response)


def test_list_groups_by_the_services_that_act(board):
    both = IndicatorFactory(name="Both")
    IndicatorFactory(name="Neither")
    for service in ("Early Help", "Care Resources"):
        ActionFactory(service__name=service).indicators.add(both)

    response = board.get(INDEX, {"group": "service"})

    assert names(response.context_data["groups"]) == [
        ("Care Resources", ["Both"]),
        ("No action yet", ["Neither"]),
    ]
    assert row_of(response, "Both").startswith("Both Also Early Help")


def test_unknown_grouping_is_by_recommendation(board):
    indicator_under(2, "Thresholds", name="Plans")

    assert names(board.get(INDEX, {"group": "owner"}).context_data["groups"]) == [("2 Thresholds", ["Plans"])]


def test_heading_counts_ratings_the_worst_first(board):
    for value in (95, 94, 10):
        indicator = IndicatorFactory(recommendation_numbers="2")
        TargetFactory(indicator=indicator)
        MeasurementFactory(indicator=indicator, value=value)

    assert row_of(board.get(INDEX), "2 ") == "2 1 not met, 2 met"


def test_list_keeps_council_and_dfe_figures_apart(board):
    council = IndicatorFactory(recommendation_numbers="11", code="caseload")
    dfe = IndicatorFactory(dfe=True, code="caseload-dfe", name="Caseload (DfE)")
    MeasurementFactory(indicator=council)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(indicator=dfe, area=england, value=16, start=date(2015, 4, 1), end=date(2016, 3, 31))

    response = board.get(INDEX)

    assert [row.reading.indicator for row in response.context_data["dfe"]] == [dfe]
    assert "None. DfE’s count of" in row_of(response, council.name)
    assert "16%" not in row_of(response, council.name)


def test_list_shows_englands_newest_value_with_its_year(board):
    indicator = IndicatorFactory(name="Interviews")
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(
        indicator=indicator, area=england, value=16, start=date(2015, 4, 1), end=date(2016, 3, 31)
    )

    assert "16% 2015-16" in row_of(board.get(INDEX), "Interviews")


def test_dfe_figures_stand_beside_london_england_and_neighbours(board):
    indicator = IndicatorFactory(dfe=True, name="Placements")
    year = {"start": date(2015, 4, 1), "end": date(2016, 3, 31)}
    MeasurementFactory(indicator=indicator, value=10, recorded_on=date(2016, 11, 30), **year)
    areas = [
        AreaFactory(name="England", kind=Area.Kind.COUNTRY),
        AreaFactory(name="London", kind=Area.Kind.REGION),
        AreaFactory(name="Outer London", kind=Area.Kind.REGION),
    ]
    for value, area in enumerate(areas, start=11):
        BenchmarkFactory(indicator=indicator, area=area, value=value, **year)
    first = NeighbourSetMemberFactory(neighbour_set__as_of=date(2021, 4, 1))
    NeighbourSetMemberFactory(neighbour_set=first.neighbour_set)
    NeighbourSetMemberFactory(neighbour_set__as_of=date(2025, 5, 1), area=first.area)
    BenchmarkFactory(indicator=indicator, area=first.area, value=20, **year)

    assert row_of(board.get(INDEX), "Placements").endswith(
        "12% 2015-16 13% 2015-16 11% 2015-16 20% 2015-16 1 of 2 neighbours April 2021 list "
        "31 Mar 2016 known from 30 Nov 2016"
    )


@pytest.mark.parametrize(
    ("on", "as_of"),
    [
        (date(2017, 6, 27), date(2021, 4, 1)),
        (date(2021, 3, 31), date(2021, 4, 1)),
        (date(2021, 4, 1), date(2021, 4, 1)),
        (date(2025, 4, 30), date(2021, 4, 1)),
        (date(2026, 1, 1), date(2025, 5, 1)),
    ],
)
def test_neighbours_are_those_of_the_newest_list_by_the_day_or_the_nearest(on, as_of):
    year = Period(date(2015, 4, 1), date(2016, 3, 31))
    found = [
        Comparison("England", year, Decimal(16), "16%"),
        *(
            Comparison("Neighbours", year, Decimal(20), "20%", as_of=day)
            for day in (date(2025, 5, 1), date(2021, 4, 1))
        ),
    ]

    assert neighbours(found, on).as_of == as_of
    assert neighbours(found[:1], on) is None


def test_list_does_not_colour_context(board):
    indicator = IndicatorFactory(context=True, name="Children in need", unit=Unit.NUMBER)
    TargetFactory(indicator=indicator, value=1)
    MeasurementFactory(indicator=indicator, value=1322, **APRIL)
    MeasurementFactory(indicator=indicator, value=1301)

    response = board.get(INDEX)
    row = re.search(
        r"<tr[^>]*>(?:(?!</tr>).)*Children in need.*?</tr>", response.rendered_content, re.DOTALL
    )[0]

    assert not re.search(r"app-tag--(red|amber|green)|app-dir--(better|worse)|app-variation--(imp|wor)", row)
    assert "1,301 May 2017 Down 21 Too few points to tell Context None None" in plain(row)


def test_list_shows_no_percentage_of_few_cases(board):
    indicator = IndicatorFactory(name="Return home interviews")
    few = {"value": None, "numerator": 4, "denominator": 5}
    BaselineFactory(indicator=indicator, **few)
    TargetFactory(indicator=indicator)
    MeasurementFactory(indicator=indicator, start=date(2016, 5, 1), end=date(2016, 5, 31), **few)
    MeasurementFactory(indicator=indicator, **APRIL, **few)
    MeasurementFactory(indicator=indicator, **few)
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(indicator=indicator, area=england, start=date(2015, 4, 1), end=date(2016, 3, 31), **few)

    response = board.get(INDEX)
    row = row_of(response, "Return home interviews")

    assert "4 of 5 Apr to Sep 2016 4 of 5 Apr 2017 4 of 5 May 2017 Not known None" in row
    assert "Too few to rate" in row
    assert "80%" not in response.rendered_content
    assert "80%" not in board.get(CHARTS).rendered_content


def filtered(board, show):
    response = board.get(INDEX, {"show": show})
    found = [entry.row for group in response.context_data["groups"] for entry in group.entries]
    return [row.reading.indicator.name for row in [*found, *response.context_data["dfe"]]]


def choices(response):
    return [str(label) for _, label in response.context_data["filters"].fields["show"].choices]


def test_filter_finds_what_is_red_without_an_open_action(board):
    for name in ("Acted on", "Left", "Done with"):
        indicator = IndicatorFactory(name=name)
        TargetFactory(indicator=indicator)
        MeasurementFactory(indicator=indicator, value=10)
    ActionFactory().indicators.add(Indicator.objects.get(name="Acted on"))
    delivered = ActionFactory()
    delivered.indicators.add(indicator)
    ProgressUpdateFactory(action=delivered, accepted=True, delivered=True)

    assert filtered(board, "red") == ["Done with", "Left"]


def test_filters_tell_worsening_from_worse_than_before(board):
    worsening = IndicatorFactory(name="Worsening", lower=True)
    months(worsening, 50, 51, 50, 49, 50, 51, 50, 49, 50, 51, 50, 49, 90)
    worse = IndicatorFactory(name="Worse")
    months(worse, 50, 51, 50, 49, 50, 51, 50, 49, 50, 51, 50, 49)

    assert filtered(board, "worsening") == ["Worsening"]
    assert filtered(board, "worse") == ["Worse", "Worsening"]


def test_filter_finds_old_data_and_none(board):
    old, _ = IndicatorFactory(name="Old"), IndicatorFactory(name="Silent")
    MeasurementFactory(indicator=IndicatorFactory(name="New"))
    MeasurementFactory(
        indicator=old, start=date(2016, 5, 1), end=date(2016, 5, 31), recorded_on=date(2016, 6, 9)
    )

    response = board.get(INDEX, {"show": "old", "group": "service"})

    assert filtered(board, "old") == ["Old", "Silent"]
    assert choices(response) == [
        "All indicators (3)",
        "Not met, no open action (0)",
        "Worsening, more than chance (0)",
        "Worse than the figure before (0)",
        "No recent data (2)",
    ]
    assert 'href="?group=recommendation&amp;show=old"' in response.rendered_content


def test_filter_that_finds_nothing_says_so_and_can_be_cleared(board):
    MeasurementFactory()

    response = board.get(INDEX, {"show": "red"})

    assert "No indicator matches “Not met, no open action”." in words(response)
    assert response.rendered_content.count('href="?group=recommendation"') == 2
    assert "<table" not in response.rendered_content


def test_filter_that_means_nothing_is_named_and_shows_everything(board):
    MeasurementFactory(indicator__name="Interviews")

    response = board.get(INDEX, {"show": "nonsense"})

    assert "There is a problem Choose what to show from the list" in words(response)
    assert names(response.context_data["groups"]) == [("No recommendation", ["Interviews"])]


def test_page_never_gives_back_a_nul(board):
    MeasurementFactory()

    assert "\0" not in board.get(INDEX, {"show": "re\0d"}).rendered_content


def test_only_those_who_may_are_led_to_entry_and_import(client, reader, manager):
    MeasurementFactory()

    client.force_login(reader)
    assert re.findall("All charts|Enter figures|Import a file", words(client.get(INDEX))) == ["All charts"]
    client.force_login(manager)
    assert re.findall("All charts|Enter figures|Import a file", words(client.get(INDEX))) == [
        "All charts",
        "Enter figures",
        "Import a file",
    ]


def test_list_without_indicators_says_so(board):
    assert "There are no indicators yet." in words(board.get(INDEX))
    assert "There are no indicators of the council’s own yet." in words(board.get(CHARTS))


def test_charts_page_shows_the_council_charts_under_their_headings(board):
    indicator = indicator_under(6, "Return home interviews", name="Interviews in time", short_name="In time")
    months(indicator, 60, 70)
    IndicatorFactory(name="Visits", short_name="Silent", recommendation_numbers="6")
    MeasurementFactory(indicator=IndicatorFactory(dfe=True, short_name="Placements"))

    response = board.get(CHARTS)
    text = words(response)

    assert "6 Return home interviews In time 70% , May 2017 No target Published" in text
    assert "Interviews in time: too few points to tell" in text
    assert "Silent No value yet." in text
    assert "Placements" not in text
    assert response.rendered_content.count('class="app-chart ') == 1


def test_charts_page_groups_by_service(board):
    indicator = indicator_under(6, "Return home interviews", short_name="In time")
    MeasurementFactory(indicator=indicator)
    service = indicator.actions.get().service.name

    assert f"{service} In time" in words(board.get(CHARTS, {"group": "service"}))


def many(count):
    """`count` indicators of each kind with everything that a list shows."""
    for frequency in [Frequency.MONTHLY, Frequency.ANNUAL]:
        for indicator in IndicatorFactory.create_batch(count, dfe=frequency == Frequency.ANNUAL):
            BaselineFactory(indicator=indicator)
            TargetFactory(indicator=indicator)
            MeasurementFactory(indicator=indicator)
            RebaseFactory(indicator=indicator)
            BenchmarkFactory(indicator=indicator, start=date(2015, 4, 1), end=date(2016, 3, 31))
            action = ActionFactory()
            action.indicators.add(indicator)
            ProgressUpdateFactory(action=action, accepted=True, delivered=True)
            AssuranceFactory(action=action)
            MilestoneFactory(action=action, complete=True)


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(board, count, django_assert_num_queries):
    many(count)

    # session, user, groups, indicators; readings 4, benchmarks 3, rebases; linked actions 8
    with django_assert_num_queries(20):
        board.get(INDEX)


@pytest.mark.parametrize("count", [1, 3])
def test_charts_query_count(board, count, django_assert_num_queries):
    many(count)

    # session, user, indicators; readings 4, benchmarks 3, rebases; linked actions 8
    with django_assert_num_queries(19):
        board.get(CHARTS)


def test_row_that_was_drawn_is_drawn_anew_when_anything_it_shows_changes(board):
    indicator = IndicatorFactory(name="Return interviews", short_name="Interviews", unit=Unit.NUMBER)
    IndicatorFactory(code=f"{indicator.code}-dfe", name="Published", kind="dfe")
    months(indicator, 40, 41)
    before = row_of(board.get(INDEX), "Return interviews")

    Indicator.objects.filter(pk=indicator.pk).update(name="Return talks", short_name="Talks")
    months(indicator, 42, comment="Said later")

    after = row_of(board.get(INDEX), "Return talks")
    assert "41 May 2017 Better, up 1" in before
    assert "DfE’s count of Interviews" in before
    assert "42 May 2017 Better, up 2" in after
    assert "DfE’s count of Talks" in after
