from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan.early import claimed
from actionplan.early import words as early_words
from actionplan.early.measures import counts, early_measures
from actionplan.models import ActionPlan
from kpis.charts.drawing import svgs
from kpis.charts.frame import SMALL
from kpis.enums import Origin
from kpis.periods import today


def of_the_plan(request):
    """To the page of the plan that the claims are about; the list of indicators links here and knows of no plan."""
    plan = ActionPlan.objects.filter(inspection__key=claimed.report().inspection, parent=None).first()
    return redirect("actionplan:early_measures", plan.slug) if plan else redirect("actionplan:plans")


def page(request, plan):
    """What the committee report claims, each claim with what its figures say, as known today."""
    on = today()
    plan = get_object_or_404(ActionPlan.objects.select_related("inspection"), slug=plan)
    if not claimed.is_judged(plan):
        raise Http404
    measures = early_measures(on)
    charted = {
        each.claim.number: each.main.known.facts for each in measures if each.main and each.main.newest
    }
    charts = dict(zip(charted, svgs(list(charted.values()), SMALL), strict=True))
    context = {
        "on": on,
        "plan": plan,
        "report": claimed.report(),
        "counts": counts(measures),
        "told": [_told(each, charts.get(each.claim.number), plan) for each in measures],
        "has_sample": any(
            origin == Origin.SAMPLE for each in measures if each.main for origin, _ in each.main.origins
        ),
    }
    return TemplateResponse(request, "actionplan/early_measures.html", context)


def _told(measure, chart, plan):
    """A claim and its evidence in words. `since_before` is whether the figures moved before the plan was sent."""
    main = measure.main
    return {
        "measure": measure,
        "main": main,
        "chart": chart,
        "reason": early_words.reason(main) if main else early_words.NO_INDICATOR,
        "sure": early_words.sure(main) if main else "",
        "data": early_words.data(main) if main else "",
        "settles": early_words.settles(main) if main else early_words.NO_INDICATOR_SETTLES,
        "since": main.since if main else None,
        "since_before": bool(
            main and main.since and plan.submitted_on and main.since.start < plan.submitted_on
        ),
        "others": [(each, early_words.reason(each)) for each in measure.others],
    }
