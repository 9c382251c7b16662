from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actionplan.enums import Finding, Stage
from kpis.models.indicator import Indicator

from .action import Action
from .evidence import Evidence
from .post import Post


class Assurance(models.Model):
    """Somebody other than the owner looked at the evidence and said whether the work is done and holds.

    The relapse watch writes the same row when an indicator of assured work gets worse by more than chance; then nobody
    looked, and `indicator` is what told it. Rows are written once, by `actionplan.changes.assurance` alone.
    """

    action = models.ForeignKey(Action, models.PROTECT, related_name="assurances")
    stage = models.CharField("which check", max_length=15, choices=Stage.choices, default=Stage.FIRST)
    finding = models.CharField(max_length=15, choices=Finding.choices)
    summary = models.TextField("what was checked and found")
    assurer = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="assurances")
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="assurances", verbose_name="what it rests on"
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField("checked")
    recheck_due_on = models.DateField("to be checked again by", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="recorded by",
    )
    made_at = models.DateTimeField("recorded", default=timezone.now, editable=False)
    is_sample = models.BooleanField("sample data", default=False)

    class Meta:
        ordering = ["action_id", "made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    stage=Stage.WATCH, finding=Finding.NOT_ADEQUATE, assurer=None, indicator__isnull=False
                )
                | ~Q(stage=Stage.WATCH)
                & Q(assurer__isnull=False, made_by__isnull=False, indicator__isnull=True),
                name="actionplan_assurance_by_somebody_or_the_watch",
                violation_error_message="Say who checked, or which indicator got worse",
            )
        ]
        indexes = [models.Index(fields=["action", "-made_on", "-id"])]

    def __str__(self):
        return f"{self.action.ref}, {self.made_on}: {self.get_finding_display()}"
