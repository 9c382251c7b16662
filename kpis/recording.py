"""How figures come in, from the monthly page and from files: every one is a new row, and what stood before stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import EllipsisType
from typing import Any

from django.db import transaction

from kpis.arithmetic import rounded
from kpis.enums import Status
from kpis.models import Indicator, Measurement, StaleEdit
from kpis.periods import Period, today
from kpis.watched import figures_came_in

Key = tuple[int, Period]  # an indicator's number and a period
Numbers = tuple[Decimal | None, Decimal | None, Decimal | None, str]

# How many decimals the database keeps.
VALUE_PLACES, COUNT_PLACES = 4, 2


@dataclass(frozen=True, kw_only=True)
class NewFigure:
    """One value as it was returned: a value, numerator and denominator, or the marker that says why there is none.

    `known_newest` is the number of the row that stood for the period when it was written, None for none: if another
    stands there by then, it is a stale edit. Left out, whatever stands there is revised.
    """

    indicator: Indicator
    period: Period
    source: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    marker: str = ""
    status: str = Status.VALIDATED
    vintage: date | None = None
    comment: str = ""
    reason: str = ""
    answer: str = ""
    known_newest: int | EllipsisType | None = ...

    @property
    def key(self) -> Key:
        return self.indicator.pk, self.period

    @property
    def numbers(self) -> Numbers:
        """Value, numerator, denominator and marker as the database keeps them."""
        return (
            _kept(self.value, VALUE_PLACES),
            _kept(self.numerator, COUNT_PLACES),
            _kept(self.denominator, COUNT_PLACES),
            self.marker,
        )


def record(*, by: Any, **facts: Any) -> Measurement | None:
    """Take one figure, with the facts of NewFigure: the row it made, or None when it says nothing new."""
    (row,) = record_all([NewFigure(**facts)], by=by)
    return row


@transaction.atomic
def record_all(
    figures: Iterable[NewFigure], *, by: Any, recorded_on: date | None = None
) -> list[Measurement | None]:
    """Take all the figures or none: for each the row it made, or None where it says nothing new.

    They count from `recorded_on`, which is today unless it is given. The same figure again is no revision, whatever
    its reason; a status or a comment that changes is one, and another value is one that needs a reason. Raises
    StaleEdit for a figure written without knowing what stands by now, and ValueError for a revision without a reason,
    a period that is not over and a period that comes twice. Three queries, more only where the database takes many
    rows in several goes, and what `figures_came_in` needs.
    """
    asked = list(figures)
    if len({each.key for each in asked}) < len(asked):
        raise ValueError("a period of an indicator comes twice")
    on = recorded_on or today()
    if late := next((each for each in asked if each.period.end > on), None):
        raise ValueError(f"{late.period.label} is not over")
    lock({each.indicator.pk for each in asked})
    stands = standing(asked, on)
    rows = [_row(each, stands.get(each.key), by, on) for each in asked]
    new = [row for row in rows if row]
    Measurement.objects.bulk_create(new, batch_size=500)
    if new:
        figures_came_in({row.indicator for row in new})
    return rows


def standing(figures: Sequence[NewFigure], on: date | None = None) -> dict[Key, Measurement]:
    """What stands for the periods of these figures on a day, or today, by indicator and period.

    One query; none for no figures.
    """
    if not figures:
        return {}
    keys = {each.key for each in figures}
    ends = [period.end for _, period in keys]
    found = Measurement.objects.filter(
        indicator__in={number for number, _ in keys}, end__range=(min(ends), max(ends))
    ).as_at(on or today())
    return {key: row for row in found if (key := (row.indicator_id, row.period)) in keys}


def says_nothing_new(figure: NewFigure, stands: Measurement | None) -> bool:
    """Whether the row that stands says all of it already. An empty comment takes nothing back."""
    return (
        stands is not None
        and has_same_numbers(figure, stands)
        and figure.status == stands.status
        and figure.comment in ("", stands.comment)
    )


def has_same_numbers(figure: NewFigure, stands: Measurement) -> bool:
    """Counts go before a printed value: with the same counts, a value that only one of the two has is no difference."""
    value, *counts = figure.numbers
    if counts != [stands.numerator, stands.denominator, stands.marker]:
        return False
    one_is_missing = stands.numerator is not None and (value is None or stands.value is None)
    return one_is_missing or bool(value == stands.value)


def _row(figure: NewFigure, stands: Measurement | None, by: Any, on: date) -> Measurement | None:
    # The same again is no conflict: a button pressed twice, or two people with one paper.
    if says_nothing_new(figure, stands):
        return None
    if figure.known_newest is not ... and figure.known_newest != (stands and stands.pk):
        raise StaleEdit(stands)
    same = stands if stands is not None and has_same_numbers(figure, stands) else None
    if stands is not None and same is None and not figure.reason:
        raise ValueError("a revision needs a reason")
    value, numerator, denominator, marker = figure.numbers
    return Measurement(
        indicator=figure.indicator,
        start=figure.period.start,
        end=figure.period.end,
        value=value,
        numerator=numerator,
        denominator=denominator,
        marker=marker,
        status=figure.status,
        source=figure.source,
        vintage=figure.vintage,
        # What was said of the same numbers still holds.
        comment=figure.comment or (same.comment if same else ""),
        answer=figure.answer or (same.answer if same else ""),
        reason=figure.reason,
        recorded_on=on,
        made_by=by,
    )


def lock(indicators: Iterable[int]) -> None:
    """One writer at a time for each indicator, always in one order so that two never wait for each other."""
    locked = Indicator.objects.select_for_update().filter(pk__in=set(indicators)).order_by("pk")
    list(locked.values_list("pk"))


def _kept(number: Decimal | None, places: int) -> Decimal | None:
    return number if number is None else rounded(number, places)
