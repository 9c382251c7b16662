"""A chart as a Vega-Lite specification (https://vega.github.io/vega-lite/docs/) and the words that go on top of it.

Vega draws the shapes. The words are ours: to place them apart takes their positions anyway, and Vega would measure each
for a millisecond, which is most of the time that a chart takes. Days are ordinals and everything is given, so that no
time zone and no default of the library moves anything.
"""

from dataclasses import dataclass

from kpis.charts import labels, layers
from kpis.charts.facts import ChartFacts
from kpis.charts.frame import LINE, PLOT_HEIGHT, RIGHT, WIDTH, Frame, frame, period_ticks
from kpis.charts.labels import FOOT, HEAD, Label
from kpis.charts.line_ends import line_ends
from kpis.charts.marks import uprights


@dataclass(frozen=True)
class Picture:
    """`left` and `top` are where the plot begins; labels count from there."""

    left: float
    top: float
    height: float
    spec: dict
    labels: list[Label]


def picture(facts: ChartFacts) -> Picture:
    return _picture(facts, frame(facts)) if facts.points else _nothing(facts)


def _nothing(facts: ChartFacts) -> Picture:
    spec = _spec(1, {"left": 0, "right": 0, "top": HEAD, "bottom": 0}, [layers.key_signs([])])
    return Picture(0, HEAD, HEAD + 1, spec, list(labels.heading(facts, 0, HEAD)))


def _picture(facts: ChartFacts, plot: Frame) -> Picture:
    marks = uprights(facts, plot)
    ends = line_ends(facts, plot)
    key = labels.key(facts, -plot.left)
    top = HEAD + LINE * max((each.row + 1 for each in marks if each.row is not None), default=0)
    padding = {"left": plot.left, "right": RIGHT, "top": top, "bottom": FOOT}
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
        *labels.heading(facts, -plot.left, top, plot),
        *labels.axes(facts, plot),
        *labels.line_end_words(ends, plot),
        *labels.upright_words(marks),
        *labels.values(facts, plot),
        *labels.key_words(key),
    ]
    return Picture(plot.left, top, top + PLOT_HEIGHT + FOOT, _spec(PLOT_HEIGHT, padding, drawn), words)


def _spec(height: int, padding: dict, drawn: list[dict]) -> dict:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH - padding["left"] - padding["right"],
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
