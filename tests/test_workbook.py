"""A month's report in Excel, read back as people's spreadsheets read it."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from actionplan.reports import words
from actionplan.reports.workbook.month import LONGEST, sheets, xlsx
from tests.month_document import NASTY, month_document

NAMES = [
    *("About", "Counts", "Changes", "Exceptions", "Recommendations", "Actions", "Milestones", "Indicators"),
    *("Values", "Risks", "Needs", "Decisions", "Date changes", "Challenges"),
]


def read(file):
    return CalamineWorkbook.from_filelike(BytesIO(file))


@pytest.fixture(scope="module")
def file():
    return xlsx(month_document())


def rows_of(book, name):
    """Each row of a sheet as a dictionary by the names in its header."""
    header, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def xml_of(file, name):
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return parts.read(name).decode()


def test_every_sheet_holds_its_table(file):
    book = read(file)

    assert book.sheet_names == NAMES
    for sheet in sheets(month_document()):
        found = book.get_sheet_by_name(sheet.name).to_python()
        assert found[0] == [name for name, _, _ in sheet.columns]
        assert len(found) == 1 + len(sheet.rows)


def test_numbers_and_dates_are_typed_and_those_of_the_document(file):
    book, document = read(file), month_document()
    report, annexes = document.report, document.annexes

    counts = [(row["State"], row["Actions now"], row["At the last Board"]) for row in rows_of(book, "Counts")]
    assert counts == [
        *((words.delivery(each.state, each.rag), each.now, each.before) for each in report.deliveries),
        *((words.impact(each.value), each.now, each.before) for each in report.impacts),
    ]
    actions = [
        (row["Action"], row["Delivery"], row["Impact"], row["Due"]) for row in rows_of(book, "Actions")
    ]
    assert actions == [
        (each.link.ref, words.delivery(each.state, each.rag), words.impact(each.impact), each.due_on)
        for each in annexes.actions
    ]
    ratings = [(row["Code"], row["Latest"], row["Rating"]) for row in rows_of(book, "Indicators")]
    assert ratings == [
        (each.code, each.line.latest, words.rating(each.line.rating)) for each in annexes.indicators
    ]
    values = [(row["Value"], row["Unit"], row["To"]) for row in rows_of(book, "Values")]
    assert values[:2] == [(62.0, "percent", date(2017, 2, 28)), (64.0, "percent", date(2017, 3, 31))]
    assert [value for value, _, _ in values] == [
        float(each.value) for sheet in annexes.indicators for each in sheet.values
    ]
    assert rows_of(book, "Date changes")[0]["To"] == date(2017, 9, 30)


def test_every_sheet_has_a_frozen_header_filters_and_says_what_it_is(file):
    running = "OFFICIAL-SENSITIVE · Ofsted action plan · Draft, live at 27 June 2017 · Sample data"
    for number in range(1, len(NAMES) + 1):
        xml = xml_of(file, f"xl/worksheets/sheet{number}.xml")
        assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml
        assert "<autoFilter ref=" in xml
        assert f"<oddHeader>&amp;C{running}</oddHeader>" in xml


def test_nothing_is_hidden_and_nobody_is_named(file):
    with zipfile.ZipFile(BytesIO(file)) as parts:
        names = parts.namelist()
        everything = "".join(parts.read(name).decode() for name in names if name.endswith(".xml"))

    assert [name for name in names if "comment" in name or "macro" in name or "external" in name] == []
    hidden = {piece.split(" ")[0] for piece in everything.split("<") if 'hidden="1"' in piece}
    assert hidden == {"definedName"}  # the ranges of the filters, which Excel itself hides
    assert "<f>" not in everything
    assert "<hyperlink" not in everything
    assert "<dc:creator></dc:creator>" in xml_of(file, "docProps/core.xml")


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "_x0041_", "1e3", "http://x.example", NASTY],
)
def test_typed_text_stays_text(typed):
    document = month_document()
    challenges = document.report.challenges
    shown = replace(challenges.shown[0], question=typed)
    report = replace(document.report, challenges=replace(challenges, shown=(shown,)))

    file = xlsx(replace(document, report=report))

    cell = read(file).get_sheet_by_name("Challenges").to_python()[1][0]
    assert cell == words.fit(typed)
    xml = xml_of(file, "xl/worksheets/sheet14.xml")
    assert '<c r="A2" s="' in xml
    assert "<f>" not in xml


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_text_that_no_cell_holds_is_cut_and_says_so(letter):
    document = month_document()

    file = xlsx(replace(document, report=replace(document.report, headline=letter * 40_000)))

    headline = next(row for row in rows_of(read(file), "About") if row["What"] == "Headline")["This report"]
    assert len(headline.encode("utf-16-le")) // 2 in (LONGEST, LONGEST - 1)
    assert headline.endswith(f"{letter} (cut here: an Excel cell holds no more)")


def test_table_without_rows_keeps_its_header():
    document = month_document()
    report = replace(document.report, challenges=None, decisions=(), risks=(), leanings=(), changed=None)

    book = read(xlsx(replace(document, report=report)))

    for name in ("Challenges", "Decisions", "Risks", "Needs", "Changes"):
        assert len(book.get_sheet_by_name(name).to_python()) == 1
