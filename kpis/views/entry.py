"""The figures of a month: one page on which they are entered, corrected and validated."""

import re
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from kpis.charted import warm
from kpis.entry import FAR_BACK, is_over, lines, newest_month
from kpis.forms.entry import FigureForm, figure_forms
from kpis.fragments import Fragment, draw
from kpis.models import StaleEdit
from kpis.periods import month_end, month_start, months_later, parse_month, today
from kpis.permissions import can_enter_figures
from kpis.recording import record_all

LINE, FIELDS = "kpis/entry_line.html", "kpis/entry_fields.html"


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
        return _page(request, asked_for, lines(asked_for, on), {})

    asked = lines(asked_for, on)
    typed = figure_forms(asked, request.POST, by=request.user)
    if not typed:
        messages.info(request, "Nothing was saved: no figure was typed or changed.")
    if not typed or not all(form.is_valid() for form in typed.values()):
        return _page(request, asked_for, asked, typed)
    try:
        rows = record_all([form.new for form in typed.values()], by=request.user)
    except StaleEdit:
        asked = lines(asked_for, on)
        return _page(request, asked_for, asked, figure_forms(asked, request.POST, by=request.user))
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


def _page(request, month, asked, typed):
    """The page, with status 409 where somebody else recorded a figure first."""
    on = today()
    earlier, later = months_later(month, -1), months_later(month, 1)
    context = {
        "month": month,
        "lines": [
            {"owner": line.indicator.owner, "drawn": _drawn(line, typed.get(line.indicator.code))}
            for line in asked
        ],
        "forms": list(typed.values()),
        "missing": sum(line.stands is None for line in asked),
        "rule": asked[0].rule if asked else "",
        "earlier": earlier if earlier >= _first(on) else None,
        "later": later if is_over(later, on) else None,
        "on": on,
    }
    is_stale = any(not form.is_valid() and form.is_stale for form in typed.values())
    return TemplateResponse(request, "kpis/entry.html", context, status=409 if is_stale else 200)


def _drawn(line, form):
    """A line and its form. What nobody typed into is drawn once for its content, an empty form once for all months."""
    if form:
        fields = render_to_string(FIELDS, {"line": line, "form": form})
        return render_to_string(LINE, {"line": line, "fields": fields, "is_typed": True})
    untouched = partial(FigureForm, line=line, drawn=line.stands)
    fields = draw(Fragment(FIELDS, line.known, {"line": line, "form": untouched}))
    return draw(Fragment(LINE, line.content, {"line": line, "fields": fields}))


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
