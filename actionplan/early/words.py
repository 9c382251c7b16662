"""A verdict on an early measure in sentences: why, how sure, and what would settle it."""

from actionplan.early.measures import Evidence
from actionplan.enums import Verdict
from kpis.charts.words import BECAUSE, limit_words
from kpis.enums import Direction, Frequency, Unit
from kpis.variation import ENOUGH, IN_A_ROW

NO_INDICATOR = "No indicator measures it."
NO_INDICATOR_SETTLES = f"An indicator of it, with {ENOUGH} figures."
MOVED = {Direction.UP: "Higher", Direction.DOWN: "Lower"}


def reason(evidence: Evidence) -> str:
    """Why the verdict is what it is, in one sentence."""
    if evidence.verdict == Verdict.UNCLEAR:
        return _unclear(evidence)
    if evidence.moved is None:
        return _unmoved(evidence)
    moved = f"{MOVED[evidence.moved]} since {evidence.since.label}: {BECAUSE[evidence.newest.signal]}."
    if evidence.verdict == Verdict.SHOWN:
        return moved
    return f"It went the other way. {moved}"


def _unclear(evidence: Evidence) -> str:
    if not evidence.newest:
        return "It has no figure that can be compared."
    if evidence.is_old:
        return f"Its newest figure that can be compared is of {evidence.newest_period.label}."
    there_are = "There is 1 figure" if evidence.figures == 1 else f"There are {evidence.figures} figures"
    is_rebased = evidence.figures < len(evidence.known.analysis.points)
    return (
        f"{there_are}{' since the limits were worked out anew' if is_rebased else ''}; limits need {ENOUGH}."
    )


def _unmoved(evidence: Evidence) -> str:
    newest = evidence.newest
    if newest.upper is None:
        return "Every figure is the same."
    span = f"{_limit(evidence, newest.lower)} to {_limit(evidence, newest.upper)}"
    return f"No change beyond chance: the newest figure lies within the limits, {span}."


def sure(evidence: Evidence) -> str:
    """How much the verdict rests on. Empty of no figures."""
    if not evidence.newest:
        return ""
    figures = f"{evidence.figures} {_frequency(evidence)} figure{'' if evidence.figures == 1 else 's'}"
    if evidence.figures < ENOUGH:
        return f"A run chart of {figures}, without limits."
    match evidence.in_a_row:
        case 0:
            return f"{figures} with limits."
        case 1:
            return f"{figures} with limits. Only the newest has a signal."
    return f"{figures} with limits. The newest {evidence.in_a_row} have a signal the same way."


def data(evidence: Evidence) -> str:
    """Whose the figures are that can be compared: 13 sample, 2 published."""
    return ", ".join(f"{count} {origin.label.lower()}" for origin, count in evidence.origins)


def settles(evidence: Evidence) -> str:
    """What the figures would have to do next."""
    if evidence.verdict == Verdict.SHOWN:
        more = IN_A_ROW - evidence.in_a_row
        if more > 0:
            return f"{more} more that say the same: {IN_A_ROW} in a row show that the change has lasted."
        return f"New limits from {evidence.since.label}, which would show whether the change goes on."
    if evidence.verdict == Verdict.NOT_SHOWN:
        return _would_show(evidence)
    if evidence.is_old:
        return "Newer figures."
    more = ENOUGH - evidence.figures
    return f"{more} more {_frequency(evidence)} figure{'' if more == 1 else 's'}."


def _would_show(evidence: Evidence) -> str:
    """A signal on the claimed side. Arithmetic can put a limit where no figure can be: that one is not named."""
    newest, is_up = evidence.newest, evidence.claimed == Direction.UP
    side = "above" if is_up else "below"
    in_a_row = f"{IN_A_ROW} figures in a row {side} the mean, {_limit(evidence, newest.mean)}"
    limit = newest.upper if is_up else newest.lower
    if limit is None or not _can_be_passed(evidence, limit):
        return f"{in_a_row}."
    return f"A figure {side} {_limit(evidence, limit)}, or {in_a_row}."


def _can_be_passed(evidence: Evidence, limit) -> bool:
    is_percent = evidence.known.reading.indicator.unit == Unit.PERCENT
    return limit < 100 or not is_percent if evidence.claimed == Direction.UP else limit > 0


def _limit(evidence: Evidence, value) -> str:
    return limit_words(value, evidence.known.facts)


def _frequency(evidence: Evidence) -> str:
    return Frequency(evidence.known.reading.indicator.frequency).label
