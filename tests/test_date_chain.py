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

from actionplan.changes import checks, dates, progress
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

EXAMPLES, STEPS = (1_000, 50) if os.environ.get("SOAK") else (30, 25)
TOLD = (AlreadyDecided, CannotMove, StaleEdit)

targets = st.sampled_from(["action", "step"])
LIKELY = {"action": date(2017, 10, 1), "step": date(2017, 8, 1)}  # fits what is due around it, mostly
days = st.integers(0, 50) | st.integers(0, 50) | st.integers(-250, 250)
freshness = st.sampled_from([0, 0, 0, 0, 0, 1])  # how many versions ago the page was read
places = st.sampled_from(["alone", "alone", "meeting", "past meeting"])
askers = st.sampled_from(["owner", "owner", "owner", "director"])
deciders = st.sampled_from(["director", "director", "director", "owner"])


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

    @rule(passing=st.integers(1, 9), meets=st.booleans())
    def days_pass(self, passing, meets):
        self.today += timedelta(passing)
        self.pinned.disable()
        self.pinned = override_settings(OFSTED_TODAY=self.today)
        self.pinned.enable()
        if meets:
            self.board = MeetingFactory(plan=self.action.plan, held_on=self.today)

    @rule(what=targets, moved=days, old=freshness, by=askers)
    def ask(self, what, moved, old, by):
        with suppress(*TOLD):
            dates.ask(
                action=Action.objects.get(pk=self.action.pk),
                version=self.version(old),
                milestone=None if what == "action" else self.step,
                to=LIKELY[what] + timedelta(moved),
                reason="The new team starts later.",
                asked_by=None,
                by=getattr(self, by),
            )

    @rule(
        pick=st.sampled_from([0, 0, 0, 1, 2]),
        place=places,
        old=freshness,
        agreed=st.sampled_from([True, True, False]),
        by=deciders,
    )
    @precondition(lambda self: DateChange.objects.filter(action=self.action).exists())
    def decide(self, pick, place, old, agreed, by):
        """About any request, those that wait first."""
        every = DateChange.objects.filter(action=self.action).order_by("-pk")
        changes = sorted(every, key=lambda change: bool(change.agreed_on or change.refused_on))
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
        to = LIKELY[what] + timedelta(moved)
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
        state=st.sampled_from([DeliveryState.IN_PROGRESS] * 6 + [DeliveryState.DELIVERED]),
        ticks=st.sampled_from([False] * 4 + [True]),
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
                checks.accept(update=update, by=self.director)
            else:
                checks.send_back(update=update, reason="Say how many.", by=self.director)

    @invariant()
    def every_move_is_one_row_and_the_rows_are_one_chain(self):
        for target in ("action", "step"):
            row = self.read(target)
            changes = sorted(self.rows(target), key=lambda change: (change.agreed_on or date.max, change.pk))
            agreed = [change for change in changes if change.agreed_on]
            was, count = self.seen[target]
            self.seen[target] = (row.due_on, len(agreed))

            if row.due_on != was:
                assert (agreed[-1].from_date, agreed[-1].to_date) == (was, row.due_on)
            assert len(agreed) == count + (row.due_on != was)
            assert [change.from_date for change in agreed] + [row.due_on] == [
                row.original_due_on,
                *(change.to_date for change in agreed),
            ]
            assert sum(not change.agreed_on and not change.refused_on for change in changes) <= 1


@pytest.mark.soak
@pytest.mark.once
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
