"""What an action needs: who says so, what is refused, what its pages show and what its owner is warned of."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from actionplan.changes import dependencies
from actionplan.changes.dependencies import Circular
from actionplan.models import Dependency
from actionplan.needs.dependencies import action_key, chains
from actionplan.reports.month import month_report
from havering_ofsted.administrators import give_administrators_their_permissions
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DateChangeFactory,
    DependencyFactory,
    MilestoneFactory,
    PostFactory,
    ProgrammeMilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    UserFactory,
)
from tests.test_concurrency import at_once

ON = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="the-plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def action(plan, officer):
    return ActionFactory(
        plan=plan, ref="4.2", owner=PostFactory(title="Head of Leaving Care", holder=officer)
    )


def needs(action, on, **facts):
    field = {"action": "on_action", "milestone": "on_milestone"}.get(
        on._meta.model_name, "on_programme_milestone"
    )
    return DependencyFactory(action=action, on_programme=None, **{field: on}, **facts)


def because(plan, action, on=ON):
    return chains(plan, on).because(action_key(action))


def test_chain_is_read_from_programme_to_action(plan, action):
    first = ActionFactory(plan=plan, ref="13.2", overdue=True)
    grant = ProgrammeMilestoneFactory(title="Grant agreement signed", programme__name="Innovation Programme")
    needs(action, first)
    needs(first, grant)

    assert because(plan, action) == (
        "4.2 may be late because 13.2 is 27 days late, "
        "because ‘Grant agreement signed’ (Innovation Programme) is 27 days late."
    )


def test_forecast_counts_once_it_is_accepted(plan, action):
    other = ActionFactory(plan=plan, ref="13.2")
    needs(action, other, needed_by=date(2017, 9, 30))
    ProgressUpdateFactory(action=other, accepted=True, forecast_on=date(2017, 10, 2))
    assert because(plan, action) == (
        "4.2 may be late because 13.2 is expected on 2 October 2017, 2 days too late."
    )

    ProgressUpdateFactory(action=other, accepted=True, delivered=True)
    assert because(plan, action) == ""


def test_past_day_has_the_dates_and_the_needs_of_then(plan, action):
    other = ActionFactory(plan=plan, ref="13.2", moved=True)
    DateChangeFactory(
        action=other, from_date=date(2017, 6, 30), to_date=date(2017, 8, 31), agreed=True, agreed_on=ON
    )
    needs(action, other, needed_by=date(2017, 7, 31), added_on=date(2017, 6, 1))
    needs(action, ProgrammeMilestoneFactory(), added_on=date(2017, 6, 1), removed_on=date(2017, 6, 20))

    def told(on):
        return len(chains(plan, on).of(action_key(action))), because(plan, action, on)

    assert told(date(2017, 5, 31)) == (0, "")
    assert told(date(2017, 6, 19))[0] == 2
    assert told(date(2017, 6, 26)) == (1, "")
    assert told(ON) == (1, "4.2 may be late because 13.2 is due 31 August 2017, 31 days too late.")


def test_circle_is_refused_through_milestones_too(plan, action, officer):
    second, third = ActionFactory(plan=plan, ref="13.2"), ActionFactory(plan=plan, ref="1.2")
    needs(second, MilestoneFactory(action=third))
    needs(third, action, removed_on=ON)
    asked = {"what": "It", "needed_by": None, "by": officer}
    step = MilestoneFactory(action=second)

    need = dependencies.add(action=action, on=step, **asked)
    with pytest.raises(Circular, match=r"1\.2 needs 4.2, which needs 13.2, which needs 1.2"):
        dependencies.add(action=third, on=action, **asked)
    with pytest.raises(Circular, match=r"4\.2 needs 4.2"):
        dependencies.change(dependency=need, version=1, on=MilestoneFactory(action=action), **asked)

    assert Dependency.objects.standing(ON).count() == 2
    assert dependencies.change(dependency=need, version=1, on=second, **asked).on == second


def test_the_same_need_sent_twice_is_kept_once(action, officer):
    asked = {"action": action, "on": ActionFactory(plan=action.plan), "what": "It", "needed_by": None}

    assert dependencies.add(**asked, by=officer) == dependencies.add(**asked, by=officer)


@pytest.fixture
def page(client, action, officer):
    """Asks an address of the action’s needs as its owner."""
    client.force_login(officer)

    def ask(name="need_new", need=None, **data):
        address = reverse(f"actionplan:{name}", args=["the-plan", "4.2", *([need.pk] if need else [])])
        return client.post(address, data) if data else client.get(address)

    return ask


def answers(on, what="The form in use", day="", month="", year="", **more):
    boxes = {"needed_by_day": day, "needed_by_month": month, "needed_by_year": year}
    return {"on": f"{on._meta.model_name}-{on.pk}", "what": what, **boxes, **more}


def test_owner_adds_changes_and_removes(action, page):
    step = MilestoneFactory(action=ActionFactory(plan=action.plan, ref="13.2"))
    grant = ProgrammeMilestoneFactory()

    assert page(**answers(step, day="14", month="7", year="2017")).url == action.get_absolute_url()
    need = action.dependencies.get()
    assert (need.on, need.needed_by, need.added_on) == (step, date(2017, 7, 14), ON)

    page("need_edit", need, version=1, **answers(grant, "The money"))
    need.refresh_from_db()
    assert (need.on, need.what, need.needed_by) == (grant, "The money", None)

    page("need_remove", need, version=2)
    need.refresh_from_db()
    assert need.removed_on == ON
    assert need.history.first().history_user == action.owner.holder


def test_choices_are_grouped_and_leave_out_itself_and_what_is_done(action, page):
    other = ActionFactory(plan=action.plan, ref="13.2")
    MilestoneFactory(action=action)
    MilestoneFactory(action=other, complete=True)
    is_open = MilestoneFactory(action=other, number=2)
    grant = ProgrammeMilestoneFactory()

    groups = page().context["form"].fields["on"].choices[1:]

    assert [(name, [key for key, _ in things]) for name, things in groups] == [
        (action.plan.name, [f"action-{other.pk}", f"milestone-{is_open.pk}"]),
        (grant.programme.name, [f"programme-{grant.programme_id}", f"programmemilestone-{grant.pk}"]),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"on": ""}, "on", "Choose what the action needs"),
        ({"on": "action-99999999999999999999"}, "on", "Choose what the action needs"),
        ({"what": ""}, "what", "Say what exactly it needs"),
        (
            {"day": "28", "month": "2", "year": "2017"},
            "needed_by",
            "The date must be 1 March 2017, when 4.2 starts, or later",
        ),
        (
            {"day": "31", "month": "6", "year": "2017"},
            "needed_by",
            "Enter a real date, for example 20 7 2017",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(action, page, changes, field, message):
    other = ActionFactory(plan=action.plan)
    plain = {name: value for name, value in changes.items() if name != "on"}

    response = page(**answers(other, **({"what": "The very form"} | plain)) | changes)

    assert response.context["form"].errors == {field: [message]}
    if field != "what":
        assert "The very form" in response.text
    assert not Dependency.objects.exists()


def test_circular_dependency_is_told_at_its_field(action, page):
    other = ActionFactory(plan=action.plan, ref="13.2")
    needs(other, action)

    response = page(**answers(other))

    assert response.context["form"].errors == {"on": ["Circular dependency: 4.2 needs 13.2, which needs 4.2"]}
    assert "The form in use" in response.text


def test_stale_change_shows_both_texts_and_a_removed_need_what_was_typed(action, page):
    need = needs(action, ActionFactory(plan=action.plan), what="Theirs")
    Dependency.objects.filter(pk=need.pk).update(version=2)

    stale = page("need_edit", need, version=1, **answers(need.on, "Mine"))
    assert (stale.status_code, "Mine" in stale.text, "Theirs" in stale.text) == (409, True, True)
    assert page("need_remove", need, version=1).status_code == 409

    page("need_remove", need, version=2)
    gone = page("need_edit", need, version=3, **answers(need.on, "Mine"))
    assert (gone.status_code, "Mine" in gone.text) == (409, True)
    assert page("need_remove", need).status_code == 200


def test_both_ends_show_state_date_and_chain(action, client, reader):
    late = ActionFactory(plan=action.plan, ref="13.2", overdue=True)
    step = MilestoneFactory(action=late, number=3, title="List sent out", due_on=date(2017, 7, 31))
    needs(action, step, needed_by=date(2017, 7, 14), what="The list of plans")
    done = ActionFactory(plan=action.plan, ref="1.1")
    ProgressUpdateFactory(action=done, accepted=True, delivered=True)
    needs(action, done)
    client.force_login(reader)

    page, other = (client.get(each.get_absolute_url()) for each in (action, late))

    assert "4.2 may be late because milestone 13.2.3 is due 31 July 2017, 17 days too late." in page.text
    assert [(line.thing.name, line.is_met) for line in page.context["needs"]] == [
        ("milestone 13.2.3", False),
        ("1.1", True),
    ]
    assert [line.action.name for line in other.context["waiting"]] == ["4.2"]
    assert "Waits for milestone 13.2.3. The list of plans" in other.text
    assert "Add what it needs" not in page.text


@pytest.mark.django_db(transaction=True)
def test_of_two_halves_of_a_circle_added_at_once_one_is_told():
    plan, by = ActionPlanFactory(), UserFactory()
    ring = [ActionFactory(plan=plan, ref=f"1.{number}") for number in range(4)]

    def add(action, on):
        try:
            dependencies.add(action=action, on=on, what="It", needed_by=None, by=by)
        except Circular as circular:
            return str(circular)
        finally:
            connection.close()
        return "added"

    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    answers = at_once([lambda action=action, on=on: add(action, on) for action, on in pairs])

    assert sorted(answer == "added" for answer in answers) == [False, True, True, True]
    assert [answer.count("needs") for answer in answers if answer != "added"] == [4]
    assert Dependency.objects.count() == 3


def test_owner_is_warned_of_what_slipped_and_nobody_else(action, client, officer, reader):
    late = ActionFactory(plan=action.plan, ref="13.2", overdue=True)
    needs(action, late, needed_by=date(2017, 7, 14), what="The form in use.")
    needs(ActionFactory(plan=action.plan), late)
    needs(late, ProgrammeMilestoneFactory(title="Grant signed", programme__name="The Programme"))

    client.force_login(officer)
    (warning,) = client.get("/").context["officer"]["waits"]

    assert (warning.text, warning.mark, warning.url) == (
        "13.2, which 4.2 needs by 14 July 2017, is 27 days late",
        "27 days",
        action.get_absolute_url(),
    )
    assert warning.note == (
        "The form in use. 13.2 is 27 days late because ‘Grant signed’ (The Programme) is 27 days late."
    )


def test_board_reads_what_comes_too_late_and_why_once(plan, action):
    late = ActionFactory(plan=plan, ref="13.2", overdue=True)
    needs(action, late, needed_by=date(2017, 6, 17))
    needs(action, MilestoneFactory(action=late, number=4, title="Step taken"), needed_by=date(2017, 8, 31))
    month = plan.months.get()

    told = [
        (each.action.ref, each.on, each.days_late, each.state, each.too_late, each.because)
        for each in month_report(plan, month, ON).leanings
    ]

    chain = "4.2 may be late because 13.2 is 27 days late."
    assert told == [
        ("4.2", str(late), 10, "Due 31 May 2017", "is 27 days late", chain),
        ("4.2", "13.2.4 Step taken", 0, "Due 31 July 2017", "", ""),
    ]
    assert month_report(plan, month, date(2017, 5, 20)).leanings[0].too_late == ""


def test_board_reads_five_of_many_and_first_those_that_hold_work_up(plan, action):
    for day in range(1, 6):
        needs(action, ActionFactory(plan=plan), needed_by=date(2017, 10, day))
    needs(action, ActionFactory(plan=plan, ref="13.2", overdue=True), needed_by=date(2017, 12, 31))

    report = month_report(plan, plan.months.get(), ON)

    assert (len(report.leanings), report.open_leanings) == (5, 6)
    assert [bool(each.too_late) for each in report.leanings] == [True, False, False, False, False]


def test_admin_refuses_circles_and_keeps_what_was_removed(action, client, administrator):
    give_administrators_their_permissions()
    client.force_login(administrator)
    other = ActionFactory(plan=action.plan, ref="13.2")
    needs(other, action)
    page, said = reverse("admin:actionplan_dependency_add"), {"action": action.pk, "what": "It"}

    refused = client.post(page, said | {"on_milestone": MilestoneFactory(action=other).pk})
    assert refused.context["adminform"].form.errors == {
        "on_milestone": ["Circular dependency: 4.2 needs 13.2, which needs 4.2"]
    }

    grant = ProgrammeMilestoneFactory()
    assert client.post(page, said | {"on_programme_milestone": grant.pk}).status_code == 302
    need = action.dependencies.get()
    assert (need.on, need.added_on) == (grant, ON)
    assert client.post(reverse("admin:actionplan_dependency_delete", args=[need.pk])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_form_query_count(action, page, count, django_assert_num_queries):
    for _ in range(count):
        MilestoneFactory(action=ActionFactory(plan=action.plan))
        ProgrammeMilestoneFactory()
    need = needs(action, MilestoneFactory(action=ActionFactory(plan=action.plan)))

    with django_assert_num_queries(
        8
    ):  # session, user, action, need, actions, milestones, programmes and theirs
        page("need_edit", need)
