from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actionplan.enums import DatePrecision, Grade
from kpis.models.sourced import Sourced

from .framework import Framework, JudgementArea

ENDS_AFTER_IT_STARTS = models.CheckConstraint(
    condition=Q(end__isnull=True) | Q(end__gte=F("start")),
    name="%(app_label)s_%(class)s_ends_after_it_starts",
    violation_error_message="The last day must be the same as or after the first day",
)


class Inspection(Sourced):
    """One Ofsted inspection of the council, as published."""

    key = models.SlugField(unique=True)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="inspections")
    name = models.CharField(max_length=200)
    start = models.DateField("fieldwork began")
    start_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    end = models.DateField("fieldwork ended", null=True, blank=True)
    published_on = models.DateField("published")
    lead_inspector = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-published_on", "key"]
        constraints = [ENDS_AFTER_IT_STARTS]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actionplan:inspection", args=[self.key])


class Judgement(Sourced):
    """The grade given to one area. A judgement that is not limiting does not cap the overall grade."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="judgements")
    area = models.ForeignKey(JudgementArea, models.PROTECT, related_name="judgements")
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    printed = models.CharField("as printed", max_length=200, blank=True)
    is_limiting = models.BooleanField("limits the overall grade", null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["inspection_id", "area__order"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "area"], name="actionplan_judgement_once")
        ]

    def __str__(self):
        return f"{self.area}: {self.get_grade_display() or 'not seen'}"


class MonitoringVisit(Sourced):
    """Ofsted’s visit between inspections to a council judged inadequate."""

    key = models.SlugField(unique=True)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="monitoring_visits")
    name = models.CharField(max_length=100)
    start = models.DateField()
    start_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    end = models.DateField(null=True, blank=True)
    published_on = models.DateField("published", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["start"]
        constraints = [ENDS_AFTER_IT_STARTS]

    def __str__(self):
        return self.name
