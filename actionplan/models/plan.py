from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .inspection import Inspection
from .post import Post


class ActionPlan(Versioned):
    """The council’s answer to an inspection. A plan may stand under another, as the Leaving Care plan does."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="plans")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    senior_responsible = models.ForeignKey(
        Post, models.PROTECT, related_name="plans_answered_for", verbose_name="senior responsible officer"
    )
    author = models.ForeignKey(
        Post, models.PROTECT, related_name="plans_written", verbose_name="author of its reports"
    )
    board = models.CharField(max_length=100)
    summary = models.TextField(blank=True)
    agreed_on = models.DateField("agreed", null=True, blank=True)
    submitted_on = models.DateField("submitted to Ofsted", null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="takes over from",
    )
    closed_on = models.DateField("closed", null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-inspection__published_on", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("actionplan:plan", args=[self.slug])

    def is_closed(self, on):
        return self.closed_on is not None and self.closed_on <= on

    def as_of(self, on):
        """The day its pages speak of: `on`, or the day it was closed. What was open then does not grow later since."""
        return min(on, self.closed_on or on)
