"""A month's report in Word, read back: its headings, its tables, its numbers."""

from base64 import b64decode
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from actionplan.reports import words
from actionplan.reports.facts import Stamp
from actionplan.reports.paper import drawings
from actionplan.reports.paper.figures import spark_words
from actionplan.reports.parts import parts
from actionplan.reports.word import month
from actionplan.reports.word.month import docx as word
from tests.month_document import NASTY, month_document

FROZEN = Stamp(
    version=2,
    frozen_on=date(2017, 6, 29),
    frozen_by="Head of Innovation and Improvement",
    reason="A figure was wrong.",
    gaps=("No update of 1.4",),
)

DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True, scope="module")
def drawn():
    """The charts that were asked for. Drawing them is tested elsewhere and takes seconds."""
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawings, "svgs", lambda charts: asked.extend(charts) or ["" for _ in charts])
        patch.setattr(month, "pictures", lambda named, dots: dict.fromkeys(named, DOT))
        yield asked


def read(document):
    return docx.Document(BytesIO(word(document)))


@pytest.fixture(scope="module")
def june(drawn):
    return read(month_document())


def text_of(paper):
    return "\n".join(each.text for each in paper.paragraphs)


def lines_of(paper, *header):
    """The rows under the first header that begins so, cell by cell."""
    tables = ([[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables)
    return next(rows[1:] for rows in tables if rows[0][: len(header)] == list(header))


def test_headings_stand_in_order_and_parts_in_that_of_the_page(june):
    report = month_document().report

    levels = [int(each.style.name[-1]) for each in june.paragraphs if each.style.name.startswith("Heading")]
    heads = [each.text for each in june.paragraphs if each.style.name == "Heading 1"]

    assert [each.text for each in june.paragraphs if each.style.name == "Title"] == [report.title]
    assert heads == [
        *(f"{part.number} {part.name}{f' ({part.count})' if part.count else ''}" for part in parts(report)),
        "Annex A: the whole plan, action by action",
        "Annex B: the indicators",
        "Annex C: the dates that moved",
    ]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_table_repeats_its_header_and_has_a_name(june):
    assert len(june.tables) > 15
    assert (
        june.element.xpath("//w:tbl[following-sibling::*[1][self::w:tbl]]") == []
    )  # Word would make them one
    for table in june.tables:
        headers = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
        assert headers == [True] + [False] * (len(table.rows) - 1)
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") != [""]


def test_charts_and_trends_say_in_words_what_they_show(june, drawn):
    alts = june.element.xpath("//wp:docPr/@descr")

    report, sheets = month_document().report, month_document().annexes.indicators
    trends = [spark_words(line) for line in report.indicators if line.spark]
    assert alts == [*trends, *(f"{each.chart_title}. {each.chart_words}" for each in sheets)]
    assert drawn == [each.chart for each in sheets]


def test_numbers_are_those_of_the_document(june):
    report, annexes = month_document().report, month_document().annexes

    (counts,) = lines_of(june, f"\xa0○\xa0{words.delivery('not_started')}\xa0")
    assert [each.split("\n")[0] for each in counts] == [str(each.now) for each in report.deliveries]
    assert [each.split("\n")[1].split()[-3] for each in counts] == [
        str(each.before) for each in report.deliveries
    ]
    lines = [line for line in lines_of(june, "Indicator", "Baseline") if line[1] != line[2]]
    assert [line[3].split("\n")[0] for line in lines] == [each.latest for each in report.indicators]
    assert [line[5].split("\n")[-1].split("\xa0")[2] for line in lines] == [
        words.rating(each.rating) for each in report.indicators
    ]
    titles = [f"{each.link.ref} {each.title}" for each in annexes.actions]
    standings = [
        below.text
        for each, below in pairwise(june.paragraphs)
        if each.style.name == "Heading 3" and each.text in titles
    ]
    assert [text.split("\xa0")[2] for text in standings] == [
        words.delivery(each.state, each.rag) for each in annexes.actions
    ]
    values = [table for table in june.tables if table.cell(0, 0).text == "Period"]
    assert [[row.cells[1].text for row in table.rows][1:] for table in values] == [
        [each.words for each in reversed(sheet.values)] for sheet in annexes.indicators
    ]
    assert lines_of(june, "Action", "First agreed", "From") == [
        [
            "13.1 New recording system",
            "30 June 2017",
            "30 June 2017",
            "30 September 2017",
            "1 June 2017",
            "Bids came in over budget.",
        ]
    ]


def test_every_page_says_what_it_is(june):
    frozen = month_document()
    frozen = replace(frozen, marking="", report=replace(frozen.report, stamp=FROZEN, is_sample=False))

    running = [each.text for each in june.sections[0].header.paragraphs]
    assert running == [
        "OFFICIAL-SENSITIVE",
        "Ofsted action plan · June 2017 · Draft, live at 27 June 2017 · Sample data",
    ]
    assert "Sample data." in text_of(june)
    later = read(frozen)
    assert [each.text for each in later.sections[0].header.paragraphs] == [
        "Ofsted action plan · June 2017 · "
        "Version 2, frozen 29 June 2017 by Head of Innovation and Improvement"
    ]
    assert "Sample data." not in text_of(later)


def test_gaps_and_reason_stand_before_the_first_part():
    document = month_document()

    text = text_of(read(replace(document, report=replace(document.report, stamp=FROZEN))))

    head = text[: text.index("2 Headline")]
    assert "Why this version: A figure was wrong." in head
    assert "Frozen with gaps:\nNo update of 1.4" in head


def test_author_is_the_post_that_wrote_the_report(june):
    known = june.core_properties

    assert (known.title, known.author) == (
        "Monthly progress: June 2017, Ofsted action plan",
        "Head of Innovation and Improvement",
    )


def test_typed_text_stays_text():
    document = month_document()
    report = replace(document.report, headline=NASTY, next_month=(NASTY, "x" * 40_000))

    found = read(replace(document, report=report))

    assert text_of(found).count("=cmd|' /C calc'!A0  <script>&amp; {{ x }} {% now %} #let abc \nnext") == 2
    assert "x" * 40_000 in text_of(found)
    assert found.element.xpath("//w:hyperlink | //w:fldSimple | //w:instrText") == []


def test_month_without_anything_is_a_paper_too():
    document = month_document()
    report = replace(
        document.report,
        since=None,
        since_month="",
        confidence="",
        unchecked=(),
        exceptions=(),
        indicators=(),
        differences=(),
        beneath=(),
        risks=(),
        leanings=(),
        decisions=(),
        date_requests=(),
        challenges=None,
        next_month=(),
        changed=None,
    )
    annexes = replace(document.annexes, recommendations=(), actions=(), indicators=(), moves=())

    found = read(replace(document, report=report, annexes=annexes))

    assert "No action is red, overdue, returned or without an update, and no date has moved." in text_of(
        found
    )
    assert found.element.body[-1].tag == qn("w:sectPr")
