"""The words in the picture, placed so that none stands on another. In pixels from the plot’s upper left corner."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpis.charts.facts import ChartFacts
from kpis.charts.frame import LETTER, LINE, PLOT_HEIGHT, Frame, period_ticks, tick_words
from kpis.charts.line_ends import LineEnd
from kpis.charts.marks import Upright
from kpis.charts.words import CHANGE, finding, plain
from kpis.enums import Unit, Variation
from kpis.sparkline import turning_point

HEADING = 98  # letters of a heading that fit
HEAD = 70  # pixels above the plot and its marks: two lines of heading
FOOT = 92  # pixels below the plot: two lines of periods, and the key
KEY = PLOT_HEIGHT + 74
TRAJECTORY, BAND = "trajectory", "band"


@dataclass(frozen=True)
class Label:
    """Words that stand centred on `y`, and begin, end or are centred at `x`."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    is_bold: bool = False
    is_quiet: bool = False
    size: int = 15


def heading(facts: ChartFacts, left: float, top: float, plot: Frame | None = None) -> Iterator[Label]:
    """What the chart shows, and of when."""
    said = finding(facts)
    title = f"{plain(facts.name, HEADING - len(said))}: {said}"
    yield Label(left, 14 - top, title, is_bold=True, size=19)
    yield Label(left, 40 - top, _subtitle(facts, plot) if plot else "No values yet", is_quiet=True)


def _subtitle(facts: ChartFacts, plot: Frame) -> str:
    """April 2016 to May 2017. Weeks. The axis starts at 20"""
    first, last = facts.points[0].period.label, facts.points[-1].period.label
    said = [first if first == last else f"{first} to {last}"]
    if facts.unit not in (Unit.PERCENT, Unit.NUMBER):
        said.append(facts.unit.label.capitalize())
    if plot.scale.low > 0:
        said.append(f"The axis starts at {tick_words(plot.scale.low, plot.scale, facts.unit)}")
    return ". ".join(said)


def axes(facts: ChartFacts, plot: Frame) -> Iterator[Label]:
    for tick in plot.scale.ticks:
        yield Label(-8, plot.y(tick), tick_words(tick, plot.scale, facts.unit), anchor="end")
    for day, lines in period_ticks(facts, plot):
        for number, words in enumerate(lines):
            yield Label(plot.x(day.toordinal()), PLOT_HEIGHT + LINE * (number + 1), words, anchor="middle")


def line_end_words(ends: list[LineEnd], plot: Frame) -> Iterator[Label]:
    for end in ends:
        for number, words in enumerate(end.lines):
            yield Label(plot.width + 14, end.y + LINE * (number - (len(end.lines) - 1) / 2), words)


def upright_words(uprights: list[Upright]) -> Iterator[Label]:
    for each in uprights:
        if each.row is not None:
            y = -LINE * each.row - 12
            yield Label(each.x, y, each.letter, anchor="middle", is_bold=True)
            yield Label(each.x + 5 + 5 * len(each.letter), y, each.words)


def values(facts: ChartFacts, plot: Frame) -> list[Label]:
    """The last and first value, the one where the change began and the turn in between, where there is room."""
    found: list[Label] = []
    for index in _worth_naming(facts):
        label = _value(facts, index, plot)
        if all(abs(label.x - each.x) > LETTER * (len(label.words) + len(each.words)) / 2 for each in found):
            found.append(label)
    return found


def _worth_naming(facts: ChartFacts) -> list[int]:
    """Indexes of points, the most important first."""
    periods = [point.period for point in facts.points]
    worth = [len(periods) - 1, 0]
    if facts.variation in CHANGE and facts.since in periods:
        worth.append(periods.index(facts.since))
    if turn := turning_point(tuple((point.period, point.value) for point in facts.points)):
        worth.append(periods.index(turn[1][0]))
    return list(dict.fromkeys(worth))


def _value(facts: ChartFacts, index: int, plot: Frame) -> Label:
    """Above a point that is higher than its neighbours, below one that is lower, so that it stands off the line."""
    point = facts.points[index]
    y = plot.y(point.value)
    beside = [
        plot.y(facts.points[each].value) for each in (index - 1, index + 1) if 0 <= each < len(facts.points)
    ]
    is_peak = not beside or y <= sum(beside) / len(beside)
    goes_above = (is_peak or y > PLOT_HEIGHT - 2 * LINE) and y >= 2 * LINE
    x = plot.x(point.period.end.toordinal())
    number = point.words.split(" ")[0]
    return Label(x, y - LINE if goes_above else y + LINE, number, anchor="middle", is_bold=True)


KEY_WORDS = {each: each.label for each in Variation} | {Variation.TOO_FEW: "Value"}


def key(facts: ChartFacts, left: float) -> list[tuple[float, Variation | str, str]]:
    """The signs in the plot and what they mean, each with where it stands."""
    shown = {point.variation for point in facts.points}
    signs = [(each, words) for each, words in KEY_WORDS.items() if each in shown]
    if len(facts.trajectory) > 1:
        signs.append((TRAJECTORY, "Trajectory to the target"))
    if any(point.upper is not None for point in facts.points):
        signs.append((BAND, "Between the limits"))
    found = []
    for sign, words in signs:
        found.append((left + 8, sign, words))
        left += LETTER * len(words) + 38
    return found


def key_words(places: list[tuple[float, Variation | str, str]]) -> Iterator[Label]:
    for x, _, words in places:
        yield Label(x + 14, KEY, words)
