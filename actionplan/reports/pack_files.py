"""The pack as PDF and as Word document, from one description."""

from collections.abc import Callable
from datetime import date

from actionplan.enums import FileKind
from actionplan.reports.pack_facts import Pack
from actionplan.reports.paper.annexes import chart_name
from actionplan.reports.paper.area import is_charted
from actionplan.reports.paper.pack import blocks
from actionplan.reports.pictures import pictures
from actionplan.reports.typesetting import in_type, typeset
from actionplan.reports.word.drawn import draw
from actionplan.reports.word.markup import Strong
from actionplan.reports.word.paper import Paper
from actionplan.reports.words import once
from kpis.charts import drawing
from kpis.charts.frame import SMALL
from kpis.periods import day_words

SAMPLE = "Sample data"
CAPTION = "Three months by judgement area, for the meeting with Ofsted"
DOTS = 144  # in its column a small chart is then shown with 250 to the inch


def pdf(pack: Pack) -> bytes:
    """PDF/UA-1."""
    facts = {
        "title": f"{heading(pack)}, {pack.plan}",
        "heading": heading(pack),
        "caption": f"{pack.plan}. {CAPTION}",
        "foot": pack.plan,
        "author": pack.author,
        "marking": pack.marking,
        "version": version(pack),
        "sample": SAMPLE if pack.is_sample else "",
        "blocks": blocks(pack),
    }
    return typeset("typst/pack.typ", facts, _drawings(pack), pack.board_on)


def docx(pack: Pack) -> bytes:
    paper = Paper(
        f"{heading(pack)}, {pack.plan}",
        on=pack.board_on,
        author=pack.author,
        subject=CAPTION,
        marking=pack.marking,
        running=once(pack.plan, heading(pack), version(pack), SAMPLE if pack.is_sample else ""),
    )
    paper.title(heading(pack))
    paper.paragraph(f"{pack.plan}. {CAPTION}", style="Subtitle")
    if pack.is_sample:
        paper.paragraph(
            Strong(f"{SAMPLE}."), " Written for a demonstration, except what is marked as published."
        )
    draw(paper, blocks(pack), pictures(_drawings(pack), DOTS))
    return paper.content()


FILES: dict[FileKind, Callable[[Pack], bytes]] = {FileKind.PDF: pdf, FileKind.DOCX: docx}


def heading(pack: Pack) -> str:
    return title(min([*(each.month for each in pack.months), *pack.missing]), pack.month)


def title(first: date, last: date) -> str:
    """Meeting with Ofsted: April to June 2017"""
    year = "" if first.year == last.year else f" {first.year}"
    return f"Meeting with Ofsted: {first:%B}{year} to {last:%B %Y}"


def version(pack: Pack) -> str:
    """From frozen reports; Draft, June 2017 live at 27 June 2017."""
    live = [each for each in pack.months if not each.stamp.version]
    if not live:
        frozen = [each.stamp.frozen_on for each in pack.months if each.stamp.frozen_on]
        return (
            f"From frozen reports, the last of {day_words(max(frozen))}" if frozen else "From frozen reports"
        )
    return f"Draft: {' and '.join(f'{each.month:%B}' for each in live)} live at {live[-1].as_at}"


def file_name(pack: Pack, kind: FileKind) -> str:
    """OFFICIAL-SENSITIVE ofsted-2016 meeting with Ofsted 2017-06 draft.pdf"""
    named = f"{pack.slug} meeting with Ofsted {pack.month:%Y-%m}{'' if pack.is_frozen else ' draft'}.{kind}"
    return f"{pack.marking} {named}".strip()


def _drawings(pack: Pack) -> dict[str, str]:
    sheets = [sheet for area in (*pack.areas, pack.beyond) for sheet in area.indicators if is_charted(sheet)]
    svgs = drawing.svgs([each.chart for each in sheets], SMALL)
    return {chart_name(each): in_type(svg) for each, svg in zip(sheets, svgs, strict=True)}
