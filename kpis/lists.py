"""Indicators as rows under headings: by the recommendation they bear on, or by the services that act on them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString

from kpis.benchmarks import Comparison, neighbours
from kpis.charted import Charted
from kpis.enums import Direction, Polarity, Rating
from kpis.figures import Figure
from kpis.linked import LinkedAction
from kpis.models import Indicator
from kpis.readings import Reading
from kpis.shown import Shown, shown
from kpis.sparkline import sparkline
from kpis.variation import Analysis
from kpis.wording import aim_words


@dataclass(frozen=True)
class Row:
    """An indicator in a list. `numbers` are those of the recommendations it bears on, `twin` the other count of the
    same name."""

    reading: Reading
    analysis: Analysis
    actions: tuple[LinkedAction, ...]
    numbers: tuple[int, ...]
    url: str
    spark: SafeString
    target: str
    due_target: str
    since_previous: str
    since_year: str
    twin: Indicator | None = None

    @property
    def recommendations(self) -> str:
        """Recommendation 6; recommendations 2 and 8."""
        return _named(self.numbers, "Recommendation").capitalize()

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(sorted({action.service for action in self.actions}))

    @property
    def is_context(self) -> bool:
        return self.reading.indicator.polarity == Polarity.CONTEXT

    @property
    def has_open_action(self) -> bool:
        return any(action.is_open for action in self.actions)

    @property
    def latest(self) -> Figure | None:
        return self.reading.figures[-1] if self.reading.figures else None

    @property
    def newest_day(self) -> date | None:
        """The last day that the latest figure is about."""
        return self.latest and self.latest.period.end

    @property
    def known_on(self) -> date | None:
        return self.latest and self.latest.known_on

    @property
    def england(self) -> Comparison | None:
        return next((each for each in self.reading.benchmarks if each.name == "England"), None)

    @property
    def beside(self) -> tuple[tuple[str, Comparison | None], ...]:
        """The areas that DfE’s figures stand beside, in the order of their columns."""
        found = {each.name: each for each in self.reading.benchmarks}
        areas = ((name, found.get(name)) for name in AREAS)
        return *areas, (NEIGHBOURS, neighbours(self.reading.benchmarks, self.reading.on))

    @property
    def twin_url(self) -> str:
        return self.twin.get_absolute_url() if self.twin else ""

    @property
    def shown(self) -> Shown:
        return shown(self)


AREAS = ("London", "Outer London", "England")
NEIGHBOURS = "Neighbours"


def row(known: Charted, *, twin: Indicator | None = None) -> Row:
    reading, indicator = known.reading, known.reading.indicator
    return Row(
        reading=reading,
        analysis=known.analysis,
        actions=known.actions,
        numbers=tuple(
            int(number)
            for number in indicator.recommendation_numbers.split(";")
            if number.strip().isdecimal()
        ),
        url=indicator.get_absolute_url(),
        spark=sparkline(reading),
        target=_aim(reading.target_words, indicator),
        due_target=_aim(reading.due_target_words, indicator),
        since_previous=_since(reading.direction, reading.change_words),
        since_year=_since(reading.year_direction, reading.year_change_words),
        twin=twin,
    )


def twin_code(code: str) -> str:
    """The measure of the same name on the other side, council’s or DfE’s: the codes differ by this ending."""
    return code.removesuffix("-dfe") if code.endswith("-dfe") else f"{code}-dfe"


def _aim(words: str, indicator: Indicator) -> str:
    return aim_words(words, indicator.polarity) if words else ""


def _since(direction: Direction, change: str) -> str:
    """Better, up 5 points; down 12, where neither is better; same; not known."""
    if direction in (Direction.UP, Direction.DOWN):
        return change.capitalize()
    return (
        f"{direction.label}, {change}"
        if direction in (Direction.BETTER, Direction.WORSE)
        else direction.label
    )


class Entry(NamedTuple):
    """A row under its heading. `also` names the other headings it could stand under."""

    row: Row
    also: str

    @property
    def shown(self) -> Shown:
        return shown(self.row, self.also)


class Group(NamedTuple):
    name: str
    entries: list[Entry]

    @property
    def summary(self) -> str:
        """How many have each rating, the worst first: counts, never an average."""
        counts = Counter(entry.row.reading.rating for entry in self.entries)
        return ", ".join(f"{counts[each]} {each.label.lower()}" for each in WORST_FIRST if counts[each])


WORST_FIRST = [Rating.NOT_MET, Rating.HELD, Rating.NEAR, Rating.WITHIN, Rating.MET]
WORST_FIRST += [each for each in Rating if each not in WORST_FIRST]


def by_recommendation(rows: Iterable[Row]) -> list[Group]:
    """Each row once, under the first recommendation it bears on."""
    rows = sorted(rows, key=lambda each: each.reading.indicator.name)
    titles = {action.recommendation: action.recommendation_title for each in rows for action in each.actions}
    return _groups(
        rows,
        lambda each: each.numbers,
        name=lambda number: f"{number} {titles.get(number, '')}".rstrip(),
        also=lambda others: f"Also {_named(others, 'recommendation')}",
        rest="No recommendation",
    )


def by_service(rows: Iterable[Row]) -> list[Group]:
    """Each row once, under the first of the services whose actions should move it."""
    rows = sorted(rows, key=lambda each: each.reading.indicator.name)
    return _groups(
        rows,
        lambda each: each.services,
        name=str,
        also=lambda others: f"Also {_and(others)}",
        rest="No action yet",
    )


def _groups(rows: Iterable[Row], keys: Callable, *, name: Callable, also: Callable, rest: str) -> list[Group]:
    found: dict = {}
    for each in rows:
        first, *others = sorted(keys(each)) or [None]
        found.setdefault(first, []).append(Entry(each, also(others) if others else ""))
    alone = found.pop(None, None)
    groups = [Group(name(key), found[key]) for key in sorted(found)]
    return [*groups, Group(rest, alone)] if alone else groups


class Lens(NamedTuple):
    """One way to group the list."""

    key: str
    name: str
    groups: Callable[[Iterable[Row]], list[Group]]


LENSES = {
    lens.key: lens
    for lens in [
        Lens("recommendation", "Recommendation", by_recommendation),
        Lens("service", "Service", by_service),
    ]
}


def _named(numbers: Sequence[int], noun: str) -> str:
    if not numbers:
        return ""
    return f"{noun}{'' if len(numbers) == 1 else 's'} {_and(numbers)}"


def _and(things: Sequence) -> str:
    """2; 2 and 4; 2, 4 and 5."""
    *most, last = [str(each) for each in things]
    return f"{', '.join(most)} and {last}" if most else last
