"""The chart of an indicator with everything on it: figures, variation, benchmark and what was done for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpis.before import SHIFTS, Done, everything_done, lettered, shift_day
from kpis.charts import drawing
from kpis.charts.facts import ChartFacts, Mark, chart_facts
from kpis.linked import LinkedAction, linked_actions
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import Reading, readings
from kpis.signals import Rebases, analysed, rebases
from kpis.variation import Analysis

BENCHMARK = "England"  # one line beside the council’s own is readable, four are not: the table has the others


@dataclass(frozen=True)
class Charted:
    """An indicator on a day: what its figures say, what is done about it, and the facts of its chart."""

    reading: Reading
    analysis: Analysis
    rebases: Rebases
    actions: tuple[LinkedAction, ...]
    done: tuple[Done, ...]  # oldest first, with the letters that mark them on the chart
    shift: date | None  # the day from which the figures differ from those before; None where they do not
    facts: ChartFacts


def charted(found: dict[int, Reading], on: date) -> dict[int, Charted]:
    """The chart of each reading, by the indicator’s key. The readings must have been read with benchmarks.

    Nine queries at most: one for rebases, the others for what is done.
    """
    indicators = [reading.indicator for reading in found.values()]
    starts, actions = rebases(indicators, on), linked_actions(indicators, on)
    return {pk: _charted(reading, starts[pk], actions[pk]) for pk, reading in found.items()}


def warm(indicators: Iterable[Indicator]) -> None:
    """Draw the charts of indicators whose figures have changed, so that no reader waits for them."""
    on = today()
    known = charted(readings(indicators, on, with_benchmarks=True), on)
    drawing.warm([each.facts for each in known.values()])


def _charted(reading: Reading, starts: Rebases, actions: tuple[LinkedAction, ...]) -> Charted:
    analysis = analysed(reading, starts)
    shift = _shift(reading, analysis)
    done = everything_done(actions)
    if reading.series:
        first, last = reading.series[0][0].start, reading.series[-1][0].end
        done = lettered(done, first=first, last=last, shift=shift)
    facts = chart_facts(
        reading,
        analysis,
        marks=[Mark(each.on, each.letter, each.words) for each in done if each.letter],
        benchmark=next((each for each in reading.benchmarks if each.name == BENCHMARK), None),
        rebases=starts,
    )
    return Charted(reading, analysis, starts, actions, tuple(done), shift, facts)


def _shift(reading: Reading, analysis: Analysis) -> date | None:
    if analysis.since is None or analysis.variation not in SHIFTS:
        return None
    return shift_day([period for period, _ in reading.series], analysis.since)
