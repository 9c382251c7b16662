"""To which day a due date may move. Pure: dates in, one sentence out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpis.periods import day_words


@dataclass(frozen=True)
class Due:
    """The date of an action or of a milestone, and the days that it has to keep to.

    `no_later_than` is the date of a milestone’s action; `steps` are an action’s open milestones, number and date.
    """

    due_on: date
    starts_on: date
    plan_agreed_on: date | None = None
    no_later_than: date | None = None
    steps: Sequence[tuple[str, date]] = ()


def why_not(to: date, due: Due, on: date) -> str:
    """What speaks against the new date on a day, as a sentence for the person who asks; empty when nothing does."""
    if to == due.due_on:
        return f"The new date must differ from the date now, {day_words(to)}"
    if due.plan_agreed_on and to < due.plan_agreed_on:
        return f"The new date must be {day_words(due.plan_agreed_on)}, when the plan was agreed, or later"
    if to < due.starts_on:
        return f"The new date must be {day_words(due.starts_on)}, when the action starts, or later"
    if to < on:
        return f"The new date must be {day_words(on)} or later"
    if due.no_later_than and to > due.no_later_than:
        return (
            f"The milestone must be due by {day_words(due.no_later_than)}, when the action is due. "
            "The date of the action has to move first"
        )
    after = [(day, ref) for ref, day in due.steps if day > to]
    if after:
        day, ref = max(after)
        return f"Milestone {ref} is due on {day_words(day)}, after this date. Its date has to move first"
    return ""
