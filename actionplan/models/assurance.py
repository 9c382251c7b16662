from django.conf import settings
from django.db import models
from django.utils import timezone

from actionplan.enums import Finding

from .action import Action
from .post import Post


class Assurance(models.Model):
    """Somebody other than the owner looked at the evidence and said whether the work is done and holds."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="assurances")
    finding = models.CharField(max_length=15, choices=Finding.choices)
    summary = models.TextField("what was checked and found")
    assurer = models.ForeignKey(Post, models.PROTECT, related_name="assurances")
    made_on = models.DateField("checked")
    recheck_due_on = models.DateField("to be checked again by", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    made_at = models.DateTimeField("recorded", default=timezone.now, editable=False)
    is_sample = models.BooleanField("sample data", default=False)

    class Meta:
        ordering = ["action_id", "made_on", "pk"]
        indexes = [models.Index(fields=["action", "-made_on", "-id"])]

    def __str__(self):
        return f"{self.action.ref}, {self.made_on}: {self.get_finding_display()}"
