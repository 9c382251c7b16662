from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan.downloads import csv_file
from actionplan.enums import DeliveryState, Impact, Priority, Rag
from actionplan.forms.filters import FilterForm
from actionplan.grid import LENSES, grid as plan_grid, groups
from actionplan.models import ActionPlan
from kpis.periods import today


def newest(request):
    """The plan people work on; the navigation links here."""
    plan = ActionPlan.objects.filter(parent=None).first()
    return redirect(plan) if plan else TemplateResponse(request, "actionplan/plan_none.html")


def grid(request, plan):
    plan = _get_plan(plan)
    whole = plan_grid(plan, today())
    lens = request.GET.get("group")
    lens = lens if lens in LENSES else "recommendation"
    filters = FilterForm(request.GET, rows=whole.rows)
    shown = filters.filter(whole.rows)
    context = {
        "plan": plan,
        "grid": whole,
        "judgements": list(plan.inspection.judgements.select_related("area").order_by("area__order")),
        "children": list(plan.children.all()),
        "filters": filters,
        "lens": lens,
        "lens_name": LENSES[lens],
        "lenses": [(name, filters.query(group=key), key == lens) for key, name in LENSES.items()],
        "groups": groups(whole, lens, shown, only_shown=bool(filters.chosen)),
        "shown": shown,
        "is_open": bool(filters.chosen) or request.GET.get("open") == "all",
    }
    return TemplateResponse(request, "actionplan/plan.html", context)


CSV_HEADER = [
    *("Plan", "Recommendation", "Action", "What will be done", "Outcome for children", "Owner", "Service", "Priority"),
    *("Delivery", "Rating", "Impact", "Starts", "Original date", "Date now", "Days late", "Next milestone"),
    *("Next milestone date", "Last update", "Last update is", "Data"),
]


def export(request, plan):
    """The actions that the grid shows, one a line, with dates that a spreadsheet can sort."""
    plan = _get_plan(plan)
    whole = plan_grid(plan, today())
    shown = FilterForm(request.GET, rows=whole.rows).filter(whole.rows)
    name = f"{plan.slug}-actions-{today():%Y-%m-%d}.csv"
    return csv_file(name, CSV_HEADER, [_csv_line(plan, row) for row in shown])


def _csv_line(plan, row):
    action, now, step, latest = row.action, row.now, row.next_step, row.now.latest
    return [
        *(plan.name, action.recommendation, action.ref, action.title, action.outcome),
        *(action.owner, action.service, Priority(action.priority).label),
        *(DeliveryState(now.state).label, Rag(now.rag).label if now.rag else "", Impact(now.impact).label),
        *(action.starts_on, action.original_due_on, action.due_on, row.days_late or ""),
        *(step.title if step else "", step.due_on if step else ""),
        *(latest.submitted_on if latest else "", row.last_update_note or ("accepted" if latest else "")),
        "Sample" if action.is_sample else "",
    ]


def _get_plan(slug):
    """The plan with its inspection, its parent and the post that answers for it."""
    plans = ActionPlan.objects.select_related("inspection", "parent", "senior_responsible")
    return get_object_or_404(plans, slug=slug)
