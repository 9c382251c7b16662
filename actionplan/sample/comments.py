"""What was written about the sample months’ drafts, from `actionplan/sample/comments.toml`, each marked as sample."""

from collections.abc import Mapping
from typing import Any

from actionplan.models import ActionPlan, DraftComment, Post, ReportingMonth, SoWhat
from kpis.models import Indicator
from kpis.tables import by


def load_comments(head: dict[str, Any], plan: ActionPlan, posts: Mapping[str, Post], team: Any) -> None:
    """Comments with their answers, which the team gave, and the “so what” of indicators, to a plan just made."""
    months = {month.month: month for month in ReportingMonth.objects.filter(plan=plan)}
    for row in head["comment"]:
        answered_on = row.get("answered_on")
        DraftComment.objects.create(
            plan=plan,
            month=months[row["month"]],
            part=row["part"],
            line=row.get("line", ""),
            text=row["text"],
            made_by=posts[row["made_by"]].holder,
            made_on=row["made_on"],
            answer=row.get("answer", ""),
            answered_by=team if answered_on else None,
            answered_on=answered_on,
            is_sample=True,
        )
    indicators = by(Indicator, "code")
    for row in head["so_what"]:
        SoWhat.objects.create(
            month=months[row["month"]],
            indicator=indicators[row["indicator"]],
            text=row["text"],
            is_sample=True,
        )
