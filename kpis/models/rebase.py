from django.db import models
from simple_history.models import HistoricalRecords

from .indicator import Indicator


class Rebase(models.Model):
    """A day from which an indicator’s mean and limits are worked out anew, because the process itself changed."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rebases")
    starts_on = models.DateField(
        "new limits from", help_text="The first day of the first period they count for"
    )
    reason = models.CharField(
        max_length=200,
        help_text="What changed in how the work is done or counted, for example “New form from January”",
    )
    agreed_on = models.DateField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on"],
                name="kpis_rebase_one_a_day",
                violation_error_message="The limits of this indicator already start anew on this day",
            )
        ]

    def __str__(self):
        return f"{self.indicator} from {self.starts_on}"
