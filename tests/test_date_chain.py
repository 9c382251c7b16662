"""However people ask, agree, refuse and correct: no due date moves without its row, and the rows make one chain."""

import os
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actionplan.changes import dates, progress
from actionplan.changes.dates import AlreadyDecided, CannotMove
from actionplan.changes.progress import Words
from actionplan.enums import DeliveryState
from actionplan.models import Action, DateChange
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    MeetingFactory,
    MilestoneFactory,
    PostFactory,
    UserFactory,
)

EXAMPLES, STEPS = (1_000, 50) if os.environ.get("SOAK") else (12, 20)
TOLD = (AlreadyDecided, CannotMove, StaleEdit)

targets = st.sampled_from(["action", "step"])
days = st.integers(-40, 120)
freshness = st.sampled_from([0, 0, 0, 1])  # how many versions ago the page was read
places = st.sampled_from(["alone", "meeting", "past meeting"])


class People(RuleBasedStateMachine):
    """An action and a milestone, the people who write about them, and what their dates were at the last look."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.pinned = override_settings(OFSTED_TODAY=date(2017, 6, 1))
        self.pinned.enable()
        self.today = date(2017, 6, 1)
        self.director, self.owner = UserFactory(), UserFactory()
        answers = PostFactory(holder=self.director)
        plan = ActionPlanFactory(senior_responsible=answers)
        self.action = ActionFactory(plan=plan, owner=PostFactory(holder=self.owner))
        self.step = MilestoneFactory(action=self.action)
        self.board = MeetingFactory(plan=plan, held_on=self.today)
        self.seen = {target: (self.read(target).due_on, 0) for target in ("action", "step")}

    def teardown(self):
        self.pinned.disable()
        transaction.savepoint_rollback(self.savepoint)

    def read(self, target):
        row = self.action if target == "action" else self.step
        row.refresh_from_db()
        return row

    def rows(self, target):
        return DateChange.objects.filter(
            action=self.action, milestone=None if target == "action" else self.step
        )

    def version(self, old):
        return Action.objects.get(pk=self.action.pk).version - old

    @rule(passing=st.integers(1, 20))
    def days_pass(self, passing):
        self.today += timedelta(passing)
        self.pinned.disable()
        self.pinned = override_settings(OFSTED_TODAY=self.today)
        self.pinned.enable()

    @rule()
    def board_meets(self):
        if self.board.held_on != self.today:
            self.board = MeetingFactory(plan=self.action.plan, held_on=self.today)

    @rule(what=targets, moved=days, old=freshness, by=st.sampled_from(["owner", "director"]))
    def ask(self, what, moved, old, by):
        with suppress(*TOLD):
            dates.ask(
                action=Action.objects.get(pk=self.action.pk),
                version=self.version(old),
                milestone=None if what == "action" else self.step,
                to=self.today + timedelta(moved),
                reason="The new team starts later.",
                asked_by=None,
                by=getattr(self, by),
            )

    @rule(
        pick=st.integers(0, 9),
        place=places,
        old=freshness,
        agreed=st.booleans(),
        by=st.sampled_from(["owner", "director"]),
    )
    @precondition(lambda self: DateChange.objects.filter(action=self.action).exists())
    def decide(self, pick, place, old, agreed, by):
        """About any request, decided already or not."""
        changes = list(DateChange.objects.filter(action=self.action).order_by("-pk"))
        decision = {
            "change": changes[pick % len(changes)],
            "version": self.version(old),
            "meeting": {"alone": None, "meeting": self.board}.get(place, self.action.plan.meetings.last()),
            "by": getattr(self, by),
        }
        with suppress(*TOLD):
            if agreed:
                dates.agree(**decision)
            else:
                dates.refuse(**decision, because="Two teams can share it.")

    @rule(what=targets, moved=days)
    def administrator_moves(self, what, moved):
        """As the admin site does: with the version claimed, never to the same day, never before the start."""
        row = self.read(what)
        to = self.today + timedelta(moved)
        if to == row.due_on or to < self.action.starts_on:
            return
        action = Action.objects.claim(self.action.pk, self.version(0))
        action.save(update_fields=["version"])
        moves = action if what == "action" else row
        dates.move(
            action=action,
            milestone=None if what == "action" else moves,
            to=to,
            reason="A new law.",
            by=self.director,
        )

    @rule(
        old=freshness,
        state=st.sampled_from([DeliveryState.IN_PROGRESS, DeliveryState.DELIVERED]),
        ticks=st.booleans(),
        accepted=st.booleans(),
    )
    def owner_updates(self, old, state, ticks, accepted):
        words = Words(
            state=state,
            rag="green" if state == DeliveryState.IN_PROGRESS else "",
            done="Visits made.",
            forecast_on=self.today + timedelta(90),
            ticked={self.step.number: self.today} if ticks else {},
        )
        with suppress(StaleEdit):
            update = progress.submit(
                action=self.action,
                version=self.version(old),
                form_id=uuid4(),
                month=self.today.replace(day=1),
                words=words,
                by=self.owner,
            )
            if accepted:
                progress.accept(update=update, by=self.director)
            else:
                progress.send_back(update=update, reason="Say how many.", by=self.director)

    @invariant()
    def every_move_is_one_row(self):
        for target in ("action", "step"):
            row = self.read(target)
            agreed = list(self.rows(target).agreed().order_by("agreed_on", "pk"))
            was, count = self.seen[target]
            if row.due_on != was:
                assert len(agreed) == count + 1
                assert (agreed[-1].from_date, agreed[-1].to_date) == (was, row.due_on)
            assert len(agreed) in (count, count + (row.due_on != was))
            self.seen[target] = (row.due_on, len(agreed))

    @invariant()
    def the_rows_lead_from_the_original_date_to_the_one_now(self):
        for target in ("action", "step"):
            row = self.read(target)
            agreed = self.rows(target).agreed().order_by("agreed_on", "pk")
            chain = [row.original_due_on]
            for change in agreed:
                assert change.from_date == chain[-1]
                chain.append(change.to_date)
            assert chain[-1] == row.due_on

    @invariant()
    def one_request_waits_and_none_is_decided_twice(self):
        for target in ("action", "step"):
            assert self.rows(target).undecided().count() <= 1


@pytest.mark.django_db
def test_no_date_moves_without_its_row():
    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
