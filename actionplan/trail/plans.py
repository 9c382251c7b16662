"""What is told of plans, recommendations, months and programmes."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse

from actionplan.models import (
    ActionPlan,
    Dependency,
    Programme,
    ProgrammeMilestone,
    Recommendation,
    ReportingMonth,
    Strand,
)
from actionplan.trail.actions import actions_of
from kpis.trail import Kind
from kpis.trail.kinds import belongs


def _recommendation_page(recommendation: Recommendation) -> str:
    """Its page in the plan that answers the inspection as a whole; none while there is no plan."""
    plans = [plan for plan in recommendation.inspection.plans.all() if plan.parent_id is None]
    return reverse("actionplan:recommendation", args=[plans[0].slug, recommendation.number]) if plans else ""


def _asked_of(plans: Collection[int]) -> Q:
    return Q(inspection__in=ActionPlan.objects.filter(pk__in=plans).order_by().values("inspection"))


def _leaned_on(path: str) -> Any:
    """The programmes, or what hangs on them, that an action of the plans depends on."""

    def within(plans: Collection[int]) -> Q:
        needs = Dependency.objects.filter(action__in=actions_of(plans)).order_by()
        whole = needs.filter(on_programme__isnull=False).values("on_programme")
        steps = needs.filter(on_programme_milestone__isnull=False)
        return Q(**{f"{path}__in": whole}) | Q(
            **{f"{path}__in": steps.values("on_programme_milestone__programme")}
        )

    return within


KINDS = (
    Kind(
        "plan",
        ActionPlan,
        "Plan",
        of={"plan": belongs("id")},
        named=lambda row: f"Plan {row.name}",
    ),
    Kind(
        "recommendation",
        Recommendation,
        "Recommendation",
        of={"plan": _asked_of, "recommendation": belongs("id")},
        named=lambda row: f"Recommendation {row.number}, {row.short_title}",
        live=Recommendation.objects.select_related("inspection").prefetch_related("inspection__plans"),
        address=_recommendation_page,
    ),
    Kind(
        "month",
        ReportingMonth,
        "Reporting month",
        of={"plan": belongs("plan"), "month": belongs("id")},
        named=lambda row: f"Reporting month {row.month:%B %Y}",
        live=ReportingMonth.objects.select_related("plan"),
    ),
    Kind(
        "programme",
        Programme,
        "Programme",
        of={"plan": _leaned_on("id"), "programme": belongs("id")},
        named=lambda row: f"Programme {row.name}",
    ),
    Kind(
        "strand",
        Strand,
        "Strand of a programme",
        of={"plan": _leaned_on("programme"), "programme": belongs("programme")},
        named=lambda row, programme: f"Strand {row.name} of {programme or 'a programme since removed'}",
        needs=("programme",),
    ),
    Kind(
        "step",
        ProgrammeMilestone,
        "Milestone of a programme",
        of={"plan": _leaned_on("programme"), "programme": belongs("programme")},
        named=lambda row, programme: f"Milestone of {programme or 'a programme since removed'}, {row.title}",
        needs=("programme",),
    ),
)
