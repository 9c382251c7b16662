"""What one sheet of a file says, before it is compared with what is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.db.models import Max

from kpis.enums import Frequency
from kpis.models import Measurement

from . import files
from .figures import Figure, LeftOut, Refusal
from .layout import Layout, Role
from .names import Names, known_names, written
from .numbers import may_be_share
from .reading import Reader
from .terms import Terms
from .words import about, said

SHOWN = 200  # of each kind; the rest is counted
MOST_FIGURES = 200_000


@dataclass
class Listed:
    """How many there are of a kind, and the first of them."""

    count: int = 0
    first: list[Any] = field(default_factory=list)

    def add(self, each: Any) -> None:
        self.count += 1
        if self.count <= SHOWN:
            self.first.append(each)


@dataclass
class Sheet:
    """What the file itself says, before it is compared with what is known."""

    name: str
    file_name: str
    figures: dict[tuple, Figure] = field(default_factory=dict)
    refused: Listed = field(default_factory=Listed)
    not_over: int = 0  # of those refused, how many are of periods that are not over
    left_out: int = 0
    names_left_out: dict[str, int] = field(default_factory=dict)

    def cell(self, at: tuple[int, int]) -> str:
        """Data!E14; in a text file, whose one sheet is called like the file, E14"""
        return self._before + files.cell_name(*at)

    @cached_property
    def _before(self) -> str:
        return "" if self.name in ("", PurePath(self.file_name).stem) else f"{self.name}!"


def read_sheet(content: bytes, file_name: str, layout: Layout, terms: Terms) -> Sheet:
    """The figures of the file. Raises files.Refused for a file that cannot be read or holds too many of them."""
    names = known_names()
    reader = Reader(
        layout,
        names,
        known_from=terms.known_from,
        past_only=terms.past_only,
        ends=last_days(names, terms.known_from),
    )
    sheet = Sheet(layout.sheet, file_name)
    for each in reader.figures(files.rows(content, file_name, layout.sheet or None)):
        match each:
            case Figure():
                _add(sheet, each)
            case Refusal():
                sheet.refused.add(each)
                sheet.not_over += each.is_not_over
            case LeftOut():
                sheet.left_out += 1
                if each.name in sheet.names_left_out or len(sheet.names_left_out) < SHOWN:
                    sheet.names_left_out[each.name] = sheet.names_left_out.get(each.name, 0) + 1
    for figure in list(doubtful(sheet.figures.values())):
        del sheet.figures[figure.key]
        sheet.refused.add(Refusal(figure.at, may_be_share(figure.value)))
    return sheet


def doubtful(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Percentages that may be parts of 1, where nobody has said: all of their indicator, or of the file, are 1 or less.

    One that stands among larger ones of its own indicator is no part of 1.
    """
    bare: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.is_bare:
            bare[figure.indicator.pk].append(figure)
    largest = {indicator: max(each.value for each in those) for indicator, those in bare.items()}
    is_all_small = max(largest.values(), default=0) <= 1
    for indicator, those in bare.items():
        has_parts = any(each.value % 1 for each in those)
        if largest[indicator] <= 1 and (has_parts or is_all_small):
            yield from (each for each in those if each.value)


def _add(sheet: Sheet, figure: Figure) -> None:
    """The same period twice is taken once where both say the same, and refused where they do not."""
    first = sheet.figures.setdefault(figure.key, figure)
    if first.numbers != figure.numbers:
        sheet.refused.add(
            Refusal(
                figure.at,
                f"{about(figure)}: here {said(figure, figure.indicator)}, but {sheet.cell(first.at)} says "
                f"{said(first, first.indicator)}. "
                "Correct one of them.",
            )
        )
    elif len(sheet.figures) > MOST_FIGURES:
        raise files.Refused(
            f"This sheet holds more than {MOST_FIGURES:,} figures. Divide it into smaller files and upload "
            "them one by one."
        )


def names_in(content: bytes, file_name: str, layout: Layout, names: Names) -> tuple[list[str], list[str]]:
    """What the file calls indicators and areas beside its figures, each once, in their order. Raises files.Refused."""
    reader = Reader(layout, names, known_from=date.max)
    indicators: dict[str, None] = {}
    areas: dict[str, None] = {}
    for _, row in reader.filled(files.rows(content, file_name, layout.sheet or None)):
        if reader.has_figures(row):
            indicators.setdefault(written(reader.name_in(Role.INDICATOR, row)))
            areas.setdefault(written(reader.name_in(Role.AREA, row)))
    return [name for name in indicators if name], [name for name in areas if name]


def last_days(names: Names, on: date) -> dict[int, date]:
    """The last day of each annual indicator’s newest figure known on that day. One query."""
    rows = (
        Measurement.objects.filter(indicator__frequency=Frequency.ANNUAL, recorded_on__lte=on, end__lte=on)
        .order_by()
        .values_list("indicator")
        .annotate(Max("end"))
    )
    return dict(rows)
