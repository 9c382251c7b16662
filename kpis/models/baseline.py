from django.db import models
from simple_history.models import HistoricalRecords

from .dated import Dated
from .indicator import Indicator
from .sourced import Sourced


class Baseline(Dated, Sourced):
    """Where an indicator stood when the work began."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="baseline")
    note = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        pass

    def __str__(self):
        return f"Baseline of {self.indicator}"
