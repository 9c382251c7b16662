import re

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from kpis.forms.history import HistoryForm
from kpis.models import Indicator
from kpis.trail import branches, trail
from kpis.trail.indicators import KINDS


def indicator(request, code):
    """Who changed the definition of an indicator, its figures, its targets and its limits."""
    found = get_object_or_404(Indicator, code=code)
    context = {
        "crumbs": [("Indicators", reverse("kpis:indicators")), (found.short_name, found.get_absolute_url())],
        "caption": found.name,
        "lead": "Every change to its definition, figures, targets, baseline and limits.",
    }
    return history(request, branches(KINDS, {"indicator": [found.pk]}), context)


def history(request, branches, context):
    """One page of a history, narrowed as the address says. `context` holds what the page says of itself: `crumbs`,
    `caption`, `lead` and, where there is one, `file`, the address of the same as a file.
    """
    form = HistoryForm(request.GET, branches=branches)
    told = trail(branches, form.asked, _page(request))
    pages = [
        (words, form.query(page=page))
        for words, page in (("Newer", told.newer), ("Older", told.older))
        if page
    ]
    file = context.get("file", "")
    context = {
        "is_sample": False,
        **context,
        "filters": form,
        "trail": told,
        "pages": pages,
        "first": form.query() or "?",
        "file": file and f"{file}{form.query()}",
    }
    return TemplateResponse(request, "kpis/history.html", context)


def _page(request):
    """The page asked for; the first for anything that is not the number of a page."""
    asked = request.GET.get("page", "")
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,4}", asked) else 1
