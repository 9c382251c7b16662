from django.conf import settings
from django.db import models

from actionplan.enums import ReminderKind

from .reporting_month import ReportingMonth


class Reminder(models.Model):
    """One mail to one person on one day about all they owe. Its row keeps a second run from sending it again."""

    month = models.ForeignKey(ReportingMonth, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=6, choices=ReminderKind.choices)
    sent_on = models.DateField()
    actions = models.PositiveSmallIntegerField("actions named")
    is_sample = models.BooleanField("sample data", default=False)

    class Meta:
        ordering = ["-sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "person", "sent_on"],
                name="actionplan_reminder_once_a_day",
                violation_error_message="This person was reminded today already",
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.sent_on}"
