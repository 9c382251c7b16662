"""A comment on a paragraph of a month’s draft, and the answer of the improvement team."""

from typing import Any

from django.db import transaction

from actionplan.changes.drafts import still_a_draft
from actionplan.models import ActionPlan, DraftComment, ReportingMonth
from kpis.models import StaleEdit
from kpis.periods import today


class Answered(Exception):
    """A comment stays as it was answered."""


@transaction.atomic
def put(*, plan: ActionPlan, month: ReportingMonth, part: str, line: str, text: str, by: Any) -> DraftComment:
    """Keep a comment. The very same one of the same person, sent twice, is kept once. Raises MonthFrozen."""
    still_a_draft(month)
    said = {"plan": plan, "month": month, "part": part, "line": line, "text": text, "made_by": by}
    before: DraftComment | None = DraftComment.objects.filter(**said).first()
    if before:
        return before
    comment = DraftComment(**said, made_on=today())
    comment._history_user = by
    comment.save()
    return comment


@transaction.atomic
def reword(*, comment: DraftComment, version: int, text: str, by: Any) -> DraftComment:
    """Say it in other words until it is answered. Raises MonthFrozen, Answered and StaleEdit."""
    still_a_draft(comment.month)
    try:
        current: DraftComment = DraftComment.objects.claim(comment.pk, version)
    except StaleEdit as stale:
        if stale.current.answered_on:
            raise Answered from None
        raise
    if current.answered_on:
        raise Answered
    current.text, current._history_user = text, by
    current.save(update_fields=["text", "version"])
    return current


@transaction.atomic
def answer(*, comment: DraftComment, version: int, answer: str, by: Any) -> DraftComment:
    """Give the answer, or a better one while the month is a draft. Raises MonthFrozen and StaleEdit."""
    still_a_draft(comment.month)
    try:
        current: DraftComment = DraftComment.objects.claim(comment.pk, version)
    except StaleEdit as stale:
        if stale.current.answer == answer:  # a double click: the words are stored
            same: DraftComment = stale.current
            return same
        raise
    current.answer, current.answered_by, current.answered_on = answer, by, today()
    current._history_user = by
    current.save(update_fields=["answer", "answered_by", "answered_on", "version"])
    return current
