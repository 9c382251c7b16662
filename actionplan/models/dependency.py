from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action


class Programme(Versioned):
    """Work outside the plan that it leans on, such as the DfE Innovation Programme."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    funder = models.CharField(max_length=100, blank=True)
    summary = models.TextField(blank=True)
    strands = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Dependency(Versioned):
    """What an action needs from another action or from a programme, and by when."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="dependencies")
    on_action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="dependents")
    on_programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="dependents"
    )
    what = models.CharField("what is needed", max_length=250)
    needed_by = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["action_id", "needed_by", "pk"]
        verbose_name_plural = "dependencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(on_action__isnull=True, on_programme__isnull=False)
                | Q(on_action__isnull=False, on_programme__isnull=True),
                name="actionplan_dependency_on_one_thing",
                violation_error_message="Choose either an action or a programme",
            ),
            models.CheckConstraint(
                condition=Q(on_action__isnull=True) | ~Q(action=F("on_action")),
                name="actionplan_dependency_not_on_itself",
                violation_error_message="An action cannot depend on itself",
            ),
        ]

    def __str__(self):
        return f"{self.action.ref} needs {self.on_action or self.on_programme}"
