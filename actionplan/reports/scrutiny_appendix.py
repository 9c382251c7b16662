"""Appendix A: the plan, recommendation by recommendation, in the words agreed, with where each action stands."""

from collections.abc import Iterator

from actionplan.enums import DeliveryState, Impact, Rag
from actionplan.reports.annex_facts import ActionSheet, RecommendationSheet
from actionplan.reports.document import MonthDocument
from actionplan.reports.scrutiny_facts import Block, Heading, Sources, Table, Words
from kpis.periods import day_words, days_words


def appendix(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    report = document.report
    yield Heading(f"Appendix A: {report.plan}", 1)
    yield Words(
        f"As it stood on {day_words(sources.on)}. The state says what has been done, the impact what difference it has "
        "made for children as far as the evidence goes. A date that was moved stands with the one first agreed."
    )
    by_ref = {each.link.ref: each for each in document.annexes.actions}
    for recommendation in document.annexes.recommendations:
        yield from _recommendation(
            recommendation, [by_ref[ref] for ref in recommendation.actions if ref in by_ref]
        )


def _recommendation(recommendation: RecommendationSheet, actions: list[ActionSheet]) -> Iterator[Block]:
    name = f"Recommendation {recommendation.number}: {recommendation.title}"
    yield Heading(name, 2)
    yield Words(f"Ofsted: “{recommendation.wording}”")
    if not actions:
        yield Words("No action answers it yet.")
        return
    yield Table(
        f"Actions for recommendation {recommendation.number}",
        ("Action", "What it should bring for children", "Owner", "Timescale", "Measure", "State and impact"),
        tuple(
            (
                f"{each.link.ref} {each.title}",
                each.outcome,
                each.owner,
                _timescale(each),
                each.measure,
                f"{_state(each)}\nImpact: {Impact(each.impact).label.lower()}",
            )
            for each in actions
        ),
        (20, 19, 14, 14, 20, 13),
    )


def _timescale(action: ActionSheet) -> str:
    said = f"{day_words(action.starts_on)} to {day_words(action.due_on)}"
    if action.due_on != action.original_due_on:
        said += f"\nFirst agreed: {day_words(action.original_due_on)}"
    if action.days_late:
        said += f"\n{days_words(action.days_late)} late"
    return said


def _state(action: ActionSheet) -> str:
    label = DeliveryState(action.state).label
    if action.rag:
        return f"{label}: {Rag(action.rag).label.lower()}"
    return f"{label} on {day_words(action.assured_on)}" if action.assured_on else label
