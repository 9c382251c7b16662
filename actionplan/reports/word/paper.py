"""A paper in Word that grows from its first paragraph to its last: headings, paragraphs, lists, tables, pictures.

All text is plain text: nothing that anybody typed becomes markup, a field or a link.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length

from actionplan.reports.word import look
from actionplan.reports.word.lists import BULLET, DECIMAL, LETTERS, Kind, new_list, numbered
from actionplan.reports.word.markup import (
    Cell,
    Picture,
    Row,
    Strong,
    Text,
    field,
    paragraph,
    parsed,
    quoted,
    row,
)
from actionplan.reports.words import fit


class Paper:
    """`content()` is the file. Pages, fonts and styles are those of `look`."""

    def __init__(
        self, title: str, *, on: date, author: str, subject: str, running: Sequence[str], marking: str = ""
    ) -> None:
        """`running` are the words at the head of every page, under the protective marking; `author` is a post."""
        self.document = look.opened()
        self._styles = look.style_ids(self.document)
        self._end = self.document.element.body.sectPr
        self._pictures = 0
        section = self.document.sections[0]
        self.width = Length(
            (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        )
        known = self.document.core_properties
        known.title, known.subject, known.keywords = fit(title)[:255], fit(subject)[:255], fit(marking)[:255]
        known.author = known.last_modified_by = fit(author)[:255]
        known.comments, known.language, known.revision = "", "en-GB", 1
        known.created = known.modified = datetime.combine(on, time(), UTC)
        self._run_along(marking, " · ".join(running))

    def title(self, text: str) -> None:
        self._add(paragraph([text], self._styles["title"]))

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Levels 1 to 3, each under one of the level above it."""
        properties = "<w:pageBreakBefore/>" if new_page else ""
        self._add(paragraph([text], self._styles[f"heading {level}"], properties))

    def paragraph(
        self,
        *texts: Text,
        style: str = "Normal",
        numbering: int | None = None,
        level: int = 0,
        with_next: bool = False,
    ) -> None:
        """Texts stand side by side. With a `numbering`, the paragraph bears its next number; `with_next` keeps it on
        the page of what follows."""
        properties = "<w:keepNext/>" if with_next else ""
        if numbering is not None:
            style, properties = "List Number", properties + numbered(numbering, level)
        self._add(paragraph(texts, self._styles[style.lower()], properties + self._apart()))

    def bullets(self, lines: Iterable[str | Sequence[Text]]) -> None:
        self._items(lines, BULLET)

    def letters(self, lines: Iterable[str | Sequence[Text]]) -> None:
        """a., b., c."""
        self._items(lines, LETTERS)

    def _items(self, lines: Iterable[str | Sequence[Text]], kind: Kind) -> None:
        number = new_list(self.document, kind)
        for line in lines:
            texts = [line] if isinstance(line, str) else line
            properties = numbered(number) + self._apart()
            self._add(paragraph(texts, self._styles["list bullet"], properties))

    def numbering(self) -> int:
        """A numbering from 1, for paragraphs wherever they stand below: 1. and, of level 1, 1.1"""
        return new_list(self.document, DECIMAL)

    def table(
        self,
        header: Sequence[Cell],
        rows: Iterable[Sequence[Cell] | Row],
        widths: Sequence[float],
        *,
        caption: str,
        is_captioned: bool = True,
        with_next: bool = False,
    ) -> None:
        """A table across the page whose header comes again on every page. `widths` are shares of the page. A caption
        that is not printed is still the name of the table for those who hear it; `with_next` keeps a short one
        together, on the page of what follows."""
        twips = [int(self.width.twips * each / sum(widths)) for each in widths]
        style = self._styles["plan table text"]
        if is_captioned:
            self._add(paragraph([caption], self._styles["caption"]))
        elif self._is_below_a_table:
            self._add(paragraph([], style))  # else Word makes them one
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in twips)
        head = row(Row(header), twips, style, is_header=True, with_next=True)
        told = [each if isinstance(each, Row) else Row(each) for each in rows]
        lines = "".join(row(each, twips, style, with_next=with_next) for each in told)
        self._add(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles["plan table"]}"/>'
            f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/><w:tblCaption w:val="{quoted(caption)}"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{lines}</w:tbl>"
        )

    def picture(self, png: bytes, alt: str) -> None:
        """Across the page. `alt` says in words what it shows."""
        self.paragraph(self.inline(png, alt))

    def inline(self, png: bytes, alt: str, share: float = 1) -> Picture:
        """A picture to stand within a line, as wide as its share of the page."""
        key, image = self.document.part.get_or_add_image(BytesIO(png))
        across, high = image.scaled_dimensions(width=Emu(int(self.width * share)))
        self._pictures += 1
        shape = CT_Inline.new_pic_inline(self._pictures, key, "", across, high)
        shape.docPr.set("descr", " ".join(fit(alt).split()))
        return Picture(shape.xml)

    def content(self) -> bytes:
        if self._is_below_a_table:
            self.paragraph()  # Word wants a paragraph behind the last table
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    @property
    def _is_below_a_table(self) -> bool:
        last = self._end.getprevious()
        return last is not None and last.tag == qn("w:tbl")

    def _apart(self) -> str:
        """Some room above the first words below a table."""
        return '<w:spacing w:before="120"/>' if self._is_below_a_table else ""

    def _add(self, xml: str) -> None:
        self._end.addprevious(parsed(xml))

    def _run_along(self, marking: str, words: str) -> None:
        """On every page: the marking and what this is above, the number of the page below, unless the council’s
        template has put it there."""
        section = self.document.sections[0]
        pairs = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            pairs.append((section.first_page_header, section.first_page_footer))
        if self.document.settings.odd_and_even_pages_header_footer:
            pairs.append((section.even_page_header, section.even_page_footer))
        for header, footer in pairs:
            above = [paragraph([Strong(marking)], self._styles["header"])] if marking else []
            _fill(header._element, [*above, paragraph([words], self._styles["header"])])
            page = (
                f'<w:p><w:pPr><w:pStyle w:val="{self._styles["footer"]}"/></w:pPr>'
                f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{field("PAGE")}'
                f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{field("NUMPAGES")}</w:p>'
            )
            if not footer._element.xpath('.//w:instrText[contains(., "PAGE")] | .//w:fldSimple'):
                _fill(footer._element, [page])


def _fill(story: BaseOxmlElement, paragraphs: Iterable[str]) -> None:
    """Add to a header or footer; the empty paragraph of a new one goes."""
    for each in list(story):
        if each.tag == qn("w:p") and not len(each.xpath("w:r")):
            story.remove(each)
    story.extend(parsed(each) for each in paragraphs)
