"""The plan as a grid: what it counts, how it groups and filters, and what leaves it as a file."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from actionplan.downloads import harmless
from actionplan.enums import DeliveryState, Grade, Impact, Rag
from actionplan.forms.filters import FilterForm
from actionplan.grid import grid, groups, lenses
from actionplan.models import ReportingMonth
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AreaMappingFactory,
    AssuranceFactory,
    JudgementAreaFactory,
    JudgementFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    RecommendationParagraphFactory,
    ReportingMonthFactory,
)

TODAY = date(2017, 6, 27)
MAY = {"month": date(2017, 5, 1), "submitted_on": date(2017, 5, 19), "accepted_on": date(2017, 5, 22)}


@pytest.fixture
def plan(db):
    """A plan whose Board met on 25 May and meets again on 29 June."""
    plan = ActionPlanFactory(slug="the-plan", name="The plan")
    ReportingMonthFactory(plan=plan)
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 5, 1),
        opens_on=date(2017, 5, 1),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
    )
    return plan


def rows_of(plan):
    return {row.action.ref: row for row in grid(plan, TODAY).rows}


def refs(shown):
    return [row.action.ref for row in shown]


def grouped(plan, lens, *hidden):
    found = grid(plan, TODAY)
    shown = [row for row in found.rows if row.action.pk not in hidden]
    return groups(found, lenses(plan)[lens], shown, only_shown=bool(hidden))


def filtered(plan, **data):
    rows = grid(plan, TODAY).rows
    return refs(FilterForm(data, rows=rows).filter(rows))


def test_grid_marks_what_changed_since_the_last_board(plan):
    action = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=action, accepted=True, impact=Impact.NONE, **MAY)
    ProgressUpdateFactory(action=action, accepted=True, amber=True, impact=Impact.EARLY)

    row = grid(plan, TODAY).rows[0]

    assert (row.delivery_was, row.impact_was) == ("Was green", "Was none yet")


def test_grid_says_nothing_of_change_before_the_first_board(db):
    plan = ActionPlanFactory()
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True)

    row = grid(plan, TODAY).rows[0]

    assert (row.before, row.delivery_was, row.impact_was) == (None, "", "")


def test_grid_counts_each_state_beside_last_month(plan):
    changed = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=changed, accepted=True, **MAY)
    ProgressUpdateFactory(action=changed, accepted=True, red=True)
    ActionFactory(plan=plan)

    counts = {
        count.value: (count.now, count.before)
        for count in grid(plan, TODAY).counts()
        if count.now or count.before
    }

    assert counts == {DeliveryState.NOT_STARTED: (1, 1), Rag.RED: (1, 0), Rag.GREEN: (0, 1)}


def test_plan_beneath_another_shares_its_rounds(plan):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    ActionFactory(plan=child)

    found = grid(child, TODAY)

    assert found.month.board_on == date(2017, 6, 29)
    assert found.rows[0].owes_update


@pytest.mark.parametrize(
    ("traits", "owes"),
    [
        ({"accepted": True}, False),
        ({}, False),  # submitted, nobody has checked it
        ({"returned": True}, True),
        ({"draft": True, "state": "", "rag": ""}, True),
    ],
)
def test_update_is_owed_until_it_is_handed_in(plan, traits, owes):
    ProgressUpdateFactory(action=ActionFactory(plan=plan), **traits)

    assert grid(plan, TODAY).rows[0].owes_update is owes


@pytest.mark.parametrize(
    ("told_on", "on", "returned", "words"),
    [
        (None, date(2017, 6, 29), False, "Update owed for June"),
        (None, date(2017, 6, 30), False, "No update for June"),
        (date(2017, 6, 27), date(2017, 6, 26), False, "Update owed for June"),
        (date(2017, 6, 27), date(2017, 6, 27), False, "No update for June"),
        (date(2017, 6, 27), date(2017, 6, 27), True, ""),  # what was returned says so itself
    ],
)
def test_update_is_missing_for_good_once_its_round_is_over(plan, told_on, on, returned, words):
    action = ActionFactory(plan=plan)
    if returned:
        ProgressUpdateFactory(action=action, returned=True)
    june = ReportingMonth.objects.get(month=date(2017, 6, 1))
    june.told_on = told_on
    june.save()

    assert grid(plan, on).rows[0].missing == words


def test_no_update_is_owed_for_delivered_work_or_work_that_starts_later(plan):
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True, delivered=True, **MAY)
    ActionFactory(plan=plan, starts_on=date(2017, 7, 3))

    assert [row.owes_update for row in grid(plan, TODAY).rows] == [False, False]


def test_delivered_action_is_never_late(plan):
    ProgressUpdateFactory(action=ActionFactory(plan=plan, overdue=True), accepted=True, delivered=True)
    ActionFactory(plan=plan, overdue=True)

    assert [row.days_late for row in grid(plan, TODAY).rows] == [0, 27]


def test_group_shows_its_worst_state_and_never_an_average(plan):
    recommendation = RecommendationFactory(inspection=plan.inspection)
    for traits in ({"red": True}, {}, {}, {"impact": Impact.SUSTAINED}):
        action = ActionFactory(plan=plan, recommendation=recommendation)
        ProgressUpdateFactory(action=action, accepted=True, **{"impact": Impact.EVIDENCED} | traits)

    [group] = grouped(plan, "recommendation")

    assert (group.delivery.value, group.delivery.count, group.delivery.total) == (Rag.RED, 1, 4)
    assert (group.impact.value, group.impact.count) == (Impact.EVIDENCED, 3)
    assert group.summary == "1 red, 3 green"


def test_group_keeps_its_roll_up_when_a_filter_hides_the_worst(plan):
    recommendation = RecommendationFactory(inspection=plan.inspection)
    for trait in ("red", "amber"):
        action = ActionFactory(plan=plan, recommendation=recommendation)
        ProgressUpdateFactory(action=action, accepted=True, **{trait: True})
    red, amber = plan.actions.order_by("pk")

    [group] = grouped(plan, "recommendation", red.pk)

    assert group.delivery.value == Rag.RED
    assert refs(group.shown) == [amber.ref]


def test_group_names_its_next_milestone_and_how_late_it_is(plan):
    recommendation = RecommendationFactory(inspection=plan.inspection)
    action = ActionFactory(plan=plan, recommendation=recommendation)
    MilestoneFactory(action=action, title="Guide printed", overdue=True, complete=True)
    MilestoneFactory(action=action, title="Guide sent", due_on=date(2017, 6, 15))
    MilestoneFactory(action=action, title="Guide read", due_on=date(2017, 7, 14))

    [group] = grouped(plan, "recommendation")

    assert group.next_step == "Guide sent, 12 days late"


def test_recommendation_without_an_action_stands_in_the_whole_plan_only(plan):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    RecommendationFactory(inspection=plan.inspection, short_title="Supervision")

    assert [group.name for group in grouped(plan, "recommendation")] == ["Supervision"]
    assert grouped(child, "recommendation") == []


def test_action_stands_under_every_area_of_its_recommendation(plan):
    action = ActionFactory(plan=plan)
    for name, grade in (
        ("Care leavers", Grade.INADEQUATE),
        ("Leadership", Grade.GOOD),
        ("Adoption", Grade.GOOD),
    ):
        area = JudgementAreaFactory(framework=plan.inspection.framework, name=name)
        JudgementFactory(inspection=plan.inspection, area=area, grade=grade)
        if name != "Adoption":
            RecommendationParagraphFactory(recommendation=action.recommendation, area=area)
    nowhere = ActionFactory(plan=plan)

    areas = grouped(plan, "area")

    assert [(group.name, group.grade, refs(group.rows)) for group in areas] == [
        ("Care leavers", "Inadequate", [action.ref]),
        ("Leadership", "Good", [action.ref]),
        ("No area named", "", [nowhere.ref]),
    ]


def test_areas_lead_on_to_a_later_framework(plan):
    """Two that became one show the worst grade; a plan under the later framework is never read backwards."""
    later = ActionPlanFactory(inspection__framework__code="ilacs-2018")
    care = JudgementAreaFactory(framework=later.inspection.framework, name="In care")
    actions = [ActionFactory(plan=plan) for _ in range(3)]
    for action, grade in zip(actions, (Grade.INADEQUATE, Grade.GOOD), strict=False):
        area = JudgementAreaFactory(framework=plan.inspection.framework)
        JudgementFactory(inspection=plan.inspection, area=area, grade=grade)
        RecommendationParagraphFactory(recommendation=action.recommendation, area=area)
        AreaMappingFactory(from_area=area, to_area=care)
    first, second, nowhere = (action.ref for action in actions)

    assert [(group.name, group.grade, refs(group.rows)) for group in grouped(plan, "ilacs-2018")] == [
        ("In care", "Inadequate, 1 of 2", [first, second]),
        ("No area named", "", [nowhere]),
    ]
    assert [*lenses(plan)] == ["recommendation", "area", "ilacs-2018", "service", "owner"]
    assert [*lenses(later)] == ["recommendation", "area", "service", "owner"]


@pytest.mark.parametrize("lens", ["service", "owner"])
def test_lens_gathers_actions_by_name(plan, lens):
    first = ActionFactory(plan=plan)
    ActionFactory(plan=plan)
    ActionFactory(plan=plan, **{lens: getattr(first, lens)})

    sizes = {group.name: len(group.rows) for group in grouped(plan, lens)}

    assert sizes[str(getattr(first, lens))] == 2
    assert len(sizes) == 2


def test_filters_by_owner_service_state_and_impact(plan):
    one = ActionFactory(plan=plan)
    two = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=two, accepted=True, amber=True, impact=Impact.EVIDENCED)

    assert filtered(plan, owner=str(one.owner_id)) == [one.ref]
    assert filtered(plan, service=str(two.service_id)) == [two.ref]
    assert filtered(plan, state="not_started") == [one.ref]
    assert filtered(plan, state="amber") == filtered(plan, state="in_progress") == [two.ref]
    assert filtered(plan, state="red") == []
    assert filtered(plan, impact="evidenced") == [two.ref]
    assert filtered(plan, impact="evidenced", owner=str(one.owner_id)) == []


def test_filters_by_date(plan):
    overdue = ActionFactory(plan=plan, overdue=True)
    soon = ActionFactory(plan=plan, due_on=date(2017, 7, 27))
    later = ActionFactory(plan=plan, moved=True)
    done = ActionFactory(plan=plan, overdue=True)
    ProgressUpdateFactory(action=done, accepted=True, delivered=True)
    ProgressUpdateFactory(action=later, accepted=True)

    assert filtered(plan, due="overdue") == [overdue.ref]
    assert filtered(plan, due="soon") == [soon.ref]
    assert filtered(plan, due="moved") == [soon.ref, later.ref]
    assert filtered(plan, due="silent") == [overdue.ref, soon.ref]
    assert (
        filtered(plan, due_by="27/7/2017") == filtered(plan, due_by="27 July 2017") == [overdue.ref, soon.ref]
    )


@pytest.mark.parametrize("text", ["PATHWAY", "children’s plan", "plan children's", "7.31"])
def test_search_finds_every_word_wherever_it_stands(plan, text):
    recommendation = RecommendationFactory(inspection=plan.inspection, number=7)
    found = ActionFactory(
        plan=plan,
        recommendation=recommendation,
        ref="7.31",
        title="Pathway",
        why="Children’s words",
        outcome="A plan",
    )
    ActionFactory(plan=plan, title="Fostering", why="Children’s homes")

    assert filtered(plan, q=text) == [found.ref]


@pytest.mark.parametrize(
    "query",
    [
        "owner=999",
        "owner=x%00",
        "service=" + "9" * 400,
        "state=purple",
        "impact=1",
        "due=never",
        "due_by=31/31/2017",
        "q=" + "x" * 201,
    ],
)
def test_filter_that_means_nothing_is_named_and_ignored(client, reader, plan, query):
    action = ActionFactory(plan=plan)
    client.force_login(reader)

    response = client.get(f"{plan.get_absolute_url()}?{query}")

    name = query.split("=")[0]
    assert list(response.context["filters"].errors) == [name]
    assert refs(response.context["shown"]) == [action.ref]
    assert f'href="#filter-{name}"' in response.text


def test_nul_is_never_given_back(client, reader, plan):
    action = ActionFactory(plan=plan)
    client.force_login(reader)

    response = client.get(f"{plan.get_absolute_url()}?q=acti%00on")

    assert refs(response.context["shown"]) == [action.ref]
    assert "\0" not in response.text


def test_filters_stay_in_the_links_of_the_page(client, reader, plan):
    action = ActionFactory(plan=plan, overdue=True)
    client.force_login(reader)

    page = client.get(f"{plan.get_absolute_url()}?due=overdue&owner={action.owner_id}&group=nonsense").text

    query = f"owner={action.owner_id}&amp;due=overdue"
    assert f'href="?group=service&amp;{query}"' in page
    assert f'actions.csv?{query}"' in page
    assert "1 of 1 actions" in page
    assert '<details class="govuk-details" open>' in page


def test_nothing_found_is_said_in_plain_words(client, reader, plan):
    ActionFactory(plan=plan)
    client.force_login(reader)

    page = client.get(f"{plan.get_absolute_url()}?q=zebra").text

    assert "No action of this plan fits words “zebra”." in page
    assert "Show all 1 actions" not in page
    assert "Show all actions" in page


def test_plan_and_the_plan_beneath_it_link_to_each_other(client, reader, plan):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection, name="Leaving Care plan")
    client.force_login(reader)

    assert f'href="{child.get_absolute_url()}">Leaving Care plan' in client.get(plan.get_absolute_url()).text
    page = client.get(child.get_absolute_url()).text
    assert "part of the The plan" in page
    assert f'href="{plan.get_absolute_url()}">The plan' in page


def test_grade_that_does_not_limit_stands_beside_the_overall_grade(client, reader, plan):
    JudgementFactory(inspection=plan.inspection)
    JudgementFactory(inspection=plan.inspection, grade=Grade.INADEQUATE, is_limiting=False)
    client.force_login(reader)

    page = client.get(plan.get_absolute_url()).text

    assert "<dd>Requires improvement</dd>" in page
    assert "<dd>Inadequate (not limiting)</dd>" in page


def test_text_of_an_action_is_escaped_however_often_it_is_drawn(client, reader, plan):
    ActionFactory(plan=plan, title="<script>alert(1)</script>")
    client.force_login(reader)

    for _ in range(2):
        assert "<script>alert" not in client.get(plan.get_absolute_url()).text


def test_drawn_group_changes_as_soon_as_its_action_does(client, reader, plan):
    action = ActionFactory(plan=plan, title="Before")
    client.force_login(reader)
    assert "Before" in client.get(plan.get_absolute_url()).text

    action.title = "After"
    action.save(update_fields=["title"])
    action.owner.title = "Head of Change"
    action.owner.save(update_fields=["title"])

    page = client.get(plan.get_absolute_url()).text
    assert "After" in page
    assert "Before" not in page
    assert page.count("Head of Change") == 2  # in the row and in the filter


def test_csv_holds_what_the_grid_shows(client, reader, plan):
    action = ActionFactory(
        plan=plan, overdue=True, owner=PostFactory(title="Head of Leaving Care"), is_sample=True
    )
    ActionFactory(plan=plan)
    MilestoneFactory(action=action, title="Guide sent")
    ProgressUpdateFactory(action=action, accepted=True, red=True)
    client.force_login(reader)

    response = client.get(reverse("actionplan:plan_csv", args=[plan.slug]), {"due": "overdue"})

    assert response["Content-Disposition"] == 'attachment; filename="the-plan-actions-2017-06-27.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    [line] = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert line["Action"] == action.ref
    assert (line["Owner"], line["Delivery"], line["Rating"]) == ("Head of Leaving Care", "In progress", "Red")
    assert (line["Date now"], line["Days late"]) == ("2017-05-31", "27")
    assert (line["Next milestone"], line["Last update is"], line["Data"]) == (
        "Guide sent",
        "accepted",
        "Sample",
    )


@pytest.mark.parametrize("start", list("=+-@\t\r\n\0＝＋－＠"))
def test_csv_cell_never_starts_a_formula(start):
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("value", ["", "4.2", "L1.1", "a=b", 27, date(2017, 6, 27)])
def test_csv_cell_that_is_harmless_stays_as_it_is(value):
    assert harmless(value) == str(value)


def test_plans_leads_to_the_newest_plan_or_says_there_is_none(client, reader):
    client.force_login(reader)
    assert "There is no plan yet" in client.get(reverse("actionplan:plans")).text

    plan = ActionPlanFactory()
    ActionPlanFactory(parent=plan, inspection=plan.inspection)

    assert client.get(reverse("actionplan:plans")).url == plan.get_absolute_url()


def test_unknown_plan_is_not_found(client, reader):
    client.force_login(reader)

    assert client.get(reverse("actionplan:plan", args=["no-such-plan"])).status_code == 404
    assert client.get(reverse("actionplan:plan_csv", args=["no-such-plan"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("lens", "queries"), [("recommendation", 16), ("area", 18), ("service", 15), ("owner", 15)]
)
def test_plan_query_count(client, reader, plan, lens, queries, count, django_assert_num_queries):
    for _ in range(count):
        action = ActionFactory(plan=plan)
        RecommendationParagraphFactory(recommendation=action.recommendation)
        MilestoneFactory.create_batch(2, action=action)
        ProgressUpdateFactory(action=action, accepted=True, delivered=True, **MAY)
        ProgressUpdateFactory(action=action)
        AssuranceFactory(action=action)
    client.force_login(reader)

    with django_assert_num_queries(queries):
        client.get(plan.get_absolute_url(), {"group": lens})
