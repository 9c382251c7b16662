"""My work: what each role owes, and nothing that another role owes."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan import permissions
from actionplan.enums import FileKind
from actionplan.reports import freezing
from actionplan.reports.files import RENDERERS
from actionplan.rounds import lateness
from kpis.models import Indicator
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    AssuranceFactory,
    ChallengeFactory,
    DependencyFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskFactory,
    UserFactory,
)

MAY = {"month": date(2017, 5, 1), "submitted_on": date(2017, 5, 19), "accepted_on": date(2017, 5, 22)}


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="the-plan", name="The plan")
    ReportingMonthFactory(plan=plan, headline="Two actions are red.")
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 5, 1),
        opens_on=date(2017, 5, 1),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
    )
    return plan


@pytest.fixture
def post(officer):
    return PostFactory(title="Head of Leaving Care", holder=officer)


@pytest.fixture
def home(client):
    def get(user):
        client.force_login(user)
        return client.get(reverse("home"))

    return get


def marks(tasks):
    return [(task.text.split(" of ")[0], task.mark, task.colour) for task in tasks]


def test_officer_owes_answers_and_another_look_at_risks(plan, post, officer, home):
    late, soon = ChallengeFactory(plan=plan, owner=post, late=True), ChallengeFactory(plan=plan, owner=post)
    ChallengeFactory(plan=plan, owner=post, answered=True)
    ChallengeFactory(plan=plan)
    risk = RiskFactory(plan=plan, owner=post, late=True)
    RiskFactory(plan=plan, owner=post)  # not to be reviewed before 27 July
    RiskFactory(plan=plan, owner=post, late=True, closed=True)

    first = home(officer).context["officer"]["first"]

    assert [(task.url, task.mark, task.colour) for task in first] == [
        (late.get_absolute_url(), "7 days late", "red"),
        (soon.get_absolute_url(), "Due in 23 days", "grey"),
        (risk.get_absolute_url(), "26 days late", "amber"),
    ]


def test_officer_sees_what_to_do_first(plan, post, officer, home):
    returned, silent, overdue, late = ActionFactory.create_batch(4, plan=plan, owner=post)
    ProgressUpdateFactory(action=returned, returned=True)
    for action in (overdue, late):
        ProgressUpdateFactory(action=action, accepted=True)
    overdue.due_on = date(2017, 6, 26)
    overdue.save(update_fields=["due_on"])
    MilestoneFactory(action=late, number=1, title="Guide sent", due_on=date(2017, 6, 15))

    first = home(officer).context["officer"]["first"]

    assert marks(first) == [
        ("Correct the June update", "Returned", "amber"),
        ("Write the June update", "4 days late", "red"),
        (f"Finish {overdue.ref}, {overdue.short_title}", "1 day late", "red"),
        (f"Milestone {late.ref}.1, Guide sent", "12 days late", "amber"),
    ]
    assert "“Say how many children this is.”" in first[0].note
    assert first[1].url == reverse("actionplan:update", args=["the-plan", silent.ref])


def test_draft_is_to_be_finished(plan, post, officer, home):
    ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=post), draft=True)

    assert marks(home(officer).context["officer"]["first"]) == [
        ("Finish the June update", "4 days late", "red")
    ]


def test_officer_owes_nothing_for_finished_work_or_for_others(plan, post, officer, home):
    done = ActionFactory(plan=plan, owner=post, overdue=True)
    ProgressUpdateFactory(action=done, accepted=True, delivered=True)
    MilestoneFactory(action=done, overdue=True)
    helped = ActionFactory(plan=plan, overdue=True)
    helped.contributors.add(post)
    ActionFactory(plan=plan, overdue=True)

    mine = home(officer).context["officer"]

    assert (mine["first"], mine["next"]) == ([], [])
    assert [row.action for row in mine["owned"]] == [done]
    assert [row.action for row in mine["helped"]] == [helped]


def test_what_comes_up_is_due_in_the_next_thirty_days(plan, post, officer, home):
    action = ActionFactory(plan=plan, owner=post, due_on=date(2017, 7, 20))
    MilestoneFactory(action=action, number=1, title="Due today", due_on=date(2017, 6, 27))
    MilestoneFactory(action=action, number=2, title="In a month", due_on=date(2017, 7, 27))
    MilestoneFactory(action=action, number=3, title="Later", due_on=date(2017, 7, 28))
    MilestoneFactory(action=action, number=4, title="Done", due_on=date(2017, 7, 1), complete=True)

    tasks = home(officer).context["officer"]["next"]

    assert [(task.text, task.mark) for task in tasks] == [
        (f"Milestone {action.ref}.1, Due today", "27 June 2017"),
        (f"{action.ref}, {action.short_title} is due", "20 July 2017"),
        (f"Milestone {action.ref}.2, In a month", "27 July 2017"),
    ]


def test_officer_sees_own_indicators_only(plan, post, officer, home):
    indicator = IndicatorFactory(short_name="Seen in eight weeks")
    ActionFactory(plan=plan, owner=post).indicators.add(indicator)
    ActionFactory(plan=plan).indicators.add(IndicatorFactory(short_name="Foster carers"))

    page = home(officer).text

    assert "Seen in eight weeks" in page
    assert "Foster carers" not in page


def test_officer_without_a_post_is_told_whom_to_ask(plan, officer, home):
    assert "You hold no post that owns an action." in home(officer).text


def test_team_checks_the_longest_waiting_first_but_never_its_own(plan, manager, home):
    own = ActionFactory(plan=plan, owner=PostFactory(holder=manager))
    newer = ProgressUpdateFactory(action=ActionFactory(plan=plan))
    older = ProgressUpdateFactory(action=own, submitted_on=date(2017, 6, 20))
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True)

    response = home(manager)

    waiting = response.context["team"]["waiting"]
    assert [(each.update, each.days, each.may_check) for each in waiting] == [
        (older, 7, False),
        (newer, 5, True),
    ]
    assert waiting[1].url in response.text
    assert waiting[0].url not in response.text


def test_team_sees_which_figures_are_missing(plan, manager, home):
    IndicatorFactory.create_batch(2)
    indicator = MeasurementFactory().indicator

    page = home(manager).text
    assert "May 2017: 2 of 3 figures missing." in page
    assert reverse("kpis:entry") in page

    Indicator.objects.exclude(pk=indicator.pk).delete()
    assert "May 2017: 1 of 1 figures are in." in home(manager).text


def test_team_sees_who_is_silent_and_what_is_late(plan, manager, home):
    silent = ActionFactory(plan=plan, owner=PostFactory(title="Head of Early Help"))
    late = ActionFactory(plan=ActionPlanFactory(parent=plan, inspection=plan.inspection), overdue=True)
    ProgressUpdateFactory(action=late, accepted=True)

    team = home(manager).context["team"]

    assert [row.action for row in team["silent"]] == [silent]
    assert [(row.action, row.days_late) for row in team["late"]] == [(late, 27)]


def test_board_member_reads_what_the_newest_report_says(plan, reader, home):
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True, red=True)

    response = home(reader)

    assert reverse("actionplan:month", args=["the-plan", "2017-06"]) in response.text
    assert "Two actions are red." in response.text
    assert "1 action needs the Board’s attention" in response.text
    assert (response.context["officer"], response.context["team"]) == (None, None)


def test_board_member_reads_what_was_frozen_whatever_changed_since(plan, manager, reader, home, monkeypatch):
    for kind in set(FileKind) - {FileKind.JSON}:
        monkeypatch.delitem(RENDERERS, kind)
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True, red=True)
    june = plan.months.get(month=date(2017, 6, 1))
    with pytest.raises(freezing.Incomplete) as gaps:
        freezing.freeze(month=june, version=june.version, accepted=(), by=manager)
    accepted = {gap.words for gap in gaps.value.gaps}
    freezing.freeze(month=june, version=june.version, accepted=accepted, by=manager)
    ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True, red=True)

    page = home(reader).text

    assert "version 1, frozen 27 June 2017, for the Board of 29 June 2017" in page
    assert "1 action needs the Board’s attention" in page


def test_assurer_checks_what_others_delivered(plan, assurer, home):
    for owner in (PostFactory(holder=assurer), PostFactory()):
        ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=owner), accepted=True, delivered=True)
    wrote = ProgressUpdateFactory(
        action=ActionFactory(plan=plan), accepted=True, delivered=True, made_by=assurer
    )
    found = home(assurer).context["assurer"]["delivered"]

    assert [each.row.action.owner for each in found] == [owner]
    assert wrote.action not in [each.row.action for each in found]
    assert found[0].url == reverse("actionplan:assure", args=["the-plan", found[0].row.action.ref])
    assert [test.words for test in found[0].missing] == [
        "Evidence of impact from at least two sources: none."
    ]


@pytest.mark.parametrize(
    ("stage", "mark"), [({}, "Sent back"), ({"early": True}, "Relapsed"), ({"watch": True}, "Relapsed")]
)
def test_owner_is_told_why_work_came_back_until_they_write(stage, mark, plan, post, officer, home):
    action = ActionFactory(plan=plan, owner=post)
    ProgressUpdateFactory(action=action, accepted=True, delivered=True)
    found = AssuranceFactory(action=action, inadequate=True, summary="No child was asked.", **stage)

    task = home(officer).context["officer"]["first"][0]

    assert (task.text, task.mark, task.colour) == (
        f"Put right {action.ref}, {action.short_title}",
        mark,
        "red",
    )
    assert task.note == f"{found.get_stage_display()}, 26 June 2017: “No child was asked.”"

    ProgressUpdateFactory(action=action, submitted_on=date(2017, 6, 27))
    assert home(officer).context["officer"]["first"] == []


def test_assurer_checks_again_by_the_newest_assurance(plan, assurer, home):
    due, later, replaced = ActionFactory.create_batch(3, plan=plan)
    for action in (due, later, replaced):
        ProgressUpdateFactory(action=action, accepted=True, delivered=True, **MAY)
    AssuranceFactory(action=due, made_on=date(2017, 5, 24), recheck_due_on=date(2017, 6, 20))
    AssuranceFactory(action=later, made_on=date(2017, 5, 24), recheck_due_on=date(2017, 8, 27))
    AssuranceFactory(action=replaced, made_on=date(2017, 5, 24), recheck_due_on=date(2017, 6, 20))
    AssuranceFactory(action=replaced, made_on=date(2017, 6, 20), recheck_due_on=date(2018, 6, 20))

    context = home(assurer).context["assurer"]

    assert [(task.text, task.mark) for task in context["rechecks"]] == [
        (f"Check again: {due.ref}, {due.short_title}", "7 days late")
    ]
    assert context["delivered"] == []


def test_administrator_sees_owners_without_a_person(plan, administrator, home):
    vacant = PostFactory(title="Head of Early Help")
    left = PostFactory(title="Head of MASH", holder=UserFactory(is_active=False))
    finished = PostFactory()
    ActionFactory.create_batch(2, plan=plan, owner=vacant)
    ActionFactory(plan=plan, owner=left)
    ActionFactory(plan=plan, owner=PostFactory(holder=UserFactory()))
    ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=finished), accepted=True, delivered=True)

    response = home(administrator)

    assert response.context["administrator"]["posts"] == [(vacant, 2), (left, 1)]
    assert reverse("admin:index") in response.text


def test_person_in_two_groups_sees_both(plan, home, officer, post):
    officer.groups.create(name=permissions.ASSURER)

    context = home(officer).context

    assert context["officer"] is not None
    assert context["assurer"] is not None
    assert (context["team"], context["reader"], context["administrator"]) == (None, None, None)


def test_person_in_no_group_reads_the_report(plan, home):
    assert home(UserFactory()).context["reader"]["report"].headline == "Two actions are red."


def test_home_without_a_plan_or_a_round_says_so(home, officer):
    assert "There is no plan yet" in home(officer).text

    ActionFactory(owner=PostFactory(holder=officer))
    page = home(officer).text
    assert "No round of updates is open." in page
    assert "Nothing is late and no update is owed." in page


@pytest.mark.parametrize(
    ("role", "queries"), [("officer", 24), ("manager", 17), ("assurer", 16), ("administrator", 15)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count(role, queries, count, plan, post, client, request, django_assert_num_queries):
    user = request.getfixturevalue(role)
    for _ in range(count):
        action = ActionFactory(plan=plan, owner=post)
        indicator = IndicatorFactory()
        MeasurementFactory(indicator=indicator)
        action.indicators.add(indicator)
        MilestoneFactory(action=action, overdue=True)
        DependencyFactory(action=action)
        ProgressUpdateFactory(action=action, returned=True)
        ProgressUpdateFactory(action=ActionFactory(plan=plan))
        delivered = ActionFactory(plan=plan)
        ProgressUpdateFactory(action=delivered, accepted=True, delivered=True)
        AssuranceFactory(action=delivered, recheck_due_on=date(2017, 6, 27))
        ProgressUpdateFactory(action=ActionFactory(plan=plan), accepted=True, delivered=True)
    client.force_login(user)

    with django_assert_num_queries(queries):
        client.get(reverse("home"))


def test_lateness_is_said_in_words():
    on = date(2017, 6, 27)

    words = [lateness(date(2017, 6, day), on) for day in (25, 26, 27, 28, 29)]

    assert words == ["2 days late", "1 day late", "Due today", "Due in 1 day", "Due in 2 days"]


@pytest.mark.parametrize(
    "over", [{"state": "frozen"}, {"updates_due_on": "2017-06-20", "board_on": "2017-06-26"}]
)
def test_no_update_is_owed_for_a_month_that_is_over(over, client, plan, officer, manager):
    ActionFactory(plan=plan, owner=PostFactory(holder=officer), short_title="Quiet work")
    june = plan.months.get(month=date(2017, 6, 1))
    for name, value in over.items():
        setattr(june, name, value)
    june.save()

    client.force_login(officer)
    assert "Write the June update" not in client.get("/").content.decode()
    client.force_login(manager)
    assert "No month takes updates today." in client.get("/").content.decode()
