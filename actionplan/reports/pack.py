"""Three months and what else is known, told by judgement area. Pure: the same reports give the same pack."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from actionplan.assurance.evidence import DONE, ENOUGH
from actionplan.enums import DeliveryState, EvidenceSource, Impact, Rag
from actionplan.reports.annex_facts import ActionSheet, IndicatorSheet, StepSheet
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import ActionLink, Changed, Difference, Exceptional
from actionplan.reports.pack_facts import Area, Found, FromSource, KnownArea, Move, Pack, Tally, Told
from actionplan.reports.pack_places import BEYOND, Month, Places
from kpis.periods import day_words

DELIVERIES = [
    DeliveryState.NOT_STARTED,
    *(Rag.RED, Rag.AMBER, Rag.GREEN),
    *(DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED),
]
IMPACTS = [Impact.NONE, Impact.EARLY, Impact.EVIDENCED, Impact.SUSTAINED, Impact.NOT_ACHIEVED]
RELAPSED, WORSE, MOVED, BETTER, DELIVERED, ASSURED = (
    "Relapsed",
    "Turned worse",
    "Dates moved",
    "Turned better",
    "Delivered",
    "Assured",
)
KINDS = [RELAPSED, WORSE, MOVED, BETTER, DELIVERED, ASSURED]
SHOWN = 2  # pieces of evidence from each source: the newest
AHEAD = timedelta(days=92)  # the steps of the next quarter
STEPS = 6


def pack(months: Sequence[Month], missing: Sequence[date], found: Found) -> Pack:
    """`months` in their order, at least one; the last is the one that the pack is named after."""
    whole = months[-1].whole
    report = whole.report
    facts = dict(report.facts)
    places = Places(months[-1], found.areas)
    told = [_Telling(months, found, places, area) for area in [*found.areas, KnownArea(BEYOND, "", "")]]
    areas = [each.area() for each in told]
    return Pack(
        slug=whole.slug,
        plan=report.plan,
        month=report.month,
        marking=whole.marking,
        is_sample=report.is_sample,
        author=facts.get("Author", ""),
        senior_responsible=facts.get("Senior responsible", ""),
        board_on=report.board_on,
        months=tuple(_told(each.whole) for each in months),
        missing=tuple(missing),
        headline=report.headline,
        confidence=report.confidence,
        confidence_reason=report.confidence_reason,
        plans=tuple(_own(each) for each in months[-1].documents),
        tallies=tuple(_tally(each, each.sheets.values()) for each in months),
        areas=tuple(each for each in areas[:-1] if each.tallies[-1].total or each.indicators),
        beyond=areas[-1],
        next_month=report.next_month,
    )


def _told(document: MonthDocument) -> Told:
    report = document.report
    facts = dict(report.facts)
    return Told(report.month, report.stamp, facts.get("Updates as at", ""), facts.get("Indicators as at", ""))


def _own(document: MonthDocument) -> tuple[str, int]:
    return document.report.plan, sum(not each.link.shared for each in document.annexes.actions)


def _tally(month: Month, sheets: Iterable[ActionSheet]) -> Tally:
    counted = list(sheets)
    deliveries = Counter(each.rag or each.state for each in counted)
    impacts = Counter(each.impact for each in counted)
    return Tally(
        month=month.whole.report.month,
        total=len(counted),
        deliveries=tuple(deliveries[each] for each in DELIVERIES),
        impacts=tuple(impacts[each] for each in IMPACTS),
    )


class _Telling:
    """What is told of one area."""

    def __init__(self, months: Sequence[Month], found: Found, places: Places, known: KnownArea) -> None:
        self.months, self.found, self.places, self.known = months, found, places, known
        self.last = months[-1]

    def area(self) -> Area:
        own = [sheet for url, sheet in self.last.sheets.items() if self._leads_here(url)]
        sheets = sorted(own, key=lambda each: each.recommendation)
        exceptions = list(self._exceptions())
        return Area(
            name=self.known.name,
            grade=self.known.grade,
            recommendations=self._recommendations(),
            tallies=tuple(_tally(month, self._sheets(month)) for month in self.months),
            moves=tuple(sorted(self._moves(), key=lambda each: KINDS.index(each.kind))),
            indicators=tuple(
                each for each in self._indicators() if self.places.of_sheet(each)[0] == self.known.name
            ),
            differences=tuple(self._differences()),
            sources=tuple(self._source(source, sheets) for source in EvidenceSource),
            thin=tuple(each.link for each in sheets if _is_thin(each)),
            questions=tuple(
                each for each in self.found.questions if self._is_asked_here(each.recommendations)
            ),
            exceptions=tuple(each for each in exceptions if self._is_told_here(each.action.url)),
            steps=self._steps(sheets),
            elsewhere=self._elsewhere(exceptions),
        )

    def _leads_here(self, url: str) -> bool:
        return self.known.name in self.places.of_action(url)

    def _is_told_here(self, url: str) -> bool:
        return self.places.of_action(url)[0] == self.known.name

    def _is_asked_here(self, numbers: Sequence[int]) -> bool:
        return self.places.of_numbers(numbers)[0] == self.known.name

    def _sheets(self, month: Month) -> list[ActionSheet]:
        return [sheet for url, sheet in month.sheets.items() if self._leads_here(url)]

    def _recommendations(self) -> tuple[tuple[int, str], ...]:
        return tuple(
            (each.number, each.title)
            for each in self.last.whole.annexes.recommendations
            if self.known.name in each.areas
        )

    def _indicators(self) -> Iterator[IndicatorSheet]:
        """Every indicator that leads here, once."""
        sheets: dict[str, IndicatorSheet] = {}
        for document in self.last.documents:
            for each in document.annexes.indicators:
                sheets.setdefault(each.code, each)
        return (each for each in sheets.values() if self.known.name in self.places.of_sheet(each))

    def _moves(self) -> Iterator[Move]:
        """The newest of each kind of each action that leads here; of its dates, all."""
        newest = {
            (each.kind, each.action.url, each.kind == MOVED and each.words): each
            for month in self.months
            for each in _moved(month)
        }
        return (each for each in newest.values() if self._leads_here(each.action.url))

    def _differences(self) -> Iterator[Difference]:
        """The newest of each action that is told here."""
        newest: dict[str, Difference] = {}
        for month in self.months:
            for document in reversed(month.documents):  # the whole plan has the last word on what it shares
                newest |= {each.action.url: each for each in document.report.differences}
        return (each for url, each in newest.items() if self._is_told_here(url))

    def _exceptions(self) -> Iterator[Exceptional]:
        """Those of the newest month that lead here, each once."""
        for document in self.last.documents:
            for each in document.report.exceptions:
                is_own = document == self.last.whole or each.action.url not in self.places.shared
                if is_own and self._leads_here(each.action.url):
                    yield each

    def _source(self, source: EvidenceSource, sheets: Sequence[ActionSheet]) -> FromSource:
        urls = {each.link.url for each in sheets}
        pieces = [each for each in self.found.pieces if each.source == source and each.action in urls]
        count = sum(dict(each.evidence).get(source.label, 0) for each in sheets)
        newest = sorted(
            pieces, key=lambda each: (self._is_told_here(each.action), each.dated_on), reverse=True
        )
        return FromSource(str(source.label), count, tuple(newest[: min(SHOWN, count)]))

    def _steps(self, sheets: Iterable[ActionSheet]) -> tuple[StepSheet, ...]:
        """The next milestones of the actions told here, those that are late first."""
        until = self.last.whole.report.board_on + AHEAD
        steps = [
            step
            for each in sheets
            if self._is_told_here(each.link.url)
            for step in each.steps
            if step.completed_on is None and step.due_on <= until
        ]
        return tuple(sorted(steps, key=lambda each: each.due_on)[:STEPS])

    def _elsewhere(self, exceptions: Sequence[Exceptional]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What leads here and is told under another area, by that area."""
        found: dict[str, list[str]] = {}
        for sheet in self._indicators():
            found.setdefault(self.places.of_sheet(sheet)[0], []).append(
                f"{sheet.line.name}, {sheet.line.latest}"
            )
        for each in exceptions:
            place = self.places.of_action(each.action.url)[0]
            found.setdefault(place, []).append(f"{_named(each.action)}, {each.kind.lower()}")
        return tuple((name, tuple(titles)) for name, titles in found.items() if name != self.known.name)


def _is_thin(sheet: ActionSheet) -> bool:
    """Called delivered, or better, on fewer sources of evidence than assurance asks for."""
    return sheet.state in DONE and sum(count > 0 for _, count in sheet.evidence) < ENOUGH


def _moved(month: Month) -> Iterator[Move]:
    for document in month.documents:
        report = document.report
        on = report.month
        for each in report.exceptions:
            if each.kind == RELAPSED:
                yield Move(RELAPSED, each.action, on, each.cause)
        if report.changed:
            yield from _changes(report.changed, on)


def _changes(changed: Changed, on: date) -> Iterator[Move]:
    for kind, turns in ((WORSE, changed.worse), (BETTER, changed.better)):
        yield from (Move(kind, each.action, on, f"{each.was}, now {each.now}") for each in turns)
    for kind, actions in ((DELIVERED, changed.delivered), (ASSURED, changed.assured)):
        yield from (Move(kind, each, on, "") for each in actions)
    for each in changed.moved:
        words = f"from {day_words(each.was)} to {day_words(each.now)}"
        yield Move(MOVED, each.action, on, f"{each.step} {words}".strip())


def _named(link: ActionLink) -> str:
    return f"{link.ref} {link.title}"
