from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from kpis.enums import RuleMethod

from .sourced import Sourced


class RagRule(Sourced):
    """How values are rated against their targets, from a day on.

    The council changed its rule at least four times. A period is rated by the rule in force on its last day, so a new
    rule recolours nothing that went before; a rule is never edited. A Board’s own rule goes before the council’s.
    """

    class Body(models.TextChoices):
        COUNCIL = "council", "the council"
        BOARD = "board", "the Board"

    name = models.CharField(max_length=100)
    body = models.CharField("whose rule", max_length=10, choices=Body.choices)
    starts_on = models.DateField("rates periods that end on or after")
    method = models.CharField("how it judges", max_length=25, choices=RuleMethod.choices)
    percent = models.DecimalField(
        "share of the target, in percent",
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text="How far from the target is still close enough; only for rules that work by a share of it",
    )

    class Meta:
        ordering = ["starts_on", "body"]
        verbose_name = "RAG rule"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "starts_on"],
                name="kpis_ragrule_one_a_day",
                violation_error_message="There is already a rule that starts on this day",
            ),
            models.CheckConstraint(
                condition=Q(percent=0) | Q(method=RuleMethod.SHARE_OF_TARGET),
                name="kpis_ragrule_percent_where_it_counts",
                violation_error_message="Only a rule that works by a share of the target has a percentage",
            ),
        ]

    def __str__(self):
        return self.name
