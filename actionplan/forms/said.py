"""What an update says, question by question, to stand beside a form or another update."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import linebreaks_filter
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actionplan.changes.progress import Words
from actionplan.checks import repeats
from actionplan.enums import DeliveryState, Rag, UpdateStatus
from actionplan.models import Action, ProgressUpdate
from actionplan.templatetags.actionplan import delivery_tag, impact_tag
from kpis.templatetags.kpis import mark

QUESTIONS = {
    "state": "Where is the action?",
    "rag": "Rating",
    "done": "What was done?",
    "impact": "What has it changed for children?",
    "remedy": "Cause and remedy",
    "next_steps": "What happens next?",
    "forecast_on": "Expected to finish",
    "milestones": "Milestones completed",
}

# The columns behind each question. A completed milestone is news whenever it is named.
COLUMNS = {
    "state": ["state"],
    "rag": ["rag", "rag_reason"],
    "done": ["done", "standstill"],
    "impact": ["impact", "difference"],
    "remedy": ["cause", "remedy"],
    "next_steps": ["next_steps"],
    "forecast_on": ["forecast_on"],
    "milestones": ["ticked"],
}

NOTHING = format_html('<p class="app-quiet">{}</p>', "Nothing written")


def answers(update: ProgressUpdate) -> dict[str, SafeString]:
    """The answer to each of QUESTIONS, ready for a page. Reads the milestones of the action: prefetch them."""
    return {
        "state": _state(update),
        "rag": _rating(update),
        "done": _text(update.done) or _labelled("No progress", update.standstill) or NOTHING,
        "impact": _join(_line(impact_tag(update.impact)) if update.impact else "", _text(update.difference))
        or NOTHING,
        "remedy": _join(_labelled("Cause", update.cause), _labelled("Remedy", update.remedy))
        or _no_cause(update),
        "next_steps": _text(update.next_steps) or NOTHING,
        "forecast_on": _line(day(update.forecast_on)) if update.forecast_on else _line("No date given"),
        "milestones": _milestones(update),
    }


@dataclass(frozen=True)
class Answer:
    """One answer beside an earlier one. `mark` says so where it is copied from an earlier month."""

    question: str
    now: SafeString
    before: SafeString | str
    is_new: bool
    mark: SafeString | str


def compared(
    update: ProgressUpdate, before: ProgressUpdate | None, earlier: ProgressUpdate | None
) -> list[Answer]:
    """Each answer beside that of `before`, marked where it stands word for word in `earlier`, of an earlier month."""
    now, then = answers(update), answers(before) if before else {}
    copied = set(repeats(update, earlier))
    tag = _line(mark("amber", f"Same words as in {earlier.month:%B}")) if earlier else ""
    return [
        Answer(
            question,
            now[name],
            then.get(name, ""),
            is_new=_said_by(update, name) != ([None] if name == "milestones" else _said_by(before, name)),
            mark=tag if copied.intersection(COLUMNS[name]) else "",
        )
        for name, question in QUESTIONS.items()
    ]


def completed(action: Action) -> SafeString:
    """The milestones that are done already, with their dates. Reads the prefetched milestones of the action."""
    done = [each for each in action.milestones.all() if each.completed_on]
    return _list((f"{action.ref}.{each.number}", each.title, each.completed_on) for each in done) or _line(
        "None yet"
    )


def day(when) -> str:
    return date_format(when, "j F Y")


def status_words(update: ProgressUpdate) -> str:
    """What became of it: Accepted 22 May 2017"""
    match update.status:
        case UpdateStatus.ACCEPTED:
            return f"Accepted {day(update.accepted_on)}"
        case UpdateStatus.RETURNED:
            return f"Returned {day(update.returned_on)}"
        case UpdateStatus.SUBMITTED:
            return f"Submitted {day(update.submitted_on)}, not yet checked"
    return "Draft"


def steps(updates: Iterable[ProgressUpdate]) -> list[tuple[str, str]]:
    """Who did what with a month’s update, and when, oldest first; with the reason where one was given.

    `updates` are the rows of that month, the newest first, as they were handed in; a correction is a row of its own.
    """
    found: list[tuple[str, str]] = []
    for update in reversed([each for each in updates if each.submitted_on]):
        again = " again" if found else ""
        found.append((f"Submitted{again} {day(update.submitted_on)} by {update.made_by}", ""))
        if update.returned_on:
            found.append((f"Returned {day(update.returned_on)} by {update.checked_by}", update.return_reason))
        elif update.accepted_on:
            found.append((f"Accepted {day(update.accepted_on)} by {update.checked_by}", ""))
    return found


def _said_by(update, name):
    return [getattr(update, column, None) or None for column in COLUMNS[name]]


def _state(update):
    label = DeliveryState(update.state).label if update.state else "Not answered"
    return _join(format_html("<p><strong>{}</strong></p>", label), _line(status_words(update)))


def _rating(update):
    if not update.rag:
        return _line("Not rated: rated only while in progress")
    parts = [_line(delivery_tag(DeliveryState.IN_PROGRESS, update.rag))]
    if update.proposed_rag and update.proposed_rag != update.rag:
        parts.append(_line(f"The facts pointed to {update.proposed_rag}: {update.proposed_because}"))
    return _join(*parts, _labelled("Reason", update.rag_reason))


def _no_cause(update):
    return NOTHING if update.rag in (Rag.AMBER, Rag.RED) else _line("Not needed")


def _milestones(update):
    titles = {each.number: each.title for each in update.action.milestones.all()}
    ref = update.action.ref
    rows = ((f"{ref}.{number}", titles.get(number, ""), on) for number, on in Words.of(update).ticked.items())
    return _list(rows) or _line("None ticked off")


def _list(rows):
    """One paragraph for each (number, title, day of completion)."""
    return format_html_join(
        "", "<p>{} {}: {}</p>", ((ref, title, day(on) if on else "day not given") for ref, title, on in rows)
    )


def _text(text):
    return linebreaks_filter(text) if text else ""


def _labelled(label, text):
    return format_html("<p><strong>{}:</strong> {}</p>", label, text) if text else ""


def _line(text):
    return format_html("<p>{}</p>", text)


def _join(*parts):
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped already
