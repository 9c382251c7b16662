from django.db import models
from simple_history.models import HistoricalRecords

from kpis.models.versioned import Versioned, VersionedQuerySet

from .plan import ActionPlan
from .post import Post
from .reporting_month import ReportingMonth


class ScrutinyPaper(Versioned):
    """The public paper about a month for the scrutiny committee: its head and the prose that people write.

    Figures are not kept here: they come from the month's frozen report. The parts stand in the council's own order.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="scrutiny_papers")
    month = models.ForeignKey(ReportingMonth, models.PROTECT, related_name="scrutiny_papers")
    committee = models.CharField(max_length=120)
    meets_on = models.DateField("the committee meets")
    subject = models.CharField("subject heading", max_length=120)
    lead = models.ForeignKey(Post, models.PROTECT, related_name="papers_led", verbose_name="SLT lead")
    author = models.ForeignKey(
        Post, models.PROTECT, related_name="papers_written", verbose_name="report author"
    )
    contact = models.CharField("contact details", max_length=200, blank=True)
    policy_context = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    recommendations = models.TextField("recommendations to the committee", blank=True)
    services = models.TextField("the services and the long-term ambition", blank=True)
    next_steps = models.TextField(blank=True, help_text="One paragraph for each line")
    financial = models.TextField("financial implications and risks", blank=True)
    legal = models.TextField("legal implications and risks", blank=True)
    human_resources = models.TextField("human resources implications and risks", blank=True)
    equalities = models.TextField("equalities implications and risks", blank=True)
    is_sample = models.BooleanField("sample data", default=False)

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-month__month"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "month"],
                name="actionplan_paper_once",
                violation_error_message="This month has its paper already",
            )
        ]

    def __str__(self):
        return f"{self.committee}, {self.meets_on}"
