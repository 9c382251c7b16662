"""How far due dates have slipped from those that were first agreed. Pure: rows and date changes in, days out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplan.enums import DeliveryState
from actionplan.models import DateChange
from actionplan.rows import Row


@dataclass(frozen=True)
class Slippage:
    """Of a plan on a day: days slipped, in how many of its actions, and the days at the last Board.

    `before` is None where no Board has met.
    """

    days: int
    actions: int
    before: int | None


def days_slipped(original: date, now: date) -> int:
    """Days from the original date to the one agreed now; 0 when it is the same or earlier."""
    return max((now - original).days, 0)


def slippage(rows: Sequence[Row], on: date, changes: Iterable[DateChange]) -> Slippage:
    """The slippage of a plan: that of its actions, added up.

    The rule: an action has slipped by the days from its original date to the date agreed on the day, whatever happened
    between. So a date moved back to an earlier one counts back, down to nothing; a date before the original one takes
    nothing off the others. Superseded work is left out, each time as it stood. Milestones do not count beside their
    action, nor do actions that another plan shares with this one: they count there.

    `changes` are the date changes agreed since the last Board. Others among them, undecided or of milestones, are
    passed over.
    """
    rows = [row for row in rows if not row.shared_from]
    now = [
        days_slipped(row.action.original_due_on, row.action.due_on)
        for row in rows
        if row.now.state != DeliveryState.SUPERSEDED
    ]
    then = _dates_at_the_board(changes, on)
    before = [
        days_slipped(row.action.original_due_on, then.get(row.action.pk, row.action.due_on))
        for row in rows
        if row.before and row.before.state != DeliveryState.SUPERSEDED
    ]
    a_board_has_met = all(row.before for row in rows)
    return Slippage(sum(now), sum(days > 0 for days in now), sum(before) if a_board_has_met else None)


def _dates_at_the_board(changes: Iterable[DateChange], on: date) -> dict[int, date]:
    """By action, the date from which the first change after the Board moved it."""
    agreed = [
        (change.agreed_on, change.pk, change)
        for change in changes
        if change.milestone_id is None and change.agreed_on and change.agreed_on <= on
    ]
    newest_first = sorted(agreed, key=lambda each: each[:2], reverse=True)
    return {change.action_id: change.from_date for _, _, change in newest_first}
