from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from kpis.enums import Status

from .dated import Dated
from .indicator import Indicator
from .sourced import Sourced


class MeasurementQuerySet(models.QuerySet):
    def as_at(self, day):
        """What was known at the end of `day`: one row an indicator and period, the newest of those recorded by then.

        A published series that was first loaded later counts in its oldest version held, so that a day in the past still
        shows it; its `recorded_on` says from when that version is.
        """
        same = Measurement.objects.filter(
            indicator=models.OuterRef("indicator"), start=models.OuterRef("start"), end=models.OuterRef("end")
        )
        known = same.filter(recorded_on__lte=day).order_by("-recorded_on", "-pk").values("pk")[:1]
        first = same.order_by("recorded_on", "pk").values("pk")[:1]
        return self.filter(
            end__lte=day, pk=Coalesce(models.Subquery(known), models.Subquery(first))
        ).order_by("indicator", "end", "start")


class Measurement(Dated, Sourced):
    """One value of an indicator for a period. A revision is a new row; what was reported before stays."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.VALIDATED)
    recorded_on = models.DateField("known from", help_text="The business date from which reports count this value")
    made_at = models.DateTimeField("entered", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entered by"
    )
    comment = models.TextField("so what", blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["indicator", "end", "recorded_on"]
        indexes = [models.Index(fields=["indicator", "end", "start", "recorded_on"])]

    def __str__(self):
        return f"{self.indicator}, {self.period.label}"
