"""Paragraphs, cells and fields in the XML of Word. Text becomes text whatever stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from actionplan.reports.words import fit

# Pale enough for black words; the words say what the colour says.
GROUNDS = {
    "red": "F9D9D5",
    "amber": "FDECC8",
    "green": "D5EADC",
    "blue": "D5E5F2",
    "grey": "ECEEEF",
}


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


Text = str | Strong


@dataclass(frozen=True)
class Toned:
    """A cell on a pale ground in the colour of its state, which its texts name too."""

    texts: Sequence[Text]
    tone: str


Cell = Text | Toned | Sequence[Text]


def quoted(text: str) -> str:
    """Text as the value of an attribute, on one line."""
    return escape(" ".join(fit(text).split()), {'"': "&quot;"})


def paragraph(texts: Sequence[Text], style: str, properties: str = "") -> str:
    runs = "".join(_run(each) for each in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    style: str,
    *,
    is_header: bool = False,
    with_next: bool = False,
) -> str:
    """A row that no page break divides. A header row comes again on every page and is read out as one; `with_next`
    keeps a row on the page of the next."""
    header = "<w:tblHeader/>" if is_header else ""
    keep = "<w:keepNext/>" if with_next else ""
    inside = "".join(_cell(each, width, style, keep) for each, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{inside}</w:tr>"


def parsed(xml: str) -> BaseOxmlElement:
    """The one element in `xml`, whose names are those of Word."""
    element: BaseOxmlElement = parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")[0]
    return element


def field(code: str) -> str:
    """PAGE or NUMPAGES, which Word works out whenever it shows the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _run(text: Text) -> str:
    strong = isinstance(text, Strong)
    words = text.text if isinstance(text, Strong) else text
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in fit(words).split("\n")]
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if strong else ''}{'<w:br/>'.join(lines)}</w:r>"


def _cell(cell: Cell, width: int, style: str, properties: str) -> str:
    ground = ""
    if isinstance(cell, Toned):
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUNDS[cell.tone]}"/>'
        cell = cell.texts
    texts = [cell] if isinstance(cell, str | Strong) else cell
    inside = "".join(paragraph([each], style, properties) for each in texts) or paragraph([], style)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>{inside}</w:tc>'
