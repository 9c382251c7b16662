"""The actions of a month’s report as they stood on its day, read once for its page and its annexes."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from actionplan.grid import Grid
from actionplan.models import Action, ActionPlan, DateChange, ReportingMonth
from actionplan.reports import dates
from actionplan.rounds import board_before, months_of
from actionplan.rows import rows, rows_of


@dataclass(frozen=True)
class Gathered:
    """What the page of a month and its annexes both read: the plan’s actions and those of the plans beneath it, as
    they stood at the end of `on`, with the dates that moved or are asked to move."""

    plan: ActionPlan
    month: ReportingMonth
    on: date
    whole: Grid
    parts: tuple[Grid, ...]
    family: tuple[Grid, ...]
    date_changes: tuple[DateChange, ...]

    @property
    def marking(self) -> str:
        return str(settings.MARKING)


def gather(
    plan: ActionPlan, month: ReportingMonth, on: date, months: list[ReportingMonth] | None = None
) -> Gathered:
    """`months` are the plan's rounds, where they have been read already."""
    family = _family(plan, month, on, months)
    whole = family[plan.pk]
    parts = tuple(part for part in family.values() if part.plan.parent_id == plan.pk)
    changes = dates.date_changes([whole, *parts], on)
    return Gathered(plan, month, on, whole, parts, tuple(family.values()), tuple(changes))


def _family(
    plan: ActionPlan, month: ReportingMonth, on: date, months: list[ReportingMonth] | None
) -> dict[int, Grid]:
    """The whole plan and those beneath it, whichever of them is asked for: they lean on each other. Read together."""
    root = plan.parent_id or plan.pk
    plans = ActionPlan.objects.filter(Q(pk=root) | Q(parent=root)).select_related("author").order_by("pk")
    board = board_before(month, on, months_of(plan) if months is None else months)
    found = rows(
        Action.objects.filter(plan__in=[each.pk for each in plans]), on, month=month, board=board, plans=plans
    )
    shared = Action.shared_with.through.objects.filter(actionplan__in=[each.pk for each in plans])
    serves = set(shared.values_list("actionplan_id", "action_id"))
    return {
        each.pk: Grid(
            each, rows_of(each, found, {key for plan_pk, key in serves if plan_pk == each.pk}), month, board
        )
        for each in plans
    }
