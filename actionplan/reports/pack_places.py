"""Where the facts of a quarter stand: under which area, and under which of several they are told in full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from actionplan.reports.annex_facts import ActionSheet, IndicatorSheet
from actionplan.reports.document import MonthDocument
from actionplan.reports.pack_facts import KnownArea

BEYOND = "Across all areas"


@dataclass(frozen=True)
class Month:
    """The reports of a month: that of the plan, then those of the plans beneath it."""

    whole: MonthDocument
    beneath: tuple[MonthDocument, ...] = ()

    @property
    def documents(self) -> tuple[MonthDocument, ...]:
        return (self.whole, *self.beneath)

    @cached_property
    def sheets(self) -> dict[str, ActionSheet]:
        """Every action once, by its address."""
        sheets = [sheet for each in self.documents for sheet in each.annexes.actions]
        return {sheet.link.url: sheet for sheet in reversed(sheets)}


class Places:
    """Which areas an action or an indicator leads to, and under which of them it is told in full.

    A plan beneath the whole is about one area: its own actions lead there alone, and what it shares is told there.
    """

    def __init__(self, month: Month, areas: Sequence[KnownArea]) -> None:
        self.order = [each.name for each in areas]
        short = {each.short_name: each.name for each in areas}
        plans = {each.name: short.get(each.area, "") for each in month.whole.report.beneath}
        self.by_number: dict[int, tuple[str, ...]] = {}
        self.claimed: dict[str, str] = {}
        self.of_indicator: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        for document in month.documents:
            claim = plans.get(document.report.plan, "")
            for recommendation in document.annexes.recommendations:
                self.by_number.setdefault(recommendation.number, recommendation.areas)
            for sheet in document.annexes.actions:
                self.numbers[sheet.link.url] = sheet.recommendation
                if claim:
                    self.claimed[sheet.link.url] = claim
            for indicator in document.annexes.indicators if claim else ():
                self.of_indicator.setdefault(indicator.code, claim)
        self.shared = {sheet.link.url for sheet in month.whole.annexes.actions}

    def of_action(self, url: str) -> tuple[str, ...]:
        """Those it leads to, the one that tells it first."""
        claim = self.claimed.get(url, "")
        if claim and url not in self.shared:
            return (claim,)
        return self._first(claim, self.of_numbers([self.numbers.get(url, 0)]))

    def of_sheet(self, sheet: IndicatorSheet) -> tuple[str, ...]:
        return self._first(self.of_indicator.get(sheet.code, ""), self.of_numbers(sheet.recommendations))

    def of_numbers(self, numbers: Iterable[int]) -> tuple[str, ...]:
        named = {area for number in numbers for area in self.by_number.get(number, ())}
        return tuple(area for area in self.order if area in named) or (BEYOND,)

    def _first(self, claim: str, areas: tuple[str, ...]) -> tuple[str, ...]:
        return (claim, *(each for each in areas if each != claim)) if claim in areas else areas
