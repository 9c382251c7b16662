"""The past months of the sample plan, frozen as the Board read them."""

from django.contrib.auth import get_user_model

from actionplan.enums import MonthState
from actionplan.models import ReportingMonth
from actionplan.reports import freezing
from kpis.periods import today


def freeze_past_months() -> int:
    """Freeze each sample month whose Board has met, as things stood that day; returns how many. Gaps are named."""
    past = ReportingMonth.objects.filter(is_sample=True, board_on__lt=today()).exclude(
        state=MonthState.FROZEN
    )
    months = list(past.select_related("plan__author").order_by("month"))
    for month in months:
        by = month.plan.author.holder or get_user_model().objects.get(email="manager@havering.example")
        try:
            freezing.freeze(month=month, version=month.version, accepted=(), by=by, on=month.board_on)
        except freezing.Incomplete as incomplete:
            gaps = [gap.words for gap in incomplete.gaps]
            freezing.freeze(month=month, version=month.version, accepted=gaps, by=by, on=month.board_on)
    return len(months)
