from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action
from .meeting import Meeting
from .plan import ActionPlan
from .post import Post


class DecisionQuerySet(VersionedQuerySet):
    def waiting_on(self, day):
        """Asked by the end of `day` and not yet made."""
        return self.filter(Q(meeting=None) | Q(meeting__held_on__gt=day), asked_on__lte=day)

    def under(self, plan):
        """Those of the plan and of the plans beneath it; of a plan beneath, also those that name one of its actions."""
        its_own = Q(plan=plan) | Q(plan__parent=plan)
        if plan.parent_id is None:
            return self.filter(its_own)
        named = Decision.actions.through.objects.filter(Q(action__plan=plan) | Q(action__shared_with=plan))
        return self.filter(its_own | Q(pk__in=named.values("decision")))


class Decision(Versioned):
    """Something that a meeting is asked to decide, and what it decided."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="decisions")
    question = models.TextField("what is asked for")
    why = models.TextField("why it is needed")
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="decisions_asked_for")
    asked_on = models.DateField()
    needed_by = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="made at"
    )
    outcome = models.TextField("what was decided", blank=True)
    actions = models.ManyToManyField(Action, blank=True, related_name="decisions")
    is_sample = models.BooleanField("sample data", default=False)

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[actions])

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, outcome="") | Q(meeting__isnull=False) & ~Q(outcome=""),
                name="actionplan_decision_made_with_outcome",
                violation_error_message="A decision that was made has both its meeting and what was decided",
            )
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("actionplan:decision", args=[self.plan.slug, self.pk])
