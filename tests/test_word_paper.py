"""The building blocks of papers in Word, read back as Word reads them."""

from datetime import date
from io import BytesIO, StringIO

import docx
import pytest
from django.core.management import CommandError, call_command
from docx.oxml.ns import qn

from actionplan.reports.word.markup import Line, Row, Run, Strong, field, parsed
from actionplan.reports.word.paper import Paper

DAY = date(2017, 6, 27)


def paper():
    return Paper(
        "Progress",
        on=DAY,
        author="Head of Practice",
        subject="June 2017",
        running=["June 2017", "Sample data"],
        marking="OFFICIAL",
    )


def read(paper):
    return docx.Document(BytesIO(paper.content()))


def words_of(story):
    return "".join(element.text for element in story._element.iter(qn("w:t"), qn("w:instrText")))


def test_paper_says_what_it_is_on_every_page():
    found = read(paper())

    known = found.core_properties
    assert (known.title, known.subject, known.author, known.last_modified_by, known.language) == (
        "Progress",
        "June 2017",
        "Head of Practice",
        "Head of Practice",
        "en-GB",
    )
    assert (known.created.date(), known.comments) == (DAY, "")
    assert found.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert words_of(found.sections[0].header) == "OFFICIALJune 2017 · Sample data"
    assert words_of(found.sections[0].footer) == "Page  PAGE 1 of  NUMPAGES 1"


def test_table_repeats_its_header_and_fits_the_page():
    written = paper()
    written.table(
        ["Action", "Delivery"],
        [Row(["4.2", [Line([Run("Red", ground="B3200F")]), Strong("2 of 4")]], below="")],
        [3, 1],
        caption='Actions "at risk" & more',
    )

    found = read(written)

    (table,) = found.tables
    header, line = table.rows
    assert header._tr.xpath("w:trPr/w:tblHeader") != []
    assert line._tr.xpath("w:trPr/w:tblHeader") == []
    assert [cell.text for cell in line.cells] == ["4.2", "Red\n2 of 4"]
    assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ['Actions "at risk" & more']
    assert found.paragraphs[0].text == 'Actions "at risk" & more'
    section = found.sections[0]
    wide = sum(column.width for column in table.columns)
    assert 0.99 < wide / (section.page_width - section.left_margin - section.right_margin) <= 1


@pytest.mark.parametrize(
    ("typed", "read_back"),
    [
        ("a\x00b\x1fc\ufffe\ud800d", "abcd"),
        ("<w:p/>&amp;", "<w:p/>&amp;"),
        ("one\r\ntwo", "one\ntwo"),
        ("turned \u202eround", "turned round"),
        (" spaces  kept ", " spaces  kept "),
        ('{ HYPERLINK "x" }', '{ HYPERLINK "x" }'),
    ],
)
def test_typed_text_stays_text(typed, read_back):
    written = paper()
    written.heading(typed, 1)
    written.paragraph(typed)
    written.table([typed], [[typed]], [1], caption=typed, is_captioned=False)

    found = read(written)

    assert [each.text for each in found.paragraphs[:2]] == [read_back, read_back]
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == [read_back, read_back]
    assert found.part.element.xpath("//w:hyperlink | //w:instrText") == []


def test_numbering_goes_on_below_a_heading_and_another_starts_anew():
    written = paper()
    first = written.numbering()
    written.paragraph("One", numbering=first)
    written.heading("Next", 1)
    written.paragraph("Two", numbering=first)
    written.paragraph("Of its own", numbering=written.numbering())

    found = read(written)

    numbers = [each._p.xpath("w:pPr/w:numPr/w:numId/@w:val") for each in found.paragraphs]
    assert numbers[0] == numbers[2] != numbers[3] != []
    assert numbers[1] == []


@pytest.fixture
def template(tmp_path, settings):
    """A council's template: a logo's words in the header, an example in the body, few styles, no lists."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Havering"
    made.sections[0].footer.paragraphs[0]._p.addnext(parsed(f"<w:p>{field('PAGE')}</w:p>"))
    made.add_paragraph("Example text")
    made.styles["Heading 1"].font.name = "Gill Sans"
    for style in list(made.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) in ("Heading3", "Caption", "ListBullet", "Title"):
            made.styles.element.remove(style)
    lists = next(key for key, each in made.part.rels.items() if each.reltype.endswith("/numbering"))
    del made.part.rels[lists]
    made.save(tmp_path / "council.docx")
    settings.WORD_TEMPLATE = str(tmp_path / "council.docx")


@pytest.mark.usefixtures("template")
def test_template_of_the_council_gives_the_look_and_what_it_lacks_is_ours():
    written = paper()
    written.title("Progress")
    written.heading("Head", 1)
    written.heading("Third", 3)
    written.bullets(["point"])
    written.table(["Action"], [["4.2"]], [1], caption="Actions")

    found = read(written)

    assert [(each.text, each.style.name) for each in found.paragraphs[:5]] == [
        ("Progress", "Title"),
        ("Head", "Heading 1"),
        ("Third", "Heading 3"),
        ("point", "List Bullet"),
        ("Actions", "Caption"),
    ]
    assert found.styles["Heading 1"].font.name == "Gill Sans"
    assert found.tables[0].style.name == "Plan table"
    assert words_of(found.sections[0].header) == "HaveringOFFICIALJune 2017 · Sample data"


def test_template_to_begin_with_has_every_style_and_replaces_no_file(tmp_path, settings):
    file = tmp_path / "council.docx"

    call_command("word_template", file, verbosity=0, stdout=StringIO())

    settings.WORD_TEMPLATE = str(file)
    names = {
        "Title",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Normal",
        "Caption",
        "List Bullet",
        "List Number",
    }
    assert names | {"Plan table", "Plan table text"} <= {style.name for style in read(paper()).styles}
    with pytest.raises(CommandError, match="is there already"):
        call_command("word_template", file)


def test_number_of_the_page_that_the_template_prints_is_not_printed_twice(template):
    assert words_of(read(paper()).sections[0].footer) == " PAGE 1"


def test_lists_of_the_template_stay_in_the_order_that_word_insists_on(tmp_path, settings):
    made = docx.Document()
    made.part.numbering_part.element.append(parsed('<w:numIdMacAtCleanup w:val="1"/>'))
    made.save(tmp_path / "council.docx")
    settings.WORD_TEMPLATE = str(tmp_path / "council.docx")
    written = paper()
    written.bullets(["point"])
    written.letters(["item"])

    tags = [each.tag.split("}")[1] for each in read(written).part.numbering_part.element]

    assert [tag for at, tag in enumerate(tags) if tag not in tags[:at]] == [
        "abstractNum",
        "num",
        "numIdMacAtCleanup",
    ]
    assert tags == sorted(tags, key=["abstractNum", "num", "numIdMacAtCleanup"].index)
