"""The parts of a month's report in the order and in the words of its page."""

from collections.abc import Callable

from actionplan.reports.changed import proposed
from actionplan.reports.facts import Beneath, Exceptional, Line, MonthReport, Tile
from actionplan.reports.paper.ahead import challenges, decisions, next_month, risks
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    action,
    bullets,
    columns,
    delivery,
    direction,
    entry,
    heading,
    impact,
    lines,
    mark,
    paragraph,
    quiet,
    row,
    spaced,
    strong,
    table,
    tile,
    was,
)
from actionplan.reports.paper.figures import differences, indicators
from actionplan.reports.parts import Part
from actionplan.reports.words import counted
from kpis.periods import day_words

LONG_LABEL = 16  # letters, from which a tile needs more room than its neighbours


def part(each: Part, report: MonthReport) -> list[Block]:
    """A part under its heading: 4 Exceptions (8)."""
    count = f" ({each.count})" if each.count else ""
    return [heading(2, f"{each.number} {each.name}{count}"), *PARTS[each.key](report)]


def facts(report: MonthReport) -> Block:
    """The facts beside the title, with Ofsted's grades, without those that stand at the head of every page."""
    grades = [(f"Ofsted 2016, {area.lower()}", grade) for area, grade in report.grades]
    found = [each for each in [*report.facts, *grades] if each[0] not in ("Version", "Marking")]
    last = len(found) - 1
    told = [
        [quiet(f"{name}: "), words + ("" if at == last else ";")] for at, (name, words) in enumerate(found)
    ]
    return entry(spaced(*told))


def gaps(report: MonthReport) -> list[Block]:
    """What was missing when the month was frozen all the same, and why a version follows another."""
    found = report.stamp.gaps
    named = [paragraph(strong("Frozen with gaps:"), leads=True), bullets(found)] if found else []
    return [*_reason(report), *named]


def gaps_counted(report: MonthReport) -> list[Block]:
    """The same where a page has no room to name them."""
    found = counted(len(report.stamp.gaps), "gap")
    said = [paragraph([strong(f"Frozen with {found}"), ", told behind the recommendations."])]
    return [*_reason(report), *(said if report.stamp.gaps else [])]


def _reason(report: MonthReport) -> list[Block]:
    reason = report.stamp.reason
    return [paragraph([strong("Why this version: "), reason])] if reason else []


def headline(report: MonthReport) -> list[Block]:
    said = [paragraph([strong(report.counted), " ", report.headline])]
    if report.confidence:
        confidence = mark(report.confidence, delivery("in_progress", report.confidence)["words"])
        said.append(
            paragraph(
                lines(
                    spaced(
                        strong("Confidence of the senior responsible officer:"),
                        confidence,
                        was(report.confidence_was),
                    ),
                    report.confidence_reason,
                )
            )
        )
    return said


def counts(report: MonthReport) -> list[Block]:
    done = [(tile_, delivery(tile_.state, tile_.rag)) for tile_ in report.deliveries]
    shown = [(tile_, impact(tile_.value)) for tile_ in report.impacts]
    said = []
    for name, what, tiles in (
        ("Delivery: ", "what we have done", done),
        ("Impact: ", "what it has changed for children", shown),
    ):
        cells = [tile(each.now, words, _before(each, report)) for each, words in tiles]
        widths = [2 if len(words["words"]) < LONG_LABEL else 3 for _, words in tiles]
        said += [entry([strong(name), what]), columns(cells, widths)]
    rule = "Red, amber and green apply only to work in progress."
    said.append(paragraph(spaced(strong("Dates:"), report.slipped, quiet(rule))))
    if report.unchecked:
        said.append(paragraph(_unchecked(report)))
    if report.changed and report.since:
        since = strong(f"Changed since the Board of {day_words(report.since)}:")
        what = " ".join(proposed(report.changed, report.since_month)) or "nothing."
        said.append(paragraph(spaced(since, what)))
    return said


def _before(each: Tile, report: MonthReport) -> Words:
    if not report.since:
        return ""
    words = f"{each.before} in {report.since_month}"
    return was(words) if each.is_changed else quiet(words)


def _unchecked(report: MonthReport) -> Words:
    said: list[Words] = [strong("Not yet checked, so not counted:")]
    for each in report.unchecked:
        end = "." if each is report.unchecked[-1] else ";"
        submitted = f"submitted {day_words(each.submitted_on)}{end}"
        said += [action(each.action), delivery(each.state, each.rag), submitted]
    return spaced(*said)


def exceptions_named(report: MonthReport) -> list[Block]:
    """The exceptions without their causes, where a page has no room for more above the recommendations."""
    said = (
        f"{len(report.exceptions)} of {report.total} actions need the Board’s attention, most serious first."
    )
    named = [spaced(mark(each.colour, each.kind), action(each.action)) for each in report.exceptions]
    return [
        paragraph(f"{said} Their causes and remedies follow the recommendations."),
        entry(spaced(*([words, ";"] for words in named[:-1]), [named[-1], "."])),
    ]


def exceptions(report: MonthReport) -> list[Block]:
    if not report.exceptions:
        return [paragraph("No action is red, overdue, returned or without an update, and no date has moved.")]
    number = len(report.exceptions)
    need = "needs" if number == 1 else "need"
    said = f"{number} of {report.total} actions {need} the Board’s attention, most serious first."
    return [paragraph(said, leads=True), exception_table(report.exceptions)]


def exception_table(found: tuple[Exceptional, ...]) -> Block:
    return table(
        ("Action", "Cause", "Remedy", "Owner and date"),
        (27, 30, 26, 17),
        [
            row(
                spaced(mark(each.colour, each.kind), action(each.action), was(each.was)),
                each.cause,
                each.remedy,
                lines(each.owner, strong(each.by_when)),
            )
            for each in found
        ],
    )


def recommendations(report: MonthReport) -> list[Block]:
    since = (f"Since {report.since_month}",) if report.since else ()
    rows = [_line(line, report) for line in report.lines]
    rows += [_line(plan.line, report, _plan_words(plan)) for plan in report.beneath if plan.total]
    said = "Each status is the worst among a recommendation’s actions, and how many of them have it."
    return [
        paragraph(said, leads=True),
        table(
            ("Recommendation, priority", "Lead", "Delivery", "Impact", *since, "Next milestone"),
            (21, 17.5, 14, 16, *((8.5,) if since else ()), 27),
            rows,
        ),
    ]


def _plan_words(plan: Beneath) -> Words:
    grade = f"Ofsted: {plan.grade}." if plan.grade else ""
    shared = f"{plan.own} actions of its own, {plan.shared} shared." if plan.shared else ""
    return spaced(quiet(grade), quiet(shared))


def _line(line: Line, report: MonthReport, below: Words = "") -> Block:
    priority = quiet(line.priority.lower())
    title = [line.title, ", " if line.priority else "", priority]
    name = spaced(strong(line.ref), title if line.ref else strong(line.title))
    if not line.total:
        since = ("",) if report.since else ()
        return row(name, line.lead, "No action yet", "", *since, "", below=below)
    moved = direction(line.direction) if line.direction else "No Board then"
    return row(
        name,
        line.lead,
        lines(
            delivery(line.state, line.rag),
            spaced(quiet(f"{line.delivery_count} of {line.total}"), was(line.delivery_was)),
        ),
        lines(
            impact(line.impact),
            spaced(quiet(f"{line.impact_count} of {line.total}"), was(line.impact_was)),
        ),
        *((moved,) if report.since else ()),
        line.next_step,
        below=below,
    )


def beneath(report: MonthReport) -> list[Block]:
    return [block for plan in report.beneath for block in _beneath(plan, report)]


def _beneath(plan: Beneath, report: MonthReport) -> list[Block]:
    grade = f"Ofsted, {plan.area.lower()}: {plan.grade}." if plan.grade else ""
    own = f"{counted(plan.own, 'action')} of its own, {plan.shared} shared"
    how_many = own if plan.shared else counted(plan.total, "action")
    said = [heading(3, plan.name)] if len(report.beneath) > 1 else []
    said.append(paragraph(spaced(strong(grade), f"{how_many}: {plan.summary}.")))
    if plan.changed:
        since = was(f"Changed since {report.since_month}:")
        said.append(paragraph(spaced(since, f"{'; '.join(plan.changed)}.")))
    if plan.shared_exceptions:
        named = ", ".join(f"{each.ref} {each.title}" for each in plan.shared_exceptions)
        said.append(paragraph(f"Of its shared actions, among the exceptions above: {named}."))
    return [*said, exception_table(plan.exceptions)] if plan.exceptions else said


PARTS: dict[str, Callable[[MonthReport], list[Block]]] = {
    "headline": headline,
    "counts": counts,
    "exceptions": exceptions,
    "recommendations": recommendations,
    "indicators": indicators,
    "differences": differences,
    "beneath": beneath,
    "risks": risks,
    "decisions": decisions,
    "challenges": challenges,
    "next_month": next_month,
}
