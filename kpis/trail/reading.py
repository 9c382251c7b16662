"""Finding the changes, newest first, and pairing each with what went before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from kpis.trail.kinds import Branch, Kind
from kpis.trail.words import EMPTY, Event, Raw, Things, change, stored, wanted

LENGTH = 25  # changes on one page
AT_ONCE = 500  # changes put into words together, where all are asked for
SYSTEM = "system"  # who, for what nobody signed in did


@dataclass(frozen=True)
class Asked:
    """Which changes a reader wants to see; everything unless said."""

    kind: str = ""
    who: int | str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Trail:
    events: list[Event]
    older: int | None
    newer: int | None


class Told(NamedTuple):
    """A row, the one before it of the same record, and what differs."""

    kind: Kind
    row: Any
    was: Any
    raws: list[Raw]


def trail(branches: Iterable[Branch], asked: Asked, page: int) -> Trail:
    """One page, newest first. The number of queries depends on neither the page nor how much has changed: it is one,
    two at most for each kind of record on the page, and one for each kind of thing to be named.
    """
    first = (page - 1) * LENGTH
    chosen = _chosen(branches, asked)
    keys = list(_keys(chosen, depth=first + LENGTH + 1)[first : first + LENGTH + 1]) if chosen else []
    return Trail(
        events=_events(chosen, keys[:LENGTH]),
        older=page + 1 if len(keys) > LENGTH else None,
        newer=page - 1 if page > 1 else None,
    )


def events(branches: Iterable[Branch], asked: Asked) -> Iterator[Event]:
    """Every change, newest first, put into words some hundreds at a time."""
    chosen = _chosen(branches, asked)
    keys = list(_keys(chosen)) if chosen else []
    for start in range(0, len(keys), AT_ONCE):
        yield from _events(chosen, keys[start : start + AT_ONCE])


def _chosen(branches: Iterable[Branch], asked: Asked) -> list[Branch]:
    return [
        Branch(kind, within & _narrowing(kind, asked))
        for kind, within in branches
        if asked.kind in ("", kind.key)
    ]


def _narrowing(kind: Kind, asked: Asked) -> Q:
    narrow = Q()
    if asked.who == SYSTEM:
        narrow &= Q(**{f"{kind.who}__isnull": True})
    elif asked.who:
        narrow &= Q(**{kind.who: asked.who})
    if asked.since:
        narrow &= Q(**{f"{kind.when}__gte": _moment(asked.since, time.min)})
    if asked.until:
        narrow &= Q(**{f"{kind.when}__lte": _moment(asked.until, time.max)})
    return narrow


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _keys(branches: Sequence[Branch], depth: int | None = None) -> QuerySet:
    """Kind, key and time of every row, newest first; of the kinds that are many, no more than `depth`."""
    first, *rest = [_branch(each, depth) for each in branches]
    kind = branches[0].kind
    return first.union(*rest, all=True).order_by(f"-{kind.when}", f"-{kind.kept_in._meta.pk.name}")


def _branch(branch: Branch, depth: int | None) -> QuerySet:
    kind = branch.kind
    rows = kind.rows.filter(branch.within)
    if depth is not None and kind.is_many:
        newest = rows.order_by(f"-{kind.when}", "-pk").values("pk")[:depth]
        rows = kind.rows.filter(pk__in=newest)
    return rows.values_list(kind.kept_in._meta.pk.name, kind.when, Value(kind.key))


def _events(branches: Iterable[Branch], keys: Sequence[tuple[int, datetime, str]]) -> list[Event]:
    """The changes with these keys, in their order."""
    kinds = {branch.kind.key: branch.kind for branch in branches}
    asked = defaultdict(list)
    for key, _, kind in keys:
        asked[kind].append(key)
    told = {(kind, each.row.pk): each for kind, pks in asked.items() for each in _told(kinds[kind], pks)}
    things = _things(kinds.values(), list(told.values()))
    return [_event(told[kind, key], things) for key, _, kind in keys]


def _told(kind: Kind, pks: list[int]) -> list[Told]:
    if kind.is_written_once:
        return [Told(kind, row, None, _first(kind, row)) for row in kind.rows.filter(pk__in=pks)]
    rows = sorted(_with_earlier(kind, pks), key=lambda row: (row.id, row.pk))
    lists = _lists(kind, [row.pk for row in rows]) if kind.lists else {}
    pairs = zip(rows, [None, *rows], strict=False)
    return [
        Told(kind, row, was, _differing(kind, row, was, lists))
        for row, was in ((row, was if was and was.id == row.id else None) for row, was in pairs)
        if row.pk in pks
    ]


def _with_earlier(kind: Kind, pks: list[int]) -> QuerySet:
    """The rows, told whether their record is still there, and of each the one before it. One query."""
    rows = kind.rows
    alive = Exists(kind.model._default_manager.filter(pk=OuterRef("id")))
    earlier = rows.filter(id=OuterRef("id"), pk__lt=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    before = rows.filter(pk__in=pks).values_list(Subquery(earlier))
    others = rows.filter(pk__in=before).exclude(pk__in=pks)
    asked: QuerySet = rows.filter(pk__in=pks).annotate(is_alive=alive)
    return asked.union(others.annotate(is_alive=Value(True)), all=True)


def _differing(kind: Kind, row: Any, was: Any, lists: dict) -> list[Raw]:
    if was is None or row.history_type == "-":
        return []
    raws = [Raw(field, stored(field, was), stored(field, row)) for field in kind.fields]
    raws += [
        Raw(kind.column(name), lists.get((was.pk, name), ()), lists.get((row.pk, name), ()))
        for name in kind.lists
    ]
    return [each for each in raws if each.old != each.new and not (each.old in EMPTY and each.new in EMPTY)]


def _first(kind: Kind, row: Any) -> list[Raw]:
    """All that a row which is written once says."""
    raws = [Raw(field, None, stored(field, row)) for field in kind.fields]
    return [each for each in raws if each.new not in EMPTY]


def _lists(kind: Kind, pks: list[int]) -> dict[tuple[int, str], tuple[int, ...]]:
    """What each list held, by row and name of the list. One query."""
    history = kind.kept_in
    parts = []
    for name in kind.lists:
        through: Any = history._meta.get_field(f"{history._meta.model_name}_{name}").related_model
        item = f"{kind.column(name).m2m_reverse_field_name()}_id"
        rows = through._default_manager.filter(history__in=pks).order_by()
        parts.append(rows.annotate(list=Value(name), item=F(item)).values_list("history_id", "list", "item"))
    found = defaultdict(list)
    for row, name, item in parts[0].union(*parts[1:], all=True):
        found[row, name].append(item)
    return {key: tuple(sorted(items)) for key, items in found.items()}


def _things(kinds: Iterable[Kind], told: Sequence[Told]) -> Things:
    """What the rows point at, as it is today. One query for each kind of thing."""
    people = get_user_model()
    keys = wanted(raw for each in told for raw in each.raws)
    for kind, row, *_ in told:
        keys[people].add(getattr(row, kind.who))
        for name in kind.needs:
            field = kind.column(name)
            keys[field.related_model].add(getattr(row, field.attname))
        if kind.address and not kind.needs:
            keys[kind.model].add(row.id)
    live = {kind.model: kind.live for kind in kinds if kind.live is not None}
    return {
        (model, pk): thing
        for model, pks in keys.items()
        if pks - {None}
        for pk, thing in live.get(model, model._default_manager).in_bulk(pks - {None}).items()
    }


def _event(told: Told, things: Things) -> Event:
    kind, row, was, raws = told
    fields = [kind.column(name) for name in kind.needs]
    needed = [things.get((field.related_model, getattr(row, field.attname))) for field in fields]
    page = needed[0] if kind.needs else things.get((kind.model, row.id))
    who = things.get((get_user_model(), getattr(row, kind.who)))
    is_gone = not kind.is_written_once and not row.is_alive and row.history_type != "-"
    return Event(
        kind=kind.label,
        what=kind.named(row, *needed),
        done=kind.done(row, was),
        url=kind.address(page) if kind.address and page else "",
        who=str(who or "The system"),
        when=timezone.localtime(getattr(row, kind.when)),
        reason=getattr(row, "history_change_reason", None) or "",
        is_gone=is_gone,
        changes=[change(each, things, is_first=kind.is_written_once) for each in raws],
    )
