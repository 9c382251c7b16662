"""What is drawn in the plot, layer by layer: data placed by the scales, in the terms of Vega-Lite."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from kpis.charts.facts import Aim, ChartFacts, ChartPoint
from kpis.charts.frame import ABOVE, LINE, PLOT_HEIGHT, Frame
from kpis.charts.labels import BAND, TRAJECTORY, Sign
from kpis.charts.line_ends import LineEnd
from kpis.charts.marks import Upright, breaks
from kpis.enums import Variation

# The colours of static/css/app.css. Each has a contrast with white of 3 to 1 or more, but for the band and the grid.
INK, QUIET, GRID = "#0b0c0c", "#484f54", "#dfe3e5"
BLUE, ORANGE, VIOLET = "#17528a", "#b34700", "#3d2a66"

SIGNS = {  # shape, fill, outline
    Variation.IMPROVING: ("triangle-up", BLUE, BLUE),
    Variation.WORSENING: ("triangle-down", ORANGE, ORANGE),
    Variation.HIGH: ("diamond", VIOLET, VIOLET),
    Variation.LOW: ("diamond", "white", VIOLET),
    Variation.NORMAL: ("circle", "white", INK),
    Variation.TOO_FEW: ("circle", INK, INK),
    TRAJECTORY: ("square", QUIET, QUIET),
    BAND: ("square", "#eeeeee", QUIET),
}
LARGEST, SMALLEST = 120, 30  # points, in square pixels
SOLID, LIMIT, TARGET, BASELINE, BENCHMARK, MARK = [], [4, 3], [9, 4], [1, 4], [10, 3, 2, 3], [1, 3]


def layer(name: str, mark: dict, values: list[dict], **encoding: dict) -> dict:
    return {"name": name, "data": {"values": values}, "mark": mark, "encoding": encoding}


def by_scale(field: str) -> dict:
    return {"field": field, "type": "quantitative"}


def in_pixels(field: str) -> dict:
    return {"field": field, "type": "quantitative", "scale": None}


def as_named(field: str) -> dict:
    return {"field": field, "type": "nominal", "scale": None}


def bands(facts: ChartFacts, plot: Frame) -> dict:
    """Between the limits; what lies beyond the axis is left out."""
    low, high = plot.scale.low, plot.scale.high
    values = [
        {"from": start, "to": end, "low": float(max(point.lower, low)), "high": float(min(point.upper, high))}
        for start, end, point in _groups(facts, plot)
        if point.lower is not None and point.upper is not None
    ]
    mark = {"type": "rect", "color": INK, "opacity": 0.07}
    return layer(
        "bands",
        mark,
        values,
        x=by_scale("from"),
        x2={"field": "to"},
        y=by_scale("low"),
        y2={"field": "high"},
    )


def level_lines(facts: ChartFacts, plot: Frame) -> dict:
    """Mean and limits of each group; target, baseline and benchmark from side to side."""
    values = [
        {"from": start, "to": end, "value": float(value), "dash": dash, "width": width}
        for start, end, value, dash, width in _level_lines(facts, plot)
        if plot.holds(value)
    ]
    mark = {
        "type": "rule",
        "color": INK,
        "strokeDash": {"expr": "datum.dash"},
        "strokeWidth": {"expr": "datum.width"},
    }
    return layer("lines", mark, values, x=by_scale("from"), x2={"field": "to"}, y=by_scale("value"))


def _level_lines(facts: ChartFacts, plot: Frame) -> Iterator[tuple[float, float, Decimal, list, float]]:
    for start, end, point in _groups(facts, plot):
        for limit in (point.lower, point.upper):
            if limit is not None:
                yield start, end, limit, LIMIT, 1.2
        if point.mean is not None and len(facts.points) > 1:
            yield start, end, point.mean, SOLID, 1.2
    for other, dash, width in (
        (facts.baseline, BASELINE, 2),
        (facts.benchmark, BENCHMARK, 1.5),
        (facts.target, TARGET, 2),
    ):
        if other:
            yield plot.first, plot.last, other.value, dash, width


def _groups(facts: ChartFacts, plot: Frame) -> Iterator[tuple[float, float, ChartPoint]]:
    """From where to where each mean and its limits count, and a point that has them. The last reach into the future."""
    starts = {0: plot.first} | {after: day for after, day, _ in breaks(facts)}
    order = sorted(starts)
    ends = [*(starts[each] for each in order[1:]), plot.last]
    for index, end in zip(order, ends, strict=True):
        yield starts[index], end, facts.points[index]


def upright_lines(uprights: list[Upright]) -> dict:
    """Where something was done, from its words down; where limits start anew, unbroken."""
    values = [
        {"x": each.x, "top": -LINE * (each.row or 0) - ABOVE, "dash": MARK if each.letters else SOLID}
        for each in uprights
    ]
    mark = {"type": "rule", "color": INK, "strokeWidth": 1, "strokeDash": {"expr": "datum.dash"}}
    return layer("marks", mark, values, x=in_pixels("x"), y=in_pixels("top"), y2={"value": PLOT_HEIGHT})


def leaders(plot: Frame, ends: list[LineEnd]) -> dict:
    """From the end of a line to its words, where those had to move."""
    values = [
        {"x": plot.width + 1, "y": end.line_y, "x2": plot.width + 11, "y2": end.y}
        for end in ends
        if abs(end.y - end.line_y) > 4
    ]
    mark = {"type": "rule", "color": QUIET, "strokeWidth": 1}
    return layer(
        "leaders",
        mark,
        values,
        x=in_pixels("x"),
        x2=in_pixels("x2"),
        y=in_pixels("y"),
        y2=in_pixels("y2"),
    )


def trajectory(facts: ChartFacts, plot: Frame) -> list[dict]:
    """From target to target, as far as the plot shows; a single target is a line already."""
    if len(facts.trajectory) < 2:
        return []
    places = {"x": by_scale("day"), "y": by_scale("value")}
    inside = [
        {"day": day, "value": value}
        for day, value in _days(facts.trajectory)
        if plot.first <= day <= plot.last
    ]
    line = {"type": "line", "color": QUIET, "strokeWidth": 1.2}
    squares = {"type": "point", "shape": "square", "filled": True, "opacity": 1, "color": QUIET, "size": 34}
    return [
        layer("trajectory", line, _cut(facts.trajectory, plot), **places),
        layer("steps", squares, inside, **places),
    ]


def _cut(aims: tuple[Aim, ...], plot: Frame) -> list[dict]:
    """The line through the targets, cut off at the sides of the plot."""
    found = []
    for (day, value), (next_day, next_value) in pairwise(_days(aims)):
        for at in (max(day, plot.first), min(next_day, plot.last)):
            if day <= at <= next_day:
                share = (at - day) / (next_day - day)
                found.append({"day": at, "value": value + share * (next_value - value)})
    return found


def _days(aims: tuple[Aim, ...]) -> list[tuple[int, float]]:
    return [(aim.by.toordinal(), float(aim.value)) for aim in aims]


def value_line(facts: ChartFacts) -> dict:
    """Through the values; broken where a period has none."""
    values, row = [], 0
    usual = _usual_step(facts.points)
    for before, point in zip([None, *facts.points], facts.points, strict=False):
        row += before is not None and not _follows(before, point, usual)
        values.append({"day": point.period.end.toordinal(), "value": float(point.value), "row": row})
    mark = {"type": "line", "color": INK, "strokeWidth": 2}
    return layer("values", mark, values, x=by_scale("day"), y=by_scale("value"), detail=as_named("row"))


def _usual_step(points: tuple[ChartPoint, ...]) -> float:
    steps = [(after.period.end - before.period.end).days for before, after in pairwise(points)]
    return median(steps) if steps else 0


def _follows(before: ChartPoint, point: ChartPoint, usual: float) -> bool:
    """The next month or quarter; of days and odd periods, one that comes about as soon as they usually do."""
    if point.period.months:
        return point.period.previous() == before.period
    return (point.period.end - before.period.end).days <= 1.5 * usual


def value_points(facts: ChartFacts, plot: Frame) -> dict:
    """Each value by the shape of what it says."""
    crowd = plot.width / len(facts.points)
    size = max(SMALLEST, min(LARGEST, crowd**2 / 3))
    values = [
        {"day": point.period.end.toordinal(), "value": float(point.value)} | _look(point.variation)
        for point in facts.points
    ]
    return _symbols("points", values, size, x=by_scale("day"), y=by_scale("value"))


def key_signs(signs: list[Sign]) -> dict:
    """The signs once more, beside their words."""
    values = [{"x": each.x, "y": each.y} | _look(each.sign) for each in signs]
    return _symbols("key", values, LARGEST, x=in_pixels("x"), y=in_pixels("y"))


def _symbols(name: str, values: list[dict], size: float, **places: dict) -> dict:
    mark = {"type": "point", "size": size, "strokeWidth": 1.8, "opacity": 1, "filled": True}
    looks = {each: as_named(each) for each in ("shape", "fill", "stroke")}
    return layer(name, mark, values, **places, **looks)


def _look(sign: Variation | str) -> dict:
    return dict(zip(("shape", "fill", "stroke"), SIGNS[sign], strict=True))
