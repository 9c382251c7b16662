from django.db import models
from django.db.models import OuterRef, Subquery

from .area import Area
from .dated import Dated
from .indicator import Indicator
from .sourced import Sourced


class BenchmarkQuerySet(models.QuerySet):
    def as_at(self, day):
        """What was published by the end of `day`: one row an indicator, area and period, the newest known by then."""
        newest = (
            Benchmark.objects.filter(
                indicator=OuterRef("indicator"),
                area=OuterRef("area"),
                start=OuterRef("start"),
                end=OuterRef("end"),
                recorded_on__lte=day,
            )
            .order_by("-recorded_on")
            .values("pk")[:1]
        )
        # Said twice, so that the database looks no further at what was published later.
        return self.filter(recorded_on__lte=day, pk=Subquery(newest))


class Benchmark(Dated, Sourced):
    """Another area’s published value of an indicator. A restated one is a new row; the one before stays."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="benchmarks")
    area = models.ForeignKey(Area, models.PROTECT, related_name="benchmarks")
    vintage = models.DateField("as published on", null=True, blank=True)
    recorded_on = models.DateField("known from", help_text="The day from which pages count this value")

    objects = BenchmarkQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["indicator_id", "area_id", "end"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "area", "start", "end", "recorded_on"],
                name="kpis_benchmark_one_a_period_and_day",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.area}, {self.period.label}"
