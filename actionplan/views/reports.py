from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan.models import ActionPlan
from actionplan.reports.month import month_report, report_day
from actionplan.reports.parts import parts
from actionplan.rounds import months_of
from kpis.periods import parse_month, today


def current(request):
    """The round that is running, of the newest plan that stands under no other."""
    plan = ActionPlan.objects.filter(parent=None).first()
    month = months_of(plan).current(today()) if plan else None
    return (
        redirect(month) if month else TemplateResponse(request, "actionplan/report/none.html", {"plan": plan})
    )


def months(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    rounds = months_of(plan).order_by("-month")
    return TemplateResponse(
        request, "actionplan/report/list.html", {"plan": plan, "rounds": rounds, "on": today()}
    )


def month(request, plan, month):
    plan, month = _get_month(plan, month)
    on = today()
    around = {each.month: each for each in months_of(plan).filter(opens_on__lte=on)}
    context = {
        "plan": plan,
        "month": month,
        "earlier": max((m for m in around if m < month.month), default=None),
    }
    if on < month.opens_on:
        return TemplateResponse(request, "actionplan/report/unopened.html", context)
    context["later"] = min((m for m in around if m > month.month), default=None)
    context["report"] = month_report(plan, month, report_day(month, on))
    context["parts"] = parts(context["report"])
    return TemplateResponse(request, "actionplan/report/month.html", context)


def _get_month(slug, month):
    """The plan with its parent, inspection and posts, and the round of that month."""
    plans = ActionPlan.objects.select_related("parent", "inspection", "senior_responsible", "author")
    plan = get_object_or_404(plans, slug=slug)
    try:
        first = parse_month(month)
    except ValueError:
        raise Http404 from None
    return plan, get_object_or_404(months_of(plan), month=first)
