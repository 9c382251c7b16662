"""The improvement team’s answer to an update: accepted, alone or together with others, or returned with a reason.

Each holds the round, so that it is not frozen meanwhile (MonthFrozen), and the update, so that it is checked once
(AlreadyChecked).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from actionplan.changes.drafts import round_still_a_draft, still_a_draft
from actionplan.changes.progress import Words
from actionplan.checks import waiting
from actionplan.enums import UpdateStatus
from actionplan.models import Milestone, ProgressUpdate, ReportingMonth
from kpis.periods import day_words, today


class AlreadyChecked(Exception):
    """Somebody else accepted or returned this update first."""

    def __init__(self, update: ProgressUpdate):
        super().__init__(f"{update} was checked before")
        self.update = update


@dataclass(frozen=True)
class Outcome:
    """What became of updates that were to be accepted together; of each that was left alone, why."""

    accepted: list[ProgressUpdate]
    left: list[tuple[ProgressUpdate, str]]


@transaction.atomic
def accept(*, update: ProgressUpdate, by: Any) -> ProgressUpdate:
    """The improvement team takes the update as checked; from today it counts."""
    update = _waiting(update)
    _accept(update, by)
    return update


@transaction.atomic
def accept_many(*, month: ReportingMonth, updates: Iterable[ProgressUpdate], by: Any) -> Outcome:
    """Accept those updates of a round that may be accepted together, and leave the others as they are.

    All are locked in one order, so that two people who accept the same ones do not block each other.
    """
    still_a_draft(month)
    keys = [each.pk for each in updates]
    locked = ProgressUpdate.objects.select_for_update(of=("self",)).select_related("action", "checked_by")
    asked = list(locked.filter(pk__in=keys, month=month.month).order_by("pk"))
    outcome = Outcome([], [(each, _checked(each)) for each in asked if each.status != UpdateStatus.SUBMITTED])
    for each in waiting(ProgressUpdate.objects.filter(pk__in=[each.pk for each in asked])):
        why = each.not_by(by) or each.not_with_others()
        if why:
            outcome.left.append((each.update, why))
        else:
            _accept(each.update, by)
            outcome.accepted.append(each.update)
    return outcome


@transaction.atomic
def send_back(*, update: ProgressUpdate, reason: str, by: Any) -> ProgressUpdate:
    """Return the update to its owner with a reason; the action keeps its last accepted state.

    Milestones that it ticked off are open again: what is returned does not count. The correction starts from its ticks.
    """
    update = _waiting(update)
    update.status, update.returned_on, update.return_reason, update.checked_by = (
        UpdateStatus.RETURNED,
        today(),
        reason,
        by,
    )
    update.save(update_fields=["status", "returned_on", "return_reason", "checked_by"])
    for number, completed_on in Words.of(update).ticked.items():
        for milestone in Milestone.objects.filter(
            action=update.action_id, number=number, completed_on=completed_on
        ):
            milestone.completed_on = None
            milestone.save(update_fields=["completed_on"])
    return update


def _waiting(update: ProgressUpdate) -> ProgressUpdate:
    round_still_a_draft(update.action.plan, update.month)
    current = ProgressUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if current.status != UpdateStatus.SUBMITTED:
        raise AlreadyChecked(current)
    return current


def _accept(update: ProgressUpdate, by: Any) -> None:
    update.status, update.accepted_on, update.checked_by = UpdateStatus.ACCEPTED, today(), by
    update.save(update_fields=["status", "accepted_on", "checked_by"])


def _checked(update: ProgressUpdate) -> str:
    if update.accepted_on:
        return f"{update.checked_by} accepted it on {day_words(update.accepted_on)}"
    return f"{update.checked_by} returned it on {day_words(update.returned_on or today())}"
