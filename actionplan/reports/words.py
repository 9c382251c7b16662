"""The words of a month's facts in papers: the same as the tags on its page, without their drawings."""

from actionplan.enums import DeliveryState, Impact, Movement, Rag
from actionplan.marks import MOVEMENTS
from actionplan.reports.annex_facts import ValueSheet
from actionplan.reports.facts import ActionLink, Leaning, Stamp, TopRisk
from actionplan.risks import level
from kpis import wording
from kpis.charts.words import UNFIT
from kpis.enums import Direction, Origin, Rating, Status
from kpis.periods import days_words


def version(stamp: Stamp, updates_as_at: str) -> str:
    """Version 1, frozen 29 June 2017 by the Director; Draft, live at 27 June 2017."""
    return stamp.words if stamp.version else f"Draft, live at {updates_as_at}"


def action(link: ActionLink) -> str:
    """4.2 Pathway plans up to standard, and whose it is where it is another plan's."""
    return f"{link.ref} {link.title}{f' (shared: {link.shared})' if link.shared else ''}"


def delivery(state: str, rag: str = "") -> str:
    """Amber, for work in progress; else the state."""
    return Rag(rag).label if rag else DeliveryState(state).label


def impact(value: str) -> str:
    return str(Impact(value).label)


def rating(value: str) -> str:
    return str(Rating(value).label)


def score(value: int | None) -> str:
    """20 severe"""
    return "Not scored" if value is None else f"{value} {level(value).label.lower()}"


def movement(risk: TopRisk) -> str:
    """Up from 16. Empty where there is no movement to speak of."""
    return MOVEMENTS[Movement(risk.movement)][2].format(risk.was) if risk.movement else ""


def direction(value: str, words: str = "") -> str:
    return words or str(Direction(value).label)


def origin(value: str, beside: str = "") -> str:
    """Sample or Published; nothing where the row beside has said so already."""
    if not value or value == beside:
        return ""
    return str(Origin(value).label) if value != Origin.ENTERED or beside else ""


def coming(leaning: Leaning) -> str:
    """When something that an action needs comes, if it comes in time."""
    if leaning.too_late == "may be late":
        return f"May be late. {leaning.state}"
    return f"Too late. It {leaning.too_late}" if leaning.too_late else leaning.state


def counts(value: ValueSheet, unit: str) -> str:
    """19 of 27. Empty where the counts stand in place of the value."""
    found = wording.counts_words(value.numerator, value.denominator, unit)
    return "" if found == value.words else found


def standing(value: ValueSheet) -> str:
    """Validated, published: how firm a figure is and where it comes from."""
    status = Status(value.status).label.capitalize() if value.status else ""
    return ", ".join(once(status, origin(value.origin).lower()))


def late(days: int) -> str:
    """12 days late. Empty when it is not."""
    return f"{days_words(days)} late" if days else ""


def counted(many: int, noun: str) -> str:
    """1 action; 12 actions"""
    return f"{many} {noun}{'' if many == 1 else 's'}"


def once(*texts: str) -> tuple[str, ...]:
    """Those that say something."""
    return tuple(text for text in texts if text)


def fit(text: str) -> str:
    """Without what XML cannot carry and without signs that turn the direction of other people's text."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
