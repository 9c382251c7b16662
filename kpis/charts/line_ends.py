"""The words at the ends of the lines that cross the plot, spread apart so that each can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from kpis import wording
from kpis.charts.facts import ChartFacts
from kpis.charts.frame import LETTER, LINE, PLOT_HEIGHT, RIGHT, Frame
from kpis.charts.words import limit_words, plain, target_words

GAP = 3  # between the words of two lines
ROOM = int((RIGHT - 14) / LETTER)  # letters that fit to the right of the plot


@dataclass(frozen=True)
class LineEnd:
    """The words of a line: `y` is where they stand, `line_y` where the line is. In pixels from the plot’s top."""

    line_y: float
    y: float
    lines: tuple[str, ...]


def line_ends(facts: ChartFacts, plot: Frame) -> list[LineEnd]:
    """The name and value of every line that crosses the plot, spread apart."""
    named = [(plot.y(value), lines) for value, lines in _lines(facts) if plot.holds(value)]
    named.sort(key=lambda each: each[0])
    places = spread([(y, LINE * len(lines) + GAP) for y, lines in named])
    return [LineEnd(y, place, lines) for (y, lines), place in zip(named, places, strict=True)]


def _lines(facts: ChartFacts) -> Iterator[tuple[Decimal, tuple[str, ...]]]:
    last = facts.points[-1]
    if facts.target:
        yield facts.target.value, _fit("Target", target_words(facts))
    if last.upper is not None:
        yield last.upper, _fit("Upper limit", limit_words(last.upper, facts))
    if last.mean is not None and len(facts.points) > 1:
        yield last.mean, _fit("Mean", wording.value_words(last.mean, facts.unit, facts.decimals))
    if last.lower is not None:
        yield last.lower, _fit("Lower limit", limit_words(last.lower, facts))
    if facts.baseline:
        yield facts.baseline.value, _fit(facts.baseline.name, facts.baseline.words)
    if facts.benchmark:
        other = facts.benchmark
        yield other.value, _fit(plain(other.name), f"{other.words}, {other.label}")


def _fit(name: str, value: str) -> tuple[str, ...]:
    """On one line where it fits; else the name, over two lines at most, and the value below it."""
    value = value.replace(" per 10,000", "")  # the heading says it once
    if len(f"{name} {value}") <= ROOM:
        return (f"{name} {value}",)
    return (*wrap(name, ROOM, max_lines=2, placeholder="…"), plain(value, ROOM))


def spread(
    wanted: list[tuple[float, float]], low: float = -LINE, high: float = PLOT_HEIGHT + LINE
) -> list[float]:
    """Centres for labels of these centres and heights, in order, moved no further than it takes to stand apart."""
    blocks: list[list[tuple[float, float]]] = []
    for label in wanted:
        blocks.append([label])
        while len(blocks) > 1 and _top(blocks[-1], low, high) < _bottom(blocks[-2], low, high):
            pushed = blocks.pop()
            blocks[-1] += pushed
    places = []
    for block in blocks:
        y = _top(block, low, high)
        for _, height in block:
            places.append(y + height / 2)
            y += height
    return places


def _top(block: list[tuple[float, float]], low: float, high: float) -> float:
    """Where a stack of labels begins, so that each is as near as can be to where it wants to be."""
    above, tops = 0.0, []
    for centre, height in block:
        tops.append(centre - height / 2 - above)
        above += height
    return max(low, min(sum(tops) / len(tops), high - above))


def _bottom(block: list[tuple[float, float]], low: float, high: float) -> float:
    return _top(block, low, high) + sum(height for _, height in block)
