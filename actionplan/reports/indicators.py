"""The indicators of a month’s page: a line for each, in words that are ready to print."""

from datetime import date

from django.db.models import F

from actionplan.grid import Grid
from actionplan.models import ActionPlan
from actionplan.reports.facts import IndicatorLine
from kpis.benchmarks import Comparison, newest_of_area
from kpis.enums import Direction
from kpis.models import Indicator
from kpis.readings import Reading, readings
from kpis.sparkline import sparkline


def indicator_lines(plan: ActionPlan, whole: Grid, on: date) -> tuple[IndicatorLine, ...]:
    """The whole plan shows the Board's headline indicators; a plan beneath it those its own actions should move."""
    shown = Indicator.objects.headline()
    in_boards_order = F("headline_order").asc(nulls_last=True)
    if plan.parent_id:
        of_its_actions = Indicator.objects.filter(actions__in=[row.action.pk for row in whole.rows])
        shown = of_its_actions.distinct().order_by(in_boards_order, "name")
    shown = list(shown)
    found = readings(shown, on)
    twins = [f"{each.code}-dfe" for each in shown]
    england = newest_of_area([*(each.code for each in shown), *twins], "england", on)
    return tuple(
        _indicator(found[each.pk], _benchmark(england.get(each.code), england.get(twin)))
        for each, twin in zip(shown, twins, strict=True)
    )


def _benchmark(england: Comparison | None, of_twin: Comparison | None) -> str:
    """England's figure; for a council figure that of the DfE measure beside it, which counts something else."""
    if england:
        return f"England {england.words}, {england.label}"
    if of_twin:
        return f"England {of_twin.words}, {of_twin.label}: DfE’s measure, another count"
    return "None held"


def _indicator(reading: Reading, benchmark: str) -> IndicatorLine:
    return IndicatorLine(
        name=reading.indicator.name,
        url=reading.indicator.get_absolute_url(),
        origin=reading.latest_origin,
        baseline=reading.baseline_words,
        baseline_when=reading.baseline_short_label,
        baseline_origin=reading.baseline_origin,
        previous=reading.previous_words,
        previous_when=reading.previous_short_label,
        latest=reading.latest_words,
        latest_counts=reading.latest_counts,
        latest_when=reading.latest_short_label,
        spark=sparkline(reading),
        due=reading.due_target_words,
        rating=reading.rating,
        rule=reading.rule,
        target=f"{reading.target_words} by {reading.target_by:%b %Y}" if reading.target_by else "",
        to_go=reading.distance_words,
        direction=reading.direction,
        change=_change(reading),
        benchmark=benchmark,
        so_what=reading.comment,
    )


def _change(reading: Reading) -> str:
    """Better, up 5 points"""
    if reading.direction in (Direction.UNKNOWN, Direction.SAME) or not reading.change_words:
        return reading.direction.label
    if reading.direction in (Direction.UP, Direction.DOWN):
        return reading.change_words.capitalize()
    return f"{reading.direction.label}, {reading.change_words}"
