"""What the improvement team and the senior responsible officer write for the Board beside the computed facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from actionplan.changes.drafts import MonthFrozen
from actionplan.enums import MonthState
from actionplan.models import ReportingMonth, SoWhat
from kpis.models import StaleEdit


@dataclass(frozen=True)
class Narrative:
    """All that is written for one month. `so_whats` holds, by the indicator’s key, what its figure means."""

    headline: str = ""
    confidence: str = ""
    confidence_reason: str = ""
    next_month: str = ""
    so_whats: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, month: ReportingMonth) -> "Narrative":
        """As it is stored. One query."""
        stored = SoWhat.objects.filter(month=month).order_by()
        so_whats = dict(stored.exclude(text="").values_list("indicator_id", "text"))
        return cls(**{name: getattr(month, name) for name in OF_THE_MONTH}, so_whats=so_whats)


OF_THE_MONTH = ("headline", "confidence", "confidence_reason", "next_month")


@transaction.atomic
def write(*, month: ReportingMonth, version: int, words: Narrative, by: Any) -> ReportingMonth:
    """Store everything in one step. The month’s version guards the “so what” of each indicator as well.

    Raises MonthFrozen, and StaleEdit when somebody else wrote for the month since the form was drawn. An indicator
    that `words` does not name keeps what it has.
    """
    try:
        current: ReportingMonth = ReportingMonth.objects.claim(month.pk, version)
    except StaleEdit as stale:
        if stale.current.state == MonthState.FROZEN:
            raise MonthFrozen from None
        if _is_stored(stale.current, words):  # a double click
            same: ReportingMonth = stale.current
            return same
        raise
    if current.state == MonthState.FROZEN:
        raise MonthFrozen
    changed = [name for name in OF_THE_MONTH if getattr(current, name) != getattr(words, name)]
    for name in changed:
        setattr(current, name, getattr(words, name))
    current._history_user = by
    if not changed:
        current.skip_history_when_saving = True  # what was written of an indicator is told by its own row
    current.save(update_fields=[*changed, "version"])
    _store(current, words.so_whats, by)
    return current


def _store(month: ReportingMonth, so_whats: Mapping[int, str], by: Any) -> None:
    """Write those that differ from what is stored. An indicator without words gets no row until it has some."""
    rows = {row.indicator_id: row for row in SoWhat.objects.filter(month=month)}
    for indicator, text in so_whats.items():
        row = rows.get(indicator) or SoWhat(month=month, indicator_id=indicator, version=0)
        if row.text == text:
            continue
        row.text, row.is_sample = text, False
        row.version += 1
        row._history_user = by
        row.save()


def _is_stored(month: ReportingMonth, words: Narrative) -> bool:
    stored = Narrative.of(month)
    same = all(getattr(stored, name) == getattr(words, name) for name in OF_THE_MONTH)
    return same and all(stored.so_whats.get(pk, "") == text for pk, text in words.so_whats.items())
