"""The archive: every month of a plan, with the versions it was frozen in."""

from dataclasses import dataclass
from datetime import date

from actionplan.models import ActionPlan, BoardReport, ReportingMonth
from actionplan.rounds import months_of


@dataclass(frozen=True)
class Round:
    """A month with its versions, the newest first; live where it has none."""

    month: ReportingMonth
    state: str
    is_open: bool
    versions: tuple[BoardReport, ...]


def archive(plan: ActionPlan, on: date) -> list[Round]:
    """Newest first. A plan beneath another has its own reports of the months it shares. Two queries."""
    versions: dict[int, list[BoardReport]] = {}
    found = BoardReport.objects.filter(plan=plan).select_related("frozen_by").order_by("-version")
    for report in found:
        versions.setdefault(report.month_id, []).append(report)
    return [
        Round(month, month.state_on(on).label, month.opens_on <= on, tuple(versions.get(month.pk, ())))
        for month in months_of(plan).order_by("-month")
    ]
