"""What is told of one kind of record."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Field, Model, Q, QuerySet

UNTOLD = {"id", "version", "is_sample", "made_by", "made_at"}


def changed(row: Any, was: Any) -> str:
    """What happened to a record, by its row in the history table and the one before."""
    if row.history_type == "-":
        return "removed"
    return "changed" if was else "added"


def own_page(thing: Any) -> str:
    return str(thing.get_absolute_url())


@dataclass(frozen=True)
class Kind:
    """A model that people edit, or whose rows are written once: where its changes are, and how people speak of it.

    `of` is the field that leads to each kind of record that its rows may be asked of.
    `named` takes a row and the things its foreign keys in `needs` point at today, None for one that is gone. The first
    of `needs` is the record with a page; without any it is the row’s own. `lists` are the many-to-many fields kept in
    history.
    """

    key: str
    model: type[Model]
    label: str
    of: Mapping[str, str]
    named: Callable[..., str]
    needs: tuple[str, ...] = ()
    done: Callable[[Any, Any], str] = changed
    told: tuple[str, ...] = ()  # only these fields, in this order; empty for all
    untold: frozenset[str] = frozenset()
    lists: tuple[str, ...] = ()
    hidden: Q = field(default_factory=Q)  # nobody’s business
    is_many: bool = False  # so many of a plan’s that the database should not sort them all
    live: QuerySet | None = None  # with what the name and the address of a record follow
    address: Callable[[Any], str] | None = own_page

    @cached_property
    def is_written_once(self) -> bool:
        """Its rows are never edited, so they are their own history."""
        return not hasattr(self.model, "history")

    @cached_property
    def when(self) -> str:
        return "made_at" if self.is_written_once else "history_date"

    @cached_property
    def who(self) -> str:
        return "made_by_id" if self.is_written_once else "history_user_id"

    @cached_property
    def kept_in(self) -> type[Model]:
        return self.model if self.is_written_once else self.model.history.model  # type: ignore[attr-defined]

    @property
    def rows(self) -> QuerySet:
        rows = self.kept_in._default_manager.order_by()
        return rows.exclude(self.hidden) if self.hidden else rows

    def column(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    @cached_property
    def fields(self) -> list[Field]:
        if self.told:
            return [self.column(name) for name in self.told]
        left_out = UNTOLD | self.untold | set(self.needs[:1])
        return [each for each in self.model._meta.concrete_fields if each.name not in left_out]


class Branch(NamedTuple):
    """A kind, and which of its rows are asked for."""

    kind: Kind
    within: Q


def branches(kinds: Iterable[Kind], keys: Mapping[str, Collection[int]]) -> list[Branch]:
    """The kinds with rows of the records whose keys are given, by the name of the record’s kind."""
    return [
        Branch(kind, Q(**{f"{kind.of[of]}__in": keys[of]}))
        for kind in kinds
        for of in kind.of
        if keys.get(of)
    ]
