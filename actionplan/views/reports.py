from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from actionplan import permissions
from actionplan.enums import FileKind, MonthState
from actionplan.forms.comparison import ComparisonForm
from actionplan.models import ActionPlan, ReportFile
from actionplan.reports.archive import archive
from actionplan.reports.comparison import compare
from actionplan.reports.document import live_document
from actionplan.reports.files import CONTENT_TYPES, file_name, render
from actionplan.reports.frozen import content_of, frozen_document, frozen_page, versions
from actionplan.reports.month import month_report, report_day
from actionplan.reports.parts import parts
from actionplan.rounds import months_of
from actionplan.views.rounds import get_round
from kpis.fragments import Fragment, draw
from kpis.periods import today

KINDS = list(CONTENT_TYPES)


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
    rounds = archive(plan, today())
    context = {
        "plan": plan,
        "rounds": rounds,
        "newest": next((each.month for each in rounds if each.is_open), None),
        "kinds": KINDS,
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
        "kinds": KINDS,
        "earlier": max((each for each in opened if each < month.month), default=None),
        "later": min((each for each in opened if each > month.month), default=None),
        "may_run": permissions.can_run_month(request.user),
        "may_write": not plan.parent_id and permissions.can_write_headline(request.user, plan),
    }
    if on < month.opens_on:
        return TemplateResponse(request, "actionplan/report/unopened.html", context)
    frozen = _frozen_versions(plan, month)
    if frozen:
        return _frozen(request, frozen, context)
    report = month_report(plan, month, report_day(month, on), months)
    is_draft = month.state != MonthState.FROZEN
    comment_url = is_draft and reverse("actionplan:comment_new", args=[plan.slug, f"{month.month:%Y-%m}"])
    shown = {"report": report, "parts": parts(report), "comment_url": comment_url}
    context |= {
        "report": report,
        "body": draw(Fragment("actionplan/report/body.html", (report, comment_url), shown)),
    }
    return TemplateResponse(request, "actionplan/report/month.html", context)


def file(request, plan, month, ending):
    """One file of a month: of the newest frozen version or the one that is asked for, else drawn now as a draft."""
    plan, month, months = get_round(plan, month)
    if ending not in FileKind.values or today() < month.opens_on:
        raise Http404
    kind = FileKind(ending)
    frozen = _frozen_versions(plan, month)
    if frozen:
        version = _version(request, frozen)
        try:
            content = content_of(version.report, kind)
        except ReportFile.DoesNotExist:  # a kind that was not made yet when it froze
            raise Http404 from None
        return _attached(request, content, kind, frozen_page(version), plan)
    document = live_document(plan, month, today(), months)
    return _attached(request, render(document, kind), kind, document.report, plan)


def comparison(request, plan):
    """Any two months beside each other, each as it was frozen or as it stands now."""
    plan = get_object_or_404(ActionPlan.objects.select_related("parent", "inspection"), slug=plan)
    form = ComparisonForm(
        request.GET or None, months=[each for each in archive(plan, today()) if each.is_open]
    )
    context = {"plan": plan, "form": form}
    if form.is_valid():
        chosen = [form.cleaned_data["first"], form.cleaned_data["second"]]
        context["compared"] = compare(*(_document(plan.slug, each) for each in chosen))
    return TemplateResponse(request, "actionplan/report/comparison.html", context)


def _frozen_versions(plan, month):
    """None of a live month, nor of a plan that was put beneath the whole after the month froze."""
    return versions(plan, month) if month.state == MonthState.FROZEN else []


def _frozen(request, found, context):
    version = _version(request, found)
    report = frozen_page(version)
    shown = {"report": report, "parts": parts(report)}
    body = Fragment("actionplan/report/body.html", version.sha256, shown)
    context |= {
        "report": report,
        "body": draw(body),
        "version": version.report,
        "versions": [each.report for each in found],
        "files": sorted(version.report.files.defer("content"), key=lambda file: KINDS.index(file.kind)),
        "is_newest": version == found[0],
    }
    return TemplateResponse(request, "actionplan/report/month.html", context)


def _version(request, found):
    """The one that the address asks for, such as ?version=1, or the newest."""
    asked = request.GET.get("version")
    for each in found:
        if asked is None or asked == str(each.report.version):
            return each
    raise Http404


@csp_update({"sandbox": True})
def _attached(request, content, kind, report, plan):
    name = file_name(plan.slug, report, kind)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=CONTENT_TYPES[kind], headers={"Content-Disposition": disposition}
    )


def _document(slug, month):
    plan, month, months = get_round(slug, month)
    frozen = frozen_document(plan, month) if month.state == MonthState.FROZEN else None
    return frozen or live_document(plan, month, today(), months)
