from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .indicator import Indicator
from .sourced import Sourced


class Target(Sourced):
    """What the Board wants an indicator to have reached by a day.

    The targets of one agreement make a trajectory; the last is the aim. What the Board agrees later is new rows: what
    was agreed before stays, and past months keep it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    by = models.DateField("to be reached by")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    tolerance = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        default=0,
        help_text="How far from the target still counts as near, in the indicator’s units",
    )
    agreed_on = models.DateField(null=True, blank=True)
    agreed_at = models.CharField("agreed by", max_length=150, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator_id", "by"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "by", "agreed_on"],
                name="kpis_target_one_a_day",
                violation_error_message="This agreement already has a target for this day",
            ),
            models.UniqueConstraint(
                fields=["indicator", "by"],
                condition=Q(agreed_on=None),
                name="kpis_target_one_a_day_unagreed",
                violation_error_message="There is already a target for this day",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__gte=0),
                name="kpis_target_tolerance_not_negative",
                violation_error_message="Enter a tolerance of 0 or more",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} by {self.by}"
