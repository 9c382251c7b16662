"""The risks and issues of the sample plan, with the scores that moved them, from `actionplan/sample/risks.toml`."""

from collections.abc import Mapping
from typing import Any

from actionplan.enums import RiskKind
from actionplan.models import Action, ActionPlan, Post, Recommendation, Risk, RiskScore

PLAIN = (
    "title",
    "cause",
    "effect",
    "likelihood",
    "impact",
    "mitigation",
    "opened_on",
    "review_on",
    "closed_on",
)


def load_risks(
    rows: list[dict[str, Any]],
    *,
    plans: Mapping[str, ActionPlan],
    posts: Mapping[str, Post],
    actions: Mapping[str, Action],
    by: Any,
) -> None:
    """Each is numbered in its plan in the order of the file; every row is marked as sample."""
    for row in rows:
        plan = plans[row["plan"]]
        risk = Risk.objects.create(
            plan=plan,
            number=plan.risks.count() + 1,
            kind=RiskKind(row["kind"]),
            owner=posts[row["owner"]],
            closed_because=row.get("closed_because", ""),
            is_sample=True,
            **{name: row.get(name) for name in PLAIN},
        )
        risk.actions.set(actions[ref] for ref in row["actions"])
        numbers = row["recommendations"]
        risk.recommendations.set(
            Recommendation.objects.filter(inspection=plan.inspection, number__in=numbers)
        )
        for score in row.get("score", []):
            RiskScore.objects.create(risk=risk, made_by=by, is_sample=True, **score)
