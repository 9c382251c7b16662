"""The gravest open risks and issues of a plan and of those beneath it, for the Board's page."""

from datetime import date

from actionplan.grid import Grid
from actionplan.models import Risk
from actionplan.reports.facts import TopRisk
from actionplan.risks import RiskRow, risk_rows
from kpis.periods import today

SHOWN = 5


def top_risks(whole: Grid, parts: list[Grid], on: date) -> tuple[tuple[TopRisk, ...], int]:
    """The first five of those open at the end of `on`, and how many are. Movement is counted from the last Board.

    One query.
    """
    since = whole.last_board.read_on if whole.last_board else None
    open_ones = Risk.objects.filter(plan__in=[each.plan.pk for each in (whole, *parts)]).open_on(on)
    found = risk_rows(open_ones, on, since or date.min)
    top = (
        _top(row, is_compared=since is not None, is_own=row.plan_id == whole.plan.pk) for row in found[:SHOWN]
    )
    return tuple(top), len(found)


def _top(row: RiskRow, *, is_compared: bool, is_own: bool) -> TopRisk:
    is_today = row.on == today()
    return TopRisk(
        ref=row.ref,
        title=row.title,
        url=row.url,
        plan="" if is_own else row.plan,
        is_issue=row.is_issue,
        before=row.before.value,
        score=row.after_value,
        was=row.was_value,
        movement=(row.movement or "") if is_compared else "",
        owner=row.owner,
        mitigation=row.mitigation if is_today else "",
        because="" if is_today else row.because,
        review_on=row.review_on if is_today else None,
        days_late=row.days_late if is_today else 0,
    )
