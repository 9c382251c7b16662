"""Where the pack takes its facts from: the reports of three months, frozen or live, and what those do not hold."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from actionplan.assurance.evidence import pieces
from actionplan.enums import Body, Grade, MonthState
from actionplan.models import ActionPlan, Challenge, Judgement, JudgementArea, ReportingMonth
from actionplan.reports.document import live_document
from actionplan.reports.frozen import frozen_document
from actionplan.reports.month import report_day
from actionplan.reports.pack import pack
from actionplan.reports.pack_facts import Found, KnownArea, Pack, Piece, Question
from actionplan.reports.pack_places import Month
from actionplan.rounds import days_late
from kpis.addresses import address
from kpis.periods import months_later

QUARTER = 3  # months


def quarter(
    month: ReportingMonth, months: Iterable[ReportingMonth], today: date
) -> tuple[list[ReportingMonth], list[date]]:
    """The rounds of the three months that end with `month`, as far as they have opened, and the months without one."""
    expected = [months_later(month.month, -back) for back in reversed(range(QUARTER))]
    opened = {each.month: each for each in months if each.opens_on <= today}
    return (
        [opened[each] for each in expected if each in opened],
        [each for each in expected if each not in opened],
    )


def pack_of(plan: ActionPlan, month: ReportingMonth, months: list[ReportingMonth], today: date) -> Pack:
    """The number of queries depends on how many plans there are and which months are frozen, on nothing else."""
    rounds, missing = quarter(month, months, today)
    plans = [plan, *_beneath(plan)]
    told = [_month(plans, each, months, today) for each in rounds]
    on = month.told_on or report_day(month, today)
    return pack(told, missing, found(plan, rounds[0].month, on))


def found(plan: ActionPlan, since: date, on: date) -> Found:
    """What stood at the end of `on`; questions that were closed before `since` are told no more."""
    return Found(_areas(plan), _pieces(plan, on), _questions(plan, since, on))


def _beneath(plan: ActionPlan) -> list[ActionPlan]:
    relations = ("parent", "inspection", "senior_responsible", "author")
    return list(ActionPlan.objects.filter(parent=plan).select_related(*relations).order_by("pk"))


def _month(
    plans: Sequence[ActionPlan], month: ReportingMonth, months: list[ReportingMonth], today: date
) -> Month:
    whole, *beneath = plans
    if month.state == MonthState.FROZEN:
        kept = frozen_document(whole, month)
        if kept:
            others = [frozen_document(each, month) for each in beneath]
            return Month(kept, tuple(each for each in others if each))
    return Month(
        live_document(whole, month, today, months),
        tuple(live_document(each, month, today, months) for each in beneath),
    )


def _areas(plan: ActionPlan) -> tuple[KnownArea, ...]:
    """All that the inspection's framework judges but the whole, graded or not."""
    graded = Judgement.objects.filter(inspection=plan.inspection_id).exclude(grade="")
    grades = {each.area_id: _grade(each) for each in graded}
    areas = JudgementArea.objects.filter(framework=plan.inspection.framework_id).order_by("order")
    return tuple(
        KnownArea(each.name, each.short_name, grades.get(each.pk, ""))
        for each in areas
        if not each.code.endswith("/overall")
    )


def _grade(judgement: Judgement) -> str:
    label = str(Grade(judgement.grade).label)
    return f"{label} (not limiting)" if judgement.is_limiting is False else label


def _pieces(plan: ActionPlan, on: date) -> tuple[Piece, ...]:
    """What was withdrawn later is not shown to Ofsted either, though the month counted it."""
    return tuple(
        Piece(
            action=address("actionplan:action", each.action.plan.slug, each.action.ref),
            ref=each.action.ref,
            source=each.source,
            title=each.title,
            shows=each.shows,
            dated_on=each.dated_on,
        )
        for each in pieces(plan, on).filter(withdrawn_on=None)
    )


def _questions(plan: ActionPlan, since: date, on: date) -> tuple[Question, ...]:
    asked = Challenge.objects.under(plan).filter(
        Q(closed_on=None) | Q(closed_on__gte=since), raised_on__lte=on
    )
    asked = asked.select_related("owner").prefetch_related("recommendations", "actions__recommendation")
    return tuple(_question(each, on) for each in asked.order_by("raised_on", "pk"))


def _question(challenge: Challenge, on: date) -> Question:
    numbers = {each.number for each in challenge.recommendations.all()}
    numbers |= {each.recommendation.number for each in challenge.actions.all()}
    answered_on = challenge.answered_on
    is_answered = answered_on is not None and answered_on <= on
    return Question(
        recommendations=tuple(sorted(numbers)),
        question=challenge.question,
        source=Body(challenge.source).label,
        raised_on=challenge.raised_on,
        owner=challenge.owner.title,
        due_on=challenge.due_on,
        answer=challenge.answer if is_answered else "",
        answered_on=answered_on if is_answered else None,
        days_late=0 if is_answered else days_late(challenge.due_on, on),
    )
