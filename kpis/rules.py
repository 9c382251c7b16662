"""Which RAG rule rates a period: the one in force on its last day."""

from collections.abc import Iterable
from datetime import date

from kpis.arithmetic import NO_RULE, Rule
from kpis.models import RagRule


def rules() -> tuple[Rule, ...]:
    """Every rule in one query, those that go first at the head: the Board’s before the council’s, the newest before
    the older ones."""
    found = sorted(
        RagRule.objects.all(), key=lambda row: (row.body == RagRule.Body.BOARD, row.starts_on), reverse=True
    )
    return tuple(Rule(row.method, row.percent, row.name, row.starts_on, row.is_sample) for row in found)


def in_force(rules: Iterable[Rule], day: date) -> Rule:
    """The rule that rates a period ending on `day`, of rules in the order of `rules()`."""
    return next((rule for rule in rules if rule.starts_on <= day), NO_RULE)
