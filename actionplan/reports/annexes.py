"""The annexes of a month: the whole plan, the sheets of its indicators, the dates that moved since the last Board."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from actionplan.assurance.evidence import counts_of
from actionplan.enums import DeliveryState, Priority, UpdateStatus
from actionplan.models import (
    Action,
    Milestone,
    ProgressUpdate,
    Recommendation,
    RecommendationParagraph,
)
from actionplan.reports.annex_facts import (
    ActionSheet,
    Annexes,
    IndicatorSheet,
    RecommendationSheet,
    Said,
    StepSheet,
    ValueSheet,
)
from actionplan.reports.changed import moves
from actionplan.reports.exceptions import link
from actionplan.reports.gathered import Gathered
from actionplan.reports.indicators import lines_by_key
from actionplan.rounds import days_late
from actionplan.rows import Row
from kpis import sheet
from kpis.charted import Charted, charted
from kpis.charts import words
from kpis.figures import Figure
from kpis.models import Indicator
from kpis.readings import readings

PLACES = ("service__name", "recommendation__number")  # where an action belongs


def annexes(gathered: Gathered) -> Annexes:
    """The number of queries does not depend on how many actions, updates, milestones or figures there are."""
    actions = [row.action.pk for row in gathered.whole.rows]
    return Annexes(
        recommendations=_recommendations(gathered),
        actions=_actions(gathered, actions),
        indicators=_indicators(gathered, actions),
        moves=moves(gathered.whole, gathered.date_changes),
    )


def _recommendations(gathered: Gathered) -> tuple[RecommendationSheet, ...]:
    """All of the inspection; beneath another plan only those that its actions answer."""
    refs: dict[int, list[str]] = defaultdict(list)
    for row in gathered.whole.rows:
        refs[row.action.recommendation_id].append(row.action.ref)
    areas: dict[int, dict[str, None]] = defaultdict(dict)
    paragraphs = RecommendationParagraph.objects.filter(
        recommendation__inspection=gathered.plan.inspection_id
    )
    for recommendation, area in paragraphs.order_by("area__order").values_list(
        "recommendation_id", "area__name"
    ):
        areas[recommendation][area] = None
    own = gathered.plan.parent_id is None
    return tuple(
        RecommendationSheet(
            number=each.number,
            title=each.short_title,
            wording=each.wording,
            council_wording=each.council_wording,
            areas=tuple(areas[each.pk]),
            priority=Priority(each.priority).label if each.priority else "",
            actions=tuple(refs[each.pk]),
        )
        for each in Recommendation.objects.filter(inspection=gathered.plan.inspection_id).order_by("number")
        if own or each.pk in refs
    )


def _actions(gathered: Gathered, actions: list[int]) -> tuple[ActionSheet, ...]:
    rows = gathered.whole.rows
    said = ProgressUpdate.objects.in_bulk({row.now.update.pk for row in rows if row.now.update})
    helping = defaultdict(list)
    through = Action.contributors.through.objects.filter(action__in=actions).order_by("post__title")
    for action, post in through.values_list("action_id", "post__title"):
        helping[action].append(post)
    named = Action.objects.filter(pk__in=actions).order_by()
    places = {each.pk: each for each in named.select_related("service", "recommendation").only(*PLACES)}
    evidence = counts_of([row.action for row in rows], gathered.on)
    steps = _steps(rows, gathered.on)
    return tuple(
        ActionSheet(
            link=link(row),
            recommendation=places[row.action.pk].recommendation.number,
            title=row.action.title,
            outcome=row.action.outcome,
            measure=row.action.measure,
            owner=row.action.owner.title,
            contributors=tuple(helping[row.action.pk]),
            service=places[row.action.pk].service.name,
            priority=Priority(row.action.priority).label,
            starts_on=row.action.starts_on,
            original_due_on=row.action.original_due_on,
            due_on=row.action.due_on,
            days_late=row.days_late,
            state=row.now.state,
            rag=row.now.rag or "",
            impact=row.now.impact,
            delivery_was=row.delivery_was,
            impact_was=row.impact_was,
            pending=UpdateStatus(row.now.pending_status).label if row.now.pending_status else "",
            said=_said(said[row.now.update.pk]) if row.now.update else None,
            assured_on=_assured_on(row),
            recheck_due_on=row.now.recheck_due_on,
            evidence=tuple((source.label, count) for source, count in evidence[row.action.pk].items()),
            steps=tuple(steps[row.action.pk]),
            is_sample=row.action.is_sample,
        )
        for row in rows
    )


def _assured_on(row: Row) -> date | None:
    holds = row.now.state in (DeliveryState.ASSURED, DeliveryState.EMBEDDED)
    return row.now.assurance.made_on if holds and row.now.assurance else None


def _said(update: ProgressUpdate) -> Said:
    return Said(
        month=update.month,
        submitted_on=update.submitted_on,
        accepted_on=update.accepted_on,
        done=update.done,
        standstill=update.standstill,
        difference=update.difference,
        cause=update.cause,
        remedy=update.remedy,
        next_steps=update.next_steps,
        forecast_on=update.forecast_on,
    )


def _steps(rows: Iterable[Row], on: date) -> Mapping[int, list[StepSheet]]:
    """Every milestone by its action's key, open or not, with the dates and the state it had on the day."""
    by_pk = {row.action.pk: row for row in rows}
    then = {(pk, step.number): step.due_on for pk, row in by_pk.items() for step in row.open_steps}
    found = defaultdict(list)
    for each in Milestone.objects.filter(action__in=by_pk).order_by("action_id", "number"):
        row = by_pk[each.action_id]
        completed_on = each.completed_on if each.completed_on and each.completed_on <= on else None
        due_on = then.get((each.action_id, each.number), each.due_on)
        found[each.action_id].append(
            StepSheet(
                number=f"{row.action.ref}.{each.number}",
                title=each.title,
                original_due_on=each.original_due_on,
                due_on=due_on,
                completed_on=completed_on,
                days_late=0 if completed_on else days_late(due_on, on),
            )
        )
    return found


def _indicators(gathered: Gathered, actions: list[int]) -> tuple[IndicatorSheet, ...]:
    """Those of the Board's page first, then those that an action of the plan should move."""
    moved = Indicator.objects.filter(actions__in=actions).values("pk")
    own = gathered.plan.parent_id is None
    shown = Indicator.objects.filter(
        Q(pk__in=moved) | Q(headline_order__isnull=False) if own else Q(pk__in=moved)
    )
    ordered = sorted(shown, key=lambda each: (each.headline_order or 1000, each.kind, each.name))
    found = charted(readings(ordered, gathered.on, with_benchmarks=True), gathered.on)
    lines = lines_by_key({pk: each.reading for pk, each in found.items()}, gathered)
    return tuple(_indicator(found[each.pk], lines[each.pk]) for each in ordered)


def _indicator(known: Charted, line: Any) -> IndicatorSheet:
    indicator = known.reading.indicator
    return IndicatorSheet(
        code=indicator.code,
        line=line,
        definition=indicator.definition,
        why=indicator.why,
        unit=indicator.unit,
        polarity=indicator.polarity,
        recommendations=tuple(
            int(each) for each in indicator.recommendation_numbers.split(";") if each.strip()
        ),
        variation=sheet.variation_words(known),
        assurance=sheet.assurance_words(known),
        chart=known.facts,
        chart_title=words.title(known.facts),
        chart_words=words.sentence(known.facts),
        values=tuple(_value(each) for each in known.reading.figures),
    )


def _value(figure: Figure) -> ValueSheet:
    return ValueSheet(
        label=figure.label,
        start=figure.period.start,
        end=figure.period.end,
        value=figure.value,
        words=figure.words,
        numerator=figure.numerator,
        denominator=figure.denominator,
        status=figure.status,
        origin=figure.origin,
        comment=figure.comment,
    )
