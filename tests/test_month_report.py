"""The Board's month: what it counts, what it singles out, what it leaves out."""

from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from actionplan.enums import DeliveryState, Grade, Impact, Rag
from actionplan.models import ActionPlan, ReportingMonth
from actionplan.reports.month import month_report, report_day
from actionplan.reports.parts import parts
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AssuranceFactory,
    DateChangeFactory,
    DependencyFactory,
    IndicatorFactory,
    JudgementAreaFactory,
    JudgementFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    RagRuleFactory,
    RecommendationFactory,
    ReportingMonthFactory,
    TargetFactory,
)

ON = date(2017, 6, 27)
MAY = date(2017, 5, 1)


@pytest.fixture
def plan(db):
    """A plan with two rounds: the Board of 25 May has met, that of 29 June has not."""
    plan = ActionPlanFactory(slug="ofsted-2016")
    ReportingMonthFactory(
        plan=plan,
        month=MAY,
        opens_on=date(2017, 5, 2),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
        confidence=Rag.GREEN,
    )
    ReportingMonthFactory(plan=plan, headline="Children are seen sooner.", confidence=Rag.AMBER)
    return plan


def june(plan, on=ON):
    return month_report(plan, plan.months.get(month=date(2017, 6, 1)), on)


def in_may(action, **changes):
    days = {"month": MAY, "submitted_on": date(2017, 5, 19), "accepted_on": date(2017, 5, 22)}
    return ProgressUpdateFactory(action=action, accepted=True, **days | changes)


def in_june(action, **changes):
    return ProgressUpdateFactory(action=action, accepted=True, **changes)


def up_to_date(plan, **changes):
    """An action that nobody needs to look at."""
    action = ActionFactory(plan=plan, **changes)
    in_june(action)
    return action


def kinds(report):
    return [(each.kind, each.action.ref) for each in report.exceptions]


def test_states_are_counted_beside_those_of_the_last_board(plan):
    turned_red = ActionFactory(plan=plan)
    in_may(turned_red)
    in_june(turned_red, red=True)
    ActionFactory(plan=plan)

    tiles = {tile.value: (tile.now, tile.before) for tile in june(plan).deliveries}

    assert (tiles["red"], tiles["green"], tiles["not_started"]) == ((1, 0), (0, 1), (1, 1))
    assert june(plan).counted == (
        "0 of 2 actions are delivered or further on, as in May; 1 is red, 1 more than in May."
    )


def test_unchecked_update_is_shown_and_not_counted(plan):
    action = ActionFactory(plan=plan)
    in_may(action)
    ProgressUpdateFactory(action=action, red=True)

    report = june(plan)

    assert [(each.action.ref, each.rag) for each in report.unchecked] == [(action.ref, Rag.RED)]
    assert {tile.value: tile.now for tile in report.deliveries}["green"] == 1
    assert kinds(report) == []


def test_returned_update_is_an_exception_and_the_old_state_stays(plan):
    action = ActionFactory(plan=plan)
    in_may(action)
    ProgressUpdateFactory(action=action, returned=True, red=True)

    report = june(plan)

    assert kinds(report) == [("Returned", action.ref)]
    assert report.exceptions[0].cause == "Sent back to the owner: “Say how many children this is.”"
    assert {tile.value: tile.now for tile in report.deliveries}["green"] == 1


def test_each_kind_of_exception_most_serious_first_and_each_action_once(plan):
    relapsed = ActionFactory(plan=plan)
    in_may(relapsed, delivered=True)
    AssuranceFactory(action=relapsed, early=True, inadequate=True)
    red = up_to_date(plan)
    in_june(red, red=True)
    sent_back = ActionFactory(plan=plan)
    in_may(sent_back, delivered=True)
    AssuranceFactory(action=sent_back, inadequate=True)
    held = ActionFactory(plan=plan)
    in_may(held, delivered=True)
    AssuranceFactory(action=held, made_on=date(2017, 5, 23), recheck_due_on=date(2017, 6, 26))
    overdue = up_to_date(plan, overdue=True)
    returned = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=returned, returned=True)
    silent = ActionFactory(plan=plan)
    asked = up_to_date(plan)
    DateChangeFactory(action=asked)
    moved = up_to_date(plan, moved=True)
    DateChangeFactory(action=moved, agreed=True, agreed_on=date(2017, 6, 1))
    moved_before = up_to_date(plan, moved=True)
    DateChangeFactory(action=moved_before, agreed=True)
    up_to_date(plan)

    assert kinds(june(plan)) == [
        ("Relapsed", relapsed.ref),
        ("Sent back", sent_back.ref),
        ("Red", red.ref),
        ("Overdue", overdue.ref),
        ("Re-check late", held.ref),
        ("Returned", returned.ref),
        ("No update", silent.ref),
        ("New date asked", asked.ref),
        ("Date moved", moved.ref),
    ]


def test_check_that_failed_or_is_late_says_so_until_the_owner_has_answered(plan):
    relapsed, held = ActionFactory.create_batch(2, plan=plan)
    for action in (relapsed, held):
        in_may(action, delivered=True)
    AssuranceFactory(action=relapsed, inadequate=True, early=True, summary="7 of 24 contacts waited.")
    AssuranceFactory(action=held, made_on=date(2017, 5, 23), recheck_due_on=date(2017, 6, 26))

    assert [(each.cause, each.remedy) for each in june(plan).exceptions] == [
        ("7 of 24 contacts waited.", "The owner puts it right and says so in the update"),
        (
            "Found adequate 23 May 2017; the next check was due 26 June 2017, 1 day ago. "
            "Nobody knows whether it still holds.",
            "An assurer checks it again",
        ),
    ]

    in_june(relapsed, red=True, submitted_on=date(2017, 6, 27), cause="Too few managers at night.")
    assert june(plan).exceptions[0].cause == "Too few managers at night."


@pytest.mark.parametrize(("on", "expected"), [(date(2017, 6, 23), []), (date(2017, 6, 24), ["No update"])])
def test_nobody_is_late_on_the_day_updates_are_due(plan, on, expected):
    in_may(ActionFactory(plan=plan))

    assert [each.kind for each in june(plan, on).exceptions] == expected


def test_finished_work_is_never_overdue(plan):
    in_june(ActionFactory(plan=plan, overdue=True), delivered=True)

    assert kinds(june(plan)) == []


def test_cause_and_remedy_are_the_owners_and_the_date_says_what_is_expected(plan):
    in_june(
        ActionFactory(plan=plan, owner__title="Head of Leaving Care"), red=True, forecast_on=date(2017, 11, 1)
    )

    (exception,) = june(plan).exceptions

    assert (exception.cause, exception.remedy) == ("Two workers left.", "Both posts are advertised.")
    assert exception.owner == "Head of Leaving Care"
    assert exception.by_when == "1 November 2017 expected, due 30 September 2017"


def test_line_shows_the_worst_and_how_many_have_it_never_a_majority(plan):
    recommendation = RecommendationFactory(inspection=plan.inspection, number=4)
    for _ in range(3):
        up_to_date(plan, recommendation=recommendation)
    late = up_to_date(plan, recommendation=recommendation)
    in_may(late)
    in_june(late, amber=True, impact=Impact.NOT_ACHIEVED)

    (line,) = june(plan).lines

    assert (line.state, line.rag, line.delivery_count, line.total) == (
        DeliveryState.IN_PROGRESS,
        Rag.AMBER,
        1,
        4,
    )
    assert (line.impact, line.impact_count) == (Impact.NOT_ACHIEVED, 1)


def test_impact_of_the_month_puts_the_bad_news_first(plan):
    for impact in (Impact.EVIDENCED, Impact.NOT_ACHIEVED):
        action = ActionFactory(plan=plan)
        in_may(action, impact=Impact.EARLY)
        in_june(action, impact=impact, difference=f"Now {impact}.")
    unchanged = ActionFactory(plan=plan)
    in_may(unchanged)
    in_june(unchanged)

    told = [(each.how_we_know, each.was) for each in june(plan).differences]

    assert told == [("Now not_achieved.", "Was early signs"), ("Now evidenced.", "Was early signs")]


def test_worse_grade_is_named_beside_the_overall_one(plan):
    for code, name, grade, limiting in [
        ("sif/overall", "Overall", Grade.REQUIRES_IMPROVEMENT, None),
        ("sif/adoption", "Adoption", Grade.REQUIRES_IMPROVEMENT, None),
        ("sif/care-leavers", "Care leavers", Grade.INADEQUATE, False),
    ]:
        area = JudgementAreaFactory(framework=plan.inspection.framework, code=code, short_name=name)
        JudgementFactory(inspection=plan.inspection, area=area, grade=grade, is_limiting=limiting)

    assert june(plan).grades == (
        ("Overall", "Requires improvement"),
        ("Care leavers", "Inadequate (not limiting)"),
    )


def test_plan_beneath_has_its_own_line_and_page(plan, client, reader):
    beneath = ActionPlanFactory(
        slug="leaving-care", name="Leaving Care plan", parent=plan, inspection=plan.inspection
    )
    late = ActionFactory(plan=beneath)
    in_may(late)
    in_june(late, red=True)
    client.force_login(reader)

    (line,) = june(plan).beneath
    page = client.get(reverse("actionplan:month", args=["leaving-care", "2017-06"]))

    assert (line.total, line.summary, line.changed) == (1, "1 red", (f"{late.ref} was green, now red",))
    assert [each.kind for each in line.exceptions] == ["Red"]
    assert june(plan).total == 0
    assert page.context["report"].total == 1


def test_asked_dates_go_to_the_board_and_decided_ones_do_not(plan):
    asked, decided = up_to_date(plan), up_to_date(plan)
    DateChangeFactory(action=asked, to_date=date(2018, 1, 31))
    DateChangeFactory(action=decided, agreed=True)
    DateChangeFactory(action=decided, refused=True)
    step = MilestoneFactory(action=asked, number=1, title="Guide sent")
    DateChangeFactory(action=asked, milestone=step, from_date=step.due_on, to_date=date(2017, 9, 29))

    assert [(each.action.ref, each.step, each.asked) for each in june(plan).date_requests] == [
        (asked.ref, "", date(2018, 1, 31)),
        (asked.ref, f"Milestone {asked.ref}.1, Guide sent", date(2017, 9, 29)),
    ]


def test_slippage_is_a_figure_and_says_how_it_was(plan):
    assert june(plan).slipped == "No action stands later than first agreed."

    up_to_date(plan, moved=True)
    since_the_board = up_to_date(plan, moved=True)
    DateChangeFactory(action=since_the_board, agreed=True, agreed_on=date(2017, 6, 1))

    assert june(plan).slipped == (
        "2 actions stand later than first agreed, by 124 days in all; 62 days more than in May."
    )


def test_dependency_stands_until_what_is_needed_is_delivered(plan):
    needs_late, needs_done, late, done = (up_to_date(plan) for _ in range(4))
    in_june(done, delivered=True)
    DependencyFactory(action=needs_late, on_action=late, on_programme=None, needed_by=date(2017, 6, 7))
    DependencyFactory(action=needs_done, on_action=done, on_programme=None)

    assert [(each.action.ref, each.on, each.days_late) for each in june(plan).leanings] == [
        (needs_late.ref, str(late), 20)
    ]


def test_plan_beneath_may_lean_on_the_whole(plan):
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    open_above, done_above = up_to_date(plan), up_to_date(plan)
    in_june(done_above, delivered=True)
    for above in (open_above, done_above):
        DependencyFactory(action=up_to_date(beneath), on_action=above, on_programme=None)
    month = plan.months.get(month=date(2017, 6, 1))

    assert [each.on for each in month_report(beneath, month, ON).leanings] == [str(open_above)]


def test_headline_indicators_stand_in_the_boards_order(plan):
    for order, name in [(2, "Contact"), (1, "Interviews"), (None, "Not for the Board")]:
        MeasurementFactory(indicator=IndicatorFactory(name=name, headline_order=order))

    assert [line.name for line in june(plan).indicators] == ["Interviews", "Contact"]


def test_rules_that_made_the_ratings_are_named_once(plan):
    RagRuleFactory(name="Tolerance of each target", starts_on=date(2017, 3, 31))
    for order in (1, 2):
        indicator = MeasurementFactory(indicator__headline_order=order).indicator
        TargetFactory(indicator=indicator)
    MeasurementFactory(indicator__headline_order=3)

    assert june(plan).rules == ("Tolerance of each target",)


def test_confidence_says_what_it_was(plan):
    report = june(plan)

    assert (report.confidence, report.confidence_was) == (Rag.AMBER, "Was green in May")


def test_part_without_facts_is_left_out_and_numbers_stay_in_row(plan):
    up_to_date(plan)

    listed = [(part.number, part.key) for part in parts(june(plan))]

    assert listed == [
        (2, "headline"),
        (3, "counts"),
        (4, "exceptions"),
        (5, "recommendations"),
        (6, "differences"),
    ]


def test_report_holds_plain_data_only(plan):
    in_june(ActionFactory(plan=plan), red=True)
    MilestoneFactory(action=up_to_date(plan))
    DependencyFactory(action=up_to_date(plan))

    def records(value):
        if isinstance(value, models.Model | models.QuerySet):
            yield value
        elif is_dataclass(value):
            for field in fields(value):
                yield from records(getattr(value, field.name))
        elif isinstance(value, tuple):
            for each in value:
                yield from records(each)

    assert list(records(june(plan))) == []


@pytest.mark.parametrize(
    ("today", "speaks_of"),
    [
        (date(2017, 6, 2), date(2017, 6, 2)),
        (date(2017, 6, 29), date(2017, 6, 29)),
        (date(2017, 8, 1), date(2017, 6, 29)),
    ],
)
def test_page_speaks_of_today_until_the_board_has_met(today, speaks_of):
    assert report_day(ReportingMonth(board_on=date(2017, 6, 29)), today) == speaks_of


def test_past_month_shows_what_was_known_then(plan, client, reader):
    action = ActionFactory(plan=plan)
    in_may(action)
    in_june(action, red=True)
    client.force_login(reader)

    report = client.get(reverse("actionplan:month", args=[plan.slug, "2017-05"])).context["report"]

    assert {tile.value: tile.now for tile in report.deliveries}["green"] == 1
    assert dict(report.facts)["Updates as at"] == "25 May 2017"
    assert report.since is None


def test_past_month_keeps_the_dates_of_then(plan, client, reader):
    action = ActionFactory(plan=plan, original_due_on=date(2017, 5, 12), due_on=date(2017, 8, 31))
    in_may(action)
    step = MilestoneFactory(action=action, original_due_on=date(2017, 5, 5), due_on=date(2017, 8, 1))
    for milestone, moves in [
        (None, [(date(2017, 5, 12), date(2017, 6, 30)), (date(2017, 6, 30), date(2017, 8, 31))]),
        (step, [(date(2017, 5, 5), date(2017, 8, 1))]),
    ]:
        for day, (before, after) in enumerate(moves, 1):
            DateChangeFactory(
                action=action,
                milestone=milestone,
                from_date=before,
                to_date=after,
                asked_on=date(2017, 5, 30),
                agreed=True,
                agreed_on=date(2017, 6, day),
            )
    client.force_login(reader)

    then, now = (
        client.get(reverse("actionplan:month", args=[plan.slug, month])).context["report"]
        for month in ("2017-05", "2017-06")
    )

    assert [(each.kind, each.by_when) for each in then.exceptions] == [("Overdue", "12 May 2017")]
    assert then.lines[0].next_step == f"{step.title}, 20 days late"
    assert [each.kind for each in now.exceptions] == ["No update"]
    assert now.lines[0].next_step == f"{step.title}, 1 August 2017"


def test_month_that_has_not_opened_says_when_it_does(plan, client, reader):
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 7, 1),
        opens_on=date(2017, 7, 3),
        updates_due_on=date(2017, 7, 21),
        board_on=date(2017, 7, 27),
    )
    client.force_login(reader)

    page = client.get(reverse("actionplan:month", args=[plan.slug, "2017-07"]))

    assert "The round opens on 3 July 2017" in page.text


@pytest.mark.parametrize("month", ["2017-13", "2017-6", "june", "2017-06-01", "0000-00"])
def test_address_that_is_no_month_is_not_found(plan, client, reader, month):
    client.force_login(reader)

    assert client.get(reverse("actionplan:month", args=[plan.slug, month])).status_code == 404


def test_reports_lead_to_the_running_month(plan, client, reader):
    client.force_login(reader)

    response = client.get(reverse("actionplan:current_month"))

    assert response.url == reverse("actionplan:month", args=["ofsted-2016", "2017-06"])


def test_list_of_months_without_any_says_so(client, reader):
    plan = ActionPlanFactory()
    client.force_login(reader)

    assert "No month has been opened yet" in client.get(reverse("actionplan:months", args=[plan.slug])).text
    assert "There is no monthly report yet" in client.get(reverse("actionplan:current_month")).text


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_rows(
    plan, client, reader, django_assert_num_queries, count
):
    ActionPlanFactory(parent=plan, inspection=plan.inspection)
    for _ in range(count):
        late = ActionFactory(plan=plan)
        in_may(late)
        in_june(late, red=True)
        MilestoneFactory(action=late, overdue=True)
        DateChangeFactory(action=late)
        DependencyFactory(action=late)
        AssuranceFactory(action=up_to_date(plan))
        ProgressUpdateFactory(action=ActionFactory(plan=plan), returned=True)
        MeasurementFactory(indicator=IndicatorFactory(headline_order=late.pk % 100))
    client.force_login(reader)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("actionplan:month", args=[plan.slug, "2017-06"]))


QUERIES = 26


@pytest.mark.once
def test_sample_month_reads_as_it_was_written(db):
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)
    whole = ActionPlan.objects.get(slug="ofsted-2016")

    report = june(whole)

    assert (report.total, len(report.lines), report.beneath[0].total) == (46, 13, 22)
    assert report.grades == (
        ("Overall", "Requires improvement"),
        ("Care leavers", "Inadequate (not limiting)"),
    )
    assert kinds(report) == [
        ("Relapsed", "2.3"),
        ("Red", "13.4"),
        ("Red", "13.1"),
        ("Red", "7.1"),
        ("Returned", "4.2"),
        ("No update", "11.2"),
        ("No update", "1.4"),
        ("New date asked", "7.2"),
    ]
    assert [each.action.ref for each in report.unchecked] == ["8.2", "8.3", "9.2", "11.3"]
    assert [each.action.ref for each in report.date_requests] == ["7.2", "11.4", "13.1"]
    assert len(report.indicators) == 10
    assert report.rules == ("Tolerance of each target, agreed by the Board on 30 March 2017",)
