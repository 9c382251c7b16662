"""All files read back: PDF, Word, Excel and HTML say of every action and indicator what the document says."""

import os
import re
from html import unescape
from io import BytesIO
from itertools import pairwise

import docx
import pymupdf
import pytest
from python_calamine import CalamineWorkbook

from actionplan.enums import DeliveryState, Impact, Rag
from actionplan.reports import standalone
from actionplan.reports.paper import drawings
from actionplan.reports.pdf import pdf
from actionplan.reports.standalone import html
from actionplan.reports.word import month
from actionplan.reports.word.month import docx as word
from actionplan.reports.workbook.month import xlsx
from kpis.enums import Rating
from kpis.periods import day_words
from tests.month_document import another_month
from tests.test_word import DOT

EXAMPLES = 200 if os.environ.get("SOAK") else 4

NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
ANNEX_B = ("Heading 1", "Annex B: the indicators")
WORD_MARKS = re.compile(r"^\xa0.\xa0([^\xa0]+)\xa0.*?[░█×]+\xa0(\w[\w ]*?)(?: [▌\xa0\d].*)?$")


def of_document(document):
    annexes = document.annexes
    return (
        [tile.now for tile in document.report.deliveries],
        [
            (
                each.link.ref,
                Rag(each.rag).label if each.rag else DeliveryState(each.state).label,
                Impact(each.impact).label,
                day_words(each.due_on),
            )
            for each in annexes.actions
        ],
        [(each.line.name, each.line.latest, Rating(each.line.rating).label) for each in annexes.indicators],
    )


def of_word(document):
    paper = docx.Document(BytesIO(word(document)))
    tables = [[[cell.text.split("\n") for cell in row.cells] for row in table.rows] for table in paper.tables]
    texts = [(each.style.name, each.text) for each in paper.paragraphs]
    # The marks of an action stand under its heading.
    marks = [
        (text.split(" ")[0], *WORD_MARKS.search(after[1]).groups())
        for (style, text), after in pairwise(texts)
        if style == "Heading 3" and texts.index((style, text)) < texts.index(ANNEX_B)
    ]
    due = [
        table[1][2][0].split(" to ")[-1].split(", ")[0] for table in tables if table[0][-1] == ["Priority"]
    ]
    indicators = next(table[1:] for table in tables if table[0][0] == ["Indicator"])
    return (
        [int(cell[0]) for cell in tables[0][1]],
        [(*mark, day) for mark, day in zip(marks, due, strict=True)],
        [
            (re.sub(r" \xa0.*", "", row[0][0]), row[3][0], row[5][-1].strip("\xa0").split("\xa0")[-1])
            for row in indicators
            if not row[3][0].startswith("So what:")
        ],
    )


def of_workbook(document):
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(document)))

    def rows(name):
        header, *rows = book.get_sheet_by_name(name).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]

    return (
        [row["Actions now"] for row in rows("Counts") if row["Of"] == "Delivery"],
        [(row["Action"], row["Delivery"], row["Impact"], day_words(row["Due"])) for row in rows("Actions")],
        [(row["Indicator"], row["Latest"], row["Rating"]) for row in rows("Indicators")],
    )


def of_pdf(document):
    """Where an action or an indicator stands is found by its title; what is said of it is read there."""
    with pymupdf.open(stream=pdf(document)) as paper:
        text = " ".join(" ".join(page.get_text() for page in paper).split())
    tiles, plan, indicators = (
        text[text.rindex(begin) : text.rindex(end)]
        for begin, end in (
            ("Delivery: what we", "Impact: what it"),
            ("Annex A:", "Annex B:"),
            ("Annex B:", "Annex C:"),
        )
    )

    def found(pattern, title, words):
        return re.search(re.escape(title) + pattern, words).groups()

    delivery = "|".join([*Rag.labels, *DeliveryState.labels])
    marks = rf" ({delivery}) (?:Was [a-z ]+ )?({'|'.join(Impact.labels)}) .*? is due .*? to (\d+ \w+ \d+)"
    rated = rf" .*?Latest (\S+) .*?trajectory .*?({'|'.join(Rating.labels)}) Direction"
    annexes = document.annexes
    return (
        [int(number) for number in re.findall(r"(\d+) \d+ in May", tiles)],
        [(each.link.ref, *found(marks, f"{each.link.ref} {each.title}", plan)) for each in annexes.actions],
        [(each.line.name, *found(rated, each.line.name, indicators)) for each in annexes.indicators],
    )


def of_page(document):
    page = html(document).decode()
    tiles = page[page.index("app-counts--delivery") : page.index("Impact<span>")]
    plan = page[page.index('id="annex-plan"') :]
    actions = re.findall(
        r'<h4.*?app-ref">([^<]+)<.*?<span class="app-cell">(.*?)</p>.*?<dt>Due</dt><dd>(\d+ \w+ \d+)',
        plan,
        re.DOTALL,
    )
    indicators = page[page.index('id="annex-indicators"') :]
    rated = re.findall(
        r'<h3[^>]*>([^<]+).*?app-cell"><strong>([^<]+)</strong>.*?app-tag--[\w-]+">.*?<span>([^<]+)</span>',
        indicators,
        re.DOTALL,
    )
    return (
        [int(number) for number in re.findall(r"<b>(\d+)</b>", tiles)],
        [(ref, *_marks(marks), due) for ref, marks, due in actions],
        [(unescape(name).strip(), unescape(latest), unescape(rating)) for name, latest, rating in rated],
    )


def _marks(marks):
    """The words of the first mark, which is delivery, and of the mark of impact."""
    text = re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", marks)
    delivery = re.search(r"app-tag--.*?<span>([^<]*)</span>", text).group(1)
    impact = re.search(r"app-impact--.*?<span>([^<]*)</span>", text).group(1)
    return delivery, impact


@pytest.fixture(autouse=True, scope="module")
def drawn():
    """Drawing charts is tested elsewhere and takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawings, "svgs", lambda charts: [NOTHING for _ in charts])
        patch.setattr(month, "pictures", lambda named, dots: dict.fromkeys(named, DOT))
        patch.setattr(standalone, "svgs", lambda charts, across=1000: ["" for _ in charts])
        yield


@pytest.mark.soak
@pytest.mark.once
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_all_files_say_the_same(seed):
    document = another_month(seed)

    said = of_document(document)

    assert of_word(document) == said
    assert of_workbook(document) == said
    assert of_page(document) == said
    assert of_pdf(document) == said
