"""What the Board agrees about an indicator: its way to a target, and a new start of its limits.

What was agreed before stays: an agreement is new rows with its own date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, TextChoices

from kpis import wording
from kpis.arithmetic import rounded
from kpis.enums import Frequency
from kpis.models import Indicator, Rebase, Target
from kpis.periods import Period, day_words, month_end, months_later
from kpis.readings import Reading

PERIOD_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.ANNUAL: 12}

Points = Sequence[tuple[date, Decimal]]  # what is to be reached by each day


class Step(TextChoices):
    MONTH = "month", "At the end of each month"
    QUARTER = "quarter", "At the end of each quarter"


class AlreadyAgreed(Exception):
    """`held` is the day of what stands in the way; nothing was written."""

    def __init__(self, held: date):
        super().__init__(f"agreed before, {held}")
        self.held = held


@dataclass(frozen=True)
class Origin:
    """Where the line to a target starts."""

    value: Decimal
    on: date
    words: str
    is_baseline: bool


def origin(reading: Reading) -> Origin | None:
    """The baseline; where none is set, the newest value; None where there is neither."""
    if reading.baseline is not None and reading.baseline_on:
        words = f"{reading.baseline_words}, {reading.baseline_label}"
        return Origin(reading.baseline, reading.baseline_on, words, is_baseline=True)
    if not reading.series:
        return None
    period, value = reading.series[-1]
    shown = wording.value_words(value, reading.indicator.unit, reading.indicator.decimals)
    return Origin(value, period.end, f"{shown}, {period.label}", is_baseline=False)


def offered(
    baseline: Decimal, start: date, target: Decimal, by: date, step: str, *, decimals: int, after: date
) -> Points:
    """The straight line from a baseline of the day `start` to a target, at the ends of months or quarters.

    Of the ends later than `after`; the last point is the target itself on its day. Rounded as the indicator is shown,
    and never beyond the target.
    """
    low, high = sorted([baseline, target])
    whole = Decimal((by - start).days)
    points = []
    for day in ends(after, by, step):
        value = rounded(baseline + (target - baseline) * (day - start).days / whole, decimals)
        points.append((day, min(max(value, low), high)))
    return [*points, (by, target)]


def ends(after: date, before: date, step: str) -> Iterator[date]:
    """The ends of months, or of the quarters of the financial year, between two days."""
    day = month_end(after + timedelta(days=1))
    while day < before:
        if step == Step.MONTH or day.month % 3 == 0:
            yield day
        day = month_end(day + timedelta(days=1))


def newest_agreement(indicator: Indicator) -> date | None:
    """The day on which the newest trajectory was agreed. One query."""
    newest: date | None = indicator.targets.aggregate(newest=Max("agreed_on"))["newest"]
    return newest


@transaction.atomic
def agree_trajectory(
    *, indicator: Indicator, points: Points, agreed_on: date, agreed_at: str, tolerance: Decimal, by: Any
) -> list[Target]:
    """Store a trajectory as it was agreed; it counts from `agreed_on`, and what was agreed before stays.

    Raises AlreadyAgreed where one of that day or a later one is held.
    """
    _claim(indicator, f"Trajectory agreed on {day_words(agreed_on)}", by)
    newest = newest_agreement(indicator)
    if newest and agreed_on <= newest:
        raise AlreadyAgreed(newest)
    targets = [
        Target(
            indicator=indicator,
            by=day,
            value=value,
            tolerance=tolerance,
            agreed_on=agreed_on,
            agreed_at=agreed_at,
            source=f"Agreed by {agreed_at}",
        )
        for day, value in points
    ]
    for target in targets:
        _save(target, by)
    return targets


@transaction.atomic
def agree_rebase(*, indicator: Indicator, starts_on: date, reason: str, agreed_on: date, by: Any) -> Rebase:
    """Let the mean and limits be worked out anew from a day on. Raises AlreadyAgreed where they are already."""
    _claim(indicator, f"New limits from {day_words(starts_on)}", by)
    if indicator.rebases.filter(starts_on=starts_on).exists():
        raise AlreadyAgreed(starts_on)
    rebase = Rebase(indicator=indicator, starts_on=starts_on, reason=reason, agreed_on=agreed_on)
    _save(rebase, by)
    return rebase


def starts_a_period(day: date, known: Period | None, frequency: str) -> bool:
    """Whether a period of an indicator may start on a day: as the `known` one does, else as months and quarters do.

    A snapshot at the end of a month is followed by others at the ends of months, however long these are.
    """
    start = known.start if known else date(2016, 4, 1)
    months = (day.year - start.year) * 12 + day.month - start.month
    at_the_end = start == month_end(start) and day == month_end(day)
    return months % PERIOD_MONTHS[Frequency(frequency)] == 0 and (
        at_the_end or months_later(start, months) == day
    )


def _save(row: Any, by: Any) -> None:
    row._history_user = by
    row.save()


def _claim(indicator: Indicator, reason: str, by: Any) -> None:
    """One agreement at a time; a form of the same indicator that is open in Django admin is out of date from now."""
    locked: Any = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    locked.version += 1
    locked._change_reason, locked._history_user = reason, by
    locked.save(update_fields=["version"])
