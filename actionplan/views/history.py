from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actionplan.downloads import csv_file
from actionplan.models import ActionPlan, Programme
from actionplan.trail import programme_record, record, whole
from kpis.forms.history import HistoryForm
from kpis.trail import events
from kpis.views.history import history

COLUMNS = ("When", "Who", "Kind of record", "Record", "What happened", "Reason", "Field", "Was", "Now")


def of_plan(request, plan):
    """Who changed what over the whole plan and those beneath it."""
    plan = _get_plan(plan)
    context = {
        "crumbs": [(plan.name, plan.get_absolute_url())],
        "caption": plan.name,
        "lead": "Every change to the plan, to all that belongs to it and to what it leans on.",
        "file": reverse("actionplan:history_csv", args=[plan.slug]),
    }
    return history(request, whole(plan).branches, context)


def of_record(request, plan, kind, record):
    """Who changed a record of the plan, and all that belongs to it."""
    plan = _get_plan(plan)
    found = _get_record(plan, kind, record)
    context = {
        "crumbs": [(plan.name, plan.get_absolute_url()), (found.name, found.url)],
        "caption": found.name,
        "lead": "Every change to it and to all that belongs to it.",
        "file": reverse("actionplan:record_history_csv", args=[plan.slug, kind, record]),
        "is_sample": found.is_sample,
    }
    return history(request, found.branches, context)


def of_programme(request, programme):
    """Who changed a programme, its strands and its milestones."""
    found = programme_record(get_object_or_404(Programme, slug=programme))
    context = {
        "crumbs": [(found.name, found.url)],
        "caption": found.name,
        "lead": "Every change to it, to its strands and to its milestones.",
        "is_sample": found.is_sample,
    }
    return history(request, found.branches, context)


def export(request, plan, kind="", record=""):
    """The history as its page shows it, narrowed the same way, as a file; a line for each field that changed."""
    plan = _get_plan(plan)
    found = _get_record(plan, kind, record) if kind else whole(plan)
    form = HistoryForm(request.GET, branches=found.branches)
    name = "-".join(filter(None, [plan.slug, kind, record, "history.csv"]))
    return csv_file(name, COLUMNS, _lines(events(found.branches, form.asked)))


def _lines(told):
    for event in told:
        start = [f"{event.when:%Y-%m-%d %H:%M}", event.who, event.kind, event.what, event.done, event.reason]
        for change in event.changes:
            yield [*start, change.field, change.old, change.new]
        if not event.changes:
            yield [*start, "", "", ""]


def _get_plan(slug):
    return get_object_or_404(ActionPlan, slug=slug)


def _get_record(plan, kind, key):
    found = record(plan, kind, key)
    if found is None:
        raise Http404
    return found
