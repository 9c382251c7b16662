"""Paragraphs, cells and fields in the XML of Word. Text becomes text whatever stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from actionplan.reports.words import fit

NO_LINE_ABOVE = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
NO_LINE_BELOW = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Run:
    """Words with a look of their own; colours are hexadecimal, the size is in points."""

    text: str
    is_strong: bool = False
    colour: str = ""
    size: float = 0
    border: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture within a line, as Paper.inline() gives it."""

    xml: str


Text = str | Strong | Run | Picture


@dataclass(frozen=True)
class Line:
    """Texts side by side in a cell. Numbers stand on the right."""

    texts: Sequence[Text]
    is_number: bool = False


Cell = Text | Sequence[Text | Line]


@dataclass(frozen=True)
class Row:
    """`below` goes over all columns but the first, on the same page. A row that is not whole may break across pages."""

    cells: Sequence[Cell]
    below: Cell = ""
    is_whole: bool = True


def quoted(text: str) -> str:
    """Text as the value of an attribute, on one line."""
    return escape(" ".join(fit(text).split()), {'"': "&quot;"})


def paragraph(texts: Sequence[Text], style: str, properties: str = "") -> str:
    runs = "".join(_run(each) for each in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def row(
    told: Row, widths: Sequence[int], style: str, *, is_header: bool = False, with_next: bool = False
) -> str:
    """A row, or two of them under one first cell. A header row comes again on every page and is read out as one;
    `with_next` keeps a row on the page of the next."""
    whole = "<w:cantSplit/>" if told.is_whole else ""
    properties = f"<w:trPr>{whole}{'<w:tblHeader/>' if is_header else ''}</w:trPr>"
    keep = "<w:keepNext/>" if with_next else ""
    if not told.below:
        pairs = zip(told.cells, widths, strict=True)
        inside = "".join(_cell(each, width, style, keep) for each, width in pairs)
        return f"<w:tr>{properties}{inside}</w:tr>"
    (first, *others), (narrow, *wide) = told.cells, widths
    above = _cell(first, narrow, style, "<w:keepNext/>", '<w:vMerge w:val="restart"/>')
    above += "".join(
        _cell(each, width, style, "<w:keepNext/>", NO_LINE_BELOW)
        for each, width in zip(others, wide, strict=True)
    )
    under = _cell("", narrow, style, keep, "<w:vMerge/>")
    under += _cell(told.below, sum(wide), style, keep, NO_LINE_ABOVE, span=len(wide))
    return f"<w:tr>{properties}{above}</w:tr><w:tr>{properties}{under}</w:tr>"


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
    if isinstance(text, Picture):
        return f"<w:r><w:drawing>{text.xml}</w:drawing></w:r>"
    look = _look(text)
    words = text if isinstance(text, str) else text.text
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in fit(words).split("\n")]
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:br/>'.join(lines)}</w:r>"


def _look(text: str | Strong | Run) -> str:
    """In the order that Word insists on."""
    if isinstance(text, str):
        return ""
    if isinstance(text, Strong):
        return "<w:b/>"
    parts = (
        (text.is_strong, "<w:b/>"),
        (text.colour, f'<w:color w:val="{text.colour}"/>'),
        (text.size, f'<w:sz w:val="{text.size * 2:.0f}"/><w:szCs w:val="{text.size * 2:.0f}"/>'),
        (text.border, f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{text.border}"/>'),
        (text.ground, f'<w:shd w:val="clear" w:color="auto" w:fill="{text.ground}"/>'),
    )
    return "".join(xml for is_so, xml in parts if is_so)


def _cell(cell: Cell, width: int, style: str, properties: str, look: str = "", *, span: int = 1) -> str:
    told = [cell] if isinstance(cell, str | Strong | Run | Picture) else cell
    inside = "".join(_line(each, style, properties) for each in told) or paragraph([], style, properties)
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{look}</w:tcPr>{inside}</w:tc>'


def _line(line: Text | Line, style: str, properties: str) -> str:
    if not isinstance(line, Line):
        return paragraph([line], style, properties)
    return paragraph(line.texts, style, properties + ('<w:jc w:val="right"/>' if line.is_number else ""))
