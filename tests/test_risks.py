"""Risks: how grave they are, which way they move, who may write what, and what the Board sees of a past day."""

from datetime import date

import pytest
from django.core.management import call_command

from actionplan.changes import risks as changes
from actionplan.changes.risks import AlreadyClosed, Words
from actionplan.enums import Movement, RiskKind, RiskLevel
from actionplan.models import ActionPlan, ReportingMonth, Risk, RiskScore
from actionplan.reports.month import month_report
from actionplan.reports.parts import parts
from actionplan.risks import Score, compared_with, heat_map, level, levels, movement, risk_rows, score_story
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    PostFactory,
    ReportingMonthFactory,
    RiskFactory,
    RiskScoreFactory,
)

ON = date(2017, 6, 27)
BOARD = date(2017, 5, 25)
MARCH, JUNE = date(2017, 3, 28), date(2017, 6, 22)

# The score, alone.


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, RiskLevel.LOW),
        (4, RiskLevel.LOW),
        (5, RiskLevel.MODERATE),
        (9, RiskLevel.MODERATE),
        (10, RiskLevel.HIGH),
        (15, RiskLevel.HIGH),
        (16, RiskLevel.SEVERE),
        (25, RiskLevel.SEVERE),
    ],
)
def test_each_score_has_a_word(value, word):
    assert level(value) == word


def test_levels_follow_on_one_another_from_1_to_25():
    ends = [(lowest, highest) for _, lowest, highest in levels()]

    assert ends == [(1, 4), (5, 9), (10, 15), (16, 25)]
    assert {level(likelihood * impact) for likelihood in range(1, 6) for impact in range(1, 6)} == set(
        RiskLevel
    )


@pytest.mark.parametrize(
    ("now", "was", "expected"),
    [
        (16, 12, Movement.UP),
        (9, 12, Movement.DOWN),
        (12, 12, Movement.SAME),
        (12, None, Movement.NEW),
        (None, 12, None),
        (None, None, None),
    ],
)
def test_movement_is_from_one_score_to_the_other(now, was, expected):
    assert movement(now, was) == expected


def test_score_in_words():
    assert Score(4, 3).words == "Likely (4) × medium (3)"


# Risks on a day.


def rows(on=ON, since=BOARD):
    return risk_rows(Risk.objects.all(), on, since)


@pytest.mark.django_db
def test_newest_score_of_a_day_counts_and_the_later_of_two_on_it():
    risk = RiskFactory()
    RiskScoreFactory(risk=risk, scored_on=MARCH, likelihood=2, impact=2)
    RiskScoreFactory(risk=risk, scored_on=BOARD, likelihood=3, impact=3)
    RiskScoreFactory(risk=risk, scored_on=BOARD, likelihood=3, impact=4)
    RiskScoreFactory(risk=risk, scored_on=JUNE, likelihood=4, impact=4)

    [june], [may], [april] = rows(), rows(BOARD, MARCH), rows(date(2017, 4, 27), MARCH)

    assert (june.after, june.was, june.movement) == (Score(4, 4), Score(3, 4), Movement.UP)
    assert (may.after, may.was, may.movement) == (Score(3, 4), Score(2, 2), Movement.UP)
    assert (april.after, april.movement) == (Score(2, 2), Movement.SAME)


@pytest.mark.django_db
def test_gravest_come_first_and_unscored_ones_count_unmitigated():
    twelve = RiskScoreFactory(likelihood=3, impact=4, risk__likelihood=4, risk__impact=4).risk
    graver_before = RiskScoreFactory(likelihood=4, impact=3, risk__likelihood=5, risk__impact=4).risk
    unscored = RiskFactory(likelihood=3, impact=5)
    severe = RiskScoreFactory(likelihood=4, impact=4).risk

    titles = [risk.title for risk in (severe, unscored, graver_before, twelve)]
    assert [row.title for row in rows()] == titles


@pytest.mark.django_db
def test_review_is_late_from_the_day_after_and_never_for_a_closed_risk():
    RiskFactory(number=1, review_on=date(2017, 6, 27))
    RiskFactory(number=2, review_on=date(2017, 6, 26))
    RiskFactory(number=3, review_on=date(2017, 6, 1), closed=True)

    assert {row.ref: row.days_late for row in rows()} == {"R1": 0, "R2": 1, "R3": 0}


@pytest.mark.django_db
def test_risk_is_open_until_the_end_of_the_day_before_it_was_closed():
    RiskFactory(opened_on=MARCH, closed=True)

    days = [date(2017, 3, 27), MARCH, date(2017, 5, 31), date(2017, 6, 1)]

    assert [Risk.objects.open_on(day).count() for day in days] == [0, 1, 1, 0]


@pytest.mark.django_db
def test_plan_shows_the_risks_of_those_beneath_it():
    plan = ActionPlanFactory()
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    own, beneath = RiskFactory(plan=plan), RiskFactory(plan=child)
    RiskFactory()

    assert list(Risk.objects.under(plan)) == [own, beneath]
    assert list(Risk.objects.under(child)) == [beneath]


@pytest.mark.django_db
def test_heat_map_puts_each_risk_where_its_newest_score_is():
    risk = RiskScoreFactory(likelihood=5, impact=4).risk
    RiskFactory()

    bands = heat_map(rows())

    assert [band.likelihood for band in bands] == [5, 4, 3, 2, 1]
    assert [cell.score.value for cell in bands[0].cells] == [5, 10, 15, 20, 25]
    held = [(cell.score, row.title) for band in bands for cell in band.cells for row in cell.rows]
    assert held == [(Score(5, 4), risk.title)]
    assert [band.is_empty for band in bands] == [False, True, True, True, True]


@pytest.mark.django_db
def test_story_of_scores_is_newest_first_each_beside_the_one_before():
    risk = RiskFactory()
    for day, likelihood in [(MARCH, 4), (BOARD, 3), (JUNE, 3)]:
        RiskScoreFactory(risk=risk, scored_on=day, likelihood=likelihood, impact=4)

    told = [(each.on, each.score.value, each.was_value, each.movement) for each in score_story(risk)]

    assert told == [
        (JUNE, 12, 12, Movement.SAME),
        (BOARD, 12, 16, Movement.DOWN),
        (MARCH, 16, None, Movement.NEW),
    ]


def test_movement_is_counted_from_the_last_board_or_a_month_back():
    assert compared_with(ReportingMonth(board_on=BOARD), ON) == BOARD
    assert compared_with(None, ON) == date(2017, 5, 27)


# Writing.


def words(**changed):
    plain = {
        "kind": RiskKind.RISK,
        "title": "Carers leave",
        "cause": "They feel alone at night.",
        "effect": "Children are placed far away.",
        "likelihood": 4,
        "impact": 4,
        "mitigation": "Somebody to call at night.",
        "owner": PostFactory(),
        "review_on": date(2017, 7, 27),
    }
    return Words(**plain | changed)


def test_risk_gets_the_next_number_of_its_plan_and_opens_today(manager):
    plan = ActionPlanFactory()
    RiskFactory(plan=plan, number=7)
    action = ActionFactory(plan=plan)

    risk = changes.open_risk(plan=plan, words=words(actions=[action]), by=manager)

    assert (risk.number, risk.opened_on, risk.version, list(risk.actions.all())) == (8, ON, 1, [action])
    assert {row.history_user for row in risk.history.all()} == {manager}


def test_risk_that_is_sent_twice_is_opened_once(manager):
    plan, once = ActionPlanFactory(), words()

    first = changes.open_risk(plan=plan, words=once, by=manager)

    assert changes.open_risk(plan=plan, words=once, by=manager) == first
    assert Risk.objects.count() == 1


def test_score_is_a_new_row_with_the_next_review(manager):
    risk = RiskScoreFactory().risk

    score = changes.score(
        risk=risk, version=1, likelihood=4, impact=5, note="Two left.", review_on=date(2017, 8, 1), by=manager
    )

    risk.refresh_from_db()
    assert (score.scored_on, score.likelihood, score.impact, score.made_by) == (ON, 4, 5, manager)
    assert (risk.review_on, risk.version, risk.scores.count()) == (date(2017, 8, 1), 2, 2)


def test_same_score_sent_twice_by_one_person_is_kept_once(manager, officer):
    risk = RiskFactory()
    asked = {"risk": risk, "version": 1, "likelihood": 4, "impact": 5, "note": "Two left."}

    first = changes.score(**asked, review_on=date(2017, 8, 1), by=manager)

    assert changes.score(**asked, review_on=date(2017, 8, 1), by=manager) == first
    with pytest.raises(StaleEdit):
        changes.score(**asked, review_on=date(2017, 8, 1), by=officer)
    with pytest.raises(StaleEdit):
        changes.score(**asked, review_on=date(2017, 8, 2), by=manager)
    assert RiskScore.objects.count() == 1


def test_of_two_who_write_at_once_the_second_is_told(manager):
    risk = RiskFactory()
    changes.reword(risk=risk, version=1, words=words(title="Theirs"), by=manager)

    with pytest.raises(StaleEdit):
        changes.reword(risk=risk, version=1, words=words(title="Mine"), by=manager)
    with pytest.raises(StaleEdit):
        changes.close(risk=risk, version=1, reason="Mine", by=manager)

    risk.refresh_from_db()
    assert (risk.title, risk.closed_on) == ("Theirs", None)


def test_closed_risk_is_neither_changed_nor_scored_nor_closed_again(manager):
    risk = changes.close(risk=RiskFactory(), version=1, reason="The posts are filled.", by=manager)
    assert (risk.closed_on, risk.closed_because, risk.version) == (ON, "The posts are filled.", 2)

    with pytest.raises(AlreadyClosed):
        changes.close(risk=risk, version=2, reason="Again", by=manager)
    with pytest.raises(AlreadyClosed):
        changes.reword(risk=risk, version=2, words=words(), by=manager)
    with pytest.raises(AlreadyClosed):
        changes.score(risk=risk, version=2, likelihood=1, impact=1, note="", review_on=ON, by=manager)

    assert not RiskScore.objects.exists()


# The Board's page.


@pytest.fixture
def plan(db):
    """A plan whose Board met on 25 May and meets again on 29 June."""
    plan = ActionPlanFactory(slug="the-plan")
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 5, 1),
        opens_on=date(2017, 5, 2),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=BOARD,
    )
    ReportingMonthFactory(plan=plan)
    return plan


def report(plan, month=6, on=ON):
    return month_report(plan, plan.months.get(month=date(2017, month, 1)), on)


def test_board_sees_the_five_gravest_that_are_open(plan):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection, name="Leaving Care plan")
    for likelihood in (1, 2, 3, 4, 5):
        RiskScoreFactory(risk__plan=plan, risk__title=str(likelihood), likelihood=likelihood, impact=3)
    RiskScoreFactory(risk__plan=child, risk__title="beneath", risk__issue=True, likelihood=5, impact=5)
    RiskScoreFactory(risk__plan=plan, risk__closed=True, likelihood=5, impact=5)
    RiskScoreFactory(likelihood=5, impact=5)

    found = report(plan)

    assert [(each.title, each.score) for each in found.risks] == [
        ("beneath", 25),
        ("5", 15),
        ("4", 12),
        ("3", 9),
        ("2", 6),
    ]
    assert found.open_risks == 6
    assert [(each.plan, each.is_issue) for each in found.risks[:2]] == [
        ("Leaving Care plan", True),
        ("", False),
    ]
    assert [part.count for part in parts(found) if part.key == "risks"] == [5]


def test_plan_without_risks_has_no_part_for_them(plan):
    assert [part for part in parts(report(plan)) if part.key == "risks"] == []


def test_risk_of_today_shows_its_mitigation_and_how_late_its_review_is(plan):
    risk = RiskFactory(plan=plan, late=True)
    RiskScoreFactory(risk=risk, scored_on=MARCH, likelihood=4, impact=4)
    RiskScoreFactory(risk=risk, scored_on=JUNE, likelihood=3, impact=4)

    [shown] = report(plan).risks

    assert (shown.before, shown.score, shown.was, shown.movement) == (16, 12, 16, Movement.DOWN)
    assert (shown.mitigation, shown.review_on, shown.days_late) == (
        "Recruitment abroad.",
        date(2017, 6, 1),
        26,
    )
    assert (shown.ref, shown.url) == (f"R{risk.number}", risk.get_absolute_url())


def test_past_board_sees_what_was_so_on_its_day(plan):
    risk = RiskFactory(plan=plan, opened_on=MARCH, closed=True)
    RiskScoreFactory(risk=risk, scored_on=MARCH, likelihood=4, impact=4, note="Posts are empty.")
    RiskScoreFactory(risk=risk, scored_on=date(2017, 5, 26), likelihood=1, impact=1)
    RiskFactory(plan=plan, opened_on=date(2017, 5, 26))

    [shown] = report(plan, 5, BOARD).risks

    assert (shown.score, shown.because, shown.mitigation, shown.review_on) == (
        16,
        "Posts are empty.",
        "",
        None,
    )
    assert shown.movement == ""


@pytest.mark.once
def test_sample_risks_moved_both_ways_and_some_are_issues(db):
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)
    whole = ActionPlan.objects.get(slug="ofsted-2016")

    found = risk_rows(Risk.objects.under(whole), ON, BOARD)

    assert {row.movement for row in found if row.is_open} == set(Movement)
    assert [row.title for row in found if row.days_late] == ["Too few homes near Havering for teenagers"]
    assert sum(row.is_issue for row in found) == 2
    assert all(row.is_sample for row in found)
    assert report(whole).risks[0].title == "Personal adviser posts stay vacant and pathway plans slip again"
