"""The numbers of a figure: a value, a numerator and a denominator, or the marker that says why there is none."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpis.arithmetic import rounded
from kpis.enums import Unit
from kpis.recording import COUNT_PLACES, VALUE_PLACES

from . import cells
from .cells import CellValue, Unreadable
from .figures import Place, Refusal, Skip
from .files import Cell
from .groups import Group

NOTHING = CellValue()
value_of = lru_cache(maxsize=10_000)(cells.value)  # a column holds the same few figures again and again


class Numbers(NamedTuple):
    """As the database keeps them. A bare percentage has no sign and nobody has said whether 0.609 is 60.9 %."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    marker: str
    is_bare: bool


def numbers(number: int, row: list[Cell], group: Group, unit: str, *, shares: bool | None) -> Numbers:
    """What the row says in the columns of a group. Numbers go before a marker beside them.

    Skips a cell that holds nothing to see, and what the monthly page refuses too: less than 0, more than 100 percent,
    a part larger than its whole.
    """
    percent = unit == Unit.PERCENT

    def read(column: int | None, percent: bool) -> CellValue:
        return _read(Place(number, column or 0), at_column(row, column), percent, bool(shares))

    printed = read(group.value, percent)
    counts = [read(column, False) for column in (group.numerator, group.denominator)]
    numerator, denominator = (each.value for each in counts)
    if (numerator is None) != (denominator is None):
        if not any(each.marker for each in counts):
            at = Place(number, group.columns[-1])
            raise Skip(Refusal(at, "Give both the numerator and the denominator, or neither."))
        numerator = denominator = None  # one of them is withheld
    if numerator is None or denominator is None:
        numerator, denominator = printed.numerator, printed.denominator
    if numerator is not None and denominator is not None:
        _check_counts(Place(number, group.columns[0]), numerator, denominator, percent)
    is_bare = percent and shares is None and not cells.has_sign(at_column(row, group.value))
    if percent and printed.value is not None and numerator is not None and denominator:
        at = Place(number, group.value or 0)
        _check_agreement(at, printed.value, numerator, denominator, is_bare)
    marker = next((each.marker for each in (printed, *counts) if each.marker), "")
    found = Numbers(
        _kept(printed.value, VALUE_PLACES),
        _kept(numerator, COUNT_PLACES),
        _kept(denominator, COUNT_PLACES),
        marker if printed.value is None and numerator is None else "",
        is_bare and printed.value is not None,
    )
    if found[:4] == (None, None, None, ""):
        raise Skip(None)
    return found


def at_column(row: list[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def text_of(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _read(at: Place, cell: Cell, percent: bool, shares: bool) -> CellValue:
    if cell is None:
        return NOTHING
    try:
        read = value_of(cell, percent, shares)
    except Unreadable as why:
        raise Skip(Refusal(at, str(why))) from None
    if read.value is not None:
        _check(at, read.value, percent)
    return read


def _check(at: Place, number: Decimal, percent: bool) -> None:
    if number < 0:
        raise Skip(Refusal(at, f"{number:f} is less than 0."))
    if percent and number > 100:
        raise Skip(Refusal(at, f"{number:f} is more than 100 percent."))
    if rounded(number, VALUE_PLACES) >= cells.LARGEST:
        raise Skip(Refusal(at, f"{cells.quoted(text_of(number))} is too large a number."))


def _check_counts(at: Place, numerator: Decimal, denominator: Decimal, percent: bool) -> None:
    of = f"{numerator:f} of {denominator:f}"
    if denominator == 0 and numerator:
        raise Skip(Refusal(at, f"{of} cannot be: there were no cases to count among."))
    if percent and numerator > denominator:
        raise Skip(Refusal(at, f"{of} cannot be: a part is never larger than the whole."))


def _check_agreement(
    at: Place, printed: Decimal, numerator: Decimal, denominator: Decimal, is_bare: bool
) -> None:
    """A percentage beside its counts is theirs, to as many decimals as it is printed with."""
    made = 100 * numerator / denominator
    last_figure = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    if abs(made - printed) < last_figure:
        return
    if is_bare and abs(made - 100 * printed) < 100 * last_figure:
        raise Skip(Refusal(at, may_be_share(printed)))
    raise Skip(
        Refusal(
            at,
            f"{printed:f} does not agree with {numerator:f} of {denominator:f}, which make {made:.1f}%. Correct one "
            "of them, or leave out the columns of the counts.",
        )
    )


def may_be_share(number: Decimal) -> str:
    """Asks what nobody has said yet."""
    plain = number.normalize()
    return (
        f"“{plain:f}” may be {plain.scaleb(2):f}% or {plain:f}%. Say what such percentages mean in this file."
    )


def _kept(number: Decimal | None, places: int) -> Decimal | None:
    return None if number is None else rounded(number, places)
