"""What a sheet says when it is read as its layout tells: figures, and the cells that cannot be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kpis.arithmetic import rounded
from kpis.enums import Frequency, Unit
from kpis.models import Area, Indicator
from kpis.periods import Period, day_words
from kpis.recording import COUNT_PLACES, VALUE_PLACES

from . import cells, dates
from .cells import Unreadable
from .files import Cell
from .layout import Layout, Role, YearMeans
from .names import Names

LONGEST_COMMENT = 2_000
END_OF_YEAR = {
    3: YearMeans.FINANCIAL,
    8: YearMeans.ACADEMIC,
    9: YearMeans.TO_SEPTEMBER,
    12: YearMeans.CALENDAR,
}
NOTHING = cells.CellValue()


class Place(NamedTuple):
    """A cell: the row as the sheet counts it, from 1; the column from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the file. Without an area it is this council’s own."""

    indicator: Indicator
    area: Area | None
    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    comment: str
    at: Place

    @property
    def key(self) -> tuple:
        return self.indicator.pk, self.area and self.area.pk, self.period

    @property
    def numbers(self) -> tuple:
        return self.value, self.numerator, self.denominator, self.marker


class Refusal(NamedTuple):
    """A cell that cannot be taken, and the sentence that says why."""

    at: Place
    why: str
    is_not_over: bool = False


class LeftOut(NamedTuple):
    """A figure that somebody chose not to take, by what it was left out for."""

    name: str


class Group(NamedTuple):
    """The columns that make one figure of a row, and what they are all about."""

    indicator: str
    period: str
    area: str
    value: int | None
    numerator: int | None
    denominator: int | None

    @property
    def columns(self) -> list[int]:
        return [each for each in (self.value, self.numerator, self.denominator) if each is not None]


def groups(layout: Layout) -> list[Group]:
    """Columns that are about the same go together: a numerator belongs to the denominator beside it."""
    found: dict[tuple, dict[str, int]] = {}
    for place in layout.places(Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR):
        column = layout.columns[place]
        found.setdefault((column.indicator, column.period, column.area), {}).setdefault(column.role, place)
    return [
        Group(*about, *(of.get(role) for role in (Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR)))
        for about, of in found.items()
    ]


class _Skip(Exception):
    """There is no figure to take; `said` says why, where anybody is to know."""

    def __init__(self, said: Refusal | LeftOut | None):
        super().__init__(said)
        self.said = said


class Reader:
    """Reads the rows of one sheet. Every name and every period is looked up once, however often it comes.

    `known_from` is the day from which the figures count: a period must be over by then, or is left out with
    `past_only`. `ends` gives the last day of each indicator’s newest earlier figure, where it has one.
    """

    def __init__(
        self,
        layout: Layout,
        names: Names,
        *,
        known_from: date,
        past_only: bool = False,
        ends: dict[int, date] | None = None,
    ):
        self.layout, self.names = layout, names
        self.known_from, self.past_only, self.ends = known_from, past_only, ends or {}
        self.groups = groups(layout)
        self.of_role = {role: layout.places(role) for role in Role}
        self.periods: dict[tuple, Period | str] = {}
        self.codes: dict[tuple[str, str], str | None] = {}

    def figures(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[Figure | Refusal | LeftOut]:
        """Each figure of the sheet, each cell that cannot be taken and each figure left out; blank cells are none."""
        for number, row in self.filled(rows):
            for group in self.groups:
                if all(_at(row, column) is None for column in group.columns):
                    continue
                try:
                    yield self._figure(number, row, group)
                except _Skip as skip:
                    if skip.said:
                        yield skip.said

    def filled(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the headings; with `fill_down`, blank labels repeat what stands above them."""
        labels = self.layout.places(Role.INDICATOR, Role.PERIOD, Role.AREA) if self.layout.fill_down else []
        above: dict[int, Cell] = {}
        for number, row in rows:
            if number <= self.layout.heading_rows[1]:
                continue
            for column in labels:
                if _at(row, column) is not None:
                    above[column] = row[column]
                elif column in above:
                    row[column] = above[column]
            yield number, row

    def has_figures(self, row: list[Cell]) -> bool:
        return any(_at(row, column) is not None for group in self.groups for column in group.columns)

    def name_in(self, role: Role, row: list[Cell]) -> str:
        """What the row’s indicator or area is called; empty where no column says."""
        return " ".join(_text(row[column]) for column in self.of_role[role] if _at(row, column) is not None)

    def _figure(self, number: int, row: list[Cell], group: Group) -> Figure:
        first = Place(number, group.columns[0])
        indicator = self._indicator(number, row, group, first)
        area = self._area(number, row, group, first)
        period = self._period(number, row, group, indicator, first)
        given = self._numbers(number, row, group, indicator)
        return Figure(indicator, area, period, *given, self._comment(row), first)

    def _indicator(self, number: int, row: list[Cell], group: Group, first: Place) -> Indicator:
        code = group.indicator or self._named(Role.INDICATOR, number, row) or self.layout.indicator
        if not code:
            raise _Skip(Refusal(first, "This row does not say which indicator it is about."))
        if code not in self.names.indicators:
            raise _Skip(Refusal(first, f"There is no indicator with the code “{code}” here."))
        return self.names.indicators[code]

    def _area(self, number: int, row: list[Cell], group: Group, first: Place) -> Area | None:
        code = group.area or self._named(Role.AREA, number, row) or self.layout.area
        if not code:
            return None
        if code not in self.names.areas:
            raise _Skip(Refusal(first, f"There is no area with the code “{code}” here."))
        area = self.names.areas[code]
        return None if area.kind == Area.Kind.COUNCIL else area

    def _named(self, role: Role, number: int, row: list[Cell]) -> str:
        """The code of the name in the row; empty where it says none. Skips what nobody knows or wants."""
        name = self.name_in(role, row)
        if not name:
            return ""
        if (role, name) not in self.codes:
            found = (
                self.names.indicator(name, self.layout.indicators)
                if role == Role.INDICATOR
                else self.names.area(name, self.layout.areas)
            )
            self.codes[role, name] = found
        code = self.codes[role, name]
        if code is None:
            at = Place(number, self.of_role[role][0])
            what = "an indicator" if role == Role.INDICATOR else "an area"
            raise _Skip(
                Refusal(at, f"{cells.quoted(name)} is not {what} here. Say which one it is, or leave it out.")
            )
        if not code:
            raise _Skip(LeftOut(cells.clean(name)))
        return code

    def _period(
        self, number: int, row: list[Cell], group: Group, indicator: Indicator, first: Place
    ) -> Period:
        columns = [] if group.period else self.of_role[Role.PERIOD]
        said = [row[column] for column in columns if _at(row, column) is not None]
        # A year and a quarter may stand in columns of their own.
        cell = said[0] if len(said) == 1 else " ".join(_text(each) for each in said)
        cell = cell or group.period or self.layout.period
        at = Place(number, columns[0]) if said else first
        if not cell:
            raise _Skip(Refusal(at, "This row does not say which period it is about."))
        if (indicator.pk, cell) not in self.periods:
            self.periods[indicator.pk, cell] = self._period_of(cell, indicator)
        period = self.periods[indicator.pk, cell]
        if isinstance(period, str):
            raise _Skip(Refusal(at, period))
        if period.end > self.known_from:
            raise _Skip(
                LeftOut("Periods that are not over yet")
                if self.past_only
                else Refusal(
                    at,
                    f"{period.label} is not over on {day_words(self.known_from)}, "
                    "the day from which these figures count.",
                    is_not_over=True,
                )
            )
        return period

    def _period_of(self, cell: Cell, indicator: Indicator) -> Period | str:
        """The period, or why it is none."""
        try:
            period = dates.period(
                cell,
                frequency=indicator.frequency,
                covers=indicator.covers,
                year_means=self._year_means(indicator),
                day_first=self.layout.day_first,
            )
        except Unreadable as why:
            return str(why)
        end = self.ends.get(indicator.pk)
        if indicator.frequency == Frequency.ANNUAL and end and end.month != period.end.month:
            return (
                f"{period.label} does not go with the earlier figures of this indicator, which end in {end:%B}. "
                "Correct the period, or leave the indicator out."
            )
        return period

    def _year_means(self, indicator: Indicator) -> str:
        """The year that the indicator’s earlier figures are of, else what was said of the file."""
        end = self.ends.get(indicator.pk)
        return END_OF_YEAR.get(end.month, "") if end else self.layout.year_means

    def _numbers(self, number: int, row: list[Cell], group: Group, indicator: Indicator) -> tuple:
        """Value, numerator, denominator and marker, as the database keeps them. Counts go before a marker."""
        percent = indicator.unit == Unit.PERCENT
        printed = self._read(number, row, group.value, percent)
        counts = [self._read(number, row, column, False) for column in (group.numerator, group.denominator)]
        value, numerator, denominator = printed.value, *(each.value for each in counts)
        if (numerator is None) != (denominator is None):
            if not any(each.marker for each in counts):
                at = Place(number, group.columns[-1])
                raise _Skip(Refusal(at, "Give both the numerator and the denominator, or neither."))
            numerator = denominator = None
        if numerator is None:
            numerator, denominator = printed.numerator, printed.denominator
        if numerator is not None:
            self._check_counts(Place(number, group.columns[0]), numerator, denominator, indicator)
        has_number = value is not None or numerator is not None
        marker = "" if has_number else _first(each.marker for each in (printed, *counts))
        if not has_number and not marker:
            raise _Skip(None)  # a cell of blanks
        return (
            _kept(value, VALUE_PLACES),
            _kept(numerator, COUNT_PLACES),
            _kept(denominator, COUNT_PLACES),
            marker,
        )

    def _read(self, number: int, row: list[Cell], column: int | None, percent: bool) -> cells.CellValue:
        """What the cell says; of a blank one, nothing at all."""
        if _at(row, column) is None:
            return NOTHING
        at = Place(number, column)
        try:
            read = cells.value(row[column], percent, shares=self.layout.shares)
        except Unreadable as why:
            raise _Skip(Refusal(at, str(why))) from None
        _check(at, read.value, percent)
        return read

    def _check_counts(
        self, at: Place, numerator: Decimal, denominator: Decimal, indicator: Indicator
    ) -> None:
        of = f"{numerator:f} of {denominator:f}"
        if denominator == 0 and numerator:
            raise _Skip(Refusal(at, f"{of} cannot be: there were no cases to count among."))
        if indicator.unit == Unit.PERCENT and numerator > denominator:
            raise _Skip(Refusal(at, f"{of} cannot be: a part is never larger than the whole."))

    def _comment(self, row: list[Cell]) -> str:
        said = " ".join(
            _text(row[column]) for column in self.of_role[Role.COMMENT] if _at(row, column) is not None
        )
        return said[:LONGEST_COMMENT]


def _check(at: Place, number: Decimal | None, percent: bool) -> None:
    """What the monthly page refuses is refused here too."""
    if number is None:
        return
    if number < 0:
        raise _Skip(Refusal(at, f"{number:f} is less than 0."))
    if percent and number > 100:
        raise _Skip(Refusal(at, f"{number:f} is more than 100 percent."))


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _kept(number: Decimal | None, places: int) -> Decimal | None:
    return None if number is None else rounded(number, places)


def _at(row: list[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _text(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
