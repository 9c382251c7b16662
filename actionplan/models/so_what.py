from django.db import models
from simple_history.models import HistoricalRecords

from kpis.models.indicator import Indicator
from kpis.models.versioned import Versioned, VersionedQuerySet

from .reporting_month import ReportingMonth


class SoWhat(Versioned):
    """What an indicator's newest figure means for children, in the team's words, for one month's report."""

    month = models.ForeignKey(ReportingMonth, models.CASCADE, related_name="so_whats")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="so_whats")
    text = models.CharField("so what", max_length=300, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["month_id", "indicator_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "indicator"],
                name="actionplan_so_what_once",
                violation_error_message="This indicator has its “so what” for the month already",
            )
        ]

    def __str__(self):
        return f"{self.indicator}, {self.month}"
