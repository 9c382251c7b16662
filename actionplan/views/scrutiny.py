"""The papers for the scrutiny committee: the list, the texts of one beside what is computed, the Word document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.enums import FileKind, MonthState
from actionplan.forms.scrutiny import ScrutinyForm, posts
from actionplan.models import ActionPlan, ScrutinyPaper
from actionplan.reports.files import CONTENT_TYPES
from actionplan.reports.scrutiny_sources import paper_of, texts_of
from actionplan.reports.scrutiny_word import docx
from actionplan.rounds import months_of
from actionplan.views.claims import both_texts
from actionplan.views.rounds import get_round
from kpis.models import StaleEdit
from kpis.periods import today


def index(request, plan):
    """Every month that has opened, with its paper where there is one."""
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    written = {paper.month_id: paper for paper in ScrutinyPaper.objects.filter(plan=plan)}
    months = months_of(plan).filter(opens_on__lte=today()).order_by("-month")
    may_write = permissions.can_run_month(request.user)
    rows = [
        {"month": month, "paper": written.get(month.pk), "is_frozen": month.state == MonthState.FROZEN}
        for month in months
        if may_write or month.pk in written
    ]
    context = {"plan": plan, "rows": rows, "may_write": may_write}
    return TemplateResponse(request, "actionplan/scrutiny_papers.html", context)


def edit(request, plan, month):
    """Write the texts of a paper, with what will stand beside them below."""
    plan, month, paper = _get(plan, month)
    if not permissions.can_run_month(request.user):
        raise PermissionDenied("Papers for the scrutiny committee are written by the improvement team.")
    offered = posts()

    def form_on(paper, data=None):
        return ScrutinyForm(data, plan=plan, month=month, paper=paper, posts=offered)

    form = form_on(paper, request.POST if request.method == "POST" else None)
    context = {"plan": plan, "month": month, "paper": paper, "form": form, "is_stale": False}
    context |= {"differences": [], "preview": None}
    if form.is_valid():
        try:
            form.save(by=request.user)
        except StaleEdit as stale:
            stored = stale.current
            return both_texts(
                request, "actionplan/scrutiny.html", context, lambda data: form_on(stored, data)
            )
        messages.success(request, "Paper saved.")
        return redirect("actionplan:scrutiny", plan.slug, f"{month.month:%Y-%m}")
    if paper:
        context["preview"] = paper_of(plan, month, texts_of(paper), today())
    return TemplateResponse(request, "actionplan/scrutiny.html", context)


def word(request, plan, month):
    """The paper as everybody signed in may read it; a draft until the month is frozen."""
    plan, month, stored = _get(plan, month)
    if stored is None:
        raise Http404
    paper = paper_of(plan, month, texts_of(stored), today())
    return HttpResponse(
        docx(paper),
        content_type=CONTENT_TYPES[FileKind.DOCX],
        headers={"Content-Disposition": f'attachment; filename="{paper.file_name}"'},
    )


def _get(slug, month):
    """The plan, a month of it that has opened, and the paper about it, if there is one."""
    plan, month, _ = get_round(slug, month)
    if month.opens_on > today():
        raise Http404
    found = ScrutinyPaper.objects.select_related("lead", "author")
    return plan, month, found.filter(plan=plan, month=month).first()
