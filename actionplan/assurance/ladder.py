"""From delivered to assured to embedded: which check comes next, when, and what stands in its way. Pure.

Work is assured when somebody other than its owner found it adequate and the exit tests were met; embedded when it was
found adequate again six months later, and once more six months after that. A check that is not adequate, or work that
is taken up again, ends the climb: it starts anew from the first check.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from actionplan.enums import DeliveryState, EvidenceSource, Finding, Stage
from kpis.periods import day_words, months_later

BETWEEN = 6  # months from one check of the ladder to the next
ENOUGH = 2  # sources of evidence: what several show together is more than one can


class Check(NamedTuple):
    """One assurance of an action, as far as the ladder asks."""

    stage: str
    finding: str
    made_on: date
    recheck_due_on: date | None = None


@dataclass(frozen=True)
class Work:
    """What is known of the work itself on a day.

    The words are those of the newest accepted update. `in_progress_on` is when an accepted update last called the work
    in progress, `is_unchecked` whether the owner has handed in something newer that nobody has checked.
    """

    state: str = DeliveryState.NOT_STARTED
    done: str = ""
    difference: str = ""
    in_progress_on: date | None = None
    is_unchecked: bool = False
    open_milestones: tuple[str, ...] = ()


class ExitTest(NamedTuple):
    """Something that must be so before the work climbs. `about` names it; `words` say how it stands."""

    about: str
    is_met: bool
    words: str


def holding(checks: Iterable[Check], in_progress_on: date | None) -> list[Check]:
    """The checks that still count, oldest first, of all of an action's in order: those since the climb last began."""
    held: list[Check] = []
    for check in checks:
        is_past = in_progress_on is not None and in_progress_on >= check.made_on
        held = [*held, check] if check.finding == Finding.ADEQUATE and not is_past else []
    return held


def stage_on(held: Sequence[Check], on: date) -> Stage:
    """Which check one made on a day would be. Before six months are over it is an early one, which changes no date."""
    if not held:
        return Stage.FIRST
    step = _last_step(held)
    if step.stage == Stage.TWELVE_MONTHS:
        return Stage.TWELVE_MONTHS  # embedded work that is looked at again stays embedded
    if on < months_later(step.made_on, BETWEEN):
        return Stage.EARLY
    return Stage.TWELVE_MONTHS if step.stage == Stage.SIX_MONTHS else Stage.SIX_MONTHS


def latest_due(held: Sequence[Check]) -> date | None:
    """The day by which the next check must be made, whatever was agreed; None where none must be."""
    if not held or _last_step(held).stage == Stage.TWELVE_MONTHS:
        return None
    return months_later(_last_step(held).made_on, BETWEEN)


def next_due(held: Sequence[Check]) -> date | None:
    """When the next check is due: the day that the assurer set, and never later than the ladder asks."""
    if not held:
        return None
    days = [day for day in (held[-1].recheck_due_on, latest_due(held)) if day]
    return min(days, default=None)


def latest_recheck(held: Sequence[Check], made: Check) -> date | None:
    """The latest day that may be set for the check after this one; None where any day may be."""
    if made.finding == Finding.ADEQUATE:
        return latest_due([*held, made])
    return months_later(made.made_on, BETWEEN)


def exit_tests(work: Work, sources: Iterable[str], on: date) -> tuple[ExitTest, ...]:
    """What an adequate finding asks for on a day, of every check. `sources` are those of what it rests on."""
    return (
        _said("done", work.done, "what was done"),
        _said("difference", work.difference, "what difference it made"),
        _newest_update(work, on),
        _milestones(work.open_milestones),
        _sources(set(sources)),
    )


def unmet(tests: Iterable[ExitTest]) -> tuple[ExitTest, ...]:
    return tuple(test for test in tests if not test.is_met)


def rechecks(held: Sequence[Check]) -> tuple[ExitTest, ...]:
    """What assured work still needs before it is embedded: the checks at six and at twelve months."""
    found = {check.stage: check.made_on for check in held}
    six, twelve = found.get(Stage.SIX_MONTHS), found.get(Stage.TWELVE_MONTHS)
    return (
        _recheck("six_months", "six", six, None if six or not held else next_due(held)),
        _recheck("twelve_months", "twelve", twelve, next_due(held) if six and not twelve else None),
    )


def _last_step(held: Sequence[Check]) -> Check:
    """The newest check that six months are counted from: early ones are not."""
    return next((check for check in reversed(held) if check.stage != Stage.EARLY), held[0])


def _said(about: str, text: str, what: str) -> ExitTest:
    is_met = bool(text.strip())
    verb = "says" if is_met else "does not say"
    return ExitTest(about, is_met, f"The accepted update {verb} {what}.")


def _newest_update(work: Work, on: date) -> ExitTest:
    if work.is_unchecked:
        words = "The newest update waits to be checked by the improvement team."
        return ExitTest("update", False, words)
    if work.in_progress_on == on:
        # Days are all that tells which came first, the update or the check.
        return ExitTest("update", False, "An update of today called it in progress. Check it from tomorrow.")
    return ExitTest("update", True, "The improvement team has checked the newest update.")


def _milestones(still_open: Sequence[str]) -> ExitTest:
    if not still_open:
        return ExitTest("milestones", True, "No milestone is open.")
    several = len(still_open) > 1
    named = f"{', '.join(still_open[:-1])} and {still_open[-1]}" if several else still_open[0]
    return ExitTest(
        "milestones",
        False,
        f"Milestones {named} are still open." if several else f"Milestone {named} is still open.",
    )


def _sources(sources: set[str]) -> ExitTest:
    is_met = len(sources) >= ENOUGH
    return ExitTest(
        "sources", is_met, f"Evidence of impact from at least two sources: {source_words(sources)}."
    )


def source_words(sources: Iterable[str]) -> str:
    """Data, audit of practice; data only; none."""
    asked = set(sources)
    named = [f"{each.label[0].lower()}{each.label[1:]}" for each in EvidenceSource if each in asked]
    return f"{named[0]} only" if len(named) == 1 else ", ".join(named) or "none"


def _recheck(about: str, months: str, made_on: date | None, due_on: date | None) -> ExitTest:
    if made_on:
        return ExitTest(about, True, f"Found adequate again at {months} months, on {day_words(made_on)}.")
    due = f", due by {day_words(due_on)}" if due_on else ""
    return ExitTest(about, False, f"To be checked again at {months} months{due}.")
