"""The chart of an indicator with everything on it: figures, variation, benchmark and what was done for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
    """An indicator on a day: what its figures say, what is done about it and, when asked, the facts of its chart."""

    reading: Reading
    analysis: Analysis
    rebases: Rebases
    actions: tuple[LinkedAction, ...]

    @cached_property
    def shift(self) -> date | None:
        """The day from which the figures differ from those before; None where they do not."""
        if self.analysis.since is None or self.analysis.variation not in SHIFTS:
            return None
        return shift_day([period for period, _ in self.reading.series], self.analysis.since)

    @cached_property
    def done(self) -> tuple[Done, ...]:
        """What was done, oldest first, with the letters that mark it on the chart."""
        done, series = everything_done(self.actions), self.reading.series
        if series:
            done = lettered(done, first=series[0][0].start, last=series[-1][0].end, shift=self.shift)
        return tuple(done)

    @cached_property
    def facts(self) -> ChartFacts:
        return chart_facts(
            self.reading,
            self.analysis,
            marks=[Mark(each.on, each.letter, each.words) for each in self.done if each.letter],
            benchmark=next((each for each in self.reading.benchmarks if each.name == BENCHMARK), None),
            rebases=self.rebases,
        )


def charted(found: dict[int, Reading], on: date) -> dict[int, Charted]:
    """The chart of each reading, by the indicator’s key. The readings must have been read with benchmarks.

    Nine queries at most: one for rebases, the others for what is done.
    """
    indicators = [reading.indicator for reading in found.values()]
    starts, actions = rebases(indicators, on), linked_actions(indicators, on)
    return {
        pk: Charted(reading, analysed(reading, starts[pk]), starts[pk], actions[pk])
        for pk, reading in found.items()
    }


def warm(indicators: Iterable[Indicator]) -> None:
    """Draw the charts of indicators whose figures have changed, so that no reader waits for them."""
    on = today()
    known = charted(readings(indicators, on, with_benchmarks=True), on)
    drawing.warm([each.facts for each in known.values()])
