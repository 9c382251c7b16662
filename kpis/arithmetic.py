"""How a value is shown, rated and compared. Pure functions on Decimal, no database.

The rules are those the Board agreed: a value is rated as it is shown, equal to the target is met, and a falling target
counts as much as a rising one. Percent of target (value / target) is used nowhere: it is wrong for every measure that
should fall.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from kpis.enums import Direction, Marker, Polarity, Rating, RuleMethod, Unit

FEW = (
    6  # a percentage of fewer cases than this says more about chance than about the service: counts are shown
)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round: 0.5 becomes 1, and -0.5 becomes -1."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def share(numerator: Decimal, denominator: Decimal, per: int = 100) -> Decimal | None:
    """`numerator` of `denominator`, per hundred; None where there were no cases, which is not the same as 0."""
    return numerator * per / denominator if denominator else None


@dataclass(frozen=True)
class Observation:
    """What is known of one period. `value` is None where there is none, and then one of the flags may say why.

    `few` marks a percentage of so few cases that only its counts are shown: it is neither rated nor compared.
    """

    value: Decimal | None
    withheld: bool = False
    no_cases: bool = False
    few: bool = False

    @property
    def comparable(self) -> Decimal | None:
        """The value, where it may be compared with another."""
        return None if self.few else self.value


NOTHING = Observation(None)


def observed(
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    *,
    marker: str = "",
    unit: str,
) -> Observation:
    """The value to show and rate. Numerator and denominator, where known, go before a printed value."""
    if marker:
        return Observation(None, withheld=True) if marker == Marker.WITHHELD else NOTHING
    if numerator is None or denominator is None:
        return Observation(value)
    counted = share(numerator, denominator, per=Unit(unit).per)
    few = unit == Unit.PERCENT and 0 < denominator < FEW
    return Observation(counted, no_cases=counted is None, few=few)


class Rule(NamedTuple):
    """How a value that misses its target is judged, in periods that end on `starts_on` or later."""

    method: str
    percent: Decimal = Decimal(0)  # of the target, for the one method that works by a share of it
    name: str = ""
    starts_on: date = date.min
    is_sample: bool = False


NO_RULE = Rule(RuleMethod.TOLERANCE)
NO_TOLERANCE = Decimal(0)


def rate(
    observed: Observation,
    *,
    polarity: str,
    decimals: int,
    target: Decimal | None = None,
    tolerance: Decimal = NO_TOLERANCE,
    rule: Rule = NO_RULE,
    year_ago: Decimal | None = None,
) -> Rating:
    """The rating of a value against its target, under the rule in force for its period.

    Higher is better: met at or above the target. Lower is better: mirrored. A value that misses it is judged by the
    rule’s method; where no rule is in force, by the tolerance of the target. `year_ago` is the value of the same period
    a year before, which only a rule by the share of the target asks for.
    What cannot be rated keeps its own word and is never coloured; why there is no value goes before why there is no
    target.
    """
    if observed.withheld:
        return Rating.WITHHELD
    if observed.no_cases:
        return Rating.NO_CASES
    if observed.value is None:
        return Rating.NO_DATA
    is_narrative = rule.method == RuleMethod.TOLERANCE_OR_NARRATIVE
    if polarity == Polarity.CONTEXT:
        return Rating.NARRATIVE if is_narrative else Rating.CONTEXT
    if observed.few:
        return Rating.FEW
    if target is None:
        return Rating.NARRATIVE if is_narrative else Rating.NO_TARGET
    short = _shortfall(observed.value, target, polarity, decimals)
    if short <= 0:
        return Rating.MET
    match rule.method:
        case RuleMethod.EXACT:
            return Rating.NOT_MET
        case RuleMethod.SHARE_OF_TARGET if short <= abs(target) * rule.percent / 100:
            return Rating.WITHIN
        case RuleMethod.SHARE_OF_TARGET:
            since = direction(observed.value, year_ago, polarity=polarity, decimals=decimals)
            return Rating.HELD if since in (Direction.BETTER, Direction.SAME) else Rating.NOT_MET
    return Rating.NEAR if short <= tolerance else Rating.NOT_MET


def distance(value: Decimal, target: Decimal, *, polarity: str, decimals: int) -> Decimal:
    """How far there is still to go, in the indicator's own units, from the value as shown; 0 once it is met."""
    return max(_shortfall(value, target, polarity, decimals), Decimal(0))


def _shortfall(value: Decimal, target: Decimal, polarity: str, decimals: int) -> Decimal:
    shown = rounded(value, decimals)
    return target - shown if polarity == Polarity.HIGHER else shown - target


def direction(now: Decimal | None, before: Decimal | None, *, polarity: str, decimals: int) -> Direction:
    """Better or worse than before, by polarity; for context indicators up or down. Compared as shown."""
    if now is None or before is None:
        return Direction.UNKNOWN
    change = rounded(now, decimals) - rounded(before, decimals)
    if change == 0:
        return Direction.SAME
    if polarity == Polarity.CONTEXT:
        return Direction.UP if change > 0 else Direction.DOWN
    improved = change > 0 if polarity == Polarity.HIGHER else change < 0
    return Direction.BETTER if improved else Direction.WORSE


def progress(value: Decimal, *, baseline: Decimal, target: Decimal) -> Decimal | None:
    """The share of the way from baseline to target, in percent; falling targets work, going back is negative.

    None where baseline and target are equal: there is no way to be on.
    """
    return share(value - baseline, target - baseline)


def mean(values: list[Decimal]) -> Decimal | None:
    """The plain mean of the values there are, as DfE averages statistical neighbours; None of none."""
    return sum(values, Decimal(0)) / len(values) if values else None
