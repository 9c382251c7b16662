"""Two months of a plan beside each other: where every action and every indicator stood in each."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from actionplan.enums import Impact
from actionplan.reports.annex_facts import ActionSheet
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import ActionLink, IndicatorLine, MonthReport
from actionplan.rollup import DELIVERY_WORST_FIRST, delivery_word
from kpis.enums import Rating


@dataclass(frozen=True)
class Count:
    """How many actions were in a state in the first month and in the second."""

    words: str
    first: int
    second: int


@dataclass(frozen=True)
class Stood:
    """Where an action stood in one of the months."""

    delivery: str
    impact: str
    due_on: date


@dataclass(frozen=True)
class ActionPair:
    """An action in both months; None for a month that did not have it."""

    link: ActionLink
    first: Stood | None
    second: Stood | None


@dataclass(frozen=True)
class Newest:
    """The newest figure of an indicator in one of the months, and how it was rated."""

    words: str
    when: str
    rating: str


@dataclass(frozen=True)
class IndicatorPair:
    name: str
    url: str
    first: Newest | None
    second: Newest | None


@dataclass(frozen=True)
class Comparison:
    first: MonthDocument
    second: MonthDocument
    deliveries: tuple[Count, ...]
    impacts: tuple[Count, ...]
    actions: tuple[ActionPair, ...]
    same: int
    indicators: tuple[IndicatorPair, ...]

    @property
    def reports(self) -> tuple[MonthReport, MonthReport]:
        return self.first.report, self.second.report


def compare(first: MonthDocument, second: MonthDocument) -> Comparison:
    """The actions that differ in delivery, impact or due date, in the order of the plan; and every indicator. Pure."""
    actions = _actions(first, second)
    differing = tuple(pair for pair in actions if pair.first != pair.second)
    return Comparison(
        first,
        second,
        deliveries=_counts(first, second, _delivery, DELIVERY_WORST_FIRST),
        impacts=_counts(first, second, lambda sheet: sheet.impact, Impact),
        actions=differing,
        same=len(actions) - len(differing),
        indicators=_indicators(first, second),
    )


def _delivery(sheet: ActionSheet) -> str:
    return sheet.rag or sheet.state


def _counts(
    first: MonthDocument, second: MonthDocument, of: Callable[[ActionSheet], str], order: Iterable[str]
) -> tuple[Count, ...]:
    before, after = (Counter(of(sheet) for sheet in each.annexes.actions) for each in (first, second))
    return tuple(
        Count(_words(value), before[value], after[value]) for value in order if before[value] or after[value]
    )


def _words(value: str) -> str:
    words = Impact(value).label if value in Impact.values else delivery_word(value)
    return words[:1].upper() + words[1:]


def _actions(first: MonthDocument, second: MonthDocument) -> tuple[ActionPair, ...]:
    before, after = ({sheet.link.url: sheet for sheet in each.annexes.actions} for each in (first, second))
    return tuple(
        ActionPair((after.get(url) or before[url]).link, _stood(before.get(url)), _stood(after.get(url)))
        for url in {**after, **before}
    )


def _stood(sheet: ActionSheet | None) -> Stood | None:
    return Stood(_words(_delivery(sheet)), _words(sheet.impact), sheet.due_on) if sheet else None


def _indicators(first: MonthDocument, second: MonthDocument) -> tuple[IndicatorPair, ...]:
    before, after = (
        {sheet.code: sheet.line for sheet in each.annexes.indicators} for each in (first, second)
    )
    return tuple(
        IndicatorPair(
            name=(after.get(code) or before[code]).name,
            url=(after.get(code) or before[code]).url,
            first=_newest(before.get(code)),
            second=_newest(after.get(code)),
        )
        for code in {**after, **before}
    )


def _newest(line: IndicatorLine | None) -> Newest | None:
    return Newest(line.latest, line.latest_when, Rating(line.rating).label) if line else None
