from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet


class Service(Versioned):
    """A front-line service of children’s social care."""

    name = models.CharField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Post(Versioned):
    """A post that owns actions. The post stays when the person who holds it leaves, so no action loses its owner."""

    title = models.CharField(max_length=100, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="posts")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="held by",
    )

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title
