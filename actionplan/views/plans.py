from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan.downloads import csv_file
from actionplan.early.claimed import is_judged
from actionplan.enums import Priority, Rag
from actionplan.forms.filters import FilterForm
from actionplan.frameworks.succession import handed_over
from actionplan.grid import BY_RECOMMENDATION, groups, lenses
from actionplan.grid import grid as plan_grid
from actionplan.models import ActionPlan
from kpis.fragments import Fragment, draw
from kpis.periods import today


def newest(request):
    """The plan people work on; the navigation links here."""
    plan = ActionPlan.objects.filter(parent=None).first()
    return redirect(plan) if plan else TemplateResponse(request, "actionplan/plan_none.html")


def grid(request, plan):
    plan = _get_plan(plan)
    whole = plan_grid(plan, plan.as_of(today()))
    offered = lenses(plan)
    lens = offered.get(request.GET.get("group"), BY_RECOMMENDATION)
    filters = FilterForm(request.GET, rows=whole.rows)
    shown = filters.filter(whole.rows)
    is_filtered = bool(filters.chosen)
    found = groups(whole, lens, shown, only_shown=is_filtered)
    is_open = is_filtered or request.GET.get("open") == "all"
    context = {
        "plan": plan,
        **handed_over(plan),
        "grid": whole,
        "judgements": list(plan.inspection.judgements.select_related("area").order_by("area__order")),
        "children": list(plan.children.all()),
        "has_early_measures": is_judged(plan),
        "filters": filters,
        "filter_bar": _filter_bar(plan, offered, lens, filters),
        "lens": lens,
        "shown": shown,
        "is_open": is_open,
        "groups": [_drawn(group, whole, lens, is_filtered=is_filtered, is_open=is_open) for group in found],
    }
    return TemplateResponse(request, "actionplan/plan.html", context)


def _drawn(group, whole, lens, *, is_filtered, is_open):
    since = f"Since {whole.last_board.month:%B}" if whole.last_board else ""
    context = {
        "lens": lens,
        "since": since,
        "columns": 4 + (2 if lens == BY_RECOMMENDATION else bool(lens.framework)) + bool(since),
        "is_filtered": is_filtered,
        "is_open": is_open,
        "is_all_sample": whole.is_sample,
    }
    return draw(
        Fragment(
            "actionplan/plan_group.html", (*context.values(), group.all_shown), context | {"group": group}
        )
    )


def _filter_bar(plan, offered, lens, filters):
    context = {
        "plan": plan,
        "lens": lens,
        "lenses": [(each.name, filters.query(group=each.key), each == lens) for each in offered.values()],
        "filters": filters,
    }
    return draw(
        Fragment("actionplan/plan_filters.html", (plan.slug, tuple(offered), lens, filters.shows), context)
    )


CSV_HEADER = [
    *(
        "Plan",
        "Shared from",
        "Action",
        "What will be done",
        "Outcome for children",
        "Owner",
        "Service",
        "Priority",
    ),
    *("Delivery", "Rating", "Impact", "Starts", "Original date", "Date now", "Days late", "Next milestone"),
    *("Next milestone date", "Last update", "Last update is", "Data"),
]


def export(request, plan):
    """The actions that the grid shows, one a line, with dates that a spreadsheet can sort."""
    plan = _get_plan(plan)
    whole = plan_grid(plan, plan.as_of(today()))
    shown = FilterForm(request.GET, rows=whole.rows).filter(whole.rows)
    name = f"{plan.slug}-actions-{today():%Y-%m-%d}.csv"
    return csv_file(name, CSV_HEADER, [_csv_line(plan, row) for row in shown])


def _csv_line(plan, row):
    action, now, step = row.action, row.now, row.next_step
    return [
        *(plan.name, row.shared_from, action.ref, action.title),
        *(action.outcome, action.owner, action.service),
        *(
            Priority(action.priority).label,
            now.state.label,
            Rag(now.rag).label if now.rag else "",
            now.impact.label,
        ),
        *(action.starts_on, action.original_due_on, action.due_on, row.days_late or ""),
        *((step.title, step.due_on) if step else ("", "")),
        *((now.latest.submitted_on, row.last_update_note or "accepted") if now.latest else ("", "")),
        "Sample" if action.is_sample else "",
    ]


def _get_plan(slug):
    """The plan with its inspection, its parent and the post that answers for it."""
    plans = ActionPlan.objects.select_related(
        "inspection__framework", "parent", "senior_responsible", "follows"
    )
    return get_object_or_404(plans, slug=slug)
