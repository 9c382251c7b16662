"""What an indicator says on a day: where it started, where it stands, where it should be.

Plain data for pages, reports and files, worked out from what was known at the end of that day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q, QuerySet

from kpis import arithmetic, wording
from kpis.arithmetic import Rule
from kpis.benchmarks import Comparison, newest_benchmarks
from kpis.enums import Direction, Frequency, Origin, Polarity, Rating
from kpis.figures import (
    AIMED,
    MEASURED,
    STARTED,
    Aim,
    Figure,
    Measure,
    aim,
    alike,
    in_force,
    measured,
    next_aim,
    started,
    year_before,
)
from kpis.models import Baseline, Indicator, Measurement, Target
from kpis.periods import Period, months_later
from kpis.rules import rated, rules

# How many months after the newest period has ended its successor is overdue. A month's figures come within the next;
# a quarter's may take two months; DfE's come up to nine months after a year.
OVERDUE_AFTER = {Frequency.MONTHLY: 2, Frequency.QUARTERLY: 5, Frequency.ANNUAL: 21}


# How many months back a list reads: a trend line, last year’s figure, and a bound that does not grow with the years.
REACH = {Frequency.MONTHLY: 26, Frequency.QUARTERLY: 62, Frequency.ANNUAL: 122}


@dataclass(frozen=True)
class Reading:
    """An indicator as at a day.

    Whether a figure is sample or published is said of each value: a row of sample months may start from a published
    baseline. Words are empty strings where there is nothing to say; directions are unknown where there is nothing to
    compare.
    """

    indicator: Indicator
    on: date
    figures: tuple[Figure, ...] = ()  # the periods read, oldest first, whatever their kind
    aims: tuple[Aim, ...] = ()  # the trajectory, by date; the last is the final target
    rules: tuple[Rule, ...] = ()  # every RAG rule, by precedence

    baseline: Decimal | None = None
    baseline_on: date | None = None  # the last day it is about
    baseline_words: str = ""
    baseline_label: str = ""
    baseline_short_label: str = ""
    baseline_source: str = ""
    baseline_note: str = ""
    baseline_origin: Origin | str = ""

    latest: Decimal | None = None
    latest_words: str = "No data"
    latest_counts: str = ""
    latest_label: str = ""
    latest_short_label: str = ""
    latest_origin: Origin | str = ""
    latest_status: str = ""
    few: bool = False  # the latest is a percentage of fewer than six cases
    comment: str = ""  # the newest "so what"
    comment_label: str = ""  # its period, when it is not about the latest one

    previous: Decimal | None = None
    previous_words: str = ""
    previous_label: str = ""
    previous_short_label: str = ""
    previous_origin: Origin | str = ""
    direction: Direction = Direction.UNKNOWN
    change_words: str = ""
    year_direction: Direction = Direction.UNKNOWN
    year_words: str = ""
    year_label: str = ""
    year_change_words: str = ""

    target: Decimal | None = None
    target_words: str = ""
    target_by: date | None = None
    target_origin: Origin | str = ""
    due_target: Decimal | None = None
    due_target_words: str = ""
    due_target_by: date | None = None
    due_target_origin: Origin | str = ""
    rating: Rating = Rating.NO_DATA
    rule: str = ""  # the name of the rule that made the rating; empty when the value is not rated
    rule_is_sample: bool = False
    distance_words: str = ""
    progress: Decimal | None = None
    progress_words: str = ""

    # Recent periods of the same kind as the latest that have a value, oldest first: the same on a list and a sheet.
    series: tuple[tuple[Period, Decimal], ...] = ()
    is_old: bool = False
    age_words: str = ""
    benchmarks: tuple[Comparison, ...] = ()

    @property
    def has_data(self) -> bool:
        return bool(self.figures)

    @property
    def is_sample(self) -> bool:
        """Whether any value shown on its row is sample."""
        return Origin.SAMPLE in (
            self.latest_origin,
            self.previous_origin,
            self.baseline_origin,
            self.target_origin,
        )


def readings(
    indicators: Iterable[Indicator], on: date, *, whole: bool = False, with_benchmarks: bool = False
) -> dict[int, Reading]:
    """A reading for each indicator by its key, as known at the end of `on`; of recent figures or of the `whole` past.

    Four queries, and one more when an indicator has no recent figure; benchmarks are three more.
    """
    known = {each.pk: each for each in indicators}
    if not known:
        return {}
    judged_by = rules()
    measurements = _measurements(known, on, whole=whole)
    baselines = _by_indicator(Baseline.objects.filter(indicator__in=known, end__lte=on), STARTED)
    targets = _by_indicator(Target.objects.filter(indicator__in=known).order_by(), AIMED)
    benchmarks = newest_benchmarks(known.values(), on) if with_benchmarks else {}
    return {
        pk: Reading(
            each,
            on,
            benchmarks=benchmarks.get(pk, ()),
            **_facts(
                Measure.of(each),
                on,
                judged_by,
                tuple(measurements[pk]),
                next(iter(baselines[pk]), None),
                tuple(in_force(targets[pk], on)),
            ),
        )
        for pk, each in known.items()
    }


def _measurements(known: dict[int, Indicator], on: date, *, whole: bool) -> dict[int, list]:
    if whole:
        return _by_indicator(Measurement.objects.filter(indicator__in=known).as_at(on), MEASURED)
    recent = Q()
    for frequency, months in REACH.items():
        if alike := [pk for pk, each in known.items() if each.frequency == frequency]:
            recent |= Q(indicator__in=alike, end__gt=months_later(on, -months))
    found = _by_indicator(Measurement.objects.filter(recent).as_at(on), MEASURED)
    silent = {pk: each for pk, each in known.items() if pk not in found}
    return found | _measurements(silent, on, whole=True) if silent else found


def _by_indicator(rows: QuerySet, fields: Iterable[str]) -> defaultdict[int, list]:
    found = defaultdict(list)
    for row in rows.values_list(*fields, named=True):
        found[row.indicator_id].append(row)
    return found


@lru_cache(maxsize=512)
def _facts(
    measure: Measure, on: date, rules: tuple[Rule, ...], measurements: tuple, baseline, targets: tuple
) -> dict:
    """What a reading says, kept by all that it is worked out of, so that it is never out of date."""
    figures = tuple(measured(row, measure) for row in measurements)
    aims = tuple(aim(target, measure) for target in targets)
    same = _of_the_list(measure, figures, on)
    facts = {"figures": figures, "aims": aims, "rules": rules}
    start = started(baseline, measure) if baseline else None
    if start:
        facts |= {
            "baseline": start.value,
            "baseline_on": start.period.end,
            "baseline_words": start.words,
            "baseline_label": start.label,
            "baseline_short_label": start.short_label,
            "baseline_source": start.source,
            "baseline_note": baseline.note,
            "baseline_origin": start.origin,
        }
    if figures:
        facts |= _standing(measure, figures, same, on)
        facts |= rated(figures[-1], _due(aims, figures[-1]), among=same, rules=rules)._asdict()
    facts |= _against_targets(measure, figures[-1] if figures else None, start, aims)
    return facts


def _of_the_list(measure: Measure, figures: tuple[Figure, ...], on: date) -> tuple[Figure, ...]:
    """Those of the latest one’s kind that a list reads too, so that list and sheet never disagree about the past."""
    since = months_later(on, -REACH[Frequency(measure.frequency)])
    recent = tuple(each for each in figures if each.period.end > since)
    return alike(recent or figures)


def _standing(measure: Measure, figures: tuple[Figure, ...], same: tuple[Figure, ...], on: date) -> dict:
    """The latest figure, beside the one before it and the one a year before: quarters with quarters, days with days."""
    latest = figures[-1]
    previous = same[-2] if len(same) > 1 else None
    year_ago = year_before(same, latest)
    said = next((each for each in reversed(figures) if each.comment), None)
    is_old = on > months_later(latest.period.end, OVERDUE_AFTER[Frequency(measure.frequency)])
    facts = {
        "latest": latest.value,
        "latest_words": latest.words,
        "latest_counts": latest.counts,
        "latest_label": latest.label,
        "latest_short_label": latest.short_label,
        "latest_origin": latest.origin,
        "latest_status": latest.status,
        "few": latest.few,
        "series": tuple((each.period, each.value) for each in same if each.value is not None),
        "is_old": is_old,
        "age_words": f"No recent data: the newest is {latest.label}" if is_old else "",
    }
    if said:
        facts |= {"comment": said.comment, "comment_label": "" if said is latest else said.label}
    if previous:
        facts |= {
            "previous": previous.value,
            "previous_words": previous.words,
            "previous_label": previous.label,
            "previous_short_label": previous.short_label,
            "previous_origin": previous.origin,
            "direction": _direction(measure, latest, previous),
            "change_words": _change(measure, latest, previous),
        }
    if year_ago:
        facts |= {
            "year_words": year_ago.words,
            "year_label": year_ago.label,
            "year_direction": _direction(measure, latest, year_ago),
            "year_change_words": _change(measure, latest, year_ago),
        }
    return facts


def _direction(measure: Measure, now: Figure, before: Figure) -> Direction:
    return arithmetic.direction(now.value, before.value, polarity=measure.polarity, decimals=measure.decimals)


def _change(measure: Measure, now: Figure, before: Figure) -> str:
    if now.value is None or before.value is None:
        return ""
    return wording.change_words(now.value - before.value, measure.unit)


def _due(aims: tuple[Aim, ...], latest: Figure | None) -> Aim | None:
    return next_aim(aims, latest.period.end if latest else date.max)


def _against_targets(
    measure: Measure, latest: Figure | None, start: Figure | None, aims: tuple[Aim, ...]
) -> dict:
    """The final target with the way still to go, and the point of the trajectory that is next."""
    if not aims or measure.polarity == Polarity.CONTEXT:
        return {}
    final, due = aims[-1], _due(aims, latest)
    facts = {
        "target": final.value,
        "target_words": final.words,
        "target_by": final.by,
        "target_origin": final.origin,
        "due_target": due.value,
        "due_target_words": due.words,
        "due_target_by": due.by,
        "due_target_origin": due.origin,
    }
    if latest and latest.value is not None:
        how = {"polarity": measure.polarity, "decimals": measure.decimals}
        gap = arithmetic.distance(latest.value, final.value, **how)
        facts["distance_words"] = wording.distance_words(gap, measure.unit, measure.decimals)
        if start and start.value is not None:
            way = arithmetic.progress(latest.value, baseline=start.value, target=final.value)
            facts |= {"progress": way, "progress_words": wording.progress_words(way)}
    return facts
