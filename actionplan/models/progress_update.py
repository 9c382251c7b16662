import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from actionplan.enums import DeliveryState, Impact, Rag, UpdateStatus

from .action import Action

OWNER_STATES = [
    DeliveryState.NOT_STARTED,
    DeliveryState.IN_PROGRESS,
    DeliveryState.DELIVERED,
    DeliveryState.SUPERSEDED,
]


class ProgressUpdateQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-submitted_on", "-pk")

    def submitted_by(self, day):
        """Everything the owner had handed in by the end of `day`, whatever was made of it since."""
        return self.exclude(status=UpdateStatus.DRAFT).filter(submitted_on__lte=day)

    def accepted_by(self, day):
        return self.filter(accepted_on__lte=day)

    def waiting(self):
        """Submitted and not yet checked by the improvement team."""
        return self.filter(status=UpdateStatus.SUBMITTED)


class ProgressUpdate(models.Model):
    """What the owner says of an action in one month. Its words never change once submitted: a correction is a row."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    month = models.DateField()
    state = models.CharField("where the action is", max_length=12, choices=DeliveryState.choices, blank=True)
    rag = models.CharField("rating", max_length=5, choices=Rag.choices, blank=True)
    proposed_rag = models.CharField("proposed rating", max_length=5, choices=Rag.choices, blank=True)
    proposed_because = models.CharField("what the proposal rests on", max_length=300, blank=True)
    rag_reason = models.TextField("why the rating is better than proposed", blank=True)
    impact = models.CharField(max_length=12, choices=Impact.choices, blank=True)
    done = models.TextField("what was done", blank=True)
    standstill = models.TextField(
        "why there was no progress", blank=True, help_text="An answer in place of what was done"
    )
    difference = models.TextField("what difference it made", blank=True)
    cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    forecast_on = models.DateField("expected to finish", null=True, blank=True)
    ticked = models.JSONField(
        "milestones ticked off",
        default=dict,
        blank=True,
        help_text="Number of the milestone and the day it was completed",
    )
    status = models.CharField(max_length=10, choices=UpdateStatus.choices, default=UpdateStatus.DRAFT)
    form_id = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # one form makes one row, however often sent
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="updates_made")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    return_reason = models.TextField("why it was returned", blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="updates_checked"
    )
    is_sample = models.BooleanField("sample data", default=False)

    objects = ProgressUpdateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["action_id", "submitted_on", "pk"]
        indexes = [
            models.Index(fields=["action", "-submitted_on", "-id"]),
            models.Index(fields=["month", "status"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(status=UpdateStatus.DRAFT),
                name="actionplan_update_one_draft",
                violation_error_message="This action has a draft already",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.DRAFT, submitted_on__isnull=True)
                | ~Q(status=UpdateStatus.DRAFT) & Q(submitted_on__isnull=False),
                name="actionplan_update_submitted_has_day",
                violation_error_message="Give the day on which the update was submitted, and none for a draft",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.RETURNED, returned_on__isnull=False, checked_by__isnull=False)
                & ~Q(return_reason="")
                | ~Q(status=UpdateStatus.RETURNED) & Q(returned_on__isnull=True, return_reason=""),
                name="actionplan_update_returned_has_reason",
                violation_error_message="Say why the update is returned",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.ACCEPTED, accepted_on__isnull=False, checked_by__isnull=False)
                | ~Q(status=UpdateStatus.ACCEPTED) & Q(accepted_on__isnull=True),
                name="actionplan_update_accepted_has_day",
                violation_error_message="Say who accepted the update, and when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[UpdateStatus.RETURNED, UpdateStatus.ACCEPTED])
                | Q(checked_by__isnull=True),
                name="actionplan_update_checked_by_once_checked",
                violation_error_message="Only an update that was accepted or returned has somebody who checked it",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.DRAFT) | Q(done="") | Q(standstill=""),
                name="actionplan_update_done_or_standstill",
                violation_error_message="Say what was done, or why there was no progress, not both",
            ),
            models.CheckConstraint(
                condition=Q(status=UpdateStatus.DRAFT)
                | Q(state=DeliveryState.IN_PROGRESS) & ~Q(rag="")
                | Q(state__in=[s for s in OWNER_STATES if s != DeliveryState.IN_PROGRESS], rag=""),
                name="actionplan_update_rag_only_in_progress",
                violation_error_message="Choose a rating for work in progress, and only then",
            ),
        ]

    def __str__(self):
        return f"{self.action.ref}, {self.month:%B %Y}"
