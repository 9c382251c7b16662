"""Whether a council can show that an area is good enough: the rule, apart from where its facts are read.

Nothing is averaged. One red action, or no word from children, is enough for a no.
"""

from dataclasses import dataclass

from actionplan.enums import EvidenceSource, Readiness

SOURCES_NEEDED = 3  # of the five: what several show together is more than one can


@dataclass(frozen=True)
class Facts:
    """What stands in an area on a day. Superseded actions are not counted."""

    actions: int = 0
    red: int = 0
    overdue: int = 0
    relapsed: int = 0
    evidenced: int = 0  # actions whose impact is evidenced or sustained
    unevidenced: int = 0  # delivered actions whose impact is neither
    not_achieved: int = 0
    sources: frozenset[str] = frozenset()
    worsening: int = 0  # indicators that get worse by more than chance
    late_answers: int = 0


def readiness(facts: Facts) -> Readiness:
    if not facts.actions:
        return Readiness.NOTHING
    return Readiness.NOT_YET if missing(facts) else Readiness.READY


def sentence(facts: Facts) -> str:
    """What is missing before the council can say that it is ready, in one sentence."""
    match readiness(facts):
        case Readiness.NOTHING:
            return "No action of this plan stands here, so nothing of it shows how children are helped."
        case Readiness.READY:
            return (
                "No action is red, late or relapsed, impact is evidenced, and "
                f"{len(facts.sources)} of 5 sources stand, the child’s or family’s voice among them."
            )
    *first, last = missing(facts)
    return f"Before the council can say that it is ready, it must {', '.join(first)}{' and ' if first else ''}{last}."


def missing(facts: Facts) -> list[str]:
    """What has to be done first, in the order of how much it weighs."""
    return [
        *_work(facts),
        *_impact(facts),
        *_evidence(facts),
        *_if(facts.worsening, "turn round", "indicator that gets worse", "indicators that get worse"),
        *_if(facts.late_answers, "answer", "challenge that waits too long", "challenges that wait too long"),
    ]


def _work(facts: Facts) -> list[str]:
    return [
        *_if(facts.relapsed, "put right", "action that relapsed", "actions that relapsed"),
        *_if(facts.red, "recover", "red action", "red actions"),
        *_if(facts.overdue, "finish", "action past its date", "actions past their dates"),
    ]


def _impact(facts: Facts) -> list[str]:
    if not facts.evidenced:
        return ["show the impact of at least one action"]
    return [
        *_if(
            facts.not_achieved,
            "find another way for",
            "action without its impact",
            "actions without their impact",
        ),
        *_if(facts.unevidenced, "show the impact of", "delivered action", "delivered actions"),
    ]


def _evidence(facts: Facts) -> list[str]:
    wanted = []
    if len(facts.sources) < SOURCES_NEEDED:
        wanted.append(f"gather evidence from {SOURCES_NEEDED} sources (now {len(facts.sources)})")
    if EvidenceSource.VOICE not in facts.sources:
        wanted.append("bring in the child’s or family’s voice")
    return wanted


def _if(count: int, what: str, one: str, many: str) -> list[str]:
    return [f"{what} {count} {one if count == 1 else many}"] if count else []
