from django.db import models
from django.db.models import F, Q

from kpis.enums import Marker
from kpis.periods import Period


class Dated(models.Model):
    """An indicator’s value for a period: as it stands, or as numerator and denominator, or missing with its marker.

    Each child model has the foreign key `indicator`.
    """

    start = models.DateField("first day")
    end = models.DateField("last day")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    marker = models.CharField(
        "why there is no value",
        max_length=1,
        choices=Marker.choices,
        blank=True,
        help_text="Only when there is no value",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lte=F("end")),
                name="%(app_label)s_%(class)s_starts_before_it_ends",
                violation_error_message="The last day must be the same as or after the first day",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gte=0),
                name="%(app_label)s_%(class)s_numerator_and_denominator",
                violation_error_message="Enter both the numerator and the denominator, or neither",
            ),
            models.CheckConstraint(
                condition=Q(marker="", value__isnull=False)
                | Q(marker="", numerator__isnull=False)
                | ~Q(marker="") & Q(value__isnull=True, numerator__isnull=True),
                name="%(app_label)s_%(class)s_value_or_marker",
                violation_error_message="Enter a value, or say why there is none",
            ),
        ]

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)
