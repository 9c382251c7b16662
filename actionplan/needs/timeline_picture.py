"""The timeline drawn: a lane for each action with its milestones, arrows from what is needed, today’s line.

It is drawn here and not by Vega: shapes and days are all there is to it, it changes every day, and a process that only
reads pages never needs the engine.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from actionplan.needs.timeline import Bar, Step, Timeline
from kpis.charts.engine import framed
from kpis.charts.frame import WIDE
from kpis.charts.labels import Label
from kpis.charts.layers import BLUE, GRID, INK, ORANGE, QUIET
from kpis.charts.words import plain
from kpis.periods import day_words, month_start, months_later

LEFT, RIGHT, TOP = 348, 14, 46  # room for the titles, the last day, the months
LANE, HEADING = 23, 28
PAST, AHEAD = 6, 12  # months shown at most, before and after today
LONGEST = 52  # letters of a title
PALE = "#dbe6f2"
APART = 66  # pixels between two months with words


def picture(timeline: Timeline) -> SafeString:
    """The timeline as SVG with a title and a description; drawn once for its content."""
    return _drawn(timeline)


@lru_cache(maxsize=64)
def _drawn(timeline: Timeline) -> SafeString:
    drawing = _Drawing(timeline)
    drawing.draw()
    return framed(
        "timeline",
        title=title(timeline),
        words=sentence(timeline),
        size=(WIDE, drawing.height),
        shapes=format_html_join("", "{}", ((shape,) for shape in drawing.shapes)),
        labels=drawing.labels,
    )


def title(timeline: Timeline) -> str:
    return f"{timeline.plan}, timeline on {day_words(timeline.on)}"


def sentence(timeline: Timeline) -> str:
    """What the picture says as a whole, for those who do not see it."""
    bars = timeline.bars
    late = sum(bar.days_late > 0 for bar in bars)
    steps = sum(step.days_late > 0 for bar in bars for step in bar.steps)
    held = sum(bool(bar.because) for bar in bars)
    said = [
        _count(late, "action is past its date", "actions are past their date"),
        _count(steps, "milestone is late", "milestones are late"),
        _count(held, "action is held up by what it needs", "actions are held up by what they need"),
    ]
    shown = _count(len(bars), "action with its milestones", "actions with their milestones")
    return f"{shown}: {', '.join(filter(None, said)) or 'nothing is late'}. The table below has every date."


def _count(number: int, one: str, many: str) -> str:
    """Empty for none."""
    return f"{number} {one if number == 1 else many}" if number else ""


def _late(days: int) -> str:
    return _count(days, "day late", "days late")


@dataclass
class _Drawing:
    """Shapes and words, from the top down."""

    timeline: Timeline
    shapes: list[SafeString] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    places: dict = field(default_factory=dict)  # where each thing stands: its lane and its day
    y: float = TOP

    def __post_init__(self):
        self.first, self.last = _reach(self.timeline)

    @property
    def height(self) -> float:
        return self.y + 40

    def draw(self):
        self._lanes()
        below = self.y
        grid = [self._upright(self.x(month), below, GRID, 1) for month in self._months()]
        self._arrows()
        self.shapes = [*grid, *self.shapes, self._today(below)]
        self._key()

    def x(self, day: date) -> float:
        """Its place across; a day beyond the picture stands at its edge."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return LEFT + share * (WIDE - LEFT - RIGHT)

    def _months(self) -> list[date]:
        months, month = [], self.first
        while month <= self.last:
            months.append(month)
            month = months_later(month, 1)
        across = (WIDE - LEFT - RIGHT) / (len(months) - 1)
        named = [each for each in months[:-1] if across >= APART or each.month % 2 == 1]
        for each in named:
            year = f" {each.year}" if each == named[0] or each.month == 1 else ""
            words = f"{calendar.month_abbr[each.month]}{year}"
            self.labels.append(Label(self.x(each) + 2, TOP - 10, words, is_quiet=True, size=13))
        return months

    def _lanes(self):
        for lanes in self.timeline.lanes:
            self.y += HEADING
            self.labels.append(Label(0, self.y - 12, plain(lanes.name, 110), is_bold=True, size=14))
            for bar in lanes.bars:
                self._bar(bar)
            for step in lanes.steps:
                self._title(plain(step.title, LONGEST))
                self._step(step)
                self._late_words(step)
                self.y += LANE

    def _title(self, words: str):
        self.labels.append(Label(8, self.y + LANE / 2, words, size=13))
        self.shapes.append(_line(0, self.y + LANE, WIDE, self.y + LANE, GRID, 0.6))

    def _bar(self, bar: Bar):
        self._title(plain(f"{bar.ref} {bar.title}", LONGEST))
        middle = self.y + LANE / 2
        start, due = self.x(bar.starts_on), self.x(bar.due_on)
        fill, edge = (PALE, BLUE) if bar.is_open else (GRID, QUIET)
        self.shapes.append(_box(start, middle - 6, max(due - start, 3), 12, fill, edge))
        self.places[bar.key] = (due, middle)
        end = due
        if bar.forecast_on and bar.forecast_on > bar.due_on:
            end = self.x(bar.forecast_on)
            self.shapes += [_line(due, middle, end, middle, BLUE, 1.5, "2 3"), _square(end, middle)]
            self.places[bar.key] = (end, middle)
        if bar.days_late:
            now = self.x(self.timeline.on)
            self.shapes.append(_box(due, middle - 6, max(now - due, 2), 12, "none", ORANGE, "4 3"))
            words = Label(max(now, end) + 9, middle, _late(bar.days_late), is_bold=True, size=12)
            self.labels.append(words)
        for step in bar.steps:
            self._step(step)
        self.y += LANE

    def _step(self, step: Step):
        day = step.done_on or step.due_on
        if day < self.first or day > self.last:
            return
        x, y = self.x(day), self.y + LANE / 2
        self.places[step.key] = (x, y)
        if step.done_on:
            self.shapes.append(_polygon([(x - 4, y), (x, y - 4), (x + 4, y), (x, y + 4)], INK, INK))
        elif step.days_late:
            self.shapes.append(_polygon([(x - 6, y + 5), (x, y - 6), (x + 6, y + 5)], ORANGE, ORANGE))
        else:
            self.shapes.append(
                _polygon([(x - 5.5, y), (x, y - 5.5), (x + 5.5, y), (x, y + 5.5)], "white", INK)
            )

    def _late_words(self, step: Step):
        if step.days_late:
            place = self.x(step.due_on) - 9
            self.labels.append(
                Label(place, self.y + LANE / 2, _late(step.days_late), anchor="end", is_bold=True, size=12)
            )

    def _arrows(self):
        """From what is needed to the day it is needed by: to the right where there is time, to the left where not."""
        lanes = {bar.key: self.places[bar.key][1] for bar in self.timeline.bars}
        for bar in self.timeline.bars:
            for line in bar.needs:
                if line.is_met or line.need.on not in self.places or not bar.is_open:
                    continue
                x, y = self.places[line.need.on]
                wanted = self.x(line.need.needed_by or bar.due_on)
                self.shapes.append(_arrow(x, y, wanted, lanes[bar.key], is_late=line.hold is not None))

    def _today(self, below: float) -> SafeString:
        x = self.x(self.timeline.on)
        words = f"Today, {self.timeline.on.day} {calendar.month_name[self.timeline.on.month]}"
        self.labels.append(Label(x, 12, words, anchor="middle", is_bold=True, size=14))
        return self._upright(x, below, INK, 2)

    def _upright(self, x: float, below: float, colour: str, width: float) -> SafeString:
        return _line(x, TOP - 24 if width > 1 else TOP - 2, x, below, colour, width)

    def _key(self):
        """What the signs mean, in a row."""
        y, x = self.y + 20, 8.0
        for words, signs in _signs():
            self.shapes += [
                SafeString(f'<g transform="translate({x:.1f},{y:.1f})">{sign}</g>') for sign in signs
            ]
            self.labels.append(Label(x + 26, y, words, size=13))
            x += 44 + 6.4 * len(words)


def _signs() -> Iterator[tuple[str, list[SafeString]]]:
    yield "Start to date", [_box(0, -6, 20, 12, PALE, BLUE)]
    yield "Past its date", [_box(0, -6, 20, 12, "none", ORANGE, "4 3")]
    yield "Forecast", [_line(0, 0, 14, 0, BLUE, 1.5, "2 3"), _square(15, 0)]
    yield "Done", [_polygon([(6, 0), (10, -4), (14, 0), (10, 4)], INK, INK)]
    yield "To do", [_polygon([(4.5, 0), (10, -5.5), (15.5, 0), (10, 5.5)], "white", INK)]
    yield "Late", [_polygon([(4, 5), (10, -6), (16, 5)], ORANGE, ORANGE)]
    yield "Needed by", [_line(0, 0, 15, 0, QUIET, 1.4, "5 3"), _head(20, 0, 1, 0, QUIET)]
    yield "Needed, too late", [_line(5, 0, 20, 0, ORANGE, 2), _head(0, 0, -1, 0, ORANGE)]


def _reach(timeline: Timeline) -> tuple[date, date]:
    """From the first to the last month in which something happens, within bounds."""
    on = timeline.on
    days = [on]
    for each in timeline.lanes:
        days += [step.done_on or step.due_on for step in each.steps]
        for bar in each.bars:
            days += [bar.starts_on, bar.due_on, bar.forecast_on or bar.due_on]
            days += [line.need.needed_by for line in bar.needs if line.need.needed_by]
    first = max(min(days), months_later(month_start(on), -PAST))
    last = min(max(days), months_later(month_start(on), AHEAD))
    return month_start(first), months_later(month_start(last), 1)


def _arrow(x: float, y: float, to_x: float, to_y: float, *, is_late: bool) -> SafeString:
    colour, width, dash = (ORANGE, 2, "") if is_late else (QUIET, 1.4, "5 3")
    if to_x >= x and y != to_y:  # along its own lane, then into the other from above or below
        way = 1 if to_y > y else -1
        corners = [(x, y), (to_x, y), (to_x, to_y - way * 11)]
        head = _head(to_x, to_y - way * 6, 0, way, colour)
    else:  # into the other lane, then back to the day
        corners = [(x, y), (x, to_y), (to_x + 5, to_y)]
        head = _head(to_x, to_y, -1, 0, colour)
    return SafeString("".join(_line(*a, *b, colour, width, dash) for a, b in pairwise(corners)) + head)


def _line(x, y, to_x, to_y, colour, width, dash="") -> SafeString:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return SafeString(
        f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{colour}" stroke-width="{width}"{dashes}/>'
    )


def _box(x, y, width, height, fill, edge, dash="") -> SafeString:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return SafeString(
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.4"{dashes}/>'
    )


def _square(x, y) -> SafeString:
    return _box(x - 4, y - 4, 8, 8, "white", BLUE)


def _polygon(points, fill, edge) -> SafeString:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return SafeString(f'<polygon points="{places}" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>')


def _head(x, y, right, down, colour) -> SafeString:
    """The point of an arrow that leads to the right, left, up or down."""
    back = [
        (x - 8 * right - 4 * down, y - 8 * down - 4 * right),
        (x - 8 * right + 4 * down, y - 8 * down + 4 * right),
    ]
    return _polygon([(x, y), *back], colour, colour)
