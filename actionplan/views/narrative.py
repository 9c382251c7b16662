"""The page on which the improvement team and the senior responsible officer write for the Board."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.narrative import Narrative
from actionplan.enums import MonthState
from actionplan.forms.narrative import NarrativeForm, too_long
from actionplan.reports.beside import beside
from actionplan.reports.gathered import gather
from actionplan.reports.month import report_day
from actionplan.views.claims import both_texts, too_late
from actionplan.views.rounds import get_round
from kpis.models import StaleEdit
from kpis.periods import today


def write(request, plan, month):
    """Headline, confidence, next month and the “so what” of the headline indicators, beside the facts."""
    plan, month, months = get_round(plan, month)
    if plan.parent:
        # One headline is written, for the whole plan; the line of a plan beneath it is computed.
        return redirect("actionplan:narrative", plan.parent.slug, f"{month.month:%Y-%m}")
    if not permissions.can_write_headline(request.user, plan):
        raise PermissionDenied(
            "What the Board is told is written by the improvement team and the senior responsible officer."
        )
    if today() < month.opens_on:
        return redirect(_page(plan, month))
    facts = beside(gather(plan, month, report_day(month, today()), months))
    last = next((each for each in reversed(months) if each.month < month.month), None)

    def form_on(month, data=None):
        return NarrativeForm(data, month=month, words=Narrative.of(month), beside=facts, last=last)

    form = form_on(month, request.POST if request.method == "POST" else None)
    if month.state == MonthState.FROZEN:
        return _frozen(request, plan, month, form)
    context = {"plan": plan, "month": month, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            month = form.save(by=request.user)
        except MonthFrozen:
            return _frozen(request, plan, month, form)
        except StaleEdit as stale:
            stored = stale.current
            return both_texts(
                request, "actionplan/narrative.html", context, lambda data: form_on(stored, data)
            )
        messages.success(request, "Saved. It stands on the Board’s page now.")
        if too_long(month.headline):
            messages.warning(request, too_long(month.headline))
        return redirect(_page(plan, month))
    return TemplateResponse(
        request, "actionplan/narrative.html", context | {"too_long": too_long(month.headline)}
    )


def _page(plan, month):
    return reverse("actionplan:month", args=[plan.slug, f"{month.month:%Y-%m}"])


def _frozen(request, plan, month, form):
    typed = [(field.label, field.value()) for field in form.visible_fields()] if form.is_bound else []
    return too_late(
        request,
        {
            "caption": plan.name,
            "heading": f"The report for {month} is frozen",
            "why": "What it says to the Board stays as it is.",
            "back": _page(plan, month),
            "back_words": "Back to the report",
            "typed": [(label, text) for label, text in typed if text],
        },
    )
