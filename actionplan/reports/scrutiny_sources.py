"""Reads what a committee’s paper is made from: the month’s report, and what stands beside it, all told of one day."""

from datetime import date

from django.db.models import Q

from actionplan.early import claimed
from actionplan.early.measures import Evidence, Measure, early_measures
from actionplan.early.words import MOVED, NO_INDICATOR
from actionplan.enums import Grade, Verdict
from actionplan.frameworks.national import national_table
from actionplan.models import (
    Action,
    ActionPlan,
    BoardReport,
    Dependency,
    Inspection,
    Judgement,
    Programme,
    ReportingMonth,
    ScrutinyPaper,
)
from actionplan.needs.programmes import Progress, progress, with_steps
from actionplan.reports import scrutiny_withheld as withheld
from actionplan.reports.document import MonthDocument, live_document
from actionplan.reports.frozen import frozen_document
from actionplan.reports.month import report_day
from actionplan.reports.scrutiny import paper
from actionplan.reports.scrutiny_facts import Inspected, Judged, Paper, ProgrammeFacts, Sources, Texts
from kpis.enums import Frequency
from kpis.models import Baseline
from kpis.variation import ENOUGH

# Ofsted’s national table is of the inspections under this framework.
NATIONAL_TABLE_OF = "sif"


def paper_of(plan: ActionPlan, month: ReportingMonth, texts: Texts, today: date) -> Paper:
    """From the frozen month; while it is live, a draft. The number of queries does not depend on how much there is."""
    report = BoardReport.objects.newest_of(plan, month)
    on = report.on if report else report_day(month, today)
    frozen = frozen_document(plan, month) if report else None
    document = frozen or live_document(plan, month, today)
    return paper(document, document.sources or sources(plan, document, on), texts)


def texts_of(stored: ScrutinyPaper) -> Texts:
    return Texts(
        committee=stored.committee,
        meets_on=stored.meets_on,
        subject=stored.subject,
        lead=stored.lead.title,
        author=stored.author.title,
        contact=stored.contact,
        policy_context=stored.policy_context,
        summary=stored.summary,
        recommendations=stored.recommendations,
        services=stored.services,
        next_steps=stored.next_steps,
        financial=stored.financial,
        legal=stored.legal,
        human_resources=stored.human_resources,
        equalities=stored.equalities,
        is_sample=stored.is_sample,
    )


def sources(plan: ActionPlan, document: MonthDocument, on: date) -> Sources:
    return Sources(
        on=on,
        inspected=_inspected(plan.inspection),
        agreed_on=plan.agreed_on,
        submitted_on=plan.submitted_on,
        programmes=_programmes(plan, on),
        national=national_table(on) if plan.inspection.framework.code == NATIONAL_TABLE_OF else None,
        measures=_measures(plan, on),
        hidden_baselines=_hidden_baselines(document),
    )


def _inspected(inspection: Inspection) -> Inspected:
    found = Judgement.objects.filter(inspection=inspection).exclude(grade="").select_related("area")
    judged = list(found.order_by("area__order"))
    order = list(Grade)
    overall = next((each for each in judged if each.area.code.endswith("/overall")), None)
    worse = [
        each
        for each in judged
        if overall and order.index(Grade(each.grade)) > order.index(Grade(overall.grade))
    ]
    limits = {each.is_limiting for each in worse}
    return Inspected(
        name=inspection.name,
        published_on=inspection.published_on,
        grades=tuple((each.area.name, Grade(each.grade).label) for each in judged),
        worse=tuple((each.area.short_name, Grade(each.grade).label) for each in worse),
        is_limiting=None if None in limits else True in limits,
    )


def _programmes(plan: ActionPlan, on: date) -> tuple[ProgrammeFacts, ...]:
    """Those that actions of the plan or of a plan under it need, each with how many need it."""
    actions = Action.objects.filter(Q(plan=plan) | Q(plan__parent=plan) | Q(shared_with=plan)).values("pk")
    needs = Dependency.objects.standing(on).filter(action__in=actions)
    pairs = needs.values_list("action", "on_programme", "on_programme_milestone__programme")
    waiting: dict[int, set[int]] = {}
    for action, whole, of_step in pairs:
        if whole or of_step:
            waiting.setdefault(whole or of_step, set()).add(action)
    found = progress(with_steps(Programme.objects.filter(pk__in=waiting).order_by("name")), on)
    return tuple(_programme(each, len(waiting[each.programme.pk])) for each in found)


def _programme(found: Progress, actions: int) -> ProgrammeFacts:
    return ProgrammeFacts(
        name=found.programme.name,
        summary=found.programme.summary,
        funding=found.funding or found.programme.funding_note,
        steps=len(found.steps),
        completed=found.completed,
        late=len(found.late),
        actions=actions,
    )


def _hidden_baselines(document: MonthDocument) -> tuple[str, ...]:
    units = {each.code: each.unit for each in document.annexes.indicators}
    counted = Baseline.objects.filter(indicator__code__in=units).values_list(
        "indicator__code", "value", "numerator", "denominator"
    )
    return tuple(sorted(code for code, *counts in counted if withheld.gives_away(units[code], *counts)))


def _measures(plan: ActionPlan, on: date) -> tuple[Judged, ...]:
    """Of the plan that the claims are about; of another, none."""
    if not claimed.is_judged(plan):
        return ()
    measures = early_measures(on)
    indicators = [each.main.known.reading.indicator for each in measures if each.main]
    hidden = {
        each.indicator_id
        for each in Baseline.objects.filter(indicator__in=indicators).select_related("indicator")
        if withheld.gives_away(each.indicator.unit, each.value, each.numerator, each.denominator)
    }
    return tuple(_judged(each, plan, hidden) for each in measures)


def _judged(measure: Measure, plan: ActionPlan, hidden: set[int]) -> Judged:
    main = measure.main
    return Judged(
        claim=measure.claim.words.removesuffix("."),
        verdict=measure.verdict,
        figures=_figures(main, hidden) if main else "",
        found=_found(main, plan) if main else NO_INDICATOR,
        leaves_open=measure.claim.leaves_open,
    )


def _figures(evidence: Evidence, hidden: set[int]) -> str:
    """The first and the newest figure in words, withheld where they are of few children."""
    reading = evidence.known.reading
    said = []
    if reading.baseline_words:
        first = withheld.WITHHELD if reading.indicator.pk in hidden else reading.baseline_words
        said.append(f"{first} ({reading.baseline_short_label})")
    if reading.figures:
        newest = reading.figures[-1]
        unit = reading.indicator.unit
        few = withheld.gives_away(unit, newest.value, newest.numerator, newest.denominator)
        said.append(f"{withheld.WITHHELD if few else newest.words} ({newest.short_label})")
    return f"{reading.indicator.name}: {', then '.join(said) or 'no figures'}"


def _found(evidence: Evidence, plan: ActionPlan) -> str:
    """Why the verdict is what it is, without limits: of small counts, those would tell the counts."""
    if evidence.verdict == Verdict.UNCLEAR:
        if evidence.is_old and evidence.newest_period:
            return f"Its newest figure that can be compared is of {evidence.newest_period.label}."
        return f"There are {evidence.figures} figures that can be compared; {ENOUGH} are needed."
    if not evidence.moved or not evidence.since:
        return "No change beyond chance."
    alike = evidence.in_a_row
    frequency = Frequency(evidence.known.reading.indicator.frequency).label
    said = f"{MOVED[evidence.moved]} since {evidence.since.label}: " + (
        f"the newest {frequency} figure alone is more than chance."
        if alike == 1
        else f"the newest {alike} {frequency} figures are more than chance."
    )
    if evidence.verdict == Verdict.NOT_SHOWN:
        said = f"It went the other way. {said}"
    if plan.submitted_on and evidence.since.start < plan.submitted_on:
        said += " That began before the plan was sent to Ofsted."
    return said
