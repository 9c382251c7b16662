"""What a chart shows, in words: the title above it, and the sentences for those who do not see it."""

import re
from datetime import date
from decimal import Decimal

from kpis import wording
from kpis.charts.facts import Beside, ChartFacts, ChartPoint
from kpis.enums import Signal, Unit, Variation
from kpis.periods import Period, day_words
from kpis.sparkline import turning_point

LONGEST_NAME = 150
LONGEST_WORDS = 80  # of a mark or a reason

# What XML cannot carry, and the signs that turn the direction of the text that follows them.
UNFIT = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

CHANGE = {
    Variation.IMPROVING: "improving",
    Variation.WORSENING: "worsening",
    Variation.HIGH: "high",
    Variation.LOW: "low",
}
BECAUSE = {
    Signal.ABOVE_LIMIT: "the newest value is above the upper limit",
    Signal.BELOW_LIMIT: "the newest value is below the lower limit",
    Signal.RISING: "the newest value is one of seven or more rising",
    Signal.FALLING: "the newest value is one of seven or more falling",
    Signal.TWO_IN_THREE_HIGH: "two of the newest three values are near the upper limit",
    Signal.TWO_IN_THREE_LOW: "two of the newest three values are near the lower limit",
    Signal.RUN_HIGH: "the newest value is one of seven or more above the mean",
    Signal.RUN_LOW: "the newest value is one of seven or more below the mean",
}


def title(facts: ChartFacts, longest: int = LONGEST_NAME) -> str:
    """Return home interviews within 72 hours: improving since February 2017. Only the name is ever cut."""
    return f"{plain(facts.name, longest)}: {finding(facts)}"


def finding(facts: ChartFacts) -> str:
    """What the series says as a whole: improving since February 2017; normal variation; no data."""
    if not facts.points:
        return "no data"
    if facts.variation not in CHANGE:
        return facts.variation.label.lower()
    return f"{CHANGE[facts.variation]} since {facts.since.label}" if facts.since else CHANGE[facts.variation]


def sentence(facts: ChartFacts) -> str:
    """The chart in sentences: where it began and ended, what is usual, what changed, what is aimed at."""
    if not facts.points:
        return "No values yet."
    said = [
        _values(facts.points),
        _usual(facts),
        _change(facts),
        _target(facts),
        _beside(facts.baseline),
        _beside(facts.benchmark),
        *(f"{plain(mark.letter)}: {plain(mark.words)}, {_month(mark.on)}." for mark in facts.marks),
        *(f"New limits from {day_words(each.on)}: {plain(each.reason)}." for each in facts.rebases),
        "The table beside the chart has every value.",
    ]
    return clean(" ".join(filter(None, said)))


def clean(text: str) -> str:
    """On one line, and without what a file cannot carry."""
    return " ".join(UNFIT.sub("", text).split())


def plain(text: str, longest: int = LONGEST_WORDS) -> str:
    """Clean, and cut with … where it is too long."""
    line = clean(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def limit_words(value: Decimal, facts: ChartFacts) -> str:
    """A limit as it may be said: arithmetic can put one where no value can be."""
    if facts.unit == Unit.PERCENT and value > 100:
        return "over 100%"
    if value < 0 <= min(point.value for point in facts.points):
        return f"under {wording.value_words(value * 0, facts.unit, 0)}"
    return wording.value_words(value, facts.unit, facts.decimals)


def target_words(facts: ChartFacts) -> str:
    return wording.aim_words(facts.target.words, facts.polarity)


def _values(points: tuple[ChartPoint, ...]) -> str:
    first, last = points[0], points[-1]
    if first is last:
        return f"{_value(first)}, the only value."
    turn = turning_point(tuple((point.period, point.value) for point in points))
    between = ""
    if turn:
        word, (period, _) = turn
        extreme = next(point for point in points if point.period == period)
        between = f"{word} {_value(extreme)}, "
    return f"{_value(first)}, {between}{_value(last)}."


def _value(point: ChartPoint) -> str:
    return f"{point.words} {_when(point.period)}"


def _when(period: Period) -> str:
    return f"{'on' if period.is_day else 'in'} {period.label}"


def _usual(facts: ChartFacts) -> str:
    last = facts.points[-1]
    if last.mean is None or len(facts.points) == 1:
        return ""
    mean = wording.value_words(last.mean, facts.unit, facts.decimals)
    if last.lower is None or last.upper is None:
        return f"Mean {mean}."
    return f"Mean {mean}, limits {limit_words(last.lower, facts)} to {limit_words(last.upper, facts)}."


def _change(facts: ChartFacts) -> str:
    said = finding(facts)
    because = BECAUSE.get(facts.points[-1].signal) if facts.variation in CHANGE else None
    return f"{said[0].upper()}{said[1:]}{f': {because}' if because else ''}."


def _target(facts: ChartFacts) -> str:
    return f"Target {target_words(facts)} by {day_words(facts.target.by)}." if facts.target else ""


def _beside(other: Beside | None) -> str:
    return f"{plain(other.name)} {other.words}, {other.label}." if other else ""


def _month(day: date) -> str:
    return Period.month(day).label
