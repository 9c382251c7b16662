"""What an import would do: what is new, what is the same, what it revises, and which cells cannot be taken."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from kpis.arithmetic import rounded, share
from kpis.enums import Status, Unit
from kpis.models import Benchmark, Measurement
from kpis.periods import Period, day_words

from .doubts import questions
from .figures import Figure, Refusal
from .sheet import Listed, Sheet
from .terms import Terms
from .words import about, said

NUMBERS = ("value", "numerator", "denominator", "marker")


class Known(NamedTuple):
    """The row that stands for a figure’s period."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    recorded_on: date
    status: str = ""
    comment: str = ""


class Change(NamedTuple):
    """A figure to write, and what stood there; None for nothing."""

    figure: Figure
    before: Known | None

    @property
    def same_numbers(self) -> bool:
        """Only its status or its comment changes: that needs no reason."""
        return self.before is not None and agrees(self.figure, self.before)


@dataclass
class Preview:
    """What confirming the import would do today. `digest` is another one as soon as anything of it has changed."""

    sheet: Sheet
    changes: list[Change] = field(default_factory=list)
    new: Listed = field(default_factory=Listed)
    revised: Listed = field(default_factory=Listed)
    refused: Listed = field(default_factory=Listed)
    unusual: Listed = field(default_factory=Listed)
    doubted: set[tuple] = field(default_factory=set)  # the keys of all unusual figures
    same: int = 0
    needs_reason: bool = False
    digest: str = ""

    @property
    def can_be_taken(self) -> bool:
        return bool(self.changes) and not self.refused.count


def compare(sheet: Sheet, terms: Terms) -> Preview:
    """The figures of the file beside those known on the day from which it counts. Two queries."""
    preview = Preview(sheet, refused=Listed(sheet.refused.count, list(sheet.refused.first)))
    own = [each for each in sheet.figures.values() if each.area is None]
    others = [each for each in sheet.figures.values() if each.area is not None]
    stood = _measured(own, terms.known_from) | _published(others, terms.known_from)
    digest = sha256(repr(terms).encode())
    for key, figure in sheet.figures.items():
        before = stood.get(key)
        if before and _says_nothing_new(figure, before, terms):
            preview.same += 1
            continue
        if before and figure.area and before.recorded_on == terms.known_from:
            preview.refused.add(_twice_a_day(figure, before))
            continue
        change = Change(figure, before)
        preview.changes.append(change)
        (preview.revised if before else preview.new).add(change)
        preview.needs_reason |= before is not None and not change.same_numbers
        digest.update(repr((key, figure.numbers, figure.comment, before)).encode())
    preview.digest = digest.hexdigest()
    for change, question in questions(preview.changes, stood):
        preview.unusual.add((change, question))
        preview.doubted.add(change.figure.key)
    return preview


def _measured(figures: list[Figure], on: date) -> dict[tuple, Known]:
    """Everything known of these figures’ indicators: other periods say what is usual."""
    if not figures:
        return {}
    rows = (
        Measurement.objects.filter(indicator__in={each.indicator.pk for each in figures})
        .as_at(on)
        .values_list("indicator", "start", "end", *NUMBERS, "recorded_on", "status", "comment")
    )
    return {
        (indicator, None, Period(start, end)): Known(*facts)
        for indicator, start, end, *facts in rows.iterator(chunk_size=2000)
    }


def _published(figures: list[Figure], on: date) -> dict[tuple, Known]:
    if not figures:
        return {}
    rows = (
        Benchmark.objects.filter(
            indicator__in={each.indicator.pk for each in figures}, area__in={each.area.pk for each in figures}
        )
        .as_at(on)
        .values_list("indicator", "area", "start", "end", *NUMBERS, "recorded_on")
    )
    return {
        (indicator, area, Period(start, end)): Known(*facts)
        for indicator, area, start, end, *facts in rows.iterator(chunk_size=2000)
    }


def agrees(figure: Figure, before: Known) -> bool:
    """Whether the file says nothing else than what is known.

    A printed value says the same as the counts it was worked out from, to as many decimals as it is printed with.
    """
    if figure.marker or before.marker:
        return figure.marker == before.marker
    if figure.denominator is not None:
        return (figure.numerator, figure.denominator) == (before.numerator, before.denominator)
    if before.value is not None:
        return figure.value == before.value
    worked_out = share(before.numerator, before.denominator, per=Unit(figure.indicator.unit).per)
    if worked_out is None:
        return False
    printed = figure.value.normalize()
    return rounded(worked_out, max(0, -printed.as_tuple().exponent)) == printed


def _says_nothing_new(figure: Figure, before: Known, terms: Terms) -> bool:
    """A validated figure that comes again as a provisional one stays validated; a blank comment takes nothing back."""
    if not agrees(figure, before):
        return False
    if figure.area:
        return True
    confirms = before.status == Status.PROVISIONAL and terms.status == Status.VALIDATED
    return not confirms and figure.comment in ("", before.comment)


def _twice_a_day(figure: Figure, before: Known) -> Refusal:
    return Refusal(
        figure.at,
        f"{about(figure)} is {said(before, figure.indicator)} from {day_words(before.recorded_on)} already, here it is "
        f"{said(figure, figure.indicator)}. Choose a later day from which these figures count.",
    )
