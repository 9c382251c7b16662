"""A month's report as a paper in Word: the Board's parts in their order, then the annexes."""

from collections.abc import Iterator, Sequence

from actionplan.enums import Rag
from actionplan.reports import words
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import MonthReport
from actionplan.reports.parts import parts
from actionplan.reports.word.annexes import add_annexes
from actionplan.reports.word.markup import Strong
from actionplan.reports.word.paper import Paper
from actionplan.reports.word.tables import (
    add_challenges,
    add_date_requests,
    add_exceptions,
    add_indicators,
    add_leanings,
    add_lines,
    add_risks,
    add_tiles,
)
from kpis.periods import day_words


def docx(document: MonthDocument) -> bytes:
    """The same numbers as the page of the month, whole: nothing is folded away."""
    report = document.report
    facts = dict(report.facts)
    version = words.version(report.stamp, facts["Updates as at"])
    paper = Paper(
        f"{report.title}, {report.plan}",
        on=report.stamp.frozen_on or report.board_on,
        author=facts["Author"],
        subject=f"{report.board}, {day_words(report.board_on)}",
        marking=document.marking,
        running=words.once(
            report.plan, f"{report.month:%B %Y}", version, "Sample data" if report.is_sample else ""
        ),
    )
    _add_head(paper, report, version)
    for part in parts(report):
        paper.heading(f"{part.number} {part.name}", 1)
        PARTS[part.key](paper, report)
    add_annexes(paper, document.annexes)
    return paper.content()


def _add_head(paper: Paper, report: MonthReport, version: str) -> None:
    paper.title(report.title)
    paper.paragraph(f"{report.plan}. {report.board}, {day_words(report.board_on)}", style="Subtitle")
    if report.is_sample:
        paper.paragraph(
            Strong("Sample data."),
            " Written for a demonstration: its actions, owners and figures are not the council’s,"
            " except those marked as published.",
        )
    shown = [(name, version if name == "Version" else text) for name, text in report.facts]
    shown += [(f"Ofsted 2016, {area.lower()}", grade) for area, grade in report.grades]
    paper.paragraph(*(each for pair in _facts(shown) for each in pair))
    if report.stamp.reason:
        paper.paragraph(Strong("Why this version follows another: "), report.stamp.reason)
    if report.stamp.gaps:
        paper.paragraph(Strong("What was missing when this month was frozen:"))
        paper.bullets(report.stamp.gaps)


def _facts(shown: Sequence[tuple[str, str]]) -> Iterator[tuple[Strong, str]]:
    """Indicators as at 31 May 2017 · Updates as at 27 June 2017"""
    for at, (name, text) in enumerate(shown, 1):
        yield Strong(f"{name} "), f"{text}{'' if at == len(shown) else ' · '}"


def _headline(paper: Paper, report: MonthReport) -> None:
    paper.paragraph(Strong(report.counted), f" {report.headline}")
    if report.confidence:
        told = words.once(Rag(report.confidence).label, report.confidence_was, report.confidence_reason)
        paper.paragraph(Strong("Confidence of the senior responsible officer: "), ". ".join(told))
    if report.changed and report.since:
        paper.heading(f"What changed since the Board of {day_words(report.since)}", 2)
        _changed(paper, report)


def _changed(paper: Paper, report: MonthReport) -> None:
    changed = report.changed
    if changed is None or changed.is_empty:
        paper.paragraph("Nothing.")
        return
    turned = "{} {}, now {}"
    lines = [
        (
            "Turned worse",
            [turned.format(words.action(each.action), each.was, each.now) for each in changed.worse],
        ),
        (
            "Turned better",
            [turned.format(words.action(each.action), each.was, each.now) for each in changed.better],
        ),
        ("Delivered", [words.action(each) for each in changed.delivered]),
        ("Assured", [words.action(each) for each in changed.assured]),
        (
            "Dates moved",
            [
                f"{each.step or each.action.ref} from {day_words(each.was)} to {day_words(each.now)}"
                for each in changed.moved
            ],
        ),
        ("Indicators", [f"{each.name}: {each.words}" for each in changed.signals]),
        ("New", [f"{each.kind}: {each.title}" for each in changed.new]),
    ]
    paper.bullets([Strong(f"{name}: "), "; ".join(told)] for name, told in lines if told)


def _counts(paper: Paper, report: MonthReport) -> None:
    delivery = [(words.delivery(each.state, each.rag), each) for each in report.deliveries]
    impact = [(words.impact(each.value), each) for each in report.impacts]
    add_tiles(paper, report, "Delivery", "what we have done", delivery)
    add_tiles(paper, report, "Impact", "what it has changed for children", impact)
    paper.paragraph(
        "Numbers in bold have changed since the last Board. " if report.since else "",
        "Red, amber and green apply only to work in progress.",
    )
    paper.paragraph(Strong("Dates: "), report.slipped)
    if report.unchecked:
        waiting = "; ".join(
            f"{words.action(each.action)}, {words.delivery(each.state, each.rag).lower()},"
            f" submitted {day_words(each.submitted_on)}"
            for each in report.unchecked
        )
        paper.paragraph(Strong("Not yet checked, so not counted: "), f"{waiting}.")


def _exceptions(paper: Paper, report: MonthReport) -> None:
    many = len(report.exceptions)
    if not many:
        paper.paragraph("No action is red, overdue, returned or without an update, and no date has moved.")
        return
    need = "needs" if many == 1 else "need"
    paper.paragraph(
        f"{many} of {report.total} actions {need} the Board’s attention, most serious first.", with_next=True
    )
    add_exceptions(paper, report.exceptions, "Exceptions")


def _recommendations(paper: Paper, report: MonthReport) -> None:
    paper.paragraph(
        "Each status is the worst among a recommendation’s actions, and how many of them have it."
    )
    add_lines(paper, report)


def _indicators(paper: Paper, report: MonthReport) -> None:
    rules = " or ".join(f"“{rule}”" for rule in report.rules)
    by = f" by the rule {rules}" if rules else ""
    paper.paragraph(
        f"{len(report.indicators)} indicators. A rating compares the latest value with the next point of the"
        f" trajectory{by}.",
        with_next=True,
    )
    add_indicators(paper, report)
    meaning = [(line.name, line.so_what) for line in report.indicators if line.so_what]
    if meaning:
        paper.heading("So what", 2)
        paper.bullets([Strong(f"{name}: "), text] for name, text in meaning)


def _differences(paper: Paper, report: MonthReport) -> None:
    if not report.differences:
        paper.paragraph("No action has shown a new impact since the last Board.")
        return
    many = len(report.differences)
    paper.paragraph(
        f"What changed for children, and how we know: {many} {'action' if many == 1 else 'actions'}"
        " whose impact changed since the last Board.",
        with_next=True,
    )
    paper.table(
        ["Action", "What difference it made, and how we know", "Impact"],
        [
            [words.action(each.action), each.how_we_know, words.once(words.impact(each.impact), each.was)]
            for each in report.differences
        ],
        [3, 7, 2],
        caption="Impact this month",
        is_captioned=False,
    )


def _beneath(paper: Paper, report: MonthReport) -> None:
    for plan in report.beneath:
        grade = f"Ofsted, {plan.area.lower()}: {plan.grade}. " if plan.grade else ""
        count = (
            f"{words.counted(plan.own, 'action')} of its own, {plan.shared} shared"
            if plan.shared
            else words.counted(plan.total, "action")
        )
        paper.paragraph(Strong(f"{plan.name}. {grade}"), f"{count}: {plan.summary}.")
        if plan.changed:
            paper.paragraph(Strong(f"Changed since {report.since_month}: "), f"{'; '.join(plan.changed)}.")
        if plan.shared_exceptions:
            paper.paragraph(
                Strong("Of its shared actions, among the exceptions above: "),
                f"{', '.join(f'{each.ref} {each.title}' for each in plan.shared_exceptions)}.",
            )
        if plan.exceptions:
            add_exceptions(paper, plan.exceptions, plan.name)


def _risks(paper: Paper, report: MonthReport) -> None:
    if report.risks:
        paper.heading("Risks and issues", 2)
        add_risks(paper, report)
    if report.leanings:
        paper.heading("Dependencies", 2)
        add_leanings(paper, report)


def _decisions(paper: Paper, report: MonthReport) -> None:
    numbering = paper.numbering()
    for each in report.decisions:
        needed = f". Needed by {day_words(each.needed_by)}" if each.needed_by else ""
        late = f", {words.late(each.days_late)}" if each.days_late else ""
        paper.paragraph(
            Strong(each.question),
            " (new)" if each.is_new else "",
            f"\n{each.why}\n{each.asked_by}, {day_words(each.asked_on)}{needed}{late}",
            numbering=numbering,
        )
    if report.date_requests:
        add_date_requests(paper, report)


def _challenges(paper: Paper, report: MonthReport) -> None:
    found = report.challenges
    if found is None:
        return
    wait = "waits" if found.unanswered == 1 else "wait"
    late = f", {found.late} of them late" if found.late else ""
    shown = f" The first {len(found.shown)} are shown." if found.total > len(found.shown) else ""
    paper.paragraph(f"{found.unanswered} of {found.total} {wait} for an answer{late}.{shown}", with_next=True)
    add_challenges(paper, found)


def _next_month(paper: Paper, report: MonthReport) -> None:
    paper.bullets(report.next_month)


PARTS = {
    "headline": _headline,
    "counts": _counts,
    "exceptions": _exceptions,
    "recommendations": _recommendations,
    "indicators": _indicators,
    "differences": _differences,
    "beneath": _beneath,
    "risks": _risks,
    "decisions": _decisions,
    "challenges": _challenges,
    "next_month": _next_month,
}
