from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actionplan.enums import Body
from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action
from .meeting import Meeting
from .plan import ActionPlan
from .post import Post
from .recommendation import Recommendation


class ChallengeQuerySet(VersionedQuerySet):
    def open_on(self, day):
        """Raised by the end of `day` and not yet closed."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), raised_on__lte=day)

    def under(self, plan):
        """Those of the plan and of the plans beneath it; of a plan beneath, also those that name one of its actions."""
        its_own = Q(plan=plan) | Q(plan__parent=plan)
        if plan.parent_id is None:
            return self.filter(its_own)
        named = Challenge.actions.through.objects.filter(Q(action__plan=plan) | Q(action__shared_with=plan))
        return self.filter(its_own | Q(pk__in=named.values("challenge")))


class Challenge(Versioned):
    """A question put to the council by those who check its work. It stays open until it is answered."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="challenges")
    source = models.CharField("asked by", max_length=20, choices=Body.choices)
    question = models.TextField()
    raised_on = models.DateField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="challenges")
    owner = models.ForeignKey(
        Post, models.PROTECT, related_name="challenges", verbose_name="post that answers"
    )
    due_on = models.DateField("to be answered by")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    recommendations = models.ManyToManyField(
        Recommendation,
        blank=True,
        related_name="challenges",
        help_text="Where the work of those who ask and the plan’s overlap",
    )
    actions = models.ManyToManyField(Action, blank=True, related_name="challenges")
    is_sample = models.BooleanField("sample data", default=False)

    objects = ChallengeQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[recommendations, actions])

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | Q(answered_on__isnull=False) & ~Q(answer=""),
                name="actionplan_challenge_answered_with_answer",
                violation_error_message="Write the answer and the day it was given",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(answered_on__isnull=False, closed_on__gte=F("answered_on")),
                name="actionplan_challenge_closed_when_answered",
                violation_error_message="Answer the challenge before you close it",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on")),
                name="actionplan_challenge_due_after_raised",
                violation_error_message="The answer cannot be due before the question was asked",
            ),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("actionplan:challenge", args=[self.plan.slug, self.pk])
