"""The sample paper for the scrutiny committee, from `actionplan/sample/scrutiny.toml`, marked as sample."""

from collections.abc import Mapping
from typing import Any

from actionplan.models import ActionPlan, Post, ReportingMonth, ScrutinyPaper
from actionplan.papers import standard_texts

POSTS = ("lead", "author")


def load_scrutiny(
    rows: list[dict[str, Any]], plans: Mapping[str, ActionPlan], posts: Mapping[str, Post]
) -> None:
    """Add the papers of the file, each about a month that is there."""
    for row in rows:
        plan = plans[row["plan"]]
        ScrutinyPaper.objects.create(
            **standard_texts()
            | {
                name: posts[said] if name in POSTS else said.strip() if isinstance(said, str) else said
                for name, said in row.items()
                if name not in ("plan", "month")
            },
            plan=plan,
            month=ReportingMonth.objects.get(plan=plan.parent_id or plan.pk, month=row["month"]),
            is_sample=True,
        )
