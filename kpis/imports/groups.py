"""Columns that make one figure of a row, and what is missing or contradictory among them."""

from collections.abc import Iterator
from typing import NamedTuple

from .layout import Layout, Role

COUNTED = (Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR)


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
    for place in layout.places(*COUNTED):
        column = layout.columns[place]
        found.setdefault((column.indicator, column.period, column.area), {}).setdefault(column.role, place)
    return [Group(*about, *(of.get(role) for role in COUNTED)) for about, of in found.items()]


def faults(layout: Layout) -> Iterator[tuple[int | str, str]]:
    """Each with the column it is about, counted from 0, or with the name of what is missing, and a sentence."""
    found = groups(layout)
    if not found:
        yield 0, "Choose the column that holds the values"
        return
    counted = layout.places(*COUNTED)
    if len(counted) > sum(len(group.columns) for group in found):
        yield (
            counted[-1],
            "Two columns hold the same figure. Say which period, indicator or area each is about, or leave one out",
        )
    for group in found:
        if (group.numerator is None) != (group.denominator is None):
            yield group.columns[-1], "Choose both a numerator and a denominator, or neither"
    comments = layout.places(Role.COMMENT)
    if comments and len(found) > 1:
        yield (
            comments[0],
            "Leave the comments out: with several figures in a row nobody knows which one they are about",
        )
    if not (layout.indicator or layout.places(Role.INDICATOR) or all(each.indicator for each in found)):
        yield "indicator", "Choose the column that names the indicator, or the indicator of the whole file"
    if not (layout.period or layout.places(Role.PERIOD) or all(each.period for each in found)):
        yield "period", "Choose the column that says the period, or enter the period of the whole file"
