"""The round that an address names."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplan.models import ActionPlan
from actionplan.rounds import months_of
from kpis.periods import parse_month


def get_round(slug, month):
    """The plan with its parent, inspection and posts, the round of that month, and all its rounds in order."""
    plans = ActionPlan.objects.select_related("parent", "inspection", "senior_responsible", "author")
    plan = get_object_or_404(plans, slug=slug)
    try:
        first = parse_month(month)
    except ValueError:
        raise Http404 from None
    months = list(months_of(plan).order_by("month"))
    for each in months:
        if each.month == first:
            return plan, each, months
    raise Http404
