"""Dates that moved or are asked to move: what the Board reads of them, as they stood at the end of a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from actionplan.dates.slippage import slippage
from actionplan.grid import Grid
from actionplan.models import DateChange
from actionplan.models.date_change import undecided_on
from actionplan.reports.exceptions import link
from actionplan.reports.facts import DateRequest
from actionplan.rows import Row
from kpis.periods import days_words


def date_changes(grids: list[Grid], on: date) -> list[DateChange]:
    """The changes that were undecided on the day or agreed since the last Board, oldest first. One query.

    What was decided after the day is undecided in them, as it was then.
    """
    counts = undecided_on(on)
    if grids[0].last_board:
        counts |= Q(agreed_on__gt=grids[0].last_board.read_on, agreed_on__lte=on)
    actions = {row.action.pk for each in grids for row in each.rows}
    found = DateChange.objects.filter(counts, action__in=actions).select_related("milestone")
    as_it_was = list(found.order_by("asked_on", "pk"))
    for change in as_it_was:
        if change.agreed_on and change.agreed_on > on:
            change.agreed_on = None
    return as_it_was


def of_actions(changes: Iterable[DateChange]) -> dict[int, DateChange]:
    """By action, the newest change of its own date."""
    return {change.action_id: change for change in changes if change.milestone_id is None}


def slipped(whole: Grid, on: date, changes: Iterable[DateChange]) -> str:
    """12 actions stand later than first agreed, by 340 days in all; 45 days more than in May."""
    total = slippage(whole.rows, on, changes)
    of_its_own = " of its own" if whole.shared else ""
    if not total.days and not total.before:
        return f"No action{of_its_own} stands later than first agreed."
    actions, stand = ("action", "stands") if total.actions == 1 else ("actions", "stand")
    words = f"{total.actions} {actions}{of_its_own} {stand} later than first agreed, by {days_words(total.days)} in all"
    if total.before is None or whole.last_board is None:
        return f"{words}."
    month = f"{whole.last_board.month:%B}"
    more = total.days - total.before
    if more == 0:
        return f"{words}, as in {month}."
    return f"{words}; {days_words(abs(more))} {'more' if more > 0 else 'fewer'} than in {month}."


def date_requests(part: Grid, changes: Iterable[DateChange]) -> tuple[DateRequest, ...]:
    """The undecided ones in the order of the plan, an action's own date before those of its milestones."""
    places = {row.action.pk: (place, row) for place, row in enumerate(part.rows)}
    asked = [each for each in changes if each.agreed_on is None and each.action_id in places]
    asked.sort(key=lambda each: (places[each.action_id][0], each.milestone.number if each.milestone else 0))
    return tuple(_date_request(places[each.action_id][1], each) for each in asked)


def _date_request(row: Row, change: DateChange) -> DateRequest:
    step = change.milestone
    return DateRequest(
        action=link(row),
        step=f"Milestone {row.action.ref}.{step.number}, {step.title}" if step else "",
        original=step.original_due_on if step else row.action.original_due_on,
        now=change.from_date,
        asked=change.to_date,
        reason=change.reason,
    )
