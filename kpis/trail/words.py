"""A change in words: labels of choices, dates as people write them, things by what they are called today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Field, ForeignKey, ManyToManyField, Model
from django.utils import timezone

from kpis.periods import day_words

NOTHING, GONE = "nothing", "something since removed"
EMPTY = (None, "", ())

Things = Mapping[tuple[type[Model], int], Any]


@dataclass(frozen=True)
class Change:
    """A field’s label, what it was and what it became; `old` is None where nothing went before."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True)
class Event:
    kind: str
    what: str
    done: str
    url: str
    who: str
    when: datetime
    reason: str
    is_gone: bool  # the record was removed since
    changes: list[Change]


class Raw(NamedTuple):
    """A field with its values as they are stored; for a foreign key or a list, a tuple of keys."""

    field: Field | ManyToManyField
    old: Any
    new: Any


def wanted(raws: Iterable[Raw]) -> dict[type[Model], set[int]]:
    """The keys whose names are needed, by model."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    for each in raws:
        if _points(each.field):
            found[each.field.related_model].update(each.old or (), each.new or ())  # type: ignore[index]
    return found


def change(raw: Raw, things: Things, *, is_first: bool) -> Change:
    name = str(raw.field.verbose_name)
    old = None if is_first else words(raw.field, raw.old, things)
    return Change(name[:1].upper() + name[1:], old, words(raw.field, raw.new, things))


def words(field: Field | ManyToManyField, value: Any, things: Things) -> str:
    """One value as people read it."""
    if value in EMPTY:
        return NOTHING
    if _points(field):
        return "; ".join(sorted(str(things.get((field.related_model, key), GONE)) for key in value))  # type: ignore[arg-type]
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M} on {day_words(timezone.localtime(value))}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Decimal):
        return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return str(value)


def stored(field: Field, row: Any) -> Any:
    """The field’s value in a row; for a foreign key the tuple of its key, empty for none."""
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey):
        return () if value is None else (value,)
    return value


def _points(field: Any) -> bool:
    return isinstance(field, ForeignKey | ManyToManyField)
