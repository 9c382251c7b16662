from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actionplan.enums import Priority
from kpis.models.indicator import Indicator
from kpis.models.versioned import Versioned, VersionedQuerySet

from .plan import ActionPlan
from .post import Post, Service
from .recommendation import Recommendation


class ActionQuerySet(VersionedQuerySet):
    def in_order(self):
        """By recommendation, then in the order they stand in the plan: 4.2 before 4.10."""
        return self.order_by("plan", "recommendation__number", "order")

    def in_plan(self, plan):
        """The plan’s own, and those of other plans that serve it too. Each once."""
        shared = Action.shared_with.through.objects.filter(action=OuterRef("pk"), actionplan=plan)
        return self.filter(Q(plan=plan) | Exists(shared))

    def owned_by(self, user):
        return self.filter(owner__holder=user)

    def contributed_to_by(self, user):
        """Those the user helps with but does not own."""
        helps = Action.contributors.through.objects.filter(action=OuterRef("pk"), post__holder=user)
        return self.filter(Exists(helps)).exclude(owner__holder=user)


class Action(Versioned):
    """What the council will do about a recommendation, by when, and what it should change for children.

    Exactly one post is accountable. Where an action stands is not kept here: it is the newest accepted progress update
    and assurance, see `actionplan.standing`.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="actions")
    ref = models.CharField("number", max_length=10)
    order = models.PositiveSmallIntegerField("place under its recommendation", default=0)
    title = models.CharField("what will be done", max_length=150)
    short_title = models.CharField("title for the Board", max_length=50)
    why = models.TextField("why it is needed")
    outcome = models.TextField("outcome for children")
    measure = models.TextField("how it is measured")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="actions_owned")
    contributors = models.ManyToManyField(Post, blank=True, related_name="actions_contributed_to")
    service = models.ForeignKey(Service, models.PROTECT, related_name="actions")
    priority = models.CharField(max_length=10, choices=Priority.choices)
    starts_on = models.DateField("starts")
    original_due_on = models.DateField("original due date")
    due_on = models.DateField("due date")
    shared_with = models.ManyToManyField(
        ActionPlan,
        blank=True,
        related_name="actions_shared",
        verbose_name="also part of",
        help_text="Other plans that this action serves. It stays one action, with one owner.",
    )
    carried_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name="carried over from",
    )
    left_because = models.TextField("why it was not carried over", blank=True)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="actions")
    is_sample = models.BooleanField("sample data", default=False)

    objects = ActionQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[contributors, indicators, shared_with])

    class Meta:
        ordering = ["plan_id", "order", "ref"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "ref"],
                name="actionplan_action_ref_once",
                violation_error_message="Another action of this plan has this number",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="actionplan_action_starts_before_due",
                violation_error_message="The due date must be the same as or after the start date",
            ),
            models.CheckConstraint(
                condition=Q(ref__regex=r"^[A-Z]?[0-9]+\.[0-9]+$"),
                name="actionplan_action_ref_shape",
                violation_error_message="Enter a number such as 4.2 or L1.1",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"

    def get_absolute_url(self):
        return reverse("actionplan:action", args=[self.plan.slug, self.ref])
