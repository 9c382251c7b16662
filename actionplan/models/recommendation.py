from django.db import models
from simple_history.models import HistoricalRecords

from actionplan.enums import Priority
from kpis.models.sourced import Sourced
from kpis.models.versioned import Versioned, VersionedQuerySet

from .framework import JudgementArea
from .inspection import Inspection
from .post import Post


class Recommendation(Versioned, Sourced):
    """What Ofsted asked for, word for word, beside the council’s own wording.

    Priority and lead are the council’s, not Ofsted’s.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    short_title = models.CharField("title for the Board", max_length=60)
    wording = models.TextField("Ofsted’s wording")
    council_wording = models.TextField("the council’s wording", blank=True)
    page = models.PositiveSmallIntegerField("page of the report", null=True, blank=True)
    note = models.TextField(blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, blank=True)
    lead = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="recommendations_led")
    areas = models.ManyToManyField(
        JudgementArea, through="RecommendationParagraph", related_name="recommendations"
    )

    objects = VersionedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["inspection_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number"], name="actionplan_recommendation_number_once"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.short_title}"


class RecommendationParagraph(Sourced):
    """A paragraph of the report that Ofsted tagged as a recommendation, and the area it stands in.

    Ofsted does not print which numbered recommendation a tagged paragraph means; `confidence` and `basis` say how
    sure the reading is.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="paragraphs")
    area = models.ForeignKey(JudgementArea, models.PROTECT)
    paragraph = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=200)
    confidence = models.CharField(max_length=20)
    basis = models.CharField(max_length=300)

    class Meta:
        ordering = ["recommendation_id", "paragraph"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "paragraph"], name="actionplan_paragraph_once_a_recommendation"
            )
        ]

    def __str__(self):
        return f"Paragraph {self.paragraph}"
