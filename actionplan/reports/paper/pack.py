"""The pack for the quarterly meeting with Ofsted in blocks: the quarter at a glance, then area by area."""

from collections.abc import Iterator, Sequence

from actionplan.enums import Rag
from actionplan.reports.annex_facts import IndicatorSheet
from actionplan.reports.facts import ActionLink
from actionplan.reports.pack import DELIVERIES, IMPACTS, KINDS
from actionplan.reports.pack_facts import Area, FromSource, Move, Pack, Question, Tally, Told
from actionplan.reports.paper.annexes import chart_name
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    action,
    big,
    bullets,
    direction,
    entry,
    heading,
    impact,
    lines,
    mark,
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

FURTHER_ON = DELIVERIES[-3:]
EVIDENCED = IMPACTS[2:4]


def blocks(pack: Pack) -> list[Block]:
    """Figures first. Every area answers the same three questions."""
    said = [*_sources(pack), heading(2, "The quarter at a glance"), *_glance(pack)]
    for each in pack.areas:
        said += _area(each)
    return [*said, *_beyond(pack)]


def _sources(pack: Pack) -> Iterator[Block]:
    yield entry(
        spaced(
            quiet("Senior responsible:"), f"{pack.senior_responsible};", quiet("Author:"), f"{pack.author}."
        )
    )
    yield bullets([_told(each) for each in pack.months])
    if pack.missing:
        named = " and ".join(f"{each:%B %Y}" for each in pack.missing)
        yield paragraph(
            [
                strong("Not the whole quarter: "),
                f"there is no report of {named}. This pack tells of the others.",
            ]
        )


def _told(month: Told) -> Words:
    if month.stamp.version:
        told = f"as the Board read it: version {month.stamp.short}"
    else:
        told = f"a draft, live at {month.as_at}, which may still change"
    return [strong(f"{month.month:%B %Y}: "), f"{told}. Indicators as at {month.indicators_as_at}."]


def _glance(pack: Pack) -> Iterator[Block]:
    yield paragraph(pack.headline)
    if pack.confidence:
        yield paragraph(
            lines(
                spaced(
                    strong("Confidence of the senior responsible officer:"),
                    mark(pack.confidence, Rag(pack.confidence).label),
                ),
                pack.confidence_reason,
            )
        )
    yield paragraph(_how_many(pack), leads=True)
    yield from _tallies(pack.tallies)
    yield paragraph(
        "An action counts under every area that its recommendation leads to, so the areas add up to more.",
        leads=True,
    )
    yield table(
        (
            "Area",
            "Ofsted’s grade",
            "Actions",
            "Delivered or further",
            "Red",
            "Evidenced or sustained",
            "Not achieved",
        ),
        (34, 18, 9, 11, 7, 11, 11),
        [_line(each) for each in pack.areas],
        numbers=(2, 3, 4, 5, 6),
    )


def _how_many(pack: Pack) -> str:
    """58 actions: 46 of the Ofsted action plan, 12 of the Leaving Care plan."""
    total = pack.tallies[-1].total
    shared = total - sum(count for _, count in pack.plans)
    named = [f"{count} of the {name}" for name, count in pack.plans]
    named += [f"{shared} shared with it"] if shared else []
    return f"{counted(total, 'action')}: {', '.join(named)}. A number in bold differs from the month before."


def _line(area: Area) -> Block:
    now = area.tallies[-1]
    done, shown = (
        dict(zip(DELIVERIES, now.deliveries, strict=True)),
        dict(zip(IMPACTS, now.impacts, strict=True)),
    )
    return row(
        area.name,
        area.grade or "Not graded",
        str(now.total),
        str(sum(done[each] for each in FURTHER_ON)),
        strong(str(done[Rag.RED])) if done[Rag.RED] else "0",
        str(sum(shown[each] for each in EVIDENCED)),
        strong(str(now.impacts[-1])) if now.impacts[-1] else "0",
    )


def _tallies(tallies: Sequence[Tally]) -> Iterator[Block]:
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


def _area(area: Area) -> list[Block]:
    return [
        heading(2, area.name),
        paragraph(_answers(area), leads=True),
        heading(3, KNOW),
        *_know(area),
        heading(3, HOW),
        *_how(area),
        heading(3, NEXT),
        *_next(area),
    ]


def _answers(area: Area) -> Words:
    named = "; ".join(f"{number} {title}" for number, title in area.recommendations)
    grade = [quiet("Ofsted’s grade: "), strong(area.grade), "."] if area.grade else ""
    return spaced(grade, quiet("Recommendations:"), named)


def _know(area: Area) -> Iterator[Block]:
    total = area.tallies[-1].total
    if total:
        yield paragraph(f"{counted(total, 'action')}.", leads=True)
        yield from _tallies(area.tallies)
    if area.moves:
        kinds = [(kind, [each for each in area.moves if each.kind == kind]) for kind in KINDS]
        yield bullets([_moves(kind, found) for kind, found in kinds if found])
    elif total:
        yield paragraph("No action here changed its state in these months.")
    yield from _indicators(area.indicators)
    for name, titles in area.elsewhere:
        yield paragraph([quiet(f"Told under {name}: "), f"{'; '.join(titles)}."])


def _moves(kind: str, found: Sequence[Move]) -> Words:
    told = [
        [strong(each.action.ref), f" {each.action.title} ({_when(each)})", "." if each is found[-1] else "; "]
        for each in found
    ]
    return [strong(f"{kind}: "), *told]


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
        spaced(big(line.latest), line.latest_when, quiet(line.latest_counts)),
        spaced(rating(line.rating), direction(line.direction, line.change)),
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


def _how(area: Area) -> Iterator[Block]:
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


def _next(area: Area) -> Iterator[Block]:
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


def _beyond(pack: Pack) -> list[Block]:
    """What no area holds, and the next month as the Board reads of it."""
    area = pack.beyond
    ahead = list(_next(area)) if area.exceptions or area.steps else []
    said = [bullets(pack.next_month)] if pack.next_month else []
    return [
        heading(2, area.name),
        heading(3, KNOW),
        *(list(_know(area)) or [paragraph("Every action and every indicator is told under an area.")]),
        heading(3, HOW),
        *_how(area),
        heading(3, NEXT),
        *(ahead + said or [paragraph("Nothing is planned beyond the areas.")]),
    ]
