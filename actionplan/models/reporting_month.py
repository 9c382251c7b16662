from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actionplan.enums import MonthState, Rag
from kpis.models.versioned import Versioned, VersionedQuerySet

from .plan import ActionPlan


class ReportingMonthQuerySet(VersionedQuerySet):
    def current(self, on):
        """The round people are writing for on a day: the first whose Board has not yet met."""
        return self.filter(board_on__gte=on).order_by("month").first() or self.order_by("month").last()


class ReportingMonth(Versioned):
    """One round: when updates are due, what date the indicators are as at, when the Board meets, and what it is told.

    Rounds belong to the whole plan; plans beneath it share them. The counts beside the headline are always computed.
    """

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="months")
    month = models.DateField(help_text="The first day of the month")
    opens_on = models.DateField("opens")
    updates_due_on = models.DateField("updates due")
    data_as_at = models.DateField("indicators as at")
    comments_by = models.DateField("comments on the draft by", null=True, blank=True)
    board_on = models.DateField("the Board meets")
    state = models.CharField(max_length=10, choices=MonthState.choices, default=MonthState.OPEN)
    told_on = models.DateField("frozen as things stood on", null=True, blank=True, editable=False)
    headline = models.TextField("headline for the Board", blank=True)
    confidence = models.CharField(max_length=10, choices=Rag.choices, blank=True)
    confidence_reason = models.CharField(max_length=250, blank=True)
    next_month = models.TextField("what happens next month", blank=True, help_text="One line for each thing")
    is_sample = models.BooleanField("sample data", default=False)

    objects = ReportingMonthQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["plan_id", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "month"],
                name="actionplan_month_once",
                violation_error_message="This month exists already",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="actionplan_month_first_day",
                violation_error_message="Enter the first day of the month",
            ),
            models.CheckConstraint(
                condition=Q(updates_due_on__lte=models.F("board_on")),
                name="actionplan_month_updates_before_board",
                violation_error_message="Updates must be due on or before the day the Board meets",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("updates_due_on")),
                name="actionplan_month_opens_before_updates",
                violation_error_message="The month must open on or before the day updates are due",
            ),
            models.CheckConstraint(
                condition=Q(data_as_at__lte=models.F("updates_due_on")),
                name="actionplan_month_data_before_updates",
                violation_error_message="Indicators must be as at the day updates are due, or a day before it",
            ),
            models.CheckConstraint(
                condition=Q(comments_by__isnull=True)
                | Q(comments_by__gte=models.F("updates_due_on"), comments_by__lte=models.F("board_on")),
                name="actionplan_month_comments_before_board",
                violation_error_message="Comments must be due between the day updates are due and the Board",
            ),
        ]

    def __str__(self):
        return f"{self.month:%B %Y}"

    @property
    def read_on(self):
        """The day as which the Board read things; what differs since is new to it."""
        return self.told_on or self.board_on

    def state_on(self, day):
        """Open until updates are due, then being checked, until it is frozen."""
        if self.state == MonthState.FROZEN:
            return MonthState.FROZEN
        return MonthState.CHECKING if day > self.updates_due_on else MonthState.OPEN

    def get_absolute_url(self):
        return reverse("actionplan:month", args=[self.plan.slug, f"{self.month:%Y-%m}"])
