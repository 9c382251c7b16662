from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import models

from actionplan.enums import Grade
from kpis.models.sourced import Sourced


@dataclass(frozen=True)
class NationalPicture:
    """How many overall grades of each kind had been published by a day."""

    on: date
    counts: Counter

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class PublishedOutcomeQuerySet(models.QuerySet):
    def published_by(self, day):
        return self.filter(published_on__lte=day)

    def picture_by_reports(self, day) -> NationalPicture:
        """Every report counts once, so an authority inspected twice counts twice."""
        return NationalPicture(day, Counter(self.published_by(day).values_list("overall", flat=True)))

    def picture_by_authorities(self, day) -> NationalPicture:
        """Every authority counts once, with its latest grade."""
        latest = {}
        for authority, grade in (
            self.published_by(day).order_by("published_on", "pk").values_list("authority", "overall")
        ):
            latest[authority] = grade
        return NationalPicture(day, Counter(latest.values()))


class PublishedOutcome(Sourced):
    """One authority’s report under the single inspection framework, from Ofsted’s own table."""

    authority = models.CharField(max_length=60)
    area_code = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField("first inspection or re-inspection")
    published_on = models.DateField("published", db_index=True)
    overall = models.CharField(max_length=20, choices=Grade.choices)
    help_and_protection = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    looked_after = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    adoption = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    care_leavers = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    leadership = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    lscb = models.CharField("safeguarding board", max_length=20, choices=Grade.choices, blank=True)

    objects = PublishedOutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["published_on", "authority"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "published_on"], name="actionplan_outcome_once")
        ]

    def __str__(self):
        return f"{self.authority}, {self.published_on}"
