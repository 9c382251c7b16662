from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .action import Action
from .milestone import Milestone
from .post import Post


class DateChangeQuerySet(models.QuerySet):
    def agreed(self):
        return self.filter(agreed_on__isnull=False)

    def undecided(self):
        return self.filter(agreed_on__isnull=True)


class DateChange(models.Model):
    """A due date that was moved, or is asked to move: why, who asked, and who agreed. Slippage is never hidden."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="date_changes")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="date_changes"
    )
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_at = models.CharField("agreed at", max_length=150, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    made_at = models.DateTimeField("recorded", default=timezone.now, editable=False)
    is_sample = models.BooleanField("sample data", default=False)

    objects = DateChangeQuerySet.as_manager()

    class Meta:
        ordering = ["action_id", "asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_date=F("to_date")),
                name="actionplan_date_change_moves",
                violation_error_message="Enter a date that differs from the one it replaces",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="actionplan_date_change_has_reason",
                violation_error_message="Say why the date changes",
            ),
        ]

    def __str__(self):
        return f"{self.action.ref}: {self.from_date} to {self.to_date}"
