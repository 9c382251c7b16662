from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.forms.national import NationalForm
from actionplan.frameworks.inspected import MAIN_FRAMEWORKS, side_by_side, sources_of, when
from actionplan.frameworks.national import national_table
from actionplan.frameworks.succession import plan_to_follow
from actionplan.models import Action, Inspection, Judgement
from kpis.periods import today


def index(request):
    """Newest first; the inspections of children’s services side by side, the older and narrower ones below."""
    inspections = list(_inspections())
    main = [each for each in inspections if each.framework.code in MAIN_FRAMEWORKS]
    context = {
        "today": today(),
        "main": main,
        "lines": side_by_side(main),
        "others": [(each, when(each)) for each in inspections if each not in main],
    }
    return TemplateResponse(request, "actionplan/inspections.html", context)


def detail(request, key):
    inspection = get_object_or_404(_inspections(), key=key)
    context = {
        "today": today(),
        "inspection": inspection,
        "fieldwork": when(inspection),
        "judgements": inspection.judgements.all(),
        "recommendations": inspection.recommendations.all(),
        "plan": inspection.plans.filter(parent=None).first(),
        "follows": permissions.can_start_plan(request.user) and plan_to_follow(inspection, today()),
        "answered": set(
            Action.objects.filter(recommendation__inspection=inspection).values_list(
                "recommendation", flat=True
            )
        ),
        "visits": [(visit, when(visit)) for visit in inspection.monitoring_visits.all()],
        "sources": sources_of(inspection),
    }
    return TemplateResponse(request, "actionplan/inspection.html", context)


def national(request):
    """The national picture on the day asked for, or today’s; of a day that cannot be read, only what to do."""
    form = NationalForm({"on": request.GET.get("on", f"{today():%d/%m/%Y}")})
    on = form.cleaned_data["on"] if form.is_valid() else None
    context = {"form": form, "today": today(), "table": national_table(on) if on else None}
    return TemplateResponse(request, "actionplan/national.html", context)


def _inspections():
    judgements = Judgement.objects.select_related("area").order_by("area__order")
    return Inspection.objects.select_related("framework").prefetch_related(Prefetch("judgements", judgements))
