"""What a page says of a past day is what was so on that day, whatever people have done since.

The model is a plain list of days with what was so at the end of each. It knows nothing of rows, queries or dates of
validity: something happens, and the day on which it happened keeps what it came to. Some things have no past, as
docs/decisions says: an action that is new, deleted, renamed or shared today is so on past days too. Others have a day
of their own that may lie back: when a figure was known, when a meeting decided. Those are kept beside the days.
"""

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
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
from actionplan.changes import assurance, checks, dates, progress
from actionplan.changes.progress import Words
from actionplan.enums import DeliveryState, EvidenceSource, Finding, Impact, Rag, Stage, UpdateStatus
from actionplan.models import Action, Meeting, ProgressUpdate
from actionplan.reports.month import month_report
from actionplan.rows import rows
from actionplan.standing import standings_on_days
from kpis.models import Target
from kpis.periods import Period, months_later, today
from kpis.readings import readings
from kpis.recording import NewFigure, record_all
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    EvidenceFactory,
    IndicatorFactory,
    MeetingFactory,
    PostFactory,
    RecommendationFactory,
    ReportingMonthFactory,
    ServiceFactory,
    UserFactory,
)

EXAMPLES, STEPS = (2_000, 50) if os.environ.get("SOAK") else (15, 25)
START, LAST = date(2017, 1, 10), date(2018, 6, 30)  # as many months as lists of figures read
DUE = date(2019, 12, 31)
OPEN = (DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS)
NAMED = {
    "owner": "title",
    "service": "name",
    "action": "title",
    "plan": "name",
    "recommendation": "short_title",
}
NUMBERS = st.integers(0, 11)  # which of those that there are: the remainder counts


@dataclass(frozen=True)
class State:
    """What was so of one action at the end of a day."""

    state: str = DeliveryState.NOT_STARTED
    rag: str | None = None
    impact: str = Impact.NONE
    pending: str | None = None  # what became of a newer update than the one that counts
    counted: date | None = None  # the month of the update that counts
    latest: date | None = None  # the month of the newest one handed in


@dataclass
class Update:
    pk: int
    words: Words
    month: date
    day: date
    status: str = UpdateStatus.SUBMITTED


@dataclass
class Kept:
    """One action: what is so of it now, and the dates on which it was agreed to be due."""

    updates: list[Update] = field(default_factory=list)
    held: str = ""  # assured or embedded, while that holds
    checked_on: date | None = None
    sent_back_on: date | None = None
    due: list[tuple[date, date]] = field(default_factory=lambda: [(date.min, DUE)])
    shared: bool = False
    own: bool = True  # of the whole plan, not of the one beneath

    def now(self):
        accepted = [each for each in self.updates if each.status == UpdateStatus.ACCEPTED]
        if not self.updates:
            return State()
        newest, latest = accepted[-1] if accepted else None, self.updates[-1]
        state, rag = (newest.words.state, newest.words.rag or None) if newest else (State.state, None)
        if newest and state == DeliveryState.DELIVERED:
            if self.sent_back_on and newest.day <= self.sent_back_on:
                state, rag = DeliveryState.IN_PROGRESS, Rag.RED
            state = self.held or state
        return State(
            state=state,
            rag=rag,
            impact=newest.words.impact if newest else Impact.NONE,
            pending=None if latest is newest else latest.status,
            counted=newest.month if newest else None,
            latest=latest.month,
        )

    def accept(self, update):
        update.status = UpdateStatus.ACCEPTED
        if self.held and update.words.state == DeliveryState.IN_PROGRESS and update.day >= self.checked_on:
            self.held = ""

    def due_on(self, day):
        return [to for agreed_on, to in sorted(self.due, key=itemgetter(0)) if agreed_on <= day][-1]


class Past(RuleBasedStateMachine):
    """Two plans of a council, from day to day. `world` is what stands before and after each walk."""

    world = None

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        settings.OFSTED_TODAY = START
        self.actions, self.days, self.looked = {}, {}, 0
        self.figures, self.targets, self.asked = [], [], []
        for number, state in enumerate([DeliveryState.DELIVERED, DeliveryState.IN_PROGRESS]):
            self._create(beneath=number)
            said = {"rag": Rag.GREEN, "impact": Impact.EARLY, "drafts": 0, "submits": True}
            self.owner_writes(number=number, state=state, **said)
        self.team_checks_an_update(number=0, accepted=True)

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # What people do.

    @precondition(lambda self: today() < LAST)
    @rule(days=st.sampled_from([1, 2, 5, 10, 31]))
    def time_passes(self, days):
        settings.OFSTED_TODAY = today() + timedelta(days=days)

    @precondition(lambda self: today() < LAST)
    @rule()
    def night_passes(self):
        settings.OFSTED_TODAY = today() + timedelta(days=1)

    @rule(number=NUMBERS, comes=st.booleans())
    def action_comes_or_goes(self, number, comes):
        """It goes only as long as nothing was said of it."""
        pk = self._pick(number)
        if comes or len(self.actions) == 1:
            self._create(number % 2)
            return
        with suppress(ProtectedError):
            Action.objects.get(pk=pk).delete()
            assert not self.actions[pk].updates
            del self.actions[pk]

    @rule(
        number=NUMBERS,
        state=st.sampled_from(
            [*[DeliveryState.IN_PROGRESS, DeliveryState.DELIVERED] * 4, DeliveryState.NOT_STARTED]
        ),
        rag=st.sampled_from([Rag.GREEN, Rag.GREEN, *Rag]),
        impact=st.sampled_from(Impact),
        drafts=st.integers(0, 2),
        submits=st.sampled_from([True, True, True, False]),
    )
    def owner_writes(self, number, state, rag, impact, drafts, submits):
        pk = self._pick(number)
        rag = rag if state == DeliveryState.IN_PROGRESS else ""
        month = self._round(today()).month
        facts = {"action": Action(pk=pk, plan=self.world.plan), "month": month, "by": self.world.owner}
        for draft in range(drafts):
            words = Words(state=DeliveryState.IN_PROGRESS, rag=Rag.RED, done=f"Draft {draft}")
            progress.save_draft(version=self._version(pk), form_id=uuid4(), words=words, **facts)
        if submits:
            words = Words(state=state, rag=rag, impact=impact, done=f"Said {uuid4()}", difference="More")
            update = progress.submit(version=self._version(pk), form_id=uuid4(), words=words, **facts)
            self.actions[pk].updates.append(Update(update.pk, words, month, today()))

    @precondition(lambda self: self._waiting())
    @rule(number=NUMBERS, accepted=st.sampled_from([True, True, False]))
    def team_checks_an_update(self, number, accepted):
        waiting = self._waiting()
        kept, update = waiting[number % len(waiting)]
        row = ProgressUpdate.objects.get(pk=update.pk)
        if accepted:
            checks.accept(update=row, by=self.world.team)
            kept.accept(update)
        else:
            checks.send_back(update=row, reason="Say how many.", by=self.world.team)
            update.status = UpdateStatus.RETURNED

    @precondition(lambda self: self._waiting())
    @rule()
    def team_accepts_many(self):
        known = {update.pk: (kept, update) for kept, update in self._waiting()}
        asked = ProgressUpdate.objects.filter(pk__in=known)
        outcome = checks.accept_many(month=self._round(today()), updates=asked, by=self.world.team)
        for each in outcome.accepted:
            kept, update = known[each.pk]
            kept.accept(update)

    @rule(number=NUMBERS, finding=st.sampled_from([Finding.ADEQUATE, *Finding, "worse"]))
    def assurer_or_an_indicator_tells(self, number, finding):
        pk = self._pick_delivered(number)
        action, kept = Action.objects.get(pk=pk), self.actions[pk]
        if finding == "worse":
            indicator = self.world.indicators[0]
            found = assurance.relapse(action=action, indicator=indicator, because="Worse.", on=today())
        else:
            found = self._assure(action, finding)
        if not found:
            return
        kept.checked_on = today()
        if finding == Finding.ADEQUATE:
            kept.held = (
                DeliveryState.EMBEDDED if found.stage == Stage.TWELVE_MONTHS else DeliveryState.ASSURED
            )
            kept.sent_back_on = None
        else:
            kept.held, kept.sent_back_on = "", today()

    @rule(number=NUMBERS, days=st.integers(1, 90))
    def date_is_moved(self, number, days):
        pk = self._pick(number)
        action = Action.objects.get(pk=pk)
        action.version += 1
        to = action.due_on + timedelta(days=days)
        dates.move(action=action, to=to, reason="A new team", by=self.world.team)
        self.actions[pk].due.append((today(), to))

    @rule(number=NUMBERS, days=st.integers(1, 90))
    def another_date_is_asked_for(self, number, days):
        action = Action.objects.get(pk=self._pick(number))
        facts = {"milestone": None, "to": action.due_on + timedelta(days=days), "reason": "A new team"}
        with suppress(dates.CannotMove), transaction.atomic():  # another waits already, or the work is done
            change = dates.ask(
                action=action, version=action.version, asked_by=None, by=self.world.owner, **facts
            )
            if change not in self.asked:  # the same, asked for twice, waits once
                self.asked.append(change)

    @precondition(lambda self: self.asked)
    @rule(number=NUMBERS, back=st.integers(0, 20))
    def meeting_decided_some_days_ago(self, number, back):
        change = self.asked.pop(number % len(self.asked))
        held_on = max(today() - timedelta(days=back), change.asked_on)
        there = Meeting.objects.filter(plan=change.action.plan, held_on=held_on).first()
        meeting = there or MeetingFactory(plan=change.action.plan, held_on=held_on)
        facts = {"change": change, "version": self._version(change.action_id), "by": self.world.team}
        try:
            with transaction.atomic():
                dates.agree(meeting=meeting, **facts)
        except dates.CannotMove:  # moved since it was asked, or the work is done
            dates.refuse(meeting=meeting, because="It is late enough", **facts)
        else:
            self.actions[change.action_id].due.append((held_on, change.to_date))

    # What has no past: it is so on every day as it is today.

    @rule(number=NUMBERS)
    def action_is_shared_or_no_longer(self, number):
        kept = self.actions[pk := self._pick(number)]
        kept.shared = not kept.shared
        other = self.world.beneath if kept.own else self.world.plan
        Action.objects.get(pk=pk).shared_with.set([other] if kept.shared else [])

    @rule(number=NUMBERS, what=st.sampled_from(["contributors", *NAMED]))
    def other_people_or_names(self, number, what):
        action = Action.objects.get(pk=self._pick(number))
        if what == "contributors":
            action.contributors.set(self.world.posts[: number % 3])
            return
        row = action if what == "action" else getattr(action, what)
        setattr(row, NAMED[what], f"Renamed {uuid4()}")
        row.save(update_fields=[NAMED[what]])

    # Figures count from the day on which they were known, targets from their agreement.

    @rule(
        indicator=st.integers(0, 1),
        back=st.integers(0, 4),
        value=st.integers(0, 100),
        known=st.integers(0, 40),
    )
    def figure_comes_in(self, indicator, back, value, known):
        period = Period.month(months_later(today(), -1 - back))
        known_from = max(period.end, today() - timedelta(days=known))
        figure = NewFigure(
            indicator=self.world.indicators[indicator],
            period=period,
            value=Decimal(value),
            source="Import",
            reason="Late",
        )
        if record_all([figure], by=self.world.team, recorded_on=known_from) != [None]:
            self.figures.append((known_from, indicator, period.end, value))

    @rule(indicator=st.integers(0, 1), value=st.integers(0, 100))
    def board_agrees_a_target(self, indicator, value):
        facts = {"indicator": self.world.indicators[indicator], "agreed_on": today(), "by": DUE}
        Target.objects.update_or_create(**facts, defaults={"value": value, "source": "Board"})
        self.targets.append((today(), indicator, value))

    # What must be so, whatever they did.

    @invariant()
    def every_day_is_as_it_was(self):
        """One of three looks after each step: what is wrong once stays wrong."""
        if not hasattr(self, "actions"):
            return
        self.days[today()] = {pk: kept.now() for pk, kept in self.actions.items()}
        self.looked += 1
        day = list(self.days)[self.looked * 7 % len(self.days)]
        if self.looked % 24 == 0:
            self._months_count_as_they_did(day)
        elif self.looked % 3 == 0:
            self._dates_are_as_agreed(day)
        elif self.looked % 3 == 1:
            self._actions_stand_as_they_did()
        else:
            self._readings_are_as_known(day)

    def _actions_stand_as_they_did(self):
        stood = standings_on_days(Action.objects.filter(pk__in=self.actions), list(self.days))
        for day in self.days:
            for pk, told in stood[day].items():
                was = self._was(pk, day)
                found = (told.state, told.rag, told.impact, told.pending_status)
                assert found == (was.state, was.rag, was.impact, was.pending), (day, pk)

    def _dates_are_as_agreed(self, day):
        found = rows(Action.objects.filter(pk__in=self.actions), day, month=None, board=None)
        assert {row.action.pk: row.action.due_on for row in found} == {
            pk: kept.due_on(day) for pk, kept in self.actions.items()
        }

    def _readings_are_as_known(self, day):
        told = readings(self.world.indicators, day)
        for number, indicator in enumerate(self.world.indicators):
            known = [each for each in self.figures if each[0] <= day and each[1] == number]
            known.sort(key=itemgetter(0))  # of two of one day the later one counts
            figures = {end: value for _, _, end, value in known if end <= day}
            agreed = [value for agreed_on, of, value in self.targets if of == number and agreed_on <= day]
            reading = told[indicator.pk]
            assert {each.period.end: each.value for each in reading.figures} == figures
            assert reading.latest == (figures[max(figures)] if figures else None)
            assert reading.target == (agreed[-1] if agreed else None)

    def _months_count_as_they_did(self, day):
        month = self._round(day)
        for plan, is_whole in [(self.world.plan, True), (self.world.beneath, False)]:
            states = [
                self._was(pk, day) for pk, each in self.actions.items() if each.own == is_whole or each.shared
            ]
            report = month_report(plan, month, day)
            counts = Counter(each.rag or each.state for each in states)
            assert report.total == len(states)
            assert {tile.value: tile.now for tile in report.deliveries if tile.now} == counts
            assert {tile.value: tile.now for tile in report.impacts if tile.now} == Counter(
                each.impact for each in states
            )
            assert len(report.unchecked) == sum(each.pending == UpdateStatus.SUBMITTED for each in states)
            owed = [each for each in states if each.latest == month.month or _owes(each, month, day)]
            accepted = [each for each in owed if each.counted == month.month]
            assert dict(report.facts)["Updates accepted"] == f"{len(accepted)} of {len(owed)}"

    # How it is told and looked up.

    def _was(self, pk, day):
        """Of the day itself; an action that is newer than that was not started."""
        return self.days[day].get(pk, State())

    def _create(self, beneath):
        world = self.world
        action = ActionFactory(
            plan=world.beneath if beneath else world.plan,
            recommendation=world.recommendation,
            owner=PostFactory(holder=world.owner),
            service=world.service,
            starts_on=START,
            original_due_on=DUE,
            due_on=DUE,
        )
        self.actions[action.pk] = Kept(own=not beneath)

    def _pick(self, number):
        return list(self.actions)[number % len(self.actions)]

    def _pick_delivered(self, number):
        """An action of which delivery was told, where there is one."""
        told = [pk for pk, kept in self.actions.items() if kept.now().state not in OPEN]
        return told[number % len(told)] if told else self._pick(number)

    def _assure(self, action, finding):
        adequate = finding == Finding.ADEQUATE
        with suppress(assurance.NothingToCheck, assurance.Unmet), transaction.atomic():
            rests_on = [
                EvidenceFactory(action=action, source=source, added_on=today(), made_by=self.world.owner)
                for source in (EvidenceSource.DATA, EvidenceSource.VOICE)
                if adequate
            ]
            return assurance.assure(
                action=action,
                version=action.version,
                finding=finding,
                summary=f"Read {uuid4()}",
                evidence=rests_on,
                recheck_due_on=None,
                by=self.world.assurer,
            )
        return None

    def _waiting(self):
        return [
            (kept, update)
            for kept in self.actions.values()
            for update in kept.updates
            if update.status == UpdateStatus.SUBMITTED
        ]

    def _version(self, pk):
        return Action.objects.values_list("version", flat=True).get(pk=pk)

    def _round(self, day):
        return next(each for each in self.world.months if each.board_on >= day)


def _owes(state, month, day):
    """Whether the owner still had to write: the work is open, and the newest update is an older month's or returned."""
    if day < month.opens_on or state.state not in OPEN:
        return False
    return state.latest is None or state.latest < month.month or state.pending == UpdateStatus.RETURNED


class World:
    """A plan and one beneath it, with their months, people and indicators."""

    def __init__(self):
        self.owner, self.team = UserFactory(), UserFactory(group=permissions.IMPROVEMENT_TEAM)
        self.assurer = UserFactory(group=permissions.ASSURER)
        PostFactory(holder=self.assurer)
        self.posts = [PostFactory(), PostFactory()]
        self.plan = ActionPlanFactory()
        self.beneath = ActionPlanFactory(parent=self.plan, inspection=self.plan.inspection)
        self.recommendation = RecommendationFactory(inspection=self.plan.inspection)
        self.service = ServiceFactory()
        self.indicators = [IndicatorFactory(), IndicatorFactory(lower=True)]
        self.months = [self._month(months_later(START.replace(day=1), later)) for later in range(24)]

    def _month(self, month):
        return ReportingMonthFactory(
            plan=self.plan,
            month=month,
            opens_on=month,
            updates_due_on=month.replace(day=20),
            data_as_at=month - timedelta(days=1),
            board_on=month.replace(day=25),
        )


@pytest.mark.soak
@pytest.mark.django_db
def test_past_day_stays_as_it_was(monkeypatch):
    monkeypatch.setattr(Past, "world", World())
    monkeypatch.setattr(settings, "OFSTED_TODAY", START)
    run_state_machine_as_test(
        Past,
        settings=hypothesis_settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
