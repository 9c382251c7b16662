from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .post import Post
from .step import Step


class Programme(Versioned):
    """Work outside the plan that it leans on, such as the DfE Innovation Programme. Its version covers its parts."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    funder = models.CharField(max_length=100, blank=True)
    funding = models.DecimalField(
        "funding in pounds",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    funding_note = models.CharField("what is known of the funding", max_length=250, blank=True)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="programmes_owned")
    summary = models.TextField("what is known of it", blank=True)
    source = models.CharField("where its summary and funder were published", max_length=250, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="actionplan_programme_starts_before_ends",
                violation_error_message="The end must be on the day it starts, or later",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actionplan:programme", args=[self.slug])


class Strand(models.Model):
    """A part of a programme with a purpose, and often money, of its own."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="strands")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    what = models.TextField("what it does", blank=True)
    funding = models.DecimalField(
        "funding in pounds",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    is_sample = models.BooleanField("sample data", default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["programme_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="actionplan_strand_name_once",
                violation_error_message="Another strand of this programme has this name",
            )
        ]

    def __str__(self):
        return self.name


class ProgrammeMilestone(Step, models.Model):
    """A step of a programme, or of one of its strands, with a date."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="milestones")
    strand = models.ForeignKey(Strand, models.PROTECT, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=150)
    original_due_on = models.DateField("original due date")
    due_on = models.DateField("due date")
    completed_on = models.DateField("completed", null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["programme_id", "due_on", "pk"]

    def __str__(self):
        return self.title
