from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.freezing import AlreadyFrozen
from actionplan.enums import MonthState
from actionplan.forms.freezing import FreezeForm, ReissueForm
from actionplan.models import BoardReport
from actionplan.reports import freezing
from actionplan.reports.freezing import Incomplete
from actionplan.reports.gathered import gather
from actionplan.reports.missing import missing
from actionplan.reports.month import report_day
from actionplan.views.claims import both_texts, too_late
from actionplan.views.rounds import get_round
from kpis.models import StaleEdit
from kpis.periods import day_words, today


def freeze(request, plan, month):
    """Read what is missing, then freeze the month of the whole plan and of those beneath it."""
    plan, month, months = _get(request, plan, month)
    if month.state == MonthState.FROZEN:
        return _frozen_before(request, plan, month)
    if today() < month.opens_on:
        return redirect(month)
    gaps = _gaps(plan, month, months)
    form = FreezeForm(request.POST if request.method == "POST" else None, month=month, gaps=gaps)
    context = {"plan": plan, "month": month, "gaps": gaps, "form": form, "on": report_day(month, today())}
    if form.is_valid():
        try:
            freezing.freeze(
                month=month,
                version=form.cleaned_data["version"],
                accepted={gap.words for gap in gaps},
                by=request.user,
            )
        except AlreadyFrozen:
            return _frozen_before(request, plan, month)
        except (Incomplete, StaleEdit):
            return _read_again(request, plan, month)
        messages.success(request, f"{month} is frozen as version 1. Nothing in it changes any more.")
        return redirect(month)
    return TemplateResponse(request, "actionplan/freeze.html", context)


def reissue(request, plan, month):
    """Issue a frozen month again, with the reason. What the Board has read stays readable."""
    plan, month, _ = _get(request, plan, month)
    newest = BoardReport.objects.newest_of(plan, month)
    if newest is None:
        return redirect("actionplan:freeze", plan.slug, f"{month.month:%Y-%m}")
    form = ReissueForm(request.POST if request.method == "POST" else None, month=month, newest=newest)
    context = {
        "plan": plan,
        "month": month,
        "newest": newest,
        "form": form,
        "is_stale": False,
        "differences": [],
    }
    if form.is_valid():
        try:
            reports = freezing.reissue(month=month, **form.cleaned_data, by=request.user)
        except StaleEdit as stale:
            current, newest = stale.current, BoardReport.objects.newest_of(plan, month)
            return both_texts(
                request,
                "actionplan/reissue.html",
                context | {"newest": newest},
                lambda data: ReissueForm(data, month=current, newest=newest),
            )
        messages.success(request, f"{month} is issued again as version {reports[0].version}.")
        return redirect(month)
    return TemplateResponse(request, "actionplan/reissue.html", context)


def _get(request, plan, month):
    """The round of a whole plan, for those who run it; plans beneath are frozen with it."""
    plan, month, months = get_round(plan, month)
    if not permissions.can_run_month(request.user):
        raise PermissionDenied("A month is frozen by the improvement team.")
    return plan.parent or plan, month, months


def _gaps(plan, month, months):
    return missing(gather(plan, month, report_day(month, today()), months))


def _frozen_before(request, plan, month):
    newest = BoardReport.objects.newest_of(plan, month)
    return too_late(
        request,
        {
            "caption": plan.name,
            "heading": f"{month} is frozen already",
            "why": f"{newest.frozen_by} froze version {newest.version} on {day_words(newest.frozen_on)}. "
            "A correction is issued as a new version.",
            "back": month.get_absolute_url(),
            "back_words": f"Read {month}",
        },
    )


def _read_again(request, plan, month):
    return too_late(
        request,
        {
            "caption": plan.name,
            "heading": f"{month} has changed since you opened the page",
            "why": "Nothing was frozen. Somebody changed what the Board is told, or something else is missing now. "
            "Read what is missing again, then freeze the month.",
            "back": reverse("actionplan:freeze", args=[plan.slug, f"{month.month:%Y-%m}"]),
            "back_words": "Read what is missing",
        },
    )
