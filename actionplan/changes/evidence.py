"""Evidence that an action changed something: added once, never edited, withdrawn with a reason.

Withdrawing claims the evidence's version, so that of two people who withdraw at once one is told.
"""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum

from actionplan.assurance.files import Received
from actionplan.models import Action, ActionPlan, Evidence
from kpis.models import StaleEdit
from kpis.periods import today


class AlreadyAdded(Exception):
    """The very same file stands on the action as `evidence`."""

    def __init__(self, evidence: Evidence):
        super().__init__(f"{evidence} holds the same file")
        self.evidence = evidence


class NoRoom(Exception):
    """The plan's evidence takes as much of the disk as it may."""


class NotStored(Exception):
    """The disk refused the file; nothing was written."""


class AlreadyWithdrawn(Exception):
    """Somebody withdrew it before, for a reason of theirs."""


def add(
    *,
    action: Action,
    source: str,
    title: str,
    shows: str,
    dated_on: date,
    link: str = "",
    file: Received | None = None,
    is_vouched_for: bool = False,
    by: Any,
) -> Evidence:
    """Keep a link or a file. The very same evidence, sent twice, is kept once.

    Raises AlreadyAdded, NoRoom or NotStored; then neither a row nor a file is left.
    """
    said = {"action": action, "source": source, "title": title, "shows": shows, "dated_on": dated_on}
    key = uuid4().hex  # the name on disk tells nothing
    evidence = Evidence(**said, link=link, is_vouched_for=is_vouched_for, added_on=today(), made_by=by)
    evidence._history_user = by
    try:
        with transaction.atomic():
            # One after the other, so that two at once are neither the same file nor one too many.
            plan = ActionPlan.objects.select_for_update(no_key=True).get(pk=action.plan_id)
            same = Evidence.objects.filter(
                action=action, withdrawn_on=None, link=link, sha256=file.sha256 if file else ""
            )
            sent_before: Evidence | None = same.filter(**said).first()
            if sent_before:
                return sent_before
            if file and (other := same.first()):
                raise AlreadyAdded(other)
            if file:
                _check_room(plan, len(file.content))
                evidence.name, evidence.size, evidence.sha256 = file.name, len(file.content), file.sha256
                evidence.file.save(key, ContentFile(file.content), save=False)
            evidence.save()
    except BaseException as error:
        with suppress(OSError):
            evidence.file.storage.delete(key)
        if isinstance(error, OSError):
            raise NotStored from error
        raise
    return evidence


@transaction.atomic
def withdraw(*, evidence: Evidence, version: int, reason: str, by: Any) -> Evidence:
    """It no longer counts from today on. The row and its file stay, with the reason."""
    try:
        current: Evidence = Evidence.objects.claim(evidence.pk, version)
    except StaleEdit as stale:
        if stale.current.withdrawn_on:
            raise AlreadyWithdrawn from None
        raise
    if current.withdrawn_on:
        raise AlreadyWithdrawn
    current.withdrawn_on, current.withdrawn_because = today(), reason
    current._history_user = by
    current.save(update_fields=["withdrawn_on", "withdrawn_because", "version"])
    return current


def _check_room(plan: ActionPlan, size: int) -> None:
    taken = Evidence.objects.filter(action__plan=plan).aggregate(taken=Sum("size"))["taken"] or 0
    if taken + size > settings.EVIDENCE_MAX_MEGABYTES * 1024**2:
        raise NoRoom
