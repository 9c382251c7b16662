from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from kpis.enums import Status

from .dated import Dated
from .indicator import Indicator
from .sourced import Sourced


class MeasurementQuerySet(models.QuerySet):
    def as_at(self, day):
        """What was known at the end of `day`: one row an indicator and period, the newest of those recorded by then."""
        newest = (
            Measurement.objects.filter(
                indicator=OuterRef("indicator"),
                start=OuterRef("start"),
                end=OuterRef("end"),
                recorded_on__lte=day,
            )
            .order_by("-recorded_on", "-pk")
            .values("pk")[:1]
        )
        return self.filter(end__lte=day, pk=Subquery(newest)).order_by("indicator_id", "end", "start")


class Measurement(Dated, Sourced):
    """One value of an indicator for a period. A revision is a new row; what was reported before stays."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.VALIDATED)
    recorded_on = models.DateField(
        "known from", help_text="The business date from which reports count this value"
    )
    vintage = models.DateField("in the version published on", null=True, blank=True)
    made_at = models.DateTimeField("entered", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="entered by",
    )
    comment = models.TextField("so what", blank=True)
    reason = models.TextField("why it was revised", blank=True)
    answer = models.TextField("why so unusual a value is right", blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["indicator_id", "end", "recorded_on"]
        indexes = [models.Index(fields=["indicator", "end", "start", "recorded_on"])]

    def __str__(self):
        return f"{self.indicator}, {self.period.label}"
