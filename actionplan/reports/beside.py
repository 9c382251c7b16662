"""The facts beside which people write for the Board. They are proposed: nothing that was typed is overwritten."""

from dataclasses import dataclass

from actionplan.reports.ahead import ahead
from actionplan.reports.changed import proposed
from actionplan.reports.facts import IndicatorLine, Stamp
from actionplan.reports.gathered import Gathered
from actionplan.reports.month import page
from kpis.charted import Charted
from kpis.models import Indicator
from kpis.readings import Reading, readings
from kpis.sheet import variation_words
from kpis.signals import Rebases, analysed, rebases


@dataclass(frozen=True)
class Beside:
    """What changed since the last Board, what falls due next, and what each headline indicator says, in sentences.

    `counted` stands before the headline on the page. `since_month` is empty before the first Board.
    """

    counted: str
    since_month: str
    changed: tuple[str, ...]
    ahead: tuple[str, ...]
    indicators: tuple[tuple[Indicator, tuple[str, ...]], ...]


def beside(gathered: Gathered) -> Beside:
    report = page(gathered, Stamp())
    on = gathered.on
    found = readings(Indicator.objects.headline(), on)
    starts = rebases([reading.indicator for reading in found.values()], on)
    lines = {line.url: line for line in report.indicators}
    return Beside(
        counted=report.counted,
        since_month=report.since_month,
        changed=proposed(report.changed, report.since_month) if report.changed else (),
        ahead=ahead(gathered.whole.rows, gathered.month, on),
        indicators=tuple(
            (reading.indicator, _said(reading, starts[pk], lines[reading.indicator.get_absolute_url()]))
            for pk, reading in found.items()
        ),
    )


def _said(reading: Reading, starts: Rebases, line: IndicatorLine) -> tuple[str, ...]:
    known = Charted(reading, analysed(reading, starts), starts, actions=())
    latest = f"{line.latest}, {line.latest_when}" if line.latest_when else line.latest
    target = ", ".join(filter(None, [line.target, line.to_go]))
    return tuple(
        sentence
        for sentence in (
            f"Latest: {latest}",
            f"Before: {line.previous}, {line.previous_when}" if line.previous else "",
            f"Direction: {line.change.lower()}" if line.previous else "",
            f"Target: {target}" if target else "Target: none",
            variation_words(known),
            f"Entered with the figure: “{reading.comment}”" if reading.comment else "",
        )
        if sentence
    )
