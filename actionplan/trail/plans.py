"""What is told of plans, recommendations, months and programmes."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from actionplan.models import (
    ActionPlan,
    Programme,
    ProgrammeMilestone,
    Recommendation,
    ReportingMonth,
    Strand,
)
from kpis.trail import Kind

WHOLE_PLAN = ActionPlan.objects.filter(inspection=OuterRef("inspection"), parent=None).values("slug")[:1]


def _recommendation_page(recommendation: Any) -> str:
    """Its page in the plan that answers the inspection as a whole; none while there is no plan."""
    slug = recommendation.plan_slug
    return reverse("actionplan:recommendation", args=[slug, recommendation.number]) if slug else ""


KINDS = (
    Kind(
        "plan",
        ActionPlan,
        "Plan",
        of={"plan": "id"},
        named=lambda row: f"Plan {row.name}",
    ),
    Kind(
        "recommendation",
        Recommendation,
        "Recommendation",
        of={"recommendation": "id", "inspection": "inspection"},
        named=lambda row: f"Recommendation {row.number}, {row.short_title}",
        live=Recommendation.objects.annotate(plan_slug=Subquery(WHOLE_PLAN)),
        address=_recommendation_page,
    ),
    Kind(
        "month",
        ReportingMonth,
        "Reporting month",
        of={"plan": "plan", "month": "id"},
        named=lambda row: f"Reporting month {row.month:%B %Y}",
        live=ReportingMonth.objects.select_related("plan"),
    ),
    Kind(
        "programme",
        Programme,
        "Programme",
        of={"programme": "id"},
        named=lambda row: f"Programme {row.name}",
    ),
    Kind(
        "strand",
        Strand,
        "Strand of a programme",
        of={"programme": "programme"},
        named=lambda row, programme: f"Strand {row.name} of {programme or 'a programme since removed'}",
        needs=("programme",),
    ),
    Kind(
        "step",
        ProgrammeMilestone,
        "Milestone of a programme",
        of={"programme": "programme"},
        named=lambda row, programme: f"Milestone of {programme or 'a programme since removed'}, {row.title}",
        needs=("programme",),
    ),
)
