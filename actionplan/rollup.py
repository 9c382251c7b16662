"""What a group of actions amounts to: its worst state and how many have it, never an average or a majority."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actionplan.enums import DeliveryState, Impact, Rag
from actionplan.standing import Standing
from kpis.enums import Direction

DELIVERY_WORST_FIRST = [
    *(Rag.RED, Rag.AMBER, Rag.GREEN),
    *(DeliveryState.NOT_STARTED, DeliveryState.DELIVERED, DeliveryState.ASSURED, DeliveryState.EMBEDDED),
    DeliveryState.SUPERSEDED,
]
IMPACT_WORST_FIRST = [Impact.NOT_ACHIEVED, Impact.NONE, Impact.EARLY, Impact.EVIDENCED, Impact.SUSTAINED]

DELIVERY_RANK = {value: rank for rank, value in enumerate(DELIVERY_WORST_FIRST)}
IMPACT_RANK = {value: rank for rank, value in enumerate(IMPACT_WORST_FIRST)}

SHORT_WORDS = {DeliveryState.DELIVERED: "awaiting assurance"}


@dataclass(frozen=True)
class Worst:
    """The worst value of a group, and how many of its actions have it: Amber, 2 of 4."""

    value: str
    count: int
    total: int

    @property
    def state(self) -> DeliveryState:
        """The delivery state, for a value that may be the colour of work in progress."""
        return DeliveryState.IN_PROGRESS if self.value in Rag.values else DeliveryState(self.value)

    @property
    def rag(self) -> str:
        return self.value if self.value in Rag.values else ""


def worst_delivery(standings: Sequence[Standing]) -> Worst | None:
    return _worst([standing.delivery for standing in standings], DELIVERY_RANK)


def worst_impact(standings: Sequence[Standing]) -> Worst | None:
    return _worst([standing.impact for standing in standings], IMPACT_RANK)


def _worst(values: list[str], rank: dict[str, int]) -> Worst | None:
    if not values:
        return None
    value = min(values, key=rank.__getitem__)
    return Worst(value, values.count(value), len(values))


def direction(now: Iterable[Standing], before: Iterable[Standing]) -> Direction:
    """Better or worse than before: by the worst delivery and how many have it, then the next worst, then by impact."""
    ranks_now, ranks_before = _ranks(now), _ranks(before)
    if ranks_now == ranks_before:
        return Direction.SAME
    return Direction.BETTER if ranks_now > ranks_before else Direction.WORSE


def _ranks(standings: Iterable[Standing]) -> tuple[list[int], list[int]]:
    standings = list(standings)
    return (
        sorted(DELIVERY_RANK[standing.delivery] for standing in standings),
        sorted(IMPACT_RANK[standing.impact] for standing in standings),
    )


def count_deliveries(standings: Iterable[Standing]) -> Counter:
    return Counter(standing.delivery for standing in standings)


def delivery_word(value: str) -> str:
    """A delivery in running text: red, not started, awaiting assurance."""
    if value in Rag.values:
        return Rag(value).label.lower()
    return SHORT_WORDS.get(DeliveryState(value), DeliveryState(value).label.lower())


def summary(standings: Iterable[Standing]) -> str:
    """1 red, 2 amber, 1 awaiting assurance"""
    counts = count_deliveries(standings)
    return ", ".join(
        f"{counts[value]} {delivery_word(value)}" for value in DELIVERY_WORST_FIRST if counts[value]
    )
