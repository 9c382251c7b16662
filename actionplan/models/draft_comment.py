from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .plan import ActionPlan
from .reporting_month import ReportingMonth


class DraftCommentQuerySet(VersionedQuerySet):
    def unanswered(self):
        return self.filter(answered_on__isnull=True)


class DraftComment(Versioned):
    """What somebody says of one paragraph of a month's draft, and what the improvement team answers before it freezes.

    A paragraph is a part of the page (`part`, such as exceptions) and, in a part that has lines, the line (`line`, such
    as an action's number).
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="draft_comments")
    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="draft_comments")
    part = models.CharField(max_length=20)
    line = models.CharField(max_length=60, blank=True)
    text = models.TextField("comment")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="draft_comments")
    made_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="draft_answers"
    )
    answered_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = DraftCommentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_on__isnull=False),
                name="actionplan_comment_answer_whole",
                violation_error_message="Give the answer with who answered and when",
            )
        ]

    def __str__(self):
        return self.text[:60]
