"""Where actions stand on the ladder from delivered to embedded, read for pages and for those who write on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery

from actionplan.assurance.evidence import sources_of
from actionplan.assurance.ladder import (
    Check,
    ExitTest,
    Work,
    exit_tests,
    holding,
    next_due,
    rechecks,
    stage_on,
    unmet,
)
from actionplan.enums import DeliveryState, Finding, Stage, UpdateStatus
from actionplan.models import Action, Assurance, Milestone, ProgressUpdate
from actionplan.rows import Row, Step
from actionplan.standing import Standing, standings
from kpis.periods import day_words

HELD = (DeliveryState.ASSURED, DeliveryState.EMBEDDED)
CHECKABLE = (DeliveryState.DELIVERED, *HELD)


@dataclass(frozen=True)
class Rung:
    """One step of the ladder as a page shows it: reached or not, in words, and what is still asked for."""

    name: str
    is_reached: bool
    words: str
    tests: tuple[ExitTest, ...] = ()


@dataclass(frozen=True)
class Climb:
    """An action on the ladder on a day. `held` are the checks that count, `sources` those of the standing evidence."""

    now: Standing
    work: Work
    held: tuple[Check, ...]
    sources: frozenset[str]
    on: date

    @property
    def can_be_checked(self) -> bool:
        return self.now.state in CHECKABLE

    @property
    def stage(self) -> Stage:
        """Which check one made today would be."""
        return stage_on(self.held, self.on)

    @property
    def due_on(self) -> date | None:
        """When the next check of work that was assured is due."""
        return next_due(self.held) if self.now.state in HELD else None

    @property
    def days_late(self) -> int:
        return max((self.on - self.due_on).days, 0) if self.due_on else 0

    @property
    def is_sent_back(self) -> bool:
        """Reopened by a check or by the relapse watch, and not delivered anew since."""
        last = self.now.assurance
        return bool(last and last.finding == Finding.NOT_ADEQUATE and self.now.is_open)

    def tests(self, sources: Iterable[str] | None = None) -> tuple[ExitTest, ...]:
        """The exit tests of an adequate finding that rests on these sources, or on all that there are."""
        return exit_tests(self.work, self.sources if sources is None else sources, self.on)

    @property
    def rungs(self) -> tuple[Rung, Rung, Rung]:
        return (self._delivered(), self._assured(), self._embedded())

    def _delivered(self) -> Rung:
        if self.can_be_checked:
            words = "The owner says so in an update, and the improvement team has accepted it."
            return Rung("Delivered", True, words)
        words = "The owner says so in an update, and the improvement team accepts it."
        return Rung("Delivered", False, words)

    def _assured(self) -> Rung:
        if self.now.state in HELD:
            return Rung("Assured", True, f"Found adequate on {day_words(self.held[0].made_on)}.")
        words = "Somebody other than the owner finds it adequate. That asks for:"
        return Rung("Assured", False, words, self.tests())

    def _embedded(self) -> Rung:
        if self.now.state == DeliveryState.EMBEDDED:
            return Rung("Embedded", True, "It still held when it was checked again.", rechecks(self.held))
        words = "It still holds when it is checked again, six and twelve months later."
        return Rung("Embedded", False, words, rechecks(self.held) if self.now.state in HELD else ())


def climb(action: Action, now: Standing, on: date, sources: Iterable[str] | None = None) -> Climb:
    """The ladder of one action, which stands as `now` says. Three queries with its milestones prefetched, two where
    the sources of its standing evidence are known already."""
    done, in_progress_on, is_unchecked = _words(action, now, on)
    checks = [Check(*row) for row in _checks(action, on)]
    work = Work(
        state=now.state,
        done=done,
        difference=now.update.difference if now.update else "",
        in_progress_on=in_progress_on,
        is_unchecked=is_unchecked,
        open_milestones=_open_milestones(
            action, [each for each in action.milestones.all() if each.is_open(on)]
        ),
    )
    if sources is None:
        sources = action.evidence.standing_on(on).values_list("source", flat=True)
    return Climb(now, work, tuple(holding(checks, in_progress_on)), frozenset(sources), on)


def climb_of(action: Action, on: date) -> Climb:
    """The same, of an action of which nothing was read yet."""
    return climb(action, standings([action], on)[action.pk], on)


def not_yet_met(rows: Iterable[Row], on: date) -> dict[int, tuple[ExitTest, ...]]:
    """What still stands in the way of an adequate finding, by the key of each delivered action. Two queries."""
    known = {row.action.pk: row for row in rows}
    if not known:
        return {}
    done = ProgressUpdate.objects.filter(pk__in=[row.now.update.pk for row in known.values()])
    said = dict(done.order_by().values_list("action_id", "done"))
    sources = sources_of([row.action for row in known.values()], on)
    return {
        key: unmet(
            exit_tests(
                Work(
                    done=said[key],
                    difference=row.now.update.difference,
                    is_unchecked=row.now.pending_status == UpdateStatus.SUBMITTED,
                    open_milestones=_open_milestones(row.action, row.open_steps),
                ),
                sources[key],
                on,
            )
        )
        for key, row in known.items()
    }


def _open_milestones(action: Action, steps: Iterable[Milestone | Step]) -> tuple[str, ...]:
    return tuple(f"{action.ref}.{number}" for number in sorted(each.number for each in steps))


def _words(action: Action, now: Standing, on: date) -> tuple[str, date | None, bool]:
    """What the accepted update says was done, the day on which work was last said to be in progress, and whether any
    update still waits to be checked. One query."""
    if not now.update:
        return "", None, False
    others = ProgressUpdate.objects.filter(action=OuterRef("action"))
    in_progress = others.filter(state=DeliveryState.IN_PROGRESS).accepted_by(on).newest_first()
    said = action.updates.filter(pk=now.update.pk).values_list(
        "done", Subquery(in_progress.values("submitted_on")[:1]), Exists(others.waiting())
    )
    found: tuple[str, date | None, bool] = said.get()
    return found


def _checks(action: Action, on: date) -> Sequence[tuple]:
    made = Assurance.objects.filter(action=action, made_on__lte=on).order_by("made_on", "pk")
    return made.values_list("stage", "finding", "made_on", "recheck_due_on")
