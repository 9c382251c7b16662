"""Reading the rows of a sheet as its layout tells: which indicator, which area, which period, which figure."""

from collections.abc import Iterable, Iterator
from datetime import date

from kpis.enums import Frequency
from kpis.models import Area, Indicator
from kpis.periods import Period, day_words

from . import cells, dates
from .cells import Unreadable
from .columns import is_band
from .figures import Figure, LeftOut, Place, Refusal, Skip
from .files import Cell
from .groups import Group, groups
from .layout import Layout, Role, YearMeans
from .names import Names
from .numbers import at_column, numbers, text_of

LONGEST_COMMENT = 2_000
# What stands in the place of a period in a row that sums up the others.
NO_PERIODS = {"total", "grand total", "overall", "average", "ytd", "year to date"}
NO_AREA = (
    "This row does not say which area it is about. Choose the columns with the region and the country as areas too, "
    "or the area that a blank cell means."
)
END_OF_YEAR = {
    3: YearMeans.FINANCIAL,
    8: YearMeans.ACADEMIC,
    9: YearMeans.TO_SEPTEMBER,
    12: YearMeans.CALENDAR,
}


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
        self.narrowest: dict[str, str] = {}

    def figures(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[Figure | Refusal | LeftOut]:
        """Each figure of the sheet, each cell that cannot be taken and each figure left out; blank cells are none."""
        for number, row in self.filled(rows):
            for group in self.groups:
                if all(at_column(row, column) is None for column in group.columns):
                    continue
                try:
                    yield self._figure(number, row, group)
                except Skip as skip:
                    if skip.said:
                        yield skip.said

    def filled(self, rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the headings, without titles; with `fill_down`, blank labels repeat what stands above them."""
        labels = self.layout.places(Role.INDICATOR, Role.PERIOD, Role.AREA) if self.layout.fill_down else []
        above: dict[int, Cell] = {}
        for number, row in rows:
            if number <= self.layout.heading_rows[1] or is_band(row):
                continue
            for column in labels:
                if at_column(row, column) is not None:
                    above[column] = row[column]
                elif column in above:
                    row[column] = above[column]
            yield number, row

    def has_figures(self, row: list[Cell]) -> bool:
        return any(at_column(row, column) is not None for group in self.groups for column in group.columns)

    def name_in(self, role: Role, row: list[Cell]) -> str:
        """What the row’s indicator or area is called; empty where no column says."""
        said = [text_of(row[column]) for column in self.of_role[role] if at_column(row, column) is not None]
        together = " ".join(said)
        if role == Role.AREA and len(said) > 1:
            if together not in self.narrowest:
                self.narrowest[together] = self.names.narrowest(said, self.layout.areas)
            return self.narrowest[together]
        return together

    def _figure(self, number: int, row: list[Cell], group: Group) -> Figure:
        first = Place(number, group.columns[0])
        indicator = self._indicator(number, row, group, first)
        area = self._area(number, row, group, first)
        period = self._period(number, row, group, indicator, first)
        given = numbers(number, row, group, indicator.unit, shares=self.layout.shares)
        return Figure(indicator, area, period, *given, self._comment(row), first)

    def _indicator(self, number: int, row: list[Cell], group: Group, first: Place) -> Indicator:
        code = group.indicator or self._named(Role.INDICATOR, number, row) or self.layout.indicator
        if not code:
            raise Skip(Refusal(first, "This row does not say which indicator it is about."))
        if code not in self.names.indicators:
            raise Skip(Refusal(first, f"There is no indicator with the code “{code}” here."))
        return self.names.indicators[code]

    def _area(self, number: int, row: list[Cell], group: Group, first: Place) -> Area | None:
        code = group.area or self._named(Role.AREA, number, row) or self.layout.area
        if not code and self.of_role[Role.AREA]:
            # The DfE leaves the authority blank in rows about England: they are not this council’s.
            raise Skip(Refusal(Place(number, self.of_role[Role.AREA][0]), NO_AREA))
        if not code:
            return None
        if code not in self.names.areas:
            raise Skip(Refusal(first, f"There is no area with the code “{code}” here."))
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
            raise Skip(
                Refusal(at, f"{cells.quoted(name)} is not {what} here. Say which one it is, or leave it out.")
            )
        if not code:
            raise Skip(LeftOut(cells.clean(name)))
        return code

    def _period(
        self, number: int, row: list[Cell], group: Group, indicator: Indicator, first: Place
    ) -> Period:
        columns = [] if group.period else self.of_role[Role.PERIOD]
        said = [row[column] for column in columns if at_column(row, column) is not None]
        # A year and a quarter may stand in columns of their own.
        cell = said[0] if len(said) == 1 else " ".join(text_of(each) for each in said)
        if not said:
            cell = group.period or self.layout.period
        at = Place(number, columns[0]) if said else first
        if cell == "":
            raise Skip(Refusal(at, "This row does not say which period it is about."))
        if isinstance(cell, str) and cells.folded(cell) in NO_PERIODS:
            raise Skip(LeftOut(cells.clean(cell)))
        if (indicator.pk, cell) not in self.periods:
            self.periods[indicator.pk, cell] = self._period_of(cell, indicator)
        period = self.periods[indicator.pk, cell]
        if isinstance(period, str):
            raise Skip(Refusal(at, period))
        if period.end > self.known_from:
            raise Skip(
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

    def _comment(self, row: list[Cell]) -> str:
        said = " ".join(
            text_of(row[column])
            for column in self.of_role[Role.COMMENT]
            if at_column(row, column) is not None
        )
        return said[:LONGEST_COMMENT]
