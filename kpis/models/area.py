from django.db import models

from .sourced import Sourced


class Area(Sourced):
    """A place that figures are published for: Havering, another authority, London, Outer London, England."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "this council"
        AUTHORITY = "authority", "local authority"
        REGION = "region", "region"
        COUNTRY = "country", "country"

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class NeighbourSet(Sourced):
    """The ten authorities most like this one, as DfE’s model named them on a day. The list changes: it has a date."""

    code = models.SlugField(unique=True)
    as_of = models.DateField()
    areas = models.ManyToManyField(Area, through="NeighbourSetMember")

    class Meta:
        ordering = ["as_of"]

    def __str__(self):
        return f"Statistical neighbours, {self.as_of:%B %Y}"


class NeighbourSetMember(models.Model):
    neighbour_set = models.ForeignKey(NeighbourSet, models.CASCADE, related_name="members")
    area = models.ForeignKey(Area, models.PROTECT)
    rank = models.PositiveSmallIntegerField()
    closeness = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["neighbour_set_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["neighbour_set", "area"], name="kpis_neighbour_once_a_set")
        ]

    def __str__(self):
        return f"{self.area}, {self.rank} of {self.neighbour_set}"
