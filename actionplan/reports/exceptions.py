"""Which actions the Board must look at, most serious first, each once and for its gravest reason."""

from datetime import date

from actionplan import rag
from actionplan.enums import Rag, UpdateStatus
from actionplan.grid import Grid
from actionplan.models import Assurance, DateChange
from actionplan.reports.facts import ActionLink, Exceptional
from actionplan.rows import Row
from actionplan.standing import Standing
from kpis.periods import day_words, days_words

RELAPSED, SENT_BACK, RED, OVERDUE, RECHECK_LATE, RETURNED, NO_UPDATE, DATE_ASKED, DATE_MOVED = range(9)

WORDS = {
    RELAPSED: ("Relapsed", "red"),
    SENT_BACK: ("Sent back", "red"),
    RED: ("Red", "red"),
    OVERDUE: ("Overdue", "red"),
    RECHECK_LATE: ("Re-check late", "amber"),
    RETURNED: ("Returned", "amber"),
    NO_UPDATE: ("No update", "amber"),
    DATE_ASKED: ("New date asked", "amber"),
    DATE_MOVED: ("Date moved", "grey"),
}


def exceptions(grids: list[Grid], changes: dict[int, DateChange]) -> dict[int, tuple[Exceptional, ...]]:
    """By plan. `changes` holds, by action, the newest date change, undecided or agreed since the last Board.

    No query.
    """
    found = {}
    for grid in grids:
        kinds = [(_kind(row, grid, changes.get(row.action.pk)), row) for row in grid.rows]
        found[grid.plan.pk] = sorted(
            ((kind, row) for kind, row in kinds if kind is not None),
            key=lambda pair: (pair[0], pair[1].action.due_on),
        )
    return {
        plan: tuple(_exception(kind, row, changes.get(row.action.pk)) for kind, row in rows)
        for plan, rows in found.items()
    }


def link(row: Row) -> ActionLink:
    return ActionLink(row.action.ref, row.action.short_title, row.url, row.shared_from)


def _kind(row: Row, grid: Grid, change: DateChange | None) -> int | None:
    now = row.now
    if now.is_open and now.relapsed:
        return RELAPSED
    if now.is_open and now.sent_back:
        return SENT_BACK
    if now.rag == Rag.RED:
        return RED
    if row.days_late:
        return OVERDUE
    if row.recheck_late:
        return RECHECK_LATE
    if now.pending_status == UpdateStatus.RETURNED:
        return RETURNED
    if row.owes_update and grid.month and row.on > grid.month.updates_due_on:
        return NO_UPDATE
    if change and now.is_open:
        return DATE_ASKED if change.agreed_on is None else DATE_MOVED
    return None


def _exception(kind: int, row: Row, change: DateChange | None) -> Exceptional:
    word, colour = WORDS[kind]
    cause, remedy = _cause_and_remedy(kind, row, change)
    return Exceptional(
        kind=word,
        colour=colour,
        action=link(row),
        was=row.delivery_was if kind in (RELAPSED, SENT_BACK, RED) else "",
        cause=cause,
        remedy=remedy,
        owner=row.action.owner.title,
        by_when=_by_when(row, change),
    )


def _cause_and_remedy(kind: int, row: Row, change: DateChange | None) -> tuple[str, str]:
    """The owner's own words where they count; otherwise what the facts show."""
    now = row.now
    if kind == RETURNED and now.pending:
        return (
            f"Sent back to the owner: “{now.pending.return_reason}” {_facts(row)}".strip(),
            "The owner corrects the update",
        )
    if kind == NO_UPDATE:
        heard = f"last heard on {row.last_update}" if now.latest else "nobody has ever updated it"
        return f"No update this month, {heard}. {_facts(row)}".strip(), "None given"
    if kind == RECHECK_LATE and now.assurance and now.recheck_due_on:
        return _recheck(now.assurance, now.recheck_due_on, row.recheck_late), "An assurer checks it again"
    if kind in (RELAPSED, SENT_BACK) and now.assurance and _is_newest(now):
        return now.assurance.summary, "The owner puts it right and says so in the update"
    if kind in (DATE_ASKED, DATE_MOVED) and change:
        return change.reason, (now.update.remedy if now.update else "") or "None given"
    if now.update and now.update.cause:
        return now.update.cause, now.update.remedy or "None given"
    return _facts(row), "None given"


def _facts(row: Row) -> str:
    """What is late by the dates; nothing when nothing is."""
    steps = [rag.Step(f"{row.action.ref}.{each.number}", each.due_on) for each in row.open_steps]
    proposal = rag.propose(due_on=row.action.due_on, steps=steps, on=row.on)
    return "" if proposal.rag == Rag.GREEN else proposal.because[:1].upper() + proposal.because[1:]


def _recheck(assurance: Assurance, due_on: date, late: int) -> str:
    return (
        f"Found adequate {day_words(assurance.made_on)}; the next check was due {day_words(due_on)}, "
        f"{days_words(late)} ago. Nobody knows whether it still holds."
    )


def _is_newest(now: Standing) -> bool:
    """Whether nothing the owner has said, and that counts, came after the check."""
    said = now.update.submitted_on if now.update else None
    return said is None or now.assurance is None or said <= now.assurance.made_on


def _by_when(row: Row, change: DateChange | None) -> str:
    """The date as agreed, or the one that is asked for."""
    if change and change.agreed_on is None and change.milestone_id is None:
        return f"{day_words(change.to_date)} asked, due {row.due}"
    forecast = row.now.update.forecast_on if row.now.update else None
    expected: date | None = forecast if forecast and forecast > row.action.due_on else None
    return f"{day_words(expected)} expected, due {row.due}" if expected else row.due
