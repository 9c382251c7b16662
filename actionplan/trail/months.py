"""What is told of what people write for one month: comments on its draft, “so what”, and the scrutiny paper."""

from typing import Any

from django.urls import reverse

from actionplan.models import DraftComment, ReportingMonth, ScrutinyPaper, SoWhat
from actionplan.trail.governance import brief
from kpis.models import Indicator
from kpis.trail import Kind


def _on_the_list(comment: Any) -> str:
    month = f"{comment.month.month:%Y-%m}"
    return f"{reverse('actionplan:comments', args=[comment.plan.slug, month])}#comment-{comment.pk}"


def _so_what(row: Any, month: ReportingMonth | None, indicator: Indicator | None) -> str:
    name = indicator.short_name if indicator else "an indicator since removed"
    return f"So what of {name}, {month or 'a month since removed'}"


KINDS = (
    Kind(
        "comment",
        DraftComment,
        "Comment on a draft",
        of={"plan": "plan", "month": "month"},
        named=lambda row: f"Comment, {brief(row.text)}",
        live=DraftComment.objects.select_related("plan", "month"),
        address=_on_the_list,
    ),
    Kind(
        "so-what",
        SoWhat,
        "So what of an indicator",
        of={"plan": "month__plan", "month": "month"},
        named=_so_what,
        needs=("month", "indicator"),
        untold=frozenset({"indicator"}),
    ),
    Kind(
        "paper",
        ScrutinyPaper,
        "Scrutiny paper",
        of={"plan": "plan", "month": "month"},
        named=lambda row: f"Scrutiny paper, {brief(row.subject)}",
        address=None,
    ),
)
