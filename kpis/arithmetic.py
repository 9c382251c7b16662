"""How a value is shown, rated and compared. Pure functions on Decimal, no database.

The rules are those the Board agreed: a value is rated as it is shown, equal to the target is met, and a falling target
counts as much as a rising one. Percent of target (value / target) is used nowhere: it is wrong for every measure that
should fall.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kpis.enums import Direction, Polarity, Rating

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


def rate(
    observed: Observation,
    *,
    polarity: str,
    decimals: int,
    target: Decimal | None = None,
    tolerance: Decimal = Decimal(0),
) -> Rating:
    """The rating of a value against its target.

    Higher is better: met at or above the target, near down to `tolerance` below it. Lower is better: mirrored.
    What cannot be rated keeps its own word and is never coloured; why there is no value goes before why there is no
    target.
    """
    if observed.withheld:
        return Rating.WITHHELD
    if observed.no_cases:
        return Rating.NO_CASES
    if observed.value is None:
        return Rating.NO_DATA
    if polarity == Polarity.CONTEXT:
        return Rating.CONTEXT
    if observed.few:
        return Rating.FEW
    if target is None:
        return Rating.NO_TARGET
    short = _shortfall(observed.value, target, polarity, decimals)
    if short <= 0:
        return Rating.MET
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
