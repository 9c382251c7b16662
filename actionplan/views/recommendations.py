from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from actionplan.assurance.evidence import counts_of, missing_words, ticks
from actionplan.governance import challenges_about, decisions_about
from actionplan.models import Action, ActionPlan
from actionplan.risks import compared_with, risk_rows
from actionplan.rollup import summary, worst_delivery, worst_impact
from actionplan.rounds import rounds
from actionplan.rows import rows
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import readings

DIFFERENCES = 5  # the newest are the story; older ones stand on the actions’ own pages


def detail(request, plan, number):
    """What Ofsted asked for, and everything that answers it in this plan and those beside it."""
    plan = get_object_or_404(ActionPlan.objects.select_related("inspection", "parent"), slug=plan)
    on = plan.as_of(today())
    recommendation = get_object_or_404(plan.inspection.recommendations.select_related("lead"), number=number)
    month, board = rounds(plan, on)
    actions = Action.objects.filter(recommendation=recommendation).prefetch_related("shared_with")
    found = rows(actions, on, month=month, board=board)
    standings = [row.now for row in found]
    indicators = Indicator.objects.filter(actions__recommendation=recommendation).distinct()
    evidence = ticks(counts_of([row.action for row in found], on).values())
    context = {
        "plan": plan,
        "recommendation": recommendation,
        "paragraphs": list(recommendation.paragraphs.select_related("area")),
        "rows": found,
        "is_all_sample": all(row.action.is_sample for row in found),
        "has_plans": len({row.action.plan_id for row in found}) > 1,
        "delivery": worst_delivery(standings),
        "impact": worst_impact(standings),
        "summary": summary(standings),
        "board": board,
        "readings": list(readings(indicators, on).values()),
        "risks": risk_rows(recommendation.risks.open_on(on), on, compared_with(board, on)),
        "challenges": challenges_about(on, recommendations=recommendation),
        "decisions": decisions_about(on, actions__recommendation=recommendation),
        "ticks": evidence,
        "missing": missing_words(evidence),
        "differences": _differences(found),
    }
    return TemplateResponse(request, "actionplan/recommendation.html", context)


def _differences(found):
    """What the newest accepted update of each action says it changed for children, newest first."""
    told = [row for row in found if row.now.update and row.now.update.difference]
    return sorted(told, key=lambda row: row.now.update.submitted_on, reverse=True)[:DIFFERENCES]
