"""The pack for the quarterly meeting with Ofsted in blocks: the quarter at a glance, then area by area."""

from collections.abc import Iterator

from actionplan.enums import Rag
from actionplan.reports.pack import DELIVERIES, IMPACTS
from actionplan.reports.pack_facts import Area, Pack, Told
from actionplan.reports.paper.area import HOW, KNOW, NEXT, coming, how, know, month_by_month, of_area
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    bullets,
    entry,
    heading,
    lines,
    mark,
    paragraph,
    quiet,
    row,
    spaced,
    strong,
    table,
)
from actionplan.reports.words import counted

FURTHER_ON = DELIVERIES[-3:]
EVIDENCED = IMPACTS[2:4]


def blocks(pack: Pack) -> list[Block]:
    """Figures first. Every area answers the same three questions."""
    said = [*_sources(pack), heading(2, "The quarter at a glance"), *_glance(pack)]
    for each in pack.areas:
        said += of_area(each)
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
    yield from month_by_month(pack.tallies)
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


def _beyond(pack: Pack) -> list[Block]:
    """What no area holds, and the next month as the Board reads of it."""
    area = pack.beyond
    ahead = list(coming(area)) if area.exceptions or area.steps else []
    said = [bullets(pack.next_month)] if pack.next_month else []
    return [
        heading(2, area.name),
        heading(3, KNOW),
        *(list(know(area)) or [paragraph("Every action and every indicator is told under an area.")]),
        heading(3, HOW),
        *how(area),
        heading(3, NEXT),
        *(ahead + said or [paragraph("Nothing is planned beyond the areas.")]),
    ]
