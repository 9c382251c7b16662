"""What somebody other than the owner finds of delivered work, and what the relapse watch finds.

An assurance claims the action's version, so that of two people who write at once one is told (StaleEdit).
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from actionplan import permissions
from actionplan.assurance.assured import HELD, Climb, climb_of
from actionplan.assurance.ladder import Check, ExitTest, latest_recheck, unmet
from actionplan.enums import Finding, Stage
from actionplan.models import Action, Assurance, Evidence, Post
from actionplan.standing import standings
from kpis.models import Indicator, StaleEdit
from kpis.periods import today


class NotIndependent(Exception):
    """Who owns the action, wrote its accepted update or is no assurer with a post does not assure it."""


class NothingToCheck(Exception):
    """The work is not delivered, or was taken up again."""


class Withdrawn(Exception):
    """Evidence that the finding rests on does not stand any more."""


class Unmet(Exception):
    """The finding cannot be adequate: `tests` are the exit tests that are not met."""

    def __init__(self, tests: tuple[ExitTest, ...]):
        super().__init__(" ".join(test.words for test in tests))
        self.tests = tests


@transaction.atomic
def assure(
    *,
    action: Action,
    version: int,
    finding: str,
    summary: str,
    evidence: Collection[Evidence],
    recheck_due_on: date | None,
    by: Any,
) -> Assurance:
    """Keep what was found today. The same finding, sent twice, is kept once.

    An adequate finding needs every exit test met, and the next check comes in six months unless an earlier day is
    given; work that is embedded by it is checked again only on a day that is given. One that is not adequate sends the
    work back to its owner, for the reasons in `summary`.
    """
    try:
        current: Action = Action.objects.claim(action.pk, version)
    except StaleEdit:
        told = Assurance.objects.filter(action=action, made_by=by, made_on=today())
        if same := told.filter(finding=finding, summary=summary).last():
            return same
        raise
    # An update that is being accepted at this moment is waited for.
    list(current.updates.waiting().select_for_update().values_list("pk"))
    climb = climb_of(current, today())
    if not climb.can_be_checked:
        raise NothingToCheck
    post = Post.objects.filter(holder=by).first()
    if post is None or not permissions.can_assure(by, current, climb.now.update):
        raise NotIndependent
    rests_on = _standing(current, evidence)
    if not summary.strip():
        raise ValueError("a finding needs words")
    if finding == Finding.ADEQUATE:
        _test(climb, rests_on)
    current.save(update_fields=["version"])
    assurance = Assurance.objects.create(
        action=current,
        stage=climb.stage,
        finding=finding,
        summary=summary,
        assurer=post,
        made_by=by,
        made_on=climb.on,
        recheck_due_on=_recheck(climb, finding, recheck_due_on),
    )
    assurance.evidence.set(rests_on)
    return assurance


@transaction.atomic
def relapse(*, action: Action, indicator: Indicator, because: str, on: date) -> Assurance | None:
    """Reopen assured work because an indicator of it got worse. None, and nothing done, where it is not assured now."""
    current = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if standings([current], on)[current.pk].state not in HELD:
        return None
    current.version += 1  # whoever has the page of a check open is told
    current.save(update_fields=["version"])
    found: Assurance = Assurance.objects.create(
        action=current,
        stage=Stage.WATCH,
        finding=Finding.NOT_ADEQUATE,
        summary=because,
        indicator=indicator,
        made_on=on,
        is_sample=current.is_sample,
    )
    return found


def _standing(action: Action, evidence: Collection[Evidence]) -> list[Evidence]:
    """The same evidence as it is stored now, held until the finding is written."""
    asked = {each.pk for each in evidence}
    stored = action.evidence.standing_on(today()).filter(pk__in=asked).select_for_update(of=("self",))
    found = list(stored.order_by("pk"))
    if len(found) < len(asked):
        raise Withdrawn
    return found


def _test(climb: Climb, rests_on: Collection[Evidence]) -> None:
    if failed := unmet(climb.tests(each.source for each in rests_on)):
        raise Unmet(failed)


def _recheck(climb: Climb, finding: str, asked: date | None) -> date | None:
    """The day of the next check: as asked, or the latest that an adequate finding allows."""
    made = Check(climb.stage, finding, climb.on)
    latest = latest_recheck(climb.held, made)
    if asked and (asked <= climb.on or (latest and asked > latest)):
        raise ValueError("the next check is due after today and within six months")
    return asked or (latest if finding == Finding.ADEQUATE else None)
