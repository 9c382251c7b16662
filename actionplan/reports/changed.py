"""What changed since the last Board: computed for the page, and proposed in sentences to those who write for it."""

from collections.abc import Iterable, Sequence
from datetime import date

from actionplan.enums import DeliveryState
from actionplan.grid import Grid
from actionplan.models import DateChange
from actionplan.reports.exceptions import link
from actionplan.reports.facts import (
    AskedDecision,
    Changed,
    DateMove,
    NewSignal,
    NewThing,
    OpenChallenges,
    TopRisk,
    Turn,
)
from actionplan.rollup import DELIVERY_WORST_FIRST, delivery_word
from actionplan.rows import Row
from actionplan.standing import Standing
from kpis.charts.facts import chart_facts
from kpis.charts.words import finding
from kpis.enums import Variation
from kpis.periods import day_words
from kpis.readings import Reading
from kpis.signals import Rebases, analysed, since

CHECKED = (DeliveryState.ASSURED, DeliveryState.EMBEDDED)
SIGNALS = (Variation.IMPROVING, Variation.WORSENING, Variation.HIGH, Variation.LOW)


def changed(
    whole: Grid,
    date_changes: Iterable[DateChange],
    *,
    decisions: Sequence[AskedDecision],
    challenges: OpenChallenges | None,
    risks: Sequence[TopRisk],
    signals: Sequence[NewSignal],
) -> Changed:
    """Of the actions of one plan, its newest questions and its gravest risks. No query."""
    turned = [row for row in whole.rows if row.before and row.before.delivery != row.now.delivery]
    delivered = [row for row in turned if row.now.state == DeliveryState.DELIVERED and _went_on(row)]
    assured = [row for row in turned if row.now.state in CHECKED and _went_on(row)]
    started = [row for row in turned if row.before and row.before.state == DeliveryState.NOT_STARTED]
    told = {row.action.pk for row in [*delivered, *assured, *started]}
    turned = [
        row for row in turned if row.action.pk not in told and row.now.state != DeliveryState.SUPERSEDED
    ]
    return Changed(
        new=(
            *(
                NewThing("Work begun", f"{row.action.ref} {row.action.short_title}", row.url)
                for row in started
            ),
            *(NewThing("Challenge", each.question, each.url) for each in _new(challenges)),
            *(NewThing("Decision asked", each.question, each.url) for each in decisions if each.is_new),
            *(
                NewThing("Risk", f"{each.ref} {each.title}", each.url)
                for each in risks
                if each.movement == "new"
            ),
        ),
        worse=tuple(_turn(row) for row in turned if not _went_on(row)),
        better=tuple(_turn(row) for row in turned if _went_on(row)),
        delivered=tuple(link(row) for row in delivered),
        assured=tuple(link(row) for row in assured),
        moved=moves(whole, date_changes),
        signals=tuple(signals),
    )


def moves(whole: Grid, date_changes: Iterable[DateChange]) -> tuple[DateMove, ...]:
    """The date changes that were agreed, oldest first, of the plan's actions and of their milestones."""
    rows = {row.action.pk: row for row in whole.rows}
    return tuple(
        _move(rows[change.action_id], change, change.agreed_on)
        for change in date_changes
        if change.agreed_on and change.action_id in rows
    )


def new_signal(reading: Reading, rebases: Rebases, known_by: date) -> NewSignal | None:
    """The signal of an indicator that began after the figures of the last Board, which were as at `known_by`."""
    analysis = analysed(reading, rebases)
    began = since(reading, analysis)
    if analysis.variation not in SIGNALS or began is None or began.end <= known_by:
        return None
    words = finding(chart_facts(reading, analysis))
    return NewSignal(reading.indicator.name, reading.indicator.get_absolute_url(), words)


def proposed(changes: Changed, month: str) -> tuple[str, ...]:
    """The same as sentences beside which the team writes: 2 actions turned red since May: 4.2, 9.1."""
    return tuple(
        sentence
        for sentence in (
            *_turned(changes.worse, month),
            *_turned(changes.better, month),
            _counted(changes.delivered, "delivered and await assurance", "delivered and awaits assurance"),
            _counted(changes.assured, "assured", "assured"),
            *(_moved(move) for move in changes.moved),
            *(f"{signal.name}: {signal.words}." for signal in changes.signals),
        )
        if sentence
    )


def _went_on(row: Row) -> bool:
    """Whether an action stands better than at the last Board; work that was begun does, whatever its colour."""
    if row.before is None:
        return False
    return _rank(row.now) > _rank(row.before)


def _rank(standing: Standing) -> int:
    return DELIVERY_WORST_FIRST.index(standing.rag or standing.state)


def _turn(row: Row) -> Turn:
    was = delivery_word(row.before.delivery) if row.before else ""
    return Turn(link(row), was, delivery_word(row.now.delivery))


def _move(row: Row, change: DateChange, agreed_on: date) -> DateMove:
    step = change.milestone
    return DateMove(
        action=link(row),
        step=f"Milestone {row.action.ref}.{step.number}, {step.title}" if step else "",
        original=step.original_due_on if step else row.action.original_due_on,
        was=change.from_date,
        now=change.to_date,
        agreed_on=agreed_on,
        reason=change.reason,
    )


def _new(challenges: OpenChallenges | None) -> list:
    return [each for each in challenges.shown if each.is_new] if challenges else []


def _turned(turns: Iterable[Turn], month: str) -> list[str]:
    by_word: dict[str, list[str]] = {}
    for turn in turns:
        by_word.setdefault(turn.now, []).append(turn.action.ref)
    return [
        f"{len(refs)} {'action' if len(refs) == 1 else 'actions'} turned {word} since {month}: {', '.join(refs)}."
        for word, refs in by_word.items()
    ]


def _moved(move: DateMove) -> str:
    what = move.step or move.action.ref
    return f"{what} is now due {day_words(move.now)}, not {day_words(move.was)}."


def _counted(links: Sequence, plural: str, singular: str) -> str:
    if not links:
        return ""
    refs = ", ".join(each.ref for each in links)
    return (
        f"1 action was {singular}: {refs}."
        if len(links) == 1
        else f"{len(links)} actions were {plural}: {refs}."
    )
