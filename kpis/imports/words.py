"""Figures of a file in people’s words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis import wording
from kpis.arithmetic import share
from kpis.enums import Marker, Unit
from kpis.models import Indicator

from .figures import Figure


def about(figure: Figure) -> str:
    """Repeat plans, Bexley, 2016-17"""
    area = f"{figure.area}, " if figure.area else ""
    return f"{figure.indicator.short_name}, {area}{figure.period.label}"


def said(of: Any, indicator: Indicator) -> str:
    """70.4%; 70%, 19 of 27; withheld: of a figure or of what is known, a printed value exactly as it is kept."""
    if of.marker:
        return Marker(of.marker).label
    counts = wording.counts_words(of.numerator, of.denominator, indicator.unit)
    if not counts:
        return wording.target_words(of.value, indicator.unit, indicator.decimals)
    value = share(of.numerator, of.denominator, per=Unit(indicator.unit).per)
    worked_out = "" if value is None else wording.value_words(value, indicator.unit, indicator.decimals)
    return f"{worked_out}, {counts}" if worked_out else counts


def taken_words(preview: Any, terms: Any) -> str:
    """Took 24 figures from LAIT: 20 new, 4 revised. 1,300 were known already."""
    new, revised = preview.new.count, preview.revised.count
    total = new + revised
    same = (
        f" {preview.same:,} {'was' if preview.same == 1 else 'were'} known already." if preview.same else ""
    )
    figures = "1 figure" if total == 1 else f"{total:,} figures"
    return f"Took {figures} from {terms.source}: {new:,} new, {revised:,} revised.{same}"


@dataclass(frozen=True)
class Line:
    """A figure as the preview shows it, beside what is known of its period or what is usual for it."""

    about: str
    cell: str
    said: str
    was: str = ""
    since: date | None = None
    note: str = ""
    usual: str = ""


def shown(preview: Any) -> dict[str, list]:
    """The first of each kind, in words."""
    sheet = preview.sheet
    return {
        "refused": [(sheet.cell(each.at), each.why) for each in preview.refused.first],
        "unusual": [
            _line(sheet, change.figure, usual=_usual(change.figure, question))
            for change, question in preview.unusual.first
        ],
        "revised": [
            _line(
                sheet,
                change.figure,
                was=said(change.before, change.figure.indicator),
                since=change.before.recorded_on,
                note=_note(change),
            )
            for change in preview.revised.first
        ],
        "new": [_line(sheet, change.figure) for change in preview.new.first],
    }


def _line(sheet: Any, figure: Figure, **more: Any) -> Line:
    return Line(about(figure), sheet.cell(figure.at), said(figure, figure.indicator), **more)


def _note(change: Any) -> str:
    """What is new of a figure whose numbers are not."""
    if not change.same_numbers:
        return ""
    return "new comment" if change.figure.comment else "now validated"


def _usual(figure: Figure, question: Any) -> str:
    """42% to 61%; perhaps 72% is meant"""
    unit, decimals = figure.indicator.unit, figure.indicator.decimals
    low, high = (wording.value_words(each, unit, decimals) for each in (question.low, question.high))
    if question.instead is None:
        return f"{low} to {high}"
    return f"{low} to {high}; perhaps {wording.target_words(question.instead, unit, decimals)} is meant"
