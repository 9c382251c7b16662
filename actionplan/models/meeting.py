from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actionplan.enums import Attendance as Present
from actionplan.enums import Body
from kpis.models.versioned import Versioned, VersionedQuerySet

from .plan import ActionPlan
from .post import Post


class MeetingQuerySet(VersionedQuerySet):
    def about(self, plan):
        """Those of the plan, of the plans beneath it and of the whole plan that it belongs to."""
        return self.filter(Q(plan=plan) | Q(plan__parent=plan) | Q(plan=plan.parent_id))


class Meeting(Versioned):
    """When people who answer for the plan, or check it, came together: the Board, scrutiny, Ofsted."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="meetings")
    body = models.CharField("whose meeting", max_length=20, choices=Body.choices)
    held_on = models.DateField()
    chair = models.CharField("chaired by", max_length=150, help_text="A post or a role, not a name")
    summary = models.TextField("what was discussed", blank=True)
    posts = models.ManyToManyField(Post, through="Attendance", related_name="meetings")
    is_sample = models.BooleanField("sample data", default=False)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "body", "held_on"],
                name="actionplan_meeting_once_a_day",
                violation_error_message="This meeting is already recorded for that day",
            )
        ]

    def __str__(self):
        return f"{self.get_body_display()}, {self.held_on.day} {self.held_on:%B %Y}"

    def get_absolute_url(self):
        return reverse("actionplan:meeting", args=[self.plan.slug, self.pk])


class Attendance(models.Model):
    """Whether the holder of a post was at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    post = models.ForeignKey(Post, models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=10, choices=Present.choices, default=Present.PRESENT)

    history = HistoricalRecords()

    class Meta:
        ordering = ["meeting_id", "post__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "post"],
                name="actionplan_attendance_once_a_meeting",
                violation_error_message="This post is already listed for the meeting",
            )
        ]

    def __str__(self):
        return f"{self.post}: {self.get_status_display()}"
