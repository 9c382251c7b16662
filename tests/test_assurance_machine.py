"""No path leads to assured or embedded without its exit tests being met when it was said.

The model knows nothing of the ladder's code: it is a list of what happened and the rule as a person would say it.
"""

import os
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actionplan import permissions
from actionplan.changes import assurance, checks, progress
from actionplan.changes.assurance import NothingToCheck, Unmet
from actionplan.changes.progress import Words
from actionplan.enums import DeliveryState, EvidenceSource, Finding
from actionplan.models import Action, Evidence, ProgressUpdate
from actionplan.standing import standings
from kpis.periods import months_later, today
from tests.factories import (
    ActionFactory,
    EvidenceFactory,
    IndicatorFactory,
    MilestoneFactory,
    PostFactory,
    UserFactory,
)

EXAMPLES, STEPS = (1_000, 60) if os.environ.get("SOAK") else (12, 20)
START = date(2017, 1, 2)


class Ladder(RuleBasedStateMachine):
    """One action, its owner, the improvement team and an assurer, day by day."""

    @initialize()
    def begin(self):
        self.pinned, settings.OFSTED_TODAY = settings.OFSTED_TODAY, START
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.owner, self.team = UserFactory(), UserFactory(group=permissions.IMPROVEMENT_TEAM)
        self.assurer = UserFactory(group=permissions.ASSURER)
        PostFactory(holder=self.assurer)
        self.action = ActionFactory(owner=PostFactory(holder=self.owner), starts_on=START)
        self.milestone = MilestoneFactory(action=self.action, number=1, completed_on=START)
        self.indicator = IndicatorFactory()
        self.updates = []  # [words, submitted_on, accepted_on or None], the returned ones left out
        self.climb = []  # days of adequate findings that still hold
        self.sent_back_on = None

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
            settings.OFSTED_TODAY = self.pinned

    # What people do.

    @rule(days=st.sampled_from([1, 1, 28, 150, 182, 184]))
    def time_passes(self, days):
        settings.OFSTED_TODAY = today() + timedelta(days=days)

    @rule(
        state=st.sampled_from([DeliveryState.DELIVERED, DeliveryState.DELIVERED, DeliveryState.IN_PROGRESS]),
        done=st.sampled_from(["Nine visits were made.", "Nine visits were made.", " "]),
        difference=st.sampled_from(["Children know whom to call.", "Children know whom to call.", ""]),
        draft_first=st.booleans(),
    )
    def owner_submits(self, state, done, difference, draft_first):
        words = Words(
            state=state,
            rag="" if state == DeliveryState.DELIVERED else "amber",
            impact="early",
            done=done,
            difference=difference,
        )
        facts = {"action": self.action, "month": today().replace(day=1), "words": words, "by": self.owner}
        if draft_first:
            progress.save_draft(version=self._version(), form_id=uuid4(), **facts)
        update = progress.submit(version=self._version(), form_id=uuid4(), **facts)
        self.updates.append([update.pk, words, today(), None])

    @precondition(lambda self: self._waiting())
    @rule(accepted=st.sampled_from([True, True, False]), newest_first=st.booleans())
    def team_checks_an_update(self, accepted, newest_first):
        waiting = self._waiting()[-1 if newest_first else 0]
        update = ProgressUpdate.objects.get(pk=waiting[0])
        if not accepted:
            checks.send_back(update=update, reason="Say how many.", by=self.team)
            self.updates.remove(waiting)
            return
        checks.accept(update=update, by=self.team)
        waiting[3] = today()
        if waiting[1].state == DeliveryState.IN_PROGRESS:
            self.climb = []  # taken up again: what was found before holds no more

    @rule(source=st.sampled_from(EvidenceSource))
    def evidence_is_added(self, source):
        EvidenceFactory(action=self.action, source=source, added_on=today())

    @rule()
    def evidence_is_withdrawn(self):
        for row in Evidence.objects.filter(action=self.action, withdrawn_on=None)[:1]:
            row.withdrawn_on, row.withdrawn_because = today(), "Another team."
            row.save()

    @rule()
    def milestone_opens_or_closes(self):
        self.milestone.completed_on = None if self.milestone.completed_on else today()
        self.milestone.save()

    @rule(tick=st.sampled_from(["all", "all", "all", "one", "withdrawn too"]))
    def assurer_finds_it_adequate(self, tick):
        standing = list(Evidence.objects.filter(action=self.action, withdrawn_on=None))
        rests_on = {"one": standing[:1], "all": standing}.get(tick, list(self.action.evidence.all()))
        may = self._tests_are_met() and len({each.source for each in rests_on}) > 1
        may = may and all(each.withdrawn_on is None for each in rests_on)
        try:
            with transaction.atomic():
                self._assure(Finding.ADEQUATE, rests_on)
        except (NothingToCheck, Unmet, assurance.Withdrawn):
            assert not may
        else:
            assert may
            self.climb.append(today())

    @rule()
    def assurer_sends_it_back(self):
        try:
            with transaction.atomic():
                self._assure(Finding.NOT_ADEQUATE, [])
        except NothingToCheck:
            assert not self._is_delivered()
        else:
            self.climb, self.sent_back_on = [], today()

    @rule()
    def an_indicator_gets_worse(self):
        row = assurance.relapse(
            action=self.action, indicator=self.indicator, because="Worse since May.", on=today()
        )
        assert bool(row) == bool(self.climb and self._is_delivered())
        if row:
            self.climb, self.sent_back_on = [], today()

    # What must be so, whatever they did.

    @invariant()
    def assured_and_embedded_were_earned(self):
        if not hasattr(self, "action"):
            return
        expected = DeliveryState.DELIVERED
        if not self._is_delivered():
            expected = None
        elif self._is_embedded():
            expected = DeliveryState.EMBEDDED
        elif self.climb:
            expected = DeliveryState.ASSURED
        state = standings([self.action], today())[self.action.pk].state
        if expected is None:
            assert state in (DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS)
        else:
            assert state == expected

    # The rule in plain words.

    def _is_delivered(self):
        accepted = [each for each in self.updates if each[3]]
        if not accepted:
            return False
        _, words, submitted_on, _ = max(accepted, key=lambda each: (each[2], each[0]))
        back = self.sent_back_on
        return words.state == DeliveryState.DELIVERED and (back is None or submitted_on > back)

    def _tests_are_met(self):
        accepted = [each for each in self.updates if each[3]]
        if not self._is_delivered() or self._waiting() or not self.milestone.completed_on:
            return False
        newest = max(accepted, key=lambda each: (each[2], each[0]))[1]
        called_in_progress = {each[2] for each in accepted if each[1].state == DeliveryState.IN_PROGRESS}
        return bool(newest.done.strip() and newest.difference.strip() and today() not in called_in_progress)

    def _is_embedded(self):
        """Three findings, each six months or more after the one that counted before it."""
        if not self.climb:
            return False
        counted = self.climb[0]
        steps = 0
        for day in self.climb[1:]:
            if steps < 2 and day >= months_later(counted, 6):
                counted, steps = day, steps + 1
        return steps == 2

    def _waiting(self):
        return [each for each in self.updates if each[3] is None]

    def _assure(self, finding, evidence):
        assurance.assure(
            action=self.action,
            version=self._version(),
            finding=finding,
            summary=f"Read on {today()}, {uuid4()}",
            evidence=evidence,
            recheck_due_on=None,
            by=self.assurer,
        )

    def _version(self):
        return Action.objects.get(pk=self.action.pk).version


@pytest.mark.once
@pytest.mark.soak
@pytest.mark.django_db
def test_assured_and_embedded_are_always_earned():
    run_state_machine_as_test(
        Ladder,
        settings=hypothesis_settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
