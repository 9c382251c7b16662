"""What a public paper may print of a figure. Counts of 1 to 5 children are withheld, and whatever would give them away.

A percentage is withheld when few children are in it, or few are not, because either count can be worked out from it.
Of counts behind a figure, none is printed.
"""

from decimal import Decimal

from actionplan.reports.annex_facts import IndicatorSheet, ValueSheet
from kpis.arithmetic import FEW
from kpis.enums import Unit

WITHHELD = "Withheld"
NOTE = (
    f"“{WITHHELD}” stands where a figure counts fewer than {FEW} children, or where such a count could be worked out "
    "from it."
)


def is_small(count: Decimal | None) -> bool:
    return count is not None and 0 < count < FEW


def gives_away(
    unit: str, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> bool:
    """Whether a figure is a small count, or was made from one."""
    if unit == Unit.NUMBER:
        return any(is_small(each) for each in (value, numerator, denominator))
    if unit in (Unit.WEEKS, Unit.DAYS):
        return is_small(denominator)
    others = denominator - numerator if numerator is not None and denominator is not None else None
    return any(is_small(each) for each in (numerator, denominator, others))


def latest(sheet: IndicatorSheet) -> str:
    """The newest figure with its period; the word for one that is withheld."""
    if not sheet.line.latest_when:
        return sheet.line.latest
    words = WITHHELD if is_hidden(sheet) else sheet.line.latest
    return f"{words}, {sheet.line.latest_when}"


def is_hidden(sheet: IndicatorSheet) -> bool:
    newest = _newest(sheet)
    return newest is not None and gives_away(sheet.unit, newest.value, newest.numerator, newest.denominator)


def baseline(sheet: IndicatorSheet, hidden: tuple[str, ...]) -> str:
    """Where it started. `hidden` are the codes of those whose baseline rests on few children."""
    line = sheet.line
    if not line.baseline:
        return "None"
    value = sheet.chart.baseline.value if sheet.chart.baseline else None
    few = sheet.code in hidden or (sheet.unit == Unit.NUMBER and is_small(value))
    return f"{WITHHELD if few else line.baseline}, {line.baseline_when}"


def _newest(sheet: IndicatorSheet) -> ValueSheet | None:
    """The figure that the line prints; the last one, should none say the same."""
    said = (each for each in reversed(sheet.values) if each.words == sheet.line.latest)
    return next(said, sheet.values[-1] if sheet.values else None)
