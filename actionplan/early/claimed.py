"""What the committee report of July 2017 claims in its paragraph 13, as data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from actionplan.models import ActionPlan
from kpis.enums import Direction

CLAIMS = Path(__file__).parents[1] / "reference" / "early_measures.toml"


@dataclass(frozen=True)
class Claim:
    """One of the early measures, word for word. `says` is up or down: which way its figures went, better or not.

    The council’s indicators name the claim they measure; `beside` names DfE’s, each with the way it would move.
    """

    number: int
    words: str
    says: Direction
    leaves_open: str  # what the figures do not answer of the words
    beside: tuple[tuple[str, Direction], ...]


@dataclass(frozen=True)
class Report:
    """Where the claims stand, and the inspection they are about."""

    source: str
    reported_on: date
    inspection: str
    claims: tuple[Claim, ...]


@cache
def report() -> Report:
    found = tomllib.loads(CLAIMS.read_text(encoding="utf-8"))
    return Report(
        source=found["source"],
        reported_on=found["reported_on"],
        inspection=found["inspection"],
        claims=tuple(_claim(each) for each in found["claim"]),
    )


def is_judged(plan: ActionPlan) -> bool:
    """Whether the claims are about this plan: the whole one that answers the inspection, not a part of it."""
    return plan.parent_id is None and plan.inspection.key == report().inspection


def _claim(found: dict) -> Claim:
    return Claim(
        number=found["number"],
        words=found["words"],
        says=Direction(found["says"]),
        leaves_open=found["leaves_open"],
        beside=tuple((code, Direction(says)) for code, says in found.get("beside", {}).items()),
    )
