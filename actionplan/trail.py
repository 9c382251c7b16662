"""Who changed what of an action, and when, in people's words.

Read from the history tables, which are evidence: nothing else is worked out from them. Drafts are left out, they are
their writer's own.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import ForeignKey, OuterRef, Subquery, Value
from django.utils import timezone

from actionplan.enums import UpdateStatus
from actionplan.models import Action, Dependency, Milestone, ProgressUpdate
from kpis.periods import day_words

LENGTH = 25  # changes on one page

# An update's words never change once it is submitted, so only what became of it is told.
UPDATE_FIELDS = ("status", "accepted_on", "returned_on", "return_reason", "checked_by")
UNTOLD = {"id", "version", "action", "is_sample"}
LISTS = {
    "contributors": ("historicalaction_contributors_set", "post"),
    "indicators": ("historicalaction_indicators_set", "indicator"),
}


@dataclass(frozen=True)
class Change:
    """A field's label, what it was and what it became."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    what: str
    who: str
    when: datetime
    reason: str
    changes: list[Change]


@dataclass(frozen=True)
class Trail:
    events: list[Event]
    older: int | None
    newer: int | None


def trail(action: Action, page: int) -> Trail:
    """One page, newest first. The number of queries depends on neither the page nor how much has changed."""
    first = (page - 1) * LENGTH
    keys = list(_keys(action)[first : first + LENGTH + 1])
    events = {}
    for model in (Action, Milestone, ProgressUpdate, Dependency):
        name = model._meta.model_name
        pks = [pk for _, kind, pk in keys[:LENGTH] if kind == name]
        events |= {(name, pk): event for pk, event in _events(action, model, pks).items()} if pks else {}
    return Trail(
        events=[events[kind, pk] for _, kind, pk in keys[:LENGTH]],
        older=page + 1 if len(keys) > LENGTH else None,
        newer=page - 1 if page > 1 else None,
    )


def _records(action: Action, model):
    """The history rows of the action, or of what belongs to it."""
    history = model.history.model.objects
    rows = history.filter(id=action.pk) if model is Action else history.filter(action_id=action.pk)
    return rows.exclude(status=UpdateStatus.DRAFT) if model is ProgressUpdate else rows


def _keys(action: Action):
    first, *rest = [
        _records(action, model)
        .annotate(kind=Value(model._meta.model_name))
        .order_by()
        .values_list("history_date", "kind", "history_id")
        for model in (Action, Milestone, ProgressUpdate, Dependency)
    ]
    return first.union(*rest, all=True).order_by("-history_date", "-history_id", "kind")


def _events(action: Action, model, pks: list[int]) -> dict[int, Event]:
    earlier = _records(action, model).filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    before = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    lists = [accessor for accessor, _ in LISTS.values()] if model is Action else []
    rows = list(
        _records(action, model)
        .filter(history_id__in=pks)
        .annotate(before_id=before)
        .select_related("history_user")
        .prefetch_related(*lists)
    )
    old = {
        row.history_id: row
        for row in _records(action, model)
        .filter(history_id__in=[row.before_id for row in rows if row.before_id])
        .prefetch_related(*lists)
    }
    pairs = [(row, old.get(row.before_id)) for row in rows]
    names = _names(model, [row for pair in pairs for row in pair if row])
    return {
        row.history_id: Event(
            what=_what(action, model, row, was),
            who=str(row.history_user or "The system"),
            when=timezone.localtime(row.history_date),
            reason=row.history_change_reason or "",
            changes=_changes(model, row, was, names),
        )
        for row, was in pairs
    }


def _what(action: Action, model, row, was) -> str:
    done = "removed" if row.history_type == "-" else "changed" if was else "added"
    if model is Action:
        return f"Action {done}"
    if model is Milestone:
        return f"Milestone {action.ref}.{row.number}, {row.title}, {done}"
    if model is Dependency:
        return f"What it depends on {done}: {row.what}"
    done = UpdateStatus(row.status).label.split(",")[0].lower() if row.history_type != "-" else "removed"
    return f"{row.month:%B %Y} update {done}"


def _changes(model, row, was, names) -> list[Change]:
    if was is None or row.history_type == "-":
        return []
    found = []
    for field in _fields(model):
        old, new = (_words(field, getattr(each, field.attname), names) for each in (was, row))
        if old != new:
            found.append(Change(_label(field), old, new))
    if model is Action:
        for name in LISTS:
            old, new = (_listed(name, each, names) for each in (was, row))
            if old != new:
                found.append(Change(_label(model._meta.get_field(name)), old, new))
    return found


def _fields(model):
    fields = [field for field in model._meta.concrete_fields if field.name not in UNTOLD]
    return [field for field in fields if field.name in UPDATE_FIELDS] if model is ProgressUpdate else fields


def _label(field) -> str:
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _words(field, value, names) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), "something since removed")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, date):
        return day_words(value)
    return str(value)


def _listed(name, row, names) -> str:
    accessor, to = LISTS[name]
    related = Action._meta.get_field(name).related_model
    keys = [getattr(each, f"{to}_id") for each in getattr(row, accessor).all()]
    return (
        "; ".join(sorted(names.get((related, key), "something since removed") for key in keys)) or "nothing"
    )


def _names(model, rows) -> dict[tuple[type, int], str]:
    """What the keys in these rows are called today. One query for each kind of thing."""
    wanted = {}
    for field in _fields(model):
        if isinstance(field, ForeignKey):
            wanted.setdefault(field.related_model, set()).update(getattr(row, field.attname) for row in rows)
    for name, (accessor, to) in LISTS.items() if model is Action else ():
        keys = {getattr(each, f"{to}_id") for row in rows for each in getattr(row, accessor).all()}
        wanted.setdefault(Action._meta.get_field(name).related_model, set()).update(keys)
    return {
        (related, pk): str(thing)
        for related, pks in wanted.items()
        for pk, thing in related._default_manager.in_bulk(pks - {None}).items()
    }
