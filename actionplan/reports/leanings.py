"""What the open work of a month’s page still waits for, and what comes too late."""

from collections.abc import Iterable
from datetime import date

from actionplan.grid import Grid
from actionplan.needs.chains import Chains
from actionplan.needs.dependencies import ACTION, Line, chains, lines
from actionplan.reports.exceptions import link
from actionplan.reports.facts import Leaning
from actionplan.rounds import days_late
from actionplan.rows import Row

SHOWN = 5


def leanings(grids: list[Grid], family: Iterable[Grid], on: date) -> tuple[tuple[Leaning, ...], int]:
    """The first five needs of open work of `grids` that it does not have yet, and how many there are. One query.

    What holds its action up comes first, then what is needed soonest. Why an action waits is said once, where it is
    named first.
    """
    # The page’s own plan comes last: whether an action is shared is said as seen from there.
    known = {row.action.pk: row for each in [*family, grids[0]] for row in each.rows}
    found = chains(grids[0].plan, on, known.values())
    shown = {(ACTION, row.action.pk): row for each in reversed(grids) for row in each.rows}
    waiting = [need for need in found.needs if need.action in shown and found.is_open(need)]
    by_weight = sorted(lines(found, waiting), key=lambda line: line.hold is None)
    first = {line.need.action: line.need.pk for line in reversed(by_weight)}
    top = (
        _leaning(line, shown[line.need.action], found, is_first=first[line.need.action] == line.need.pk)
        for line in by_weight[:SHOWN]
    )
    return tuple(top), len(by_weight)


def _leaning(line: Line, row: Row, found: Chains, *, is_first: bool) -> Leaning:
    need = line.need
    return Leaning(
        action=link(row),
        needs=need.what,
        on=line.thing.title,
        on_url=line.thing.url,
        needed_by=need.needed_by,
        days_late=days_late(need.needed_by, line.on) if need.needed_by else 0,
        owner=row.action.owner.title,
        state=line.state,
        too_late=line.hold.said if line.hold else "",
        because=found.because(need.action) if is_first else "",
    )
