"""A month's report as PDF, read back as a screen reader and a printer meet it."""

import os
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import outloud
import pikepdf
import pymupdf
import pytest

from actionplan.reports import typesetting
from actionplan.reports.annex_facts import Annexes
from actionplan.reports.facts import Changed, Stamp
from actionplan.reports.parts import parts
from actionplan.reports.pdf import pdf
from actionplan.reports.typesetting import NoFonts, readable
from tests.month_document import NASTY, another_month, month_document

MARKUP = '#import "x": * *b* _c_ @d $e$ \\f `g` <h> // i /* j = k'
A4 = (595, 842)
MONTHS = 30 if os.environ.get("SOAK") else 1


@pytest.fixture(scope="module")
def paper():
    return pdf(month_document())


def elements(node):
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def pages(content):
    """The words of each page, without the places where a long word may break."""
    with pymupdf.open(stream=content) as opened:
        return [" ".join(page.get_text().replace("\u200b", "").split()) for page in opened]


def missing(texts, words):
    """Those that are not among the words, wherever a line ends."""
    close = words.replace(" ", "")
    return [text for text in texts if text.replace(" ", "") not in close]


@pytest.mark.soak
@pytest.mark.once
@pytest.mark.parametrize("seed", range(MONTHS))
def test_screen_reader_finds_no_fault(seed, tmp_path):
    (tmp_path / "june.pdf").write_bytes(pdf(another_month(seed)))

    result = outloud.check(str(tmp_path / "june.pdf"))

    assert [each.to_dict() for each in result.findings if each.severity == "error"] == []
    assert result.runs != []


def test_paper_says_what_it_is(paper):
    with pikepdf.open(BytesIO(paper)) as opened:
        root = opened.Root
        title = opened.open_metadata()["dc:title"]

        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert title == "Monthly progress: June 2017, Ofsted action plan"


def test_headings_go_down_one_step_at_a_time_and_are_the_bookmarks(paper):
    with pikepdf.open(BytesIO(paper)) as opened, opened.open_outline() as outline:
        levels = [
            int(str(each.S)[2:]) for each in elements(opened.Root.StructTreeRoot.K) if str(each.S)[:2] == "/H"
        ]
        marks = list(depths(outline.root))

    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert [depth for depth, _ in marks] == levels
    named = [f"{part.number} {part.name}" for part in parts(month_document().report)]
    assert [title.partition(" (")[0] for depth, title in marks if depth == 2 and title[0].isdigit()] == named


def depths(items, depth=1):
    for item in items:
        yield depth, item.title
        yield from depths(item.children, depth + 1)


def test_every_figure_has_words_and_every_header_a_scope(paper):
    with pikepdf.open(BytesIO(paper)) as opened:
        found = [(str(each.S), each) for each in elements(opened.Root.StructTreeRoot.K)]
        said = [str(each.get("/Alt", "")) for kind, each in found if kind == "/Figure"]
        scopes = {scope(each) for kind, each in found if kind == "/TH"}

    annexes, report = month_document().annexes, month_document().report
    charts = [f"{each.chart_title}. {each.chart_words}" for each in annexes.indicators]
    assert [words for words in said if not words.startswith("Trend: ")] == charts
    assert len(said) == len(charts) + len([line for line in report.indicators if line.spark])
    assert scopes == {"/Column"}


def scope(cell):
    return next(str(each.Scope) for each in cell.A if "/Scope" in each)


def test_every_page_is_marked_and_numbered(paper):
    found = pages(paper)

    for number, words in enumerate(found, 1):
        assert words.count("OFFICIAL-SENSITIVE") == 2
        assert f"page {number} of {len(found)}" in words
        assert "Draft, live at 27 June 2017" in words
        assert "Sample data" in words


def test_first_page_is_the_board_s(paper):
    report = month_document().report
    first = pages(paper)[0]

    said = [report.counted, report.headline, f"officer: Amber {report.confidence_was}", *report.facts[0]]
    assert missing(said, first) == []
    assert missing([line.title for line in report.lines], first) == []
    assert missing([each.action.title for each in report.exceptions], first) == []


def test_exceptions_without_room_are_named_and_told_after_the_recommendations():
    document = month_document()
    many = tuple(
        replace(document.report.exceptions[0], cause=f"Cause {number}. " * 20) for number in range(20)
    )
    report = replace(document.report, exceptions=many)

    found = pages(pdf(replace(document, report=report, annexes=Annexes((), (), (), ()))))

    assert missing([line.title for line in report.lines], found[0]) == []
    named, continued, told = " ".join(found).partition("Exceptions, continued")
    assert continued != ""
    assert (named.count("Relapsed 2.3"), told.count("Relapsed 2.3")) == (20, 20)
    assert ("Cause 0" in named, "Cause 0" in told) == (False, True)


def test_annexes_say_every_action_and_every_value(paper):
    annexes, words = month_document().annexes, " ".join(pages(paper))

    assert missing([f"{each.link.ref} {each.title}" for each in annexes.actions], words) == []
    assert missing([step.title for each in annexes.actions for step in each.steps], words) == []
    values = [value for each in annexes.indicators for value in each.values]
    assert missing([value.words for value in values], words) == []
    assert missing([value.comment for value in values], words) == []


def test_what_people_type_is_text_and_stays_on_the_paper():
    long = "abcdefghij" * 500
    typed = f"{MARKUP} {NASTY} مرحبا שלום \U0001f600 \U0001fae0 中 {long}"
    document = month_document()
    report, annexes = document.report, document.annexes
    document = replace(
        document,
        report=replace(
            report,
            headline=typed,
            exceptions=tuple(replace(each, cause=typed) for each in report.exceptions[:1]),
            next_month=(typed,),
            indicators=tuple(replace(each, url=f"/kpis/{'a-' * 30}/") for each in report.indicators[:1]),
        ),
        annexes=replace(annexes, actions=tuple(replace(each, outcome=typed) for each in annexes.actions[:1])),
    )

    content = pdf(document)

    words = " ".join(pages(content))
    assert words.count(MARKUP) == 4
    assert words.count("[melting face] □") == 4
    assert words.replace(" ", "").count("abcdefghij") > 1990  # of 2,000; a page may end within the others
    with pymupdf.open(stream=content) as opened:
        out = [word for page in opened for word in page.get_text("words") if word[0] < 0 or word[2] > A4[0]]
    assert out == []


def test_month_without_anything_is_a_paper():
    document = month_document()
    report = replace(
        document.report,
        total=0, exceptions=(), lines=(), indicators=(), differences=(), beneath=(), risks=(), leanings=(),
        decisions=(), date_requests=(), challenges=None, next_month=(), unchecked=(), since=None,
        changed=Changed((), (), (), (), (), (), ()),
    )  # fmt: skip

    found = pages(pdf(replace(document, marking="", report=report, annexes=Annexes((), (), (), ()))))

    assert len(found) == 1
    assert "Monthly progress: June 2017" in found[0]
    assert "OFFICIAL" not in found[0]


def test_gaps_without_room_are_counted_and_told_after_the_recommendations():
    stamp = Stamp(1, date(2017, 6, 30), "Head of Innovation", "", tuple(f"Gap {each}" for each in range(60)))
    document = month_document()

    found = pages(
        pdf(replace(document, report=replace(document.report, stamp=stamp), annexes=Annexes((), (), (), ())))
    )

    assert missing([line.title for line in document.report.lines], found[0]) == []
    assert "Frozen with 60 gaps, told behind the recommendations." in found[0]
    assert missing(stamp.gaps, " ".join(found).partition("told behind the recommendations")[2]) == []


def test_frozen_paper_says_its_version_and_what_it_lacked():
    stamp = Stamp(2, date(2017, 6, 30), "Head of Innovation", "A figure was wrong.", ("No update of 1.4",))
    document = month_document()

    first = pages(
        pdf(replace(document, report=replace(document.report, stamp=stamp), annexes=Annexes((), (), (), ())))
    )[0]

    assert "Version 2, frozen 30 June 2017 by Head of Innovation" in first
    assert "Draft" not in first
    assert "Why this version: A figure was wrong. Frozen with gaps: • No update of 1.4" in first


def test_same_month_is_the_same_file(paper):
    typesetting._paper.cache_clear()

    assert pdf(month_document()) == paper


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Zoë’s £5 – naïve", "Zoë’s £5 – naïve"),
        ("a\x00b\x1fc\ufeffd\u202ee", "abcde"),
        ("tab\tand\r\nline", "tab and \nline"),
        ("\U0001fae0", "[melting face]"),
        ("中", "□"),
    ],
)
def test_signs_that_no_font_has_are_named_or_dropped(typed, shown):
    assert readable(typed) == shown


def test_missing_fonts_are_told_in_words(monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "REGULAR", [tmp_path / "Arimo.ttf"])

    with pytest.raises(NoFonts, match="Run npm ci"):
        pdf(month_document())
