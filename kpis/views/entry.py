"""The figures of a month: one page on which they are entered, corrected and validated."""

import re
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from kpis.charted import warm
from kpis.entry import FAR_BACK, is_over, lines, newest_month
from kpis.forms.entry import figure_forms
from kpis.models import StaleEdit
from kpis.periods import month_end, month_start, months_later, parse_month, today
from kpis.permissions import can_enter_figures
from kpis.recording import record_all


def newest(request):
    """The newest month that is over: the one whose figures come in now."""
    _check_permission(request)
    return redirect("kpis:entry_month", month=f"{newest_month(today()):%Y-%m}")


def month(request, month):
    """Every figure that the month asks for. Those that were typed are taken together, or none of them."""
    _check_permission(request)
    on, asked_for = today(), _month(month)
    if not is_over(asked_for, on):
        return _not_over(request, asked_for, on)
    if request.method != "POST":
        return _page(request, asked_for, figure_forms(lines(asked_for, on), by=request.user))

    forms = figure_forms(lines(asked_for, on), request.POST, by=request.user)
    typed = [form for form in forms if form.is_bound]
    if not typed:
        messages.info(request, "Nothing was saved: no figure was typed or changed.")
    if not typed or not all(form.is_valid() for form in typed):
        return _page(request, asked_for, forms)
    try:
        rows = record_all([form.new for form in typed], by=request.user)
    except StaleEdit:
        return _page(request, asked_for, figure_forms(lines(asked_for, on), request.POST, by=request.user))
    rows = [row for row in rows if row]
    transaction.on_commit(partial(warm, [row.indicator for row in rows]), robust=True)
    _say_what_was_saved(request, asked_for, rows)
    return redirect("kpis:entry_month", month=month)


def _check_permission(request):
    if not can_enter_figures(request.user):
        raise PermissionDenied(
            "Figures are entered by the improvement team. If one is wrong, tell the team which and why."
        )


def _month(text):
    """The first day of a month of the last ten years or of the future; 404 for anything else."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}", text):
        raise Http404
    try:
        found = parse_month(text)
    except ValueError as error:
        raise Http404 from error
    if found < _first(today()):
        raise Http404
    return found


def _first(on: date) -> date:
    return months_later(month_start(on), -FAR_BACK)


def _page(request, month, forms):
    """The page, with status 409 where somebody else recorded a figure first."""
    on = today()
    earlier, later = months_later(month, -1), months_later(month, 1)
    context = {
        "month": month,
        "forms": forms,
        "missing": sum(form.line.stands is None for form in forms),
        "rule": forms[0].line.rule if forms else "",
        "earlier": earlier if earlier >= _first(on) else None,
        "later": later if is_over(later, on) else None,
        "on": on,
    }
    is_stale = any(form.is_bound and not form.is_valid() and form.is_stale for form in forms)
    return TemplateResponse(request, "kpis/entry.html", context, status=409 if is_stale else 200)


def _not_over(request, month, on):
    context = {"month": month, "last_day": month_end(month), "newest": newest_month(on)}
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "kpis/entry_not_over.html", context, status=status)


def _say_what_was_saved(request, month, rows):
    if not rows:
        messages.info(request, "Nothing new: these figures stood already.")
        return
    count = "1 figure" if len(rows) == 1 else f"{len(rows)} figures"
    names = ", ".join(row.indicator.short_name for row in rows)
    messages.success(request, f"Saved {count} for {month:%B %Y}: {names}")
