from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from actionplan.enums import RiskKind
from kpis.models.versioned import Versioned, VersionedQuerySet

from .action import Action
from .plan import ActionPlan
from .post import Post
from .recommendation import Recommendation

FROM_ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class RiskQuerySet(VersionedQuerySet):
    def open_on(self, day):
        """Those that were opened by the end of `day` and not yet closed."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)

    def under(self, plan):
        """Those of the plan and of the plans beneath it."""
        return self.filter(Q(plan=plan) | Q(plan__parent=plan))


class Risk(Versioned):
    """What may stop the plan from helping children, or already does: a risk may happen, an issue has."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=RiskKind.choices, default=RiskKind.RISK)
    title = models.CharField(max_length=150)
    cause = models.TextField("what causes it")
    effect = models.TextField("what it would mean for children")
    likelihood = models.PositiveSmallIntegerField("likelihood before mitigation", validators=FROM_ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField("impact before mitigation", validators=FROM_ONE_TO_FIVE)
    mitigation = models.TextField("what is done about it")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="risks")
    opened_on = models.DateField()
    review_on = models.DateField("to be reviewed by")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField("why it was closed", blank=True)
    actions = models.ManyToManyField(Action, blank=True, related_name="risks")
    recommendations = models.ManyToManyField(Recommendation, blank=True, related_name="risks")
    is_sample = models.BooleanField("sample data", default=False)

    objects = RiskQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[actions, recommendations])

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="actionplan_risk_number_once_a_plan",
                violation_error_message="There is already a risk with this number in the plan",
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="actionplan_risk_scores_one_to_five",
                violation_error_message="Give likelihood and impact a score from 1 to 5",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | Q(closed_on__isnull=False) & ~Q(closed_because=""),
                name="actionplan_risk_closed_with_reason",
                violation_error_message="Say why the risk was closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="actionplan_risk_closed_after_opened",
                violation_error_message="A risk cannot be closed before it was opened",
            ),
        ]

    def __str__(self):
        return f"R{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("actionplan:risk", args=[self.plan.slug, self.number])


class RiskScoreQuerySet(models.QuerySet):
    def as_at(self, day):
        """One row a risk: its newest score by the end of `day`."""
        newest = (
            RiskScore.objects.filter(risk=OuterRef("risk"), scored_on__lte=day)
            .order_by("-scored_on", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))


class RiskScore(models.Model):
    """How likely and how bad a risk was found to be after mitigation. A new view of it is a new row."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores")
    scored_on = models.DateField()
    likelihood = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField(validators=FROM_ONE_TO_FIVE)
    note = models.TextField("why", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    made_at = models.DateTimeField("recorded", default=timezone.now, editable=False)
    is_sample = models.BooleanField("sample data", default=False)

    objects = RiskScoreQuerySet.as_manager()

    class Meta:
        ordering = ["risk_id", "scored_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="actionplan_risk_score_one_to_five",
                violation_error_message="Give likelihood and impact a score from 1 to 5",
            )
        ]

    def __str__(self):
        return f"R{self.risk.number}, {self.scored_on}: {self.likelihood} x {self.impact}"
