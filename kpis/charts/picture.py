"""A chart as a Vega-Lite specification (https://vega.github.io/vega-lite/docs/) and the words that go on top of it.

Vega draws the shapes. The words are ours: to place them apart takes their positions anyway, and Vega would measure each
for a millisecond, which is most of the time that a chart takes. Days are ordinals and everything is given, so that no
time zone and no default of the library moves anything.
"""

from dataclasses import dataclass

from kpis.charts import labels, layers
from kpis.charts.facts import ChartFacts
from kpis.charts.frame import ABOVE, LINE, PLOT_HEIGHT, RIGHT, Frame, frame, period_ticks
from kpis.charts.labels import HEADING, SUBTITLE, Label
from kpis.charts.line_ends import line_ends
from kpis.charts.marks import uprights


@dataclass(frozen=True)
class Picture:
    """`left` and `top` are where the plot begins; labels count from there."""

    width: int
    height: float
    left: float
    top: float
    spec: dict
    labels: list[Label]


def picture(facts: ChartFacts, across: int) -> Picture:
    return _picture(facts, frame(facts, across)) if facts.points else _nothing(facts, across)


def _nothing(facts: ChartFacts, across: int) -> Picture:
    lines = labels.heading_lines(facts, across)
    top = HEADING * len(lines) + SUBTITLE
    spec = _spec(across, 1, {"left": 0, "right": 0, "top": top, "bottom": 0}, [layers.key_signs([])])
    return Picture(across, top + 1, 0, top, spec, list(labels.heading(lines, "No values yet", 0, top)))


def _picture(facts: ChartFacts, plot: Frame) -> Picture:
    lines = labels.heading_lines(facts, plot.across)
    marks = uprights(facts, plot)
    ends = line_ends(facts, plot)
    key = labels.key(facts, plot)
    rows = max((each.row + 1 for each in marks if each.row is not None), default=0)
    top = HEADING * len(lines) + SUBTITLE + (LINE * rows + ABOVE if rows else 0)
    foot = key[-1].y + LINE - PLOT_HEIGHT
    bands = layers.bands(facts, plot)
    bands["encoding"]["x"] |= _day_axis(facts, plot)
    bands["encoding"]["y"] |= _value_axis(plot)
    drawn = [
        bands,
        layers.level_lines(facts, plot),
        layers.upright_lines(marks),
        layers.leaders(plot, ends),
        *layers.trajectory(facts, plot),
        layers.value_line(facts),
        layers.value_points(facts, plot),
        layers.key_signs(key),
    ]
    words = [
        *labels.heading(lines, labels.subtitle(facts, plot), -plot.left, top),
        *labels.axes(facts, plot),
        *labels.line_end_words(ends, plot),
        *labels.upright_words(marks),
        *labels.values(facts, plot),
        *labels.key_words(key),
    ]
    padding = {"left": plot.left, "right": RIGHT, "top": top, "bottom": foot}
    spec = _spec(plot.width, PLOT_HEIGHT, padding, drawn)
    return Picture(plot.across, top + PLOT_HEIGHT + foot, plot.left, top, spec, words)


def _spec(width: float, height: int, padding: dict, drawn: list[dict]) -> dict:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "autosize": "none",
        "padding": padding,
        "config": {
            "aria": False,
            "background": "white",
            "view": {"stroke": None},
            "axis": {
                "title": None,
                "labels": False,
                "gridColor": layers.GRID,
                "domainColor": layers.QUIET,
                "tickColor": layers.QUIET,
            },
        },
        "layer": drawn,
    }


def _day_axis(facts: ChartFacts, plot: Frame) -> dict:
    ticks = [day.toordinal() for day, _ in period_ticks(facts, plot)]
    return {"scale": _domain(plot.first, plot.last), "axis": {"values": ticks, "grid": False}}


def _value_axis(plot: Frame) -> dict:
    ticks = [float(tick) for tick in plot.scale.ticks]
    domain = _domain(float(plot.scale.low), float(plot.scale.high))
    return {"scale": domain, "axis": {"values": ticks, "ticks": False, "domain": False}}


def _domain(low: float, high: float) -> dict:
    return {"domain": [low, high], "nice": False, "zero": False}
