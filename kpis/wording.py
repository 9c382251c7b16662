"""Values, counts, changes and distances in people’s words. Pure.

Changes and distances are always in the indicator’s own units; percent of target is not used anywhere.
"""

from decimal import Decimal

from kpis.arithmetic import FEW, Observation, rounded
from kpis.enums import Polarity, Unit

TOO_FEW = f"Fewer than {FEW} cases: shown as counts, not rated and not compared"


def value_words(value: Decimal, unit: str, decimals: int) -> str:
    """70%; 1,301; 30 weeks; 40.4 per 10,000."""
    return _with_unit(_number(rounded(value, decimals)), unit)


def target_words(value: Decimal, unit: str, decimals: int) -> str:
    """A target as it was set: one of 26.5 weeks is not rounded to the 27 of an indicator shown without decimals."""
    return _with_unit(_number(_exact(value, decimals)), unit)


def counts_words(numerator: Decimal | None, denominator: Decimal | None, unit: str) -> str:
    """19 of 27; for an average, the cases it was taken over; nothing where no counts are known."""
    if numerator is None or denominator is None:
        return ""
    cases = _number(_bare(denominator))
    if unit in (Unit.PERCENT, Unit.RATE_10K):
        return f"{_number(_bare(numerator))} of {cases}"
    return "average of 1 case" if denominator == 1 else f"average of {cases} cases"


def observation_words(observed: Observation, counts: str, unit: str, decimals: int) -> str:
    """What stands where a value stands: the value, or the counts when the cases are few, or why there is none."""
    if observed.withheld:
        return "Withheld"
    if observed.no_cases:
        return "No cases"
    if observed.value is None:
        return "No data"
    return counts if observed.few else value_words(observed.value, unit, decimals)


def change_words(change: Decimal, unit: str) -> str:
    """Up 5 points; down 12; up 2 weeks; no change. `change` is between two values as shown."""
    if change == 0:
        return "no change"
    return f"{'up' if change > 0 else 'down'} {_amount(abs(change), unit)}"


def distance_words(gap: Decimal, unit: str, decimals: int) -> str:
    """20 points to go; 13 to go; target reached."""
    return f"{_amount(_exact(gap, decimals), unit)} to go" if gap else "target reached"


def tolerance_words(tolerance: Decimal, unit: str) -> str:
    """5 points; 1 week; none."""
    return _amount(_bare(tolerance), unit) if tolerance else "none"


def aim_words(words: str, polarity: str) -> str:
    """A target with the side on which it is met: 26 weeks or lower. Higher goes without saying."""
    return f"{words} or lower" if polarity == Polarity.LOWER else words


def progress_words(percent: Decimal | None) -> str:
    """How far along the way from baseline to target. Rounded down: 99.6 is not yet all the way."""
    if percent is None:
        return ""
    if percent < 0:
        return "further away than at the baseline"
    return "all the way" if percent >= 100 else f"{int(percent)}% of the way"


def _with_unit(number: str, unit: str) -> str:
    match unit:
        case Unit.PERCENT:
            return f"{number}%"
        case Unit.RATE_10K:
            return f"{number} per 10,000"
        case Unit.WEEKS | Unit.DAYS:
            return f"{number} {_noun(number, unit)}"
    return number


def _amount(amount: Decimal, unit: str) -> str:
    """A difference: percentages differ by points, weeks by weeks, the others by their number."""
    number = _number(amount)
    noun = {Unit.PERCENT: "points", Unit.WEEKS: "weeks", Unit.DAYS: "days"}.get(Unit(unit))
    return f"{number} {_noun(number, noun)}" if noun else number


def _noun(number: str, plural: str) -> str:
    return plural[:-1] if number == "1" else plural


def _number(value: Decimal) -> str:
    return f"{value + 0:,f}"  # adding 0 turns -0 into 0


def _bare(value: Decimal) -> Decimal:
    """Without the zeros that the database keeps behind the point."""
    return value.normalize() + 0


def _exact(value: Decimal, decimals: int) -> Decimal:
    shown = rounded(value, decimals)
    return shown if shown == value else _bare(value)
