"""What a person’s work needs and gets too late: what slipped warns the owners of everything that waits for it."""

from datetime import date

from actionplan.models import ActionPlan
from actionplan.needs.dependencies import Line, chains, held_up
from actionplan.rows import Row
from havering_ofsted.work.tasks import Task
from kpis.periods import days_words


def waits(plan: ActionPlan, owned: list[Row], known: list[Row], on: date) -> list[Task]:
    """What comes too late for the actions that somebody owns, the worst first.

    `known` are rows that are read already, `owned` among them. One query, three more where they lack an action.
    """
    if not owned:
        return []
    found = chains(plan, on, known)
    held = held_up(found, [row.action.pk for row in owned])
    return [_task(line, found.because(line.thing.node)) for line in held]


def _task(line: Line, because: str) -> Task:
    """A warning, with why what is needed comes too late, where that is known."""
    days = line.hold.days
    return Task(
        text=line.warning,
        url=line.action.url,
        note=" ".join(filter(None, [line.need.what, because])),
        mark=days_words(days) if days else "May be late",
        colour="amber",
    )
