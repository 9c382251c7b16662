from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan.models import ActionPlan
from actionplan.reports.month import month_report, report_day
from actionplan.reports.parts import parts
from actionplan.rounds import months_of
from actionplan.views.rounds import get_round
from kpis.fragments import Fragment, draw
from kpis.periods import today


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
    plan, month, months = get_round(plan, month)
    on = today()
    opened = [each.month for each in months if each.opens_on <= on]
    context = {
        "plan": plan,
        "month": month,
        "earlier": max((each for each in opened if each < month.month), default=None),
        "later": min((each for each in opened if each > month.month), default=None),
    }
    if on < month.opens_on:
        return TemplateResponse(request, "actionplan/report/unopened.html", context)
    report = month_report(plan, month, report_day(month, on), months)
    body = Fragment("actionplan/report/body.html", report, {"report": report, "parts": parts(report)})
    return TemplateResponse(
        request, "actionplan/report/month.html", context | {"report": report, "body": draw(body)}
    )
