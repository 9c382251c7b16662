"""One judgement area of the pack, under the three questions that Ofsted asks."""

from collections.abc import Iterator, Sequence

from actionplan.reports.annex_facts import IndicatorSheet
from actionplan.reports.facts import ActionLink
from actionplan.reports.pack import DELIVERIES, IMPACTS, KINDS
from actionplan.reports.pack_facts import Area, FromSource, Move, Question, Tally
from actionplan.reports.paper.annexes import chart_name
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    action,
    big,
    bullets,
    direction,
    heading,
    impact,
    lines,
    origin,
    paragraph,
    quiet,
    rating,
    row,
    spaced,
    spark,
    strong,
    table,
    was,
)
from actionplan.reports.paper.month import exception_table
from actionplan.reports.words import counted, late
from actionplan.rollup import delivery_word
from kpis.periods import day_words

KNOW = "What do we know about the quality and impact of our work?"
HOW = "How do we know it?"
NEXT = "What are we doing next?"


def month_by_month(tallies: Sequence[Tally]) -> Iterator[Block]:
    """A row for each month, so that the eye goes down a column."""
    head = [delivery_word(each).capitalize() for each in DELIVERIES]
    yield _counts("Delivery", head, [(each, each.deliveries) for each in tallies])
    yield _counts("Impact", [each.label for each in IMPACTS], [(each, each.impacts) for each in tallies])


def _counts(name: str, head: Sequence[str], rows: Sequence[tuple[Tally, tuple[int, ...]]]) -> Block:
    before = [None, *(counts for _, counts in rows)]
    return table(
        (name, *head),
        (20, *(80 / len(head) for _ in head)),
        [
            row(
                f"{tally.month:%B %Y}",
                *(
                    strong(str(count)) if earlier and earlier[at] != count else str(count)
                    for at, count in enumerate(counts)
                ),
            )
            for (tally, counts), earlier in zip(rows, before, strict=False)
        ],
        numbers=range(1, len(head) + 1),
    )


def of_area(area: Area) -> list[Block]:
    return [
        heading(2, area.name),
        paragraph(_answers(area), leads=True),
        heading(3, KNOW),
        *know(area),
        heading(3, HOW),
        *how(area),
        heading(3, NEXT),
        *coming(area),
    ]


def _answers(area: Area) -> Words:
    named = "; ".join(f"{number} {title}" for number, title in area.recommendations)
    grade = [quiet("Ofsted’s grade: "), strong(area.grade), "."] if area.grade else ""
    return spaced(grade, quiet("Recommendations:"), named)


def know(area: Area) -> Iterator[Block]:
    total = area.tallies[-1].total
    if total:
        yield paragraph(f"{counted(total, 'action')}.", leads=True)
        yield from month_by_month(area.tallies)
    if area.moves:
        kinds = [(kind, [each for each in area.moves if each.kind == kind]) for kind in KINDS]
        yield bullets([_moves(kind, found) for kind, found in kinds if found])
    elif total:
        yield paragraph("No action here changed its state in these months.")
    yield from _indicators(area.indicators)
    for name, titles in area.elsewhere:
        yield paragraph([quiet(f"Told under {name}: "), f"{'; '.join(titles)}."])


def _moves(kind: str, found: Sequence[Move]) -> Words:
    """Each action once, with all that happened to it."""
    by_action: dict[str, list[Move]] = {}
    for each in found:
        by_action.setdefault(each.action.url, []).append(each)
    told = [
        [strong(of[0].action.ref), f" {of[0].action.title} ({'; '.join(_when(each) for each in of)})"]
        for of in by_action.values()
    ]
    return [strong(f"{kind}: "), *([*each, "; "] for each in told[:-1]), told[-1], "."]


def _when(move: Move) -> str:
    return f"{move.month:%B}: {move.words.removesuffix('.')}" if move.words else f"{move.month:%B}"


def _indicators(sheets: Sequence[IndicatorSheet]) -> Iterator[Block]:
    """A chart where there are figures enough to tell a change from chance; the others are a row each."""
    charted = [each for each in sheets if is_charted(each)]
    others = [each for each in sheets if each not in charted]
    if charted:
        yield table(
            ("Indicator, target and variation", "Chart"), (54, 46), [_charted(each) for each in charted]
        )
    if others:
        yield paragraph("Indicators with too few figures to tell a change from chance:", leads=True)
        yield table(
            ("Indicator", "Baseline", "Latest", "Target", "Rating", "Direction"),
            (30, 15, 15, 14, 13, 13),
            [_other(each) for each in others],
        )


def is_charted(sheet: IndicatorSheet) -> bool:
    return any(each.upper is not None for each in sheet.chart.points)


def _charted(sheet: IndicatorSheet) -> Block:
    line = sheet.line
    target = f"Target {line.target}" if line.target else "No target"
    told = lines(
        spaced(strong(line.name), origin(line.origin)),
        spaced(
            big(line.latest),
            line.latest_when,
            quiet(line.latest_counts),
            rating(line.rating),
            direction(line.direction, line.change),
        ),
        f"{target}, {line.to_go}" if line.to_go else target,
        f"Baseline {line.baseline}, {line.baseline_when}" if line.baseline else "",
        sheet.variation,
        sheet.assurance,
        [strong("So what: "), line.so_what] if line.so_what else "",
    )
    return row(told, spark(chart_name(sheet), f"{sheet.chart_title}. {sheet.chart_words}"))


def _other(sheet: IndicatorSheet) -> Block:
    line = sheet.line
    return row(
        spaced(strong(line.name), origin(line.origin)),
        lines(line.baseline, line.baseline_when) if line.baseline else "None",
        lines(big(line.latest), line.latest_when, line.latest_counts),
        lines(line.target, line.to_go) if line.target else "None",
        rating(line.rating),
        direction(line.direction, line.change),
        below=[strong("So what: "), line.so_what] if line.so_what else "",
    )


def how(area: Area) -> Iterator[Block]:
    if area.differences:
        yield paragraph("What changed for children in these months:", leads=True)
        yield table(
            ("Action", "Difference, and how we know", "Impact"),
            (26, 54, 20),
            [
                row(action(each.action), each.how_we_know, spaced(impact(each.impact), was(each.was)))
                for each in area.differences
            ],
        )
    if area.tallies[-1].total:
        yield from _sourced(area)
    if area.questions:
        yield paragraph("What we were asked, and what we answered:", leads=True)
        yield table(
            ("Question", "Asked by", "Answer"), (34, 22, 44), [_question(each) for each in area.questions]
        )
    elif not area.tallies[-1].total:
        yield paragraph("Nobody asked a question that is about no one area.")


def _sourced(area: Area) -> Iterator[Block]:
    nothing = [each.source.lower() for each in area.sources if not each.count]
    said = "Evidence of impact by source, the newest first."
    if nothing:
        said += f" Nothing yet from: {'; '.join(nothing)}."
    yield paragraph(said, leads=len(nothing) < len(area.sources))
    if len(nothing) < len(area.sources):
        yield table(
            ("Source", "Pieces", "What it shows"),
            (18, 8, 74),
            [_source(each) for each in area.sources if each.count],
            numbers=(1,),
        )
    if area.thin:
        yield paragraph(
            [
                strong("Called delivered or further on, with evidence from fewer than two sources: "),
                _named(area.thin),
            ]
        )


def _source(found: FromSource) -> Block:
    shown = [
        spaced(strong(f"{each.title}:"), each.shows, quiet(f"({each.ref}, {day_words(each.dated_on)})"))
        for each in found.pieces
    ]
    return row(found.source, str(found.count), lines(*shown) or "Not in the register any more.")


def _named(links: Sequence[ActionLink]) -> str:
    return f"{', '.join(f'{each.ref} {each.title}' for each in links)}."


def _question(each: Question) -> Block:
    due = f"due {day_words(each.due_on)}"
    waits = spaced(strong("Not answered yet,"), f"{due}.", strong(late(each.days_late)))
    answered = f"{each.owner}, {day_words(each.answered_on)}" if each.answered_on else each.owner
    return row(
        each.question,
        f"{each.source}, {day_words(each.raised_on)}",
        lines(each.answer or waits, quiet(answered)),
    )


def coming(area: Area) -> Iterator[Block]:
    if area.exceptions:
        need = "action needs" if len(area.exceptions) == 1 else "actions need"
        yield paragraph(f"{len(area.exceptions)} {need} the Board’s attention:", leads=True)
        yield exception_table(area.exceptions)
    if area.steps:
        yield paragraph("The next milestones:", leads=True)
        yield bullets(
            [
                spaced(
                    f"{day_words(each.due_on)}: {each.title} ({each.number})", strong(late(each.days_late))
                )
                for each in area.steps
            ]
        )
    if not area.exceptions and not area.steps:
        yield paragraph("No milestone is due in the next three months.")
