from django.db import models
from simple_history.models import HistoricalRecords

from kpis.addresses import address
from kpis.enums import Coverage, Frequency, Kind, Polarity, Unit

from .sourced import Sourced
from .versioned import Versioned, VersionedQuerySet


class IndicatorQuerySet(VersionedQuerySet):
    def headline(self):
        """Those the Board reads on its page, in its order."""
        return self.filter(headline_order__isnull=False).order_by("headline_order")


class Indicator(Versioned, Sourced):
    """A measure of how children are helped: its definition sheet. Council and DfE figures are separate indicators."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=70)
    definition = models.TextField("what it counts")
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    decimals = models.PositiveSmallIntegerField(default=0)
    polarity = models.CharField(max_length=10, choices=Polarity.choices)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    covers = models.CharField(
        "each figure is about", max_length=10, choices=Coverage.choices, default=Coverage.PERIOD
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source_system = models.CharField("where the figures come from", max_length=200)
    owner = models.CharField("post that returns the figures", max_length=100)
    why = models.TextField("why it matters")
    headline_order = models.PositiveSmallIntegerField(
        "place on the Board’s page",
        null=True,
        blank=True,
        unique=True,
        help_text="Leave empty to keep it off the Board’s page",
    )
    early_measure = models.PositiveSmallIntegerField(
        "early measure",
        null=True,
        blank=True,
        help_text="1 to 8, as the June 2017 report lists them in its paragraph 13",
    )
    dfe_measure = models.CharField("DfE’s name for the measure", max_length=100, blank=True)
    recommendation_numbers = models.CharField(
        "recommendations of 2016 it bears on",
        max_length=50,
        blank=True,
        help_text="Numbers with semicolons between",
    )

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("kpis:indicator", self.code)
