"""The gravest open risks and issues of a plan and of those beneath it, for the Board's page."""

from datetime import date
from typing import Any

from django.db.models import Count, Window

from actionplan.enums import RiskKind
from actionplan.grid import Grid
from actionplan.models import ActionPlan, Risk
from actionplan.reports.facts import TopRisk
from actionplan.risks import address, movement
from actionplan.rounds import days_late
from kpis.periods import today

SHOWN = 5

COLUMNS = (
    *(
        "plan_id",
        "number",
        "title",
        "kind",
        "likelihood",
        "impact",
        "mitigation",
        "owner__title",
        "review_on",
    ),
    *("now_likelihood", "now_impact", "was_likelihood", "was_impact", "now_note", "open_ones"),
)


def top_risks(whole: Grid, parts: list[Grid], on: date) -> tuple[tuple[TopRisk, ...], int]:
    """The first five of those open at the end of `on`, and how many are. Movement is counted from the last Board.

    One query.
    """
    plans = {each.plan.pk: each.plan for each in (whole, *parts)}
    since = whole.last_board.board_on if whole.last_board else None
    found = (
        Risk.objects.filter(plan__in=plans)
        .open_on(on)
        .scored(on, since or date.min)
        .annotate(open_ones=Window(Count("pk")))
        .gravest_first()
        .values_list(*COLUMNS, named=True)[:SHOWN]
    )
    top = [(_top(row, whole.plan, plans[row.plan_id], since, on), row.open_ones) for row in found]
    return tuple(risk for risk, _ in top), top[0][1] if top else 0


def _top(row: Any, whole: ActionPlan, plan: ActionPlan, since: date | None, on: date) -> TopRisk:
    now, was = _score(row.now_likelihood, row.now_impact), _score(row.was_likelihood, row.was_impact)
    is_today = on == today()
    return TopRisk(
        ref=f"R{row.number}",
        title=row.title,
        url=address(plan.slug, row.number),
        plan="" if plan == whole else plan.name,
        is_issue=row.kind == RiskKind.ISSUE,
        before=row.likelihood * row.impact,
        score=now,
        was=was,
        movement=(movement(now, was) or "") if since else "",
        owner=row.owner__title,
        mitigation=row.mitigation if is_today else "",
        because="" if is_today else (row.now_note or ""),
        review_on=row.review_on if is_today else None,
        days_late=days_late(row.review_on, on) if is_today else 0,
    )


def _score(likelihood: int | None, impact: int | None) -> int | None:
    return likelihood * impact if likelihood and impact else None
