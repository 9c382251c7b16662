"""A plan’s work on a line of days, as a picture and as its table."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from actionplan.forms.timeline import TimelineForm
from actionplan.grid import grid
from actionplan.models import ActionPlan, Recommendation
from actionplan.needs.dependencies import chains
from actionplan.needs.timeline import timeline
from actionplan.needs.timeline_picture import picture, sentence
from kpis.fragments import Fragment, draw
from kpis.periods import today


def page(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent", "inspection"), slug=plan)
    on = today()
    whole = grid(plan, on, compared=False)
    recommendations = Recommendation.objects.in_bulk({row.action.recommendation_id for row in whole.rows})
    for row in whole.rows:
        row.action.recommendation = recommendations[row.action.recommendation_id]
    filters = TimelineForm(request.GET, rows=whole.rows)
    shown = filters.filter(whole.rows)
    found = timeline(
        plan,
        shown,
        chains(plan, on, whole.rows),
        whole=not filters.is_narrow,
        everything=filters.shows_everything,
    )
    context = {
        "plan": plan,
        "children": list(plan.children.all()),
        "is_all_sample": whole.is_sample,
        "filters": filters,
        "total": len(whole.rows),
        "shown": len(shown),
        "timeline": found,
        "picture": picture(found) if shown else "",
        "words": sentence(found),
        "groups": [_drawn(each, whole.is_sample) for each in found.lanes],
    }
    return TemplateResponse(request, "actionplan/timeline.html", context)


def _drawn(lanes, is_all_sample):
    rows = tuple(bar.row.shown for bar in lanes.bars)
    context = {"lanes": lanes, "is_all_sample": is_all_sample}
    return draw(Fragment("actionplan/timeline_group.html", (lanes, rows, is_all_sample), context))
