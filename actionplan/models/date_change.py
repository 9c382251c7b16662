from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .action import Action
from .meeting import Meeting
from .milestone import Milestone
from .post import Post


def undecided_on(day):
    """Asked by the end of `day`, and neither agreed nor refused by then."""
    return Q(
        Q(agreed_on__isnull=True) | Q(agreed_on__gt=day),
        Q(refused_on__isnull=True) | Q(refused_on__gt=day),
        asked_on__lte=day,
    )


class DateChangeQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(agreed_on__isnull=True, refused_on__isnull=True)


class DateChange(models.Model):
    """A due date that was moved, or is asked to move: why, who asked, who agreed or refused. Slippage is never hidden.

    `decided_by` is the post that decided by itself, `meeting` the one that decided; what an administrator moved in
    Django admin has neither.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="date_changes")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="date_changes"
    )
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    refused_because = models.TextField("why it was refused", blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="date_changes",
        verbose_name="decided at",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    decision_made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="decision recorded by",
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
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(refused_on=None),
                name="actionplan_date_change_agreed_or_refused",
                violation_error_message="A date change is either agreed or refused",
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None, refused_because="")
                | Q(refused_on__isnull=False) & ~Q(refused_because=""),
                name="actionplan_date_change_refused_with_reason",
                violation_error_message="Say why the new date is refused",
            ),
            # Two, because a unique constraint takes every null for another one.
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(milestone=None, agreed_on=None, refused_on=None),
                name="actionplan_date_change_one_undecided_of_action",
                violation_error_message="A new date was asked for already and is not decided yet",
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(milestone__isnull=False, agreed_on=None, refused_on=None),
                name="actionplan_date_change_one_undecided_of_step",
                violation_error_message="A new date was asked for already and is not decided yet",
            ),
        ]

    def __str__(self):
        return f"{self.action.ref}: {self.from_date} to {self.to_date}"

    @property
    def target_ref(self):
        """The number of what moves: 4.2 for the action, 4.2.3 for a milestone of it."""
        return f"{self.action.ref}.{self.milestone.number}" if self.milestone else self.action.ref

    @property
    def target(self):
        """What moves: the milestone, where one is named, else the action."""
        return self.milestone or self.action
