from django.db import models

from .area import Area
from .dated import Dated
from .indicator import Indicator
from .sourced import Sourced


class Benchmark(Dated, Sourced):
    """Another area’s published value of an indicator."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="benchmarks")
    area = models.ForeignKey(Area, models.PROTECT, related_name="benchmarks")
    vintage = models.DateField("as published on", null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ["indicator_id", "area_id", "end"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "area", "start", "end"], name="kpis_benchmark_one_a_period"
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.area}, {self.period.label}"
