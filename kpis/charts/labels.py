"""The words in the picture, placed so that none stands on another. In pixels from the plot’s upper left corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from kpis.charts.facts import ChartFacts
from kpis.charts.frame import LETTER, LINE, PLOT_HEIGHT, RIGHT, Frame, period_ticks, tick_words
from kpis.charts.line_ends import LineEnd
from kpis.charts.marks import Upright
from kpis.charts.words import CHANGE, title
from kpis.enums import Unit, Variation
from kpis.sparkline import turning_point

HEADING = 24  # from one line of the heading to the next
HEADING_LETTER = 10
SUBTITLE = 46  # the line below the heading, and the space that follows it
KEY = PLOT_HEIGHT + 74  # below two lines of periods
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


def heading_lines(facts: ChartFacts, across: int) -> list[str]:
    return wrap(title(facts), across // HEADING_LETTER)


def heading(lines: list[str], below: str, left: float, top: float) -> Iterator[Label]:
    """What the chart shows, and of when."""
    for number, words in enumerate(lines):
        yield Label(left, HEADING * number + 14 - top, words, is_bold=True, size=19)
    yield Label(left, HEADING * len(lines) + 16 - top, below, is_quiet=True)


def subtitle(facts: ChartFacts, plot: Frame) -> str:
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
            y = -LINE * (each.row + 1)
            yield Label(each.x - 5, y, each.letters, is_bold=True)
            yield Label(each.x + 6.5 * len(each.letters) + 3.5, y, each.words)


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


@dataclass(frozen=True)
class Sign:
    """A line of the key: a sign in the plot, and what it means."""

    x: float
    y: float
    sign: Variation | str
    words: str


def key(facts: ChartFacts, plot: Frame) -> list[Sign]:
    x, y = -plot.left, float(KEY)
    found = []
    for sign, words in _signs(facts):
        wide = 7 * len(words) + 42  # the sign, its words and a gap
        if x + wide > plot.width + RIGHT:
            x, y = -plot.left, y + LINE + 4
        found.append(Sign(x + 8, y, sign, words))
        x += wide
    return found


def _signs(facts: ChartFacts) -> Iterator[tuple[Variation | str, str]]:
    shown = {point.variation for point in facts.points}
    yield from ((each, words) for each, words in KEY_WORDS.items() if each in shown)
    if len(facts.trajectory) > 1:
        yield TRAJECTORY, "Trajectory to the target"
    if any(point.upper is not None for point in facts.points):
        yield BAND, "Between the limits"


def key_words(signs: list[Sign]) -> Iterator[Label]:
    for each in signs:
        yield Label(each.x + 14, each.y, each.words)
