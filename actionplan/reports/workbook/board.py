"""The sheets that hold what the Board reads of a month."""

from collections.abc import Iterator

from actionplan.enums import Rag
from actionplan.reports import words
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import Line, MonthReport
from actionplan.reports.workbook.sheet import Cell, Sheet, sheet


def version(report: MonthReport) -> str:
    return words.version(report.stamp, dict(report.facts)["Updates as at"])


def about(document: MonthDocument) -> Sheet:
    return sheet(
        "About",
        _about(document),
        ("What", 30, lambda each: each[0]),
        ("This report", 100, lambda each: each[1]),
    )


def _about(document: MonthDocument) -> Iterator[tuple[str, Cell]]:
    report = document.report
    if report.is_sample:
        yield "Sample data", "Written for a demonstration, except figures marked as published"
    yield "Report", report.title
    yield "Plan", report.plan
    yield "For", report.board
    yield "The Board meets", report.board_on
    for name, text in report.facts:
        yield name, version(report) if name == "Version" else text
    for area, grade in report.grades:
        yield f"Ofsted 2016, {area.lower()}", grade
    if report.stamp.reason:
        yield "Why this version follows another", report.stamp.reason
    for gap in report.stamp.gaps:
        yield "Missing when it was frozen", gap
    yield "Counted", report.counted
    yield "Headline", report.headline
    if report.confidence:
        confidence = [Rag(report.confidence).label, report.confidence_was, report.confidence_reason]
        yield "Confidence", ". ".join(words.once(*confidence))
    yield "Dates", report.slipped
    for plan in report.beneath:
        yield plan.name, f"{plan.total} actions, {plan.shared} of them shared: {plan.summary}"
    for line in report.next_month:
        yield "Next month", line


def counts(report: MonthReport) -> Sheet:
    tiles = [("Delivery", words.delivery(each.state, each.rag), each) for each in report.deliveries]
    tiles += [("Impact", words.impact(each.value), each) for each in report.impacts]
    return sheet(
        "Counts",
        tiles,
        ("Of", 12, lambda each: each[0]),
        ("State", 32, lambda each: each[1]),
        ("Actions now", 14, lambda each: each[2].now),
        ("At the last Board", 18, lambda each: each[2].before),
    )


def changes(report: MonthReport) -> Sheet:
    return sheet(
        "Changes",
        _changes(report),
        ("What changed", 18, lambda each: each[0]),
        ("Number", 10, lambda each: each[1]),
        ("Title", 60, lambda each: each[2]),
        ("Was", 22, lambda each: each[3]),
        ("Now", 40, lambda each: each[4]),
    )


def _changes(report: MonthReport) -> Iterator[tuple[str, str, str, Cell, Cell]]:
    changed = report.changed
    if changed is None:
        return
    for name, turns in (("Turned worse", changed.worse), ("Turned better", changed.better)):
        yield from ((name, each.action.ref, each.action.title, each.was, each.now) for each in turns)
    for name, links in (("Delivered", changed.delivered), ("Assured", changed.assured)):
        yield from ((name, each.ref, each.title, "", "") for each in links)
    for move in changed.moved:
        yield "Date moved", move.action.ref, move.step or move.action.title, move.was, move.now
    yield from (("Indicator", "", each.name, "", each.words) for each in changed.signals)
    yield from ((each.kind, "", each.title, "", "New") for each in changed.new)


def exceptions(report: MonthReport) -> Sheet:
    """Those of this plan, then those of the plans beneath it."""
    found = [(report.plan, each) for each in report.exceptions]
    found += [(plan.name, each) for plan in report.beneath for each in plan.exceptions]
    return sheet(
        "Exceptions",
        found,
        ("Plan", 20, lambda each: each[0]),
        ("Why it is here", 16, lambda each: each[1].kind),
        ("Action", 10, lambda each: each[1].action.ref),
        ("Title", 36, lambda each: each[1].action.title),
        ("At the last Board", 18, lambda each: each[1].was),
        ("Cause", 50, lambda each: each[1].cause),
        ("Remedy", 50, lambda each: each[1].remedy),
        ("Owner", 28, lambda each: each[1].owner),
        ("Date", 28, lambda each: each[1].by_when),
    )


def recommendations(document: MonthDocument) -> Sheet:
    """With Ofsted's wording; the plans beneath this one come last."""
    report = document.report
    sheets = {str(each.number): each for each in document.annexes.recommendations}
    lines = [*report.lines, *(plan.line for plan in report.beneath if plan.total)]
    return sheet(
        "Recommendations",
        [(line, sheets.get(line.ref)) for line in lines],
        ("Number", 10, lambda each: each[0].ref),
        ("Title", 30, lambda each: each[0].title),
        ("Ofsted’s wording", 60, lambda each: each[1] and each[1].wording),
        ("The council’s wording", 40, lambda each: each[1] and each[1].council_wording),
        ("Judgement areas", 30, lambda each: each[1] and ", ".join(each[1].areas)),
        ("Priority", 10, lambda each: each[0].priority),
        ("Lead", 28, lambda each: each[0].lead),
        ("Actions", 10, lambda each: each[0].total),
        ("Worst delivery", 26, lambda each: _delivery(each[0])),
        ("Actions with it", 14, lambda each: each[0].delivery_count if each[0].total else None),
        ("Delivery at the last Board", 22, lambda each: each[0].delivery_was),
        ("Worst impact", 16, lambda each: words.impact(each[0].impact) if each[0].total else ""),
        ("Actions with that", 14, lambda each: each[0].impact_count if each[0].total else None),
        ("Impact at the last Board", 22, lambda each: each[0].impact_was),
        (
            "Since the last Board",
            16,
            lambda each: words.direction(each[0].direction) if each[0].direction else "",
        ),
        ("Next milestone", 44, lambda each: each[0].next_step if each[0].total else ""),
    )


def _delivery(line: Line) -> str:
    return words.delivery(line.state, line.rag) if line.total else "No action yet"


def risks(report: MonthReport) -> Sheet:
    return sheet(
        "Risks",
        report.risks,
        ("Number", 10, lambda each: each.ref),
        ("Risk or issue", 44, lambda each: each.title),
        ("Kind", 10, lambda each: "Issue" if each.is_issue else "Risk"),
        ("Plan", 20, lambda each: each.plan or report.plan),
        ("Score", 8, lambda each: each.score),
        ("In words", 16, lambda each: words.score(each.score)),
        ("Before mitigation", 12, lambda each: each.before),
        ("At the last Board", 12, lambda each: each.was),
        ("Movement", 14, words.movement),
        ("Mitigation", 60, lambda each: each.mitigation),
        ("What the score rested on", 40, lambda each: each.because),
        ("Owner", 28, lambda each: each.owner),
        ("Review by", 18, lambda each: each.review_on),
        ("Days late", 10, lambda each: each.days_late),
    )


def needs(report: MonthReport) -> Sheet:
    return sheet(
        "Needs",
        report.leanings,
        ("Action", 10, lambda each: each.action.ref),
        ("Title", 36, lambda each: each.action.title),
        ("Needs", 50, lambda each: each.needs),
        ("From", 44, lambda each: each.on),
        ("By", 18, lambda each: each.needed_by),
        ("Days late", 10, lambda each: each.days_late),
        ("When it comes", 36, words.coming),
        ("Why", 50, lambda each: each.because),
        ("Owner of the action", 28, lambda each: each.owner),
    )


def decisions(report: MonthReport) -> Sheet:
    return sheet(
        "Decisions",
        report.decisions,
        ("Decision asked", 60, lambda each: each.question),
        ("Why", 60, lambda each: each.why),
        ("Asked by", 30, lambda each: each.asked_by),
        ("Asked on", 18, lambda each: each.asked_on),
        ("Needed by", 18, lambda each: each.needed_by),
        ("Days late", 10, lambda each: each.days_late),
        ("New", 8, lambda each: each.is_new),
    )


def date_changes(document: MonthDocument) -> Sheet:
    """What was agreed since the last Board, then what the Board is asked to agree or refuse."""
    agreed = [("Agreed", each, each.was, each.now, each.agreed_on) for each in document.annexes.moves]
    asked = [("Asked", each, each.now, each.asked, None) for each in document.report.date_requests]
    return sheet(
        "Date changes",
        [*agreed, *asked],
        ("Agreed or asked", 16, lambda each: each[0]),
        ("Action", 10, lambda each: each[1].action.ref),
        ("Title", 36, lambda each: each[1].action.title),
        ("Milestone", 44, lambda each: each[1].step),
        ("First agreed", 18, lambda each: each[1].original),
        ("From", 18, lambda each: each[2]),
        ("To", 18, lambda each: each[3]),
        ("Agreed on", 18, lambda each: each[4]),
        ("Reason", 60, lambda each: each[1].reason),
    )


def challenges(report: MonthReport) -> Sheet:
    found = report.challenges
    return sheet(
        "Challenges",
        found.shown if found else (),
        ("Question", 60, lambda each: each.question),
        ("Asked by", 36, lambda each: each.source),
        ("Asked on", 18, lambda each: each.raised_on),
        ("Owner", 28, lambda each: each.owner),
        ("Answer due", 18, lambda each: each.due_on),
        ("Answered on", 18, lambda each: each.answered_on),
        ("Days late", 10, lambda each: each.days_late),
        ("New", 8, lambda each: each.is_new),
    )
