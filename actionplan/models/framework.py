from django.db import models

from kpis.models.sourced import Sourced


class Framework(Sourced):
    """A set of rules by which Ofsted inspects: SIF until 2017, ILACS since 2018, changed in 2023."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_date", "code"]

    def __str__(self):
        return self.name


class JudgementArea(Sourced):
    """What is graded under one framework. Areas change with the framework, so they belong to it."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="areas")
    code = models.CharField(max_length=50, unique=True)
    number = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework_id", "order"]

    def __str__(self):
        return f"{self.number} {self.name}".strip()


class AreaMapping(Sourced):
    """Where work on an area of one framework is judged under another, and why we read it so."""

    from_area = models.ForeignKey(JudgementArea, models.CASCADE, related_name="maps_to")
    to_area = models.ForeignKey(JudgementArea, models.CASCADE, related_name="maps_from")
    basis = models.CharField("why", max_length=300)

    class Meta:
        ordering = ["from_area_id", "to_area__order"]
        constraints = [
            models.UniqueConstraint(fields=["from_area", "to_area"], name="actionplan_area_mapping_once")
        ]

    def __str__(self):
        return f"{self.from_area} → {self.to_area}"
