import logging

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from actionplan import permissions
from actionplan.enums import FileKind, MonthState
from actionplan.forms.comparison import ComparisonForm
from actionplan.models import ActionPlan
from actionplan.reports.archive import archive
from actionplan.reports.comparison import compare
from actionplan.reports.document import month_document
from actionplan.reports.facts import Stamp
from actionplan.reports.files import CONTENT_TYPES, file_name, render
from actionplan.reports.frozen import content_of, frozen_document, frozen_page, versions
from actionplan.reports.gathered import gather
from actionplan.reports.month import month_report, report_day
from actionplan.reports.parts import parts
from actionplan.rounds import months_of
from actionplan.views.rounds import get_round
from kpis.fragments import Fragment, draw
from kpis.periods import today

log = logging.getLogger(__name__)


def current(request):
    """The round that is running, of the newest plan that stands under no other."""
    plan = ActionPlan.objects.filter(parent=None).first()
    month = months_of(plan).current(today()) if plan else None
    return (
        redirect(month) if month else TemplateResponse(request, "actionplan/report/none.html", {"plan": plan})
    )


def months(request, plan):
    """The archive: every month with its versions and files."""
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    context = {
        "plan": plan,
        "rounds": archive(plan, today()),
        "kinds": FileKind,
        "may_run": permissions.can_run_month(request.user),
    }
    return TemplateResponse(request, "actionplan/report/list.html", context)


def month(request, plan, month):
    """The Board's page: live, or as it was frozen, drawn from what was stored then."""
    plan, month, months = get_round(plan, month)
    on = today()
    opened = [each.month for each in months if each.opens_on <= on]
    context = {
        "plan": plan,
        "month": month,
        "kinds": FileKind,
        "earlier": max((each for each in opened if each < month.month), default=None),
        "later": min((each for each in opened if each > month.month), default=None),
        "may_run": permissions.can_run_month(request.user),
    }
    if on < month.opens_on:
        return TemplateResponse(request, "actionplan/report/unopened.html", context)
    if month.state == MonthState.FROZEN:
        return _frozen(request, plan, month, context)
    report = month_report(plan, month, report_day(month, on), months)
    body = Fragment("actionplan/report/body.html", report, {"report": report, "parts": parts(report)})
    return TemplateResponse(
        request, "actionplan/report/month.html", context | {"report": report, "body": draw(body)}
    )


def file(request, plan, month, kind):
    """One file of a month: of the newest frozen version or the one that is asked for, else drawn now as a draft."""
    plan, month, months = get_round(plan, month)
    if kind not in FileKind.values or today() < month.opens_on:
        raise Http404
    if month.state == MonthState.FROZEN:
        version = _version(request, versions(plan, month))
        return _attached(content_of(version.report, kind), kind, frozen_page(version))
    document = month_document(gather(plan, month, report_day(month, today()), months), Stamp())
    return _attached(render(document, FileKind(kind)), kind, document.report, document)


def comparison(request, plan):
    """Any two months beside each other, each as it was frozen or as it stands now."""
    plan = get_object_or_404(ActionPlan.objects.select_related("parent", "inspection"), slug=plan)
    form = ComparisonForm(request.GET or None, months=[each for each in archive(plan, today()) if each.is_open])
    context = {"plan": plan, "form": form}
    if form.is_valid():
        context["compared"] = compare(*(_document(plan.slug, form.cleaned_data[each]) for each in ("first", "second")))
    return TemplateResponse(request, "actionplan/report/comparison.html", context)
