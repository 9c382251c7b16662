from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from actionplan.frameworks.areas import short_name
from actionplan.frameworks.prepared import dates_of, frameworks, next_framework, prepared
from actionplan.models import ActionPlan
from kpis.periods import today


def page(request, plan):
    """Area by area, what the plan can show inspectors; of the next framework, or of the one asked for."""
    plan = get_object_or_404(ActionPlan.objects.select_related("inspection__framework"), slug=plan)
    on = plan.as_of(today())
    known = frameworks(plan)
    asked = {each.code: each for each in known}.get(request.GET.get("framework"))
    framework = asked or next_framework(known, on)
    areas, elsewhere = prepared(plan, framework, on)
    context = {
        "on": on,
        "plan": plan,
        "children": list(plan.children.all()),
        "framework": framework,
        "dates": dates_of(framework, on),
        "frameworks": [(short_name(each), each.code, each == framework) for each in known],
        "lens": "area" if framework == plan.inspection.framework else framework.code,
        "areas": areas,
        "elsewhere": elsewhere,
    }
    return TemplateResponse(request, "actionplan/readiness.html", context)
