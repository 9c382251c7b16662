"""The page of an indicator, as people read it."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kpis.enums import Unit
from kpis.models import Area
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
    RagRuleFactory,
    RebaseFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

APRIL = {"start": date(2017, 4, 1), "end": date(2017, 4, 30)}


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

    assert row_of(response, "May 2017") == "May 2017 70% 19 of 27 Validated Source 1"
    assert row_of(response, "April 2017") == "April 2017 Published 65% 17 of 26 Validated Source 2"
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
    assert row_of(response, "May 2017") == "May 2017 4 of 5 Too few to rate Validated Source 1"


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

    for url in ("kpis:indicators", "kpis:charts"):
        assert "<script>alert" not in board.get(reverse(url)).rendered_content
    page = board.get(indicator.get_absolute_url()).rendered_content
    assert not re.search(r"<script>alert|<img src=x|<b>bold|<i>here", page)


def months(indicator, *values):
    """One value a month, the last for May 2017."""
    for back, value in enumerate(reversed(values)):
        period = Period.month(months_later(date(2017, 5, 1), -back))
        MeasurementFactory(indicator=indicator, start=period.start, end=period.end, value=value)


STEADY = [50, 51, 50, 49, 50, 51, 50, 49, 50, 51, 50, 49]


def test_sheet_says_what_is_more_than_chance_beside_each_value(board):
    indicator = IndicatorFactory()
    months(indicator, *STEADY, 70)
    TargetFactory(indicator=indicator, value=90)
    MeasurementFactory(
        indicator=indicator, start=date(2013, 5, 1), end=date(2013, 5, 31), recorded_on=date(2013, 6, 9)
    )

    response = board.get(indicator.get_absolute_url())
    text = words(response)

    assert "Improving since May 2017: the newest value is above the upper limit." in text
    assert (
        "Will miss the target if all goes on as it is: nothing in the usual range, 49% to 54%, meets 90%."
        in text
    )
    assert row_of(response, "May 2017").startswith("May 2017 70% Not held Improving: above the upper limit")
    assert row_of(response, "April 2017").startswith(
        "April 2017 49% Not held Worsening: one of seven or more below the mean"
    )
    assert row_of(response, "May 2013").startswith("May 2013 80% Not held Not judged")


@pytest.mark.parametrize(
    ("target", "words_of_it"),
    [
        (40, "Will hit the target if all goes on as it is: the whole usual range, 47% to 53%, meets 40%."),
        (51, "Will hit or miss the target by chance: 51% lies within the usual range, 47% to 53%."),
    ],
)
def test_sheet_says_whether_the_target_will_be_met(board, target, words_of_it):
    indicator = IndicatorFactory()
    months(indicator, *STEADY)
    TargetFactory(indicator=indicator, value=target)

    text = words(board.get(indicator.get_absolute_url()))

    assert "Normal variation: the newest figure is no more than chance." in text
    assert words_of_it in text


def test_sheet_of_a_few_points_says_that_they_are_few(board):
    indicator = IndicatorFactory()
    months(indicator, 50, 60)

    response = board.get(indicator.get_absolute_url())

    assert "Too few points to tell a change from chance: limits need 12 figures, there are 2." in words(
        response
    )
    assert row_of(response, "May 2017") == "May 2017 60% Not held Validated Source 1"


def test_sheet_draws_a_chart_and_leads_to_its_files(board):
    indicator = IndicatorFactory(name="Interviews in time", code="interviews")
    months(indicator, 50, 60)

    page = board.get(indicator.get_absolute_url()).rendered_content

    assert re.findall(r"<svg[^>]*class=\"app-chart\".*?<title[^>]*>([^<]+)", page) == [
        "Interviews in time: too few points to tell"
    ]
    assert 'href="/kpis/interviews/chart.svg"' in page
    assert 'href="/kpis/interviews/chart.png"' in page


def test_sheet_says_what_came_before_an_improvement(board):
    indicator = IndicatorFactory()
    months(indicator, *STEADY, 70)
    action = ActionFactory(ref="6.1", order=1, short_title="Same-day notice")
    action.indicators.add(indicator)
    MilestoneFactory(action=action, title="Rota agreed", completed_on=date(2017, 3, 20))
    MilestoneFactory(action=action, title="Long before", completed_on=date(2016, 6, 1))
    MilestoneFactory(action=action, title="After", completed_on=date(2017, 5, 2))
    ProgressUpdateFactory(
        action=action, accepted=True, delivered=True, submitted_on=date(2017, 4, 28), month=date(2017, 4, 1)
    )

    response = board.get(indicator.get_absolute_url())
    text = words(response)

    assert "What came before a change did not necessarily cause it." in text
    assert [(each.done.letter, each.done.words, each.words) for each in response.context_data["before"]] == [
        ("B", "Rota agreed", "6 weeks before"),
        ("C", "Same-day notice", "less than a week before"),
    ]
    assert row_of(response, "B 6.1") == "B 6.1 Rota agreed 20 March 2017 6 weeks before"
    assert "A 1 June 2016: 6.1 Long before B 20 March 2017: 6.1 Rota agreed" in text
    assert "C 28 April 2017: 6.1 Same-day notice , whole action delivered D 2 May 2017: 6.1 After" in text


def test_sheet_says_when_nothing_came_before(board):
    indicator = IndicatorFactory(lower=True)
    months(indicator, *STEADY, 70)

    text = words(board.get(indicator.get_absolute_url()))

    assert "What came before it got worse" in text
    assert "No linked action or milestone was delivered in the 6 months before 1 May 2017." in text


def test_sheet_without_a_shift_says_nothing_of_what_came_before(board):
    indicator = IndicatorFactory()
    months(indicator, *STEADY)

    assert "What came before" not in words(board.get(indicator.get_absolute_url()))


def test_sheet_names_the_rule_that_rated(board):
    RagRuleFactory(name="Tolerance of each target, agreed on 30 March", starts_on=date(2017, 3, 31))
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=82)
    MeasurementFactory(indicator=indicator)

    text = words(board.get(indicator.get_absolute_url()))

    assert "Data as at 31 May 2017, known from 9 June 2017." in text
    assert "Near, by this rule: Tolerance of each target, agreed on 30 March." in text


def test_sheet_keeps_both_values_of_a_revised_period(board, manager):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, value=65, recorded_on=date(2017, 5, 9), **APRIL)
    MeasurementFactory(
        indicator=indicator,
        value=69,
        recorded_on=date(2017, 6, 20),
        reason="One interview was recorded late.",
        made_by=manager,
        **APRIL,
    )
    MeasurementFactory(indicator=indicator, value=72, recorded_on=date(2017, 6, 28), reason="Later", **APRIL)
    MeasurementFactory(indicator=indicator, value=70)

    response = board.get(indicator.get_absolute_url())

    (revision,) = response.context_data["revisions"]
    assert [(each.figure.words, each.is_newest) for each in revision.vintages] == [
        ("69%", True),
        ("65%", False),
    ]
    assert (
        "April 2017 69% Entered 20 June 2017 Validated One interview was recorded late. "
        "Head of Innovation and Improvement April 2017, replaced 65% 9 May 2017 Validated First value Not recorded"
    ) in words(response)


def test_sheet_keeps_the_answer_to_a_query(board):
    MeasurementFactory(indicator__code="asked", answer="The register was checked.")

    text = words(board.get(reverse("kpis:indicator", args=["asked"])))

    assert "May 2017 80% 9 June 2017 Validated Asked whether it is right: The register was checked." in text


def test_sheet_of_values_that_nobody_changed_has_no_revisions(board):
    indicator = IndicatorFactory()
    months(indicator, 50, 60)

    assert "revised or queried" not in words(board.get(indicator.get_absolute_url()))


def test_sheet_shows_what_was_said_month_by_month(board):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, comment="Ten more were seen.", **APRIL)
    MeasurementFactory(indicator=indicator, comment="Better again.")

    text = words(board.get(indicator.get_absolute_url()))

    assert "What was said, newest first May 2017 Better again. April 2017 Ten more were seen." in text


def test_sheet_says_why_limits_start_anew(board):
    indicator = IndicatorFactory()
    months(indicator, *STEADY)
    RebaseFactory(indicator=indicator, starts_on=date(2017, 1, 1), reason="A new form")

    assert "New mean and limits from 1 January 2017: A new form" in words(
        board.get(indicator.get_absolute_url())
    )


def test_only_those_who_may_change_trajectory_and_limits(client, reader, manager):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator)
    links = "Change the trajectory|Work out the limits anew"

    client.force_login(reader)
    assert re.findall(links, words(client.get(indicator.get_absolute_url()))) == []
    client.force_login(manager)
    assert sorted(re.findall(links, words(client.get(indicator.get_absolute_url())))) == links.split("|")


def test_sheet_shows_no_percentage_of_few_cases(board):
    indicator = IndicatorFactory()
    few = {"value": None, "numerator": 4, "denominator": 5}
    BaselineFactory(indicator=indicator, **few)
    TargetFactory(indicator=indicator)
    MeasurementFactory(indicator=indicator, start=date(2016, 5, 1), end=date(2016, 5, 31), **few)
    MeasurementFactory(indicator=indicator, **APRIL, **few)
    MeasurementFactory(indicator=indicator, **APRIL, **few, reason="Counted again", comment="Few")
    MeasurementFactory(indicator=indicator, **few)
    year = {"start": date(2015, 4, 1), "end": date(2016, 3, 31)}
    england = AreaFactory(name="England", kind=Area.Kind.COUNTRY)
    BenchmarkFactory(indicator=indicator, area=england, **year, **few)
    BenchmarkFactory(indicator=indicator, area=AreaFactory(kind=Area.Kind.REGION), value=71, **year)

    page = board.get(indicator.get_absolute_url()).rendered_content

    assert "80%" not in page
    assert "71%" in page
    assert page.count("4 of 5") == 8  # the head, three months, the trajectory, the baseline, both vintages


def test_chart_leaves_out_few_cases(board):
    indicator = IndicatorFactory()
    months(indicator, 61, 62)
    MeasurementFactory(indicator=indicator, **APRIL, value=None, numerator=4, denominator=5)

    reading = board.get(indicator.get_absolute_url()).context_data["known"].facts

    assert [point.words for point in reading.points] == ["62%"]


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_query_count(board, count, django_assert_num_queries):
    indicator = IndicatorFactory(dfe=True)
    for back in range(count):
        start = months_later(date(2015, 4, 1), -12 * back)
        end = months_later(date(2016, 3, 31), -12 * back)
        for day in (1, 2):
            MeasurementFactory(indicator=indicator, start=start, end=end, recorded_on=date(2016, 12, day))
        BenchmarkFactory(indicator=indicator, start=start, end=end)
        RebaseFactory(indicator=indicator, starts_on=start)
        action = ActionFactory()
        action.indicators.add(indicator)
        ProgressUpdateFactory(action=action, accepted=True, delivered=True)
        AssuranceFactory(action=action)
        MilestoneFactory(action=action, complete=True)

    # session, user, groups, indicator, its twin; readings 4, benchmarks 3, rebases; linked actions 8; revisions
    with django_assert_num_queries(22):
        board.get(indicator.get_absolute_url())
