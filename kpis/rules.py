"""Which RAG rule rates a period, the one in force on its last day, and what it says of a figure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kpis import arithmetic
from kpis.arithmetic import NO_RULE, Rule
from kpis.enums import Rating
from kpis.figures import Aim, Figure, year_before
from kpis.models import RagRule


def rules() -> tuple[Rule, ...]:
    """Every rule, in one query, by precedence: the Board’s before the council’s, the newest before the older ones."""
    found = sorted(
        RagRule.objects.all(), key=lambda row: (row.body == RagRule.Body.BOARD, row.starts_on), reverse=True
    )
    return tuple(Rule(row.method, row.percent, row.name, row.starts_on, row.is_sample) for row in found)


def in_force(rules: Iterable[Rule], day: date) -> Rule:
    """The rule for a period that ends on `day`, of rules as `rules()` orders them."""
    return next((rule for rule in rules if rule.starts_on <= day), NO_RULE)


class Rated(NamedTuple):
    """A rating and the name of the rule that made it; no name where no rule judged the value."""

    rating: Rating
    rule: str
    rule_is_sample: bool


def rated(figure: Figure, aim: Aim | None, *, among: tuple[Figure, ...], rules: Iterable[Rule]) -> Rated:
    """How a figure stands against a target. Its year before, for the rule that asks, is looked up `among` others."""
    rule, ago = in_force(rules, figure.period.end), year_before(among, figure)
    rating = arithmetic.rate(
        figure.observed,
        polarity=figure.measure.polarity,
        decimals=figure.measure.decimals,
        target=aim.value if aim else None,
        tolerance=aim.tolerance if aim else arithmetic.NO_TOLERANCE,
        rule=rule,
        year_ago=ago.value if ago else None,
    )
    return Rated(rating, rule.name, rule.is_sample) if rating.is_coloured else Rated(rating, "", False)
