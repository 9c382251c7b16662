"""The rating that the facts propose. Pure: dates in, a colour and one sentence out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actionplan.enums import Rag
from kpis.periods import days_words

SOON = 14  # days before the due date at which open milestones put it at risk

SEVERITY = {Rag.GREEN: 0, Rag.AMBER: 1, Rag.RED: 2}


@dataclass(frozen=True)
class Proposal:
    rag: Rag
    because: str

    def __str__(self) -> str:
        return f"{self.rag.label}: {self.because}"


@dataclass(frozen=True)
class Step:
    """A milestone as the rule sees it."""

    ref: str
    due_on: date
    completed_on: date | None = None

    def days_late(self, on: date) -> int:
        done = self.completed_on is not None and self.completed_on <= on
        return 0 if done else max((on - self.due_on).days, 0)


def is_better(chosen: str, proposed: str) -> bool:
    """Whether a chosen colour is kinder than the one the facts propose; then the owner must say why."""
    return SEVERITY[Rag(chosen)] < SEVERITY[Rag(proposed)]


def propose(*, due_on: date, steps: Iterable[Step], on: date, forecast_on: date | None = None) -> Proposal:
    """The colour of an action in progress on a day, against the date as agreed, and why.

    Red: past its date, or forecast to finish after it. Amber: a milestone is late, or the date is at most 14 days
    away with milestones open. Green otherwise.
    """
    steps = list(steps)
    left = (due_on - on).days
    open_steps = [step for step in steps if step.completed_on is None or step.completed_on > on]
    late = sorted((step for step in open_steps if step.due_on < on), key=lambda step: step.due_on)
    if left < 0:
        return Proposal(Rag.RED, f"the action is {days_words(-left)} past its date.")
    if forecast_on and forecast_on > due_on:
        return Proposal(
            Rag.RED, f"it is expected to finish {days_words((forecast_on - due_on).days)} after its date."
        )
    due = "today" if left == 0 else f"in {days_words(left)}"
    if late:
        first = late[0]
        others = "" if len(late) == 1 else f", {len(late) - 1} more {'is' if len(late) == 2 else 'are'} late"
        return Proposal(
            Rag.AMBER,
            f"milestone {first.ref} is {days_words(first.days_late(on))} late{others} and the action is due {due}.",
        )
    if open_steps and left <= SOON:
        count = len(open_steps)
        return Proposal(
            Rag.AMBER, f"the action is due {due} and {count} milestone{'s are' if count > 1 else ' is'} open."
        )
    return Proposal(Rag.GREEN, f"no milestone is late and the action is due {due}.")
