"""The indicators of a month’s page: a line for each, in words that are ready to print."""

from django.db.models import F

from actionplan.models import SoWhat
from actionplan.reports.changed import new_signal
from actionplan.reports.facts import IndicatorLine, NewSignal
from actionplan.reports.gathered import Gathered
from kpis.benchmarks import Comparison, newest_of_area
from kpis.enums import Direction
from kpis.models import Indicator
from kpis.readings import Reading, readings
from kpis.signals import rebases
from kpis.sparkline import sparkline


def indicator_lines(gathered: Gathered) -> tuple[tuple[IndicatorLine, ...], tuple[NewSignal, ...]]:
    """The lines of the page, and which of them have become more than chance since the last Board.

    The whole plan shows the Board's headline indicators; a plan beneath it those its own actions should move.
    """
    shown = Indicator.objects.headline()
    if gathered.plan.parent_id:
        of_its_actions = Indicator.objects.filter(actions__in=[row.action.pk for row in gathered.whole.rows])
        shown = of_its_actions.distinct().order_by(F("headline_order").asc(nulls_last=True), "name")
    found = readings(shown, gathered.on)
    board = gathered.whole.last_board
    if board is None:
        return tuple(lines_by_key(found, gathered).values()), ()
    starts = rebases([each.indicator for each in found.values()], gathered.on)
    signals = (new_signal(reading, starts[pk], board.data_as_at) for pk, reading in found.items())
    return tuple(lines_by_key(found, gathered).values()), tuple(each for each in signals if each)


def lines_by_key(found: dict[int, Reading], gathered: Gathered) -> dict[int, IndicatorLine]:
    """A line for each reading, with England's figure beside it and what the team says it means. Two queries."""
    so_whats = dict(
        SoWhat.objects.filter(month=gathered.month, indicator__in=found).values_list("indicator_id", "text")
    )
    codes = {pk: reading.indicator.code for pk, reading in found.items()}
    twins = {pk: f"{code}-dfe" for pk, code in codes.items()}
    england = newest_of_area([*codes.values(), *twins.values()], "england", gathered.on)
    return {
        pk: _indicator(
            reading, _benchmark(england.get(codes[pk]), england.get(twins[pk])), so_whats.get(pk, "")
        )
        for pk, reading in found.items()
    }


def _benchmark(england: Comparison | None, of_twin: Comparison | None) -> str:
    """England's figure; for a council figure that of the DfE measure beside it, which counts something else."""
    if england:
        return f"England {england.words}, {england.label}"
    if of_twin:
        return f"England {of_twin.words}, {of_twin.label}: DfE’s measure, another count"
    return "None held"


def _indicator(reading: Reading, benchmark: str, so_what: str) -> IndicatorLine:
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
        so_what=so_what or reading.comment,
    )


def _change(reading: Reading) -> str:
    """Better, up 5 points"""
    if reading.direction in (Direction.UNKNOWN, Direction.SAME) or not reading.change_words:
        return reading.direction.label
    if reading.direction in (Direction.UP, Direction.DOWN):
        return reading.change_words.capitalize()
    return f"{reading.direction.label}, {reading.change_words}"
