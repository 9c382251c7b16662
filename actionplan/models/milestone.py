from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .action import Action
from .step import Step


class Milestone(Step, models.Model):
    """A step of an action with a date of its own. It is edited with its action, whose version covers it."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    original_due_on = models.DateField("original due date")
    due_on = models.DateField("due date")
    completed_on = models.DateField("completed", null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["action_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "number"],
                name="actionplan_milestone_number_once",
                violation_error_message="Another milestone of this action has this number",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(completed_on__isnull=True), name="actionplan_open_milestones"
            )
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"

    @property
    def ref(self):
        return f"{self.action.ref}.{self.number}"
