"""Programmes: what is known of them, who waits for them, and what the improvement team may write."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from actionplan.changes import programmes
from actionplan.forms.programmes import FundingForm, StepForm
from actionplan.models import Programme, ProgrammeMilestone
from actionplan.needs.programmes import leaners, pounds, progress, with_steps
from havering_ofsted.administrators import give_administrators_their_permissions
from kpis.models import StaleEdit
from kpis.periods import today
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DecisionFactory,
    DependencyFactory,
    ProgrammeFactory,
    ProgrammeMilestoneFactory,
    ProgressUpdateFactory,
    RiskScoreFactory,
    StrandFactory,
)

JULY = {"due_on_day": "14", "due_on_month": "7", "due_on_year": "2017"}
JUNE = {"completed_on_day": "23", "completed_on_month": "6", "completed_on_year": "2017"}


@pytest.fixture
def programme(db):
    return ProgrammeFactory(slug="dfe", name="Innovation Programme", funder="Department for Education")


@pytest.fixture
def step(programme):
    """Due on 31 May 2017, and open."""
    return ProgrammeMilestoneFactory(programme=programme, title="Grant agreement signed")


@pytest.fixture
def read(client, reader, programme):
    client.force_login(reader)

    def get():
        page = client.get(programme.get_absolute_url())
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text))

    return get


def stored(step):
    return ProgrammeMilestone.objects.get(pk=step.pk)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, ""),
        ("0", "£0"),
        ("250000", "£250,000"),
        ("1250.50", "£1,250.50"),
        ("1200000", "£1.2 million"),
        ("10000000", "£10 million"),
        ("1234567", "£1,234,567"),
    ],
)
def test_money_is_said_in_words_and_never_rounded(amount, words):
    assert pounds(amount and Decimal(amount)) == words


def test_page_says_what_is_not_known(programme, read):
    StrandFactory(programme=programme, name="Fostering")
    StrandFactory(programme=programme, name="Leaving care", funding=Decimal(400_000))

    page = read()

    assert "Funding Not known" in page
    assert "Fostering Sum not known" in page
    assert "Leaving care £400,000" in page
    assert "No milestone has been agreed yet." in page
    assert "No action of the plan depends on it yet." in page


def test_late_and_moved_milestones_stand_in_their_strands(programme, read):
    strand = StrandFactory(programme=programme, name="Fostering")
    ProgrammeMilestoneFactory(programme=programme, title="Signed")
    ProgrammeMilestoneFactory(
        programme=programme, strand=strand, title="Posts filled", due_on=date(2017, 7, 14)
    )
    ProgrammeMilestoneFactory(
        programme=programme, strand=strand, title="Asked", completed_on=date(2017, 6, 2)
    )

    [found] = progress(with_steps(Programme.objects.all()), today())

    assert [(part.name, [step.words for step in part.steps]) for part in found.parts()] == [
        ("The whole programme", ["Signed, 31 May 2017"]),
        ("Fostering", ["Asked, 31 May 2017", "Posts filled, 14 July 2017"]),
    ]
    assert ([step.days_late for step in found.late], found.completed) == ([27], 1)
    assert "1 of 3 milestones is completed, 1 is late" in read()


def test_what_changes_if_it_slips_is_told_down_to_those_who_wait_in_turn(programme, step, read):
    plan = ActionPlanFactory()
    direct = ActionFactory(plan=plan, short_title="Fostering posts")
    DependencyFactory(
        action=direct, on_programme=None, on_programme_milestone=step, needed_by=date(2017, 7, 31)
    )
    in_turn = ActionFactory(plan=plan)
    DependencyFactory(action=in_turn, on_programme=None, on_action=direct)
    later = ActionFactory(plan=plan)
    DependencyFactory(action=later, on_programme=programme, needed_by=date(2017, 9, 15))
    done = ActionFactory(plan=plan)
    ProgressUpdateFactory(action=done, accepted=True, delivered=True)
    DependencyFactory(action=done, on_programme=programme, needed_by=date(2017, 7, 1))
    DependencyFactory(action=ActionFactory(plan=plan))  # on another programme
    RiskScoreFactory(risk__plan=plan, risk__title="Signed too late").risk.actions.add(direct)
    DecisionFactory(plan=plan, question="Pay from reserves").actions.add(direct)

    found = leaners(programme, today())

    assert [(each.row.action.ref, each.is_open, each.room) for each in found] == [
        (direct.ref, True, ""),
        (later.ref, True, "80 days to spare"),
        (done.ref, False, ""),
    ]
    assert found[0].line.hold.said == "is 27 days late"
    assert [thing.name for thing in found[0].in_turn] == [in_turn.ref]
    page = read()
    assert "Open actions wait for it in 2 places, 1 of them held up already ." in page
    assert "Signed too late" in page
    assert "Pay from reserves" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("programmes", 5), ("programme", 15)])
def test_query_count(client, reader, programme, count, page, queries, django_assert_num_queries):
    plan = ActionPlanFactory()
    for _ in range(count):
        strand = StrandFactory(programme=programme)
        step = ProgrammeMilestoneFactory(programme=programme, strand=strand)
        action = ActionFactory(plan=plan)
        ProgressUpdateFactory(action=action, accepted=True)
        DependencyFactory(action=action, on_programme=None, on_programme_milestone=step)
        DependencyFactory(action=action, on_programme=programme)
        RiskScoreFactory(risk__plan=plan).risk.actions.add(action)
        DecisionFactory(plan=plan).actions.add(action)
    client.force_login(reader)
    gaps = ["dfe"] if page == "programme" else []

    with django_assert_num_queries(queries):
        client.get(reverse(f"actionplan:{page}", args=gaps))


# What the improvement team writes.


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({}, "became", "Choose whether it is completed or has a new date"),
        ({"became": "completed"}, "completed_on", "Enter the day it was completed"),
        (
            {"became": "completed", **JUNE, "completed_on_month": "7"},
            "completed_on",
            "The day it was completed must be today or in the past",
        ),
        ({"became": "moved", "reason": "Waiting"}, "due_on", "Enter the new date"),
        ({"became": "moved", **JULY}, "reason", "Say why the date moves"),
        (
            {"became": "moved", **JULY, "due_on_day": "31", "due_on_month": "5", "reason": "Waiting"},
            "due_on",
            "It is due on 31 May 2017 already. Enter another date",
        ),
        (
            {"became": "moved", **JULY, "due_on_month": "3", "reason": "Waiting"},
            "due_on",
            "The new date must be 3 April 2017, when the programme starts, or later",
        ),
    ],
)
def test_bad_milestone_is_named_at_its_field(step, data, field, message):
    step.programme.starts_on = date(2017, 4, 3)

    form = StepForm({"version": "1", **data}, step=step)

    assert form.errors == {field: [message]}


@pytest.mark.parametrize(
    ("typed", "sum_of_money", "message"),
    [
        ("£1.2 million", Decimal(1_200_000), ""),
        ("1,200,000", Decimal(1_200_000), ""),
        ("0.45m", Decimal(450_000), ""),
        ("", None, ""),
        ("lots", None, "Enter the sum in pounds, for example 1,200,000 or 1.2 million"),
        ("-5", None, "The sum must be 0 or more"),
        ("99999999999", None, "The sum must be less than £10 billion"),
        ("99999 million", None, "The sum must be less than £10 billion"),
        ("1e400", None, "The sum must be less than £10 billion"),
    ],
)
def test_sum_is_read_as_people_write_it(typed, sum_of_money, message):
    form = FundingForm({"version": "1", "funding": typed, "note": "Known"}, programme=Programme(version=1))

    assert form.errors.get("funding", [""]) == [message]
    assert form.cleaned_data.get("funding") == sum_of_money


def test_move_keeps_the_first_date_and_its_reason_in_the_history(step, manager):
    programmes.move(step=step, version=1, to=date(2017, 7, 14), reason="The DfE asked", by=manager)

    moved = stored(step)
    assert (moved.original_due_on, moved.due_on) == (date(2017, 5, 31), date(2017, 7, 14))
    row = moved.history.first()
    assert (row.history_change_reason, row.history_user) == ("The DfE asked", manager)


def test_second_writer_is_told_and_a_double_click_is_not(step, manager):
    write = {"step": step, "version": 1, "by": manager}
    programmes.complete(**write, completed_on=date(2017, 6, 23))

    programmes.complete(**write, completed_on=date(2017, 6, 23))
    with pytest.raises(programmes.AlreadyCompleted):
        programmes.move(**write, to=date(2017, 7, 14), reason="Waiting")
    with pytest.raises(StaleEdit):
        programmes.fund(programme=step.programme, version=1, funding=None, note="Nothing yet", by=manager)

    assert stored(step).completed_on == date(2017, 6, 23)
    assert stored(step).history.count() == 2  # added, completed


@pytest.mark.parametrize("name", ["milestone", "funding"])
def test_stale_form_shows_both_texts(client, manager, programme, step, name):
    programmes.fund(programme=programme, version=1, funding=Decimal(5_000), note="Theirs", by=manager)
    client.force_login(manager)
    if name == "milestone":
        address, data = [programme.slug, step.pk], {"became": "moved", **JULY, "reason": "Mine"}
    else:
        address, data = [programme.slug], {"note": "Mine"}

    response = client.post(reverse(f"actionplan:programme_{name}", args=address), {"version": "1", **data})

    assert response.status_code == 409
    assert "Mine" in response.text
    assert stored(step).due_on == date(2017, 5, 31)
    assert Programme.objects.get().funding_note == "Theirs"
    again = client.post(reverse(f"actionplan:programme_{name}", args=address), {"version": "2", **data})
    assert again.status_code == 302


def test_completed_milestone_is_closed(client, manager, step):
    programmes.complete(step=step, version=1, completed_on=date(2017, 6, 23), by=manager)
    client.force_login(manager)
    address = reverse("actionplan:programme_milestone", args=["dfe", step.pk])

    response = client.post(address, {"version": "2", "became": "moved", **JULY, "reason": "Mine all along"})

    assert response.status_code == 409
    assert "It was completed on 23 June 2017." in response.text
    assert "Mine all along" in response.text
    assert client.get(address).status_code == 200


def test_administrator_moves_with_a_reason_and_within_the_programme(client, administrator, step):
    give_administrators_their_permissions()
    client.force_login(administrator)
    elsewhere = StrandFactory()
    address = reverse("admin:actionplan_programme_change", args=[step.programme_id])
    data = {
        "version": "1",
        "name": "Innovation Programme",
        "slug": "dfe",
        "strands-TOTAL_FORMS": "0",
        "strands-INITIAL_FORMS": "0",
        "milestones-TOTAL_FORMS": "1",
        "milestones-INITIAL_FORMS": "1",
        "milestones-0-id": step.pk,
        "milestones-0-programme": step.programme_id,
        "milestones-0-title": step.title,
        "milestones-0-due_on": "14/7/2017",
    }

    wrong = client.post(address, {**data, "milestones-0-strand": elsewhere.pk}).text
    assert "Choose a strand of this programme" in wrong
    assert "Say why the date moves from 31 May 2017" in wrong
    assert client.post(address, {**data, "milestones-0-date_reason": "The DfE asked"}).status_code == 302

    moved = stored(step)
    assert (moved.original_due_on, moved.due_on) == (date(2017, 5, 31), date(2017, 7, 14))
    assert moved.history.first().history_change_reason == "The DfE asked"
