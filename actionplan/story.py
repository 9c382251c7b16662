"""An action's story, newest first: updates, date changes and assurances in one list, a page at a time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from actionplan.enums import DeliveryState, Finding, Stage, UpdateStatus
from actionplan.models import Action, Assurance, DateChange, ProgressUpdate
from kpis.periods import day_words

LENGTH = 12  # entries on one page


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `mark` is a colour and words where something is still to be done about it."""

    heading: str
    when: str
    facts: tuple[tuple[str, str], ...]
    state: str = ""
    rag: str = ""
    impact: str = ""
    mark: tuple[str, str] | None = None
    line: str = ""
    is_sample: bool = False


@dataclass(frozen=True)
class Story:
    """One page of it. `older` and `newer` are numbers of pages, None where there is none."""

    entries: list[Entry]
    older: int | None
    newer: int | None


def story(action: Action, page: int) -> Story:
    """Drafts are nobody's business but their writer's and are left out. At most five queries, however long it is."""
    first = (page - 1) * LENGTH
    keys = list(_happenings(action)[first : first + LENGTH + 1])
    read = {"update": _updates, "date change": _date_changes, "assurance": _assurances}
    by_kind = {kind: {pk for _, each, pk in keys if each == kind} for kind in read}
    found = {kind: read[kind](action, pks) for kind, pks in by_kind.items() if pks}
    return Story(
        entries=[found[kind][pk] for _, kind, pk in keys[:LENGTH]],
        older=page + 1 if len(keys) > LENGTH else None,
        newer=page - 1 if page > 1 else None,
    )


def _happenings(action: Action):
    """The day, kind and key of everything that happened, newest first."""
    updates = action.updates.filter(submitted_on__isnull=False).annotate(
        day=F("submitted_on"), kind=Value("update")
    )
    changes = action.date_changes.annotate(
        day=Coalesce("agreed_on", "refused_on", "asked_on"), kind=Value("date change")
    )
    assurances = action.assurances.annotate(day=F("made_on"), kind=Value("assurance"))
    first, *rest = [
        each.order_by().values_list("day", "kind", "pk") for each in (updates, changes, assurances)
    ]
    return first.union(*rest, all=True).order_by("-day", "-kind", "-pk")


def _updates(action: Action, pks: set[int]) -> dict[int, Entry]:
    updates = ProgressUpdate.objects.select_related("made_by", "checked_by").in_bulk(pks)
    return {pk: _update(action, update) for pk, update in updates.items()}


def _update(action: Action, update: ProgressUpdate) -> Entry:
    when = f"{day_words(update.submitted_on)}, by {update.made_by}"
    mark = None
    match update.status:
        case UpdateStatus.ACCEPTED:
            when += f", accepted {day_words(update.accepted_on)}"
        case UpdateStatus.RETURNED:
            mark = ("amber", f"Returned {day_words(update.returned_on)}")
        case UpdateStatus.SUBMITTED:
            mark = ("grey", "Not yet checked")
    returned = f"“{update.return_reason}” {update.checked_by}" if update.return_reason else ""
    return Entry(
        heading=f"{update.month:%B %Y} update",
        when=when,
        facts=_said(
            ("Returned because", returned),
            ("Done", update.done),
            ("No progress", update.standstill),
            ("Difference made", update.difference),
            ("Cause", update.cause),
            ("Remedy", update.remedy),
            ("Rated better than the facts propose because", update.rag_reason),
            ("Milestones completed", _ticked(action, update)),
            ("Next", update.next_steps),
            ("Forecast", day_words(update.forecast_on) if update.forecast_on else ""),
        ),
        state=update.state,
        rag=update.rag,
        impact=update.impact,
        mark=mark,
        is_sample=update.is_sample,
    )


def _ticked(action: Action, update: ProgressUpdate) -> str:
    days = sorted((int(number), date.fromisoformat(day)) for number, day in update.ticked.items())
    return "; ".join(f"{action.ref}.{number} on {day_words(day)}" for number, day in days)


def _date_changes(action: Action, pks: set[int]) -> dict[int, Entry]:
    changes = DateChange.objects.select_related(
        "milestone", "asked_by", "decided_by", "meeting", "made_by"
    ).in_bulk(pks)
    return {pk: _date_change(action, change) for pk, change in changes.items()}


def _date_change(action: Action, change: DateChange) -> Entry:
    of = f" of milestone {action.ref}.{change.milestone.number}" if change.milestone else ""
    asked = f"Asked by {_post(change.asked_by, change)}, {day_words(change.asked_on)}"
    verdict = "agreed" if change.agreed_on else "refused" if change.refused_on else ""
    decided = f"{verdict} by {_decider(change)}" if verdict else ""
    return Entry(
        heading=f"Date change{of} {verdict or 'asked for'}",
        when=day_words(change.agreed_on or change.refused_on or change.asked_on),
        facts=_said(
            ("Reason", change.reason),
            ("Refused because", change.refused_because),
            ("Who", "; ".join(filter(None, [asked, decided]))),
        ),
        line=f"{day_words(change.from_date)} to {day_words(change.to_date)}",
        mark=None if verdict else ("amber", "Not yet decided"),
        is_sample=change.is_sample,
    )


def _decider(change: DateChange) -> str:
    return f"the {change.meeting}" if change.meeting else _post(change.decided_by, change)


def _post(post, change: DateChange) -> str:
    """Who it was: the post where one is named, else whoever recorded it."""
    return f"the {post}" if post else str(change.made_by)


def _assurances(action: Action, pks: set[int]) -> dict[int, Entry]:
    assurances = Assurance.objects.select_related("assurer", "indicator").prefetch_related("evidence")
    return {pk: _assurance(each) for pk, each in assurances.in_bulk(pks).items()}


def _assurance(assurance: Assurance) -> Entry:
    adequate = assurance.finding == Finding.ADEQUATE
    return Entry(
        heading=assurance.get_stage_display(),
        when=day_words(assurance.made_on) + (f", by the {assurance.assurer}" if assurance.assurer else ""),
        facts=_said(
            ("Found", assurance.summary),
            ("It rests on", "\n".join(_evidence(each) for each in assurance.evidence.all())),
            (
                "To be checked again by",
                day_words(assurance.recheck_due_on) if assurance.recheck_due_on else "",
            ),
        ),
        state=_reached(assurance) if adequate else "",
        mark=None if adequate else ("red", _failed(assurance)),
        is_sample=assurance.is_sample,
    )


def _evidence(evidence) -> str:
    withdrawn = ", withdrawn since" if evidence.withdrawn_on else ""
    return f"{evidence.title} ({evidence.get_source_display()}, {day_words(evidence.dated_on)}{withdrawn})"


def _reached(assurance: Assurance) -> DeliveryState:
    held = assurance.stage == Stage.TWELVE_MONTHS
    return DeliveryState.EMBEDDED if held else DeliveryState.ASSURED


def _failed(assurance: Assurance) -> str:
    return "Relapsed" if assurance.stage == Stage.WATCH else assurance.get_finding_display()


def _said(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in facts if text)
