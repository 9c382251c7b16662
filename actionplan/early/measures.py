"""The early measures of the committee report, each judged by figures as known on a day, not by prose."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actionplan.early.claimed import Claim, report
from actionplan.enums import Verdict
from kpis.charted import Charted, charted
from kpis.enums import Direction, Frequency, Origin, Signal
from kpis.models import Indicator
from kpis.periods import Period, months_later
from kpis.readings import OVERDUE_AFTER, readings
from kpis.variation import ENOUGH, Point

SIGNALS = {
    Direction.UP: {Signal.ABOVE_LIMIT, Signal.RISING, Signal.TWO_IN_THREE_HIGH, Signal.RUN_HIGH},
    Direction.DOWN: {Signal.BELOW_LIMIT, Signal.FALLING, Signal.TWO_IN_THREE_LOW, Signal.RUN_LOW},
}


def verdict(signal: Signal, figures: int, *, claimed: Direction, is_old: bool = False) -> Verdict:
    """What a series says of a claim that it went up or down, by the signal of its newest figure.

    Shown: the newest figure has a signal on the claimed side; whether that side is the better one does not matter.
    Not shown: it has none, or one on the other side. Cannot be told yet: there are fewer than 12 figures (since new
    limits began, where they did), none, or only old ones. The difference of two figures, such as the baseline and the
    newest, is never asked: it may be chance.
    """
    if figures < ENOUGH or is_old:
        return Verdict.UNCLEAR
    return Verdict.SHOWN if signal in SIGNALS[claimed] else Verdict.NOT_SHOWN


def together(verdicts: list[Verdict]) -> Verdict:
    """The verdict on a claim with several measures: shown when one shows it and none of the others denies it."""
    found = (each for each in (Verdict.NOT_SHOWN, Verdict.SHOWN) if each in verdicts)
    return next(found, Verdict.UNCLEAR)


@dataclass(frozen=True)
class Evidence:
    """One indicator, and which way the claim says that it went."""

    known: Charted
    claimed: Direction
    on: date

    @property
    def verdict(self) -> Verdict:
        return verdict(
            self.newest.signal if self.newest else Signal.NONE,
            self.figures,
            claimed=self.claimed,
            is_old=self.is_old,
        )

    @property
    def newest(self) -> Point | None:
        """The newest figure that can be compared; counts of a few cases cannot."""
        return self.known.analysis.points[-1] if self.known.analysis.points else None

    @property
    def newest_period(self) -> Period | None:
        return self.known.reading.series[-1][0] if self.newest else None

    @property
    def figures(self) -> int:
        """How many can be compared since new limits last began."""
        series = self.known.reading.series
        of_groups = (sum(period.start >= day for period, _ in series) for day, _ in self.known.rebases)
        return min(filter(None, of_groups), default=len(series))

    @property
    def is_old(self) -> bool:
        if not self.newest:
            return False
        frequency = Frequency(self.known.reading.indicator.frequency)
        return self.on > months_later(self.newest_period.end, OVERDUE_AFTER[frequency])

    @property
    def moved(self) -> Direction | None:
        """The side of the newest figure’s signal; None where there is none, or where nothing can be told."""
        if self.verdict == Verdict.UNCLEAR:
            return None
        return next((side for side, signals in SIGNALS.items() if self.newest.signal in signals), None)

    @property
    def since(self) -> Period | None:
        """The first of the figures in a row, up to the newest, that say the same as it."""
        return self.known.reading.series[self.known.analysis.since][0] if self.moved else None

    @property
    def in_a_row(self) -> int:
        return len(self.known.analysis.points) - self.known.analysis.since if self.moved else 0

    @property
    def origins(self) -> list[tuple[Origin, int]]:
        """How many of the figures that can be compared are sample, published or entered."""
        compared = {period for period, _ in self.known.reading.series}
        counts = Counter(each.origin for each in self.known.reading.figures if each.period in compared)
        return [(origin, counts[origin]) for origin in Origin if counts[origin]]


@dataclass(frozen=True)
class Measure:
    """A claim beside its evidence: the council’s own figures first, then DfE’s."""

    claim: Claim
    evidence: tuple[Evidence, ...]

    @property
    def verdict(self) -> Verdict:
        return together([each.verdict for each in self.evidence])

    @property
    def main(self) -> Evidence | None:
        """What the verdict rests on; where nothing can be told, the first there is."""
        return next((each for each in self.evidence if each.verdict == self.verdict), None)

    @property
    def others(self) -> list[Evidence]:
        return [each for each in self.evidence if each is not self.main]


def early_measures(on: date) -> list[Measure]:
    """Every claim with its evidence as known at the end of `on`. 17 queries, however many indicators there are."""
    claims = report().claims
    codes = [code for claim in claims for code, _ in claim.beside]
    indicators = Indicator.objects.filter(Q(early_measure__isnull=False) | Q(code__in=codes))
    known = charted(readings(indicators, on, with_benchmarks=True), on)
    return [_measure(claim, list(known.values()), on) for claim in claims]


def counts(measures: list[Measure]) -> list[tuple[Verdict, int]]:
    """How many claims have each verdict, those with none among them."""
    found = Counter(each.verdict for each in measures)
    return [(each, found[each]) for each in Verdict]


def _measure(claim: Claim, known: list[Charted], on: date) -> Measure:
    by_code = {each.reading.indicator.code: each for each in known}
    own = [each for each in known if each.reading.indicator.early_measure == claim.number]
    return Measure(
        claim,
        (
            *(Evidence(each, claim.says, on) for each in own),
            *(Evidence(by_code[code], says, on) for code, says in claim.beside if code in by_code),
        ),
    )
