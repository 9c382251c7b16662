"""How papers look in Word: named styles, from the council's own template where there is one, else from styles.xml."""

from pathlib import Path

import docx
from django.conf import settings
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

OURS = Path(__file__).with_name("styles.xml").read_bytes()


def opened() -> Document:
    """An empty document with every style that papers name. A style that the council's template lacks is ours."""
    if settings.WORD_TEMPLATE:
        document = docx.Document(settings.WORD_TEMPLATE)
        _empty(document)
        _add_missing(document)
    else:
        document = docx.Document()
        _empty(document)
        _dress(document)
    _speak_english(document)
    return document


def style_ids(document: Document) -> dict[str, str]:
    """The key of each style by its name in small letters: Word writes “heading 1” where its menus say “Heading 1”."""
    return {_name(style): style.get(qn("w:styleId"), "") for style in _styles(document.styles.element)}


def _empty(document: Document) -> None:
    """Without what a template says by way of example; its page, header and footer stay."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _dress(document: Document) -> None:
    styles = document.styles.element
    for element in list(styles):
        styles.remove(element)
    styles.extend(parse_xml(OURS))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
    section.header_distance, section.footer_distance = Cm(0.9), Cm(0.8)


def _add_missing(document: Document) -> None:
    styles = document.styles.element
    there = {_name(style) for style in _styles(styles)}
    keys = {style.get(qn("w:styleId")) for style in _styles(styles)}
    normal = document.styles.element.xpath('w:style[@w:type="paragraph"][@w:default="1"]/@w:styleId')
    for style in list(_styles(parse_xml(OURS))):
        if _name(style) in there or style.get(qn("w:default")):
            continue
        if style.get(qn("w:styleId")) in keys:
            style.set(qn("w:styleId"), f"Ours{style.get(qn('w:styleId'))}")
        for based in style.findall(qn("w:basedOn")) + style.findall(qn("w:next")):
            if style.get(qn("w:type")) == "paragraph" and normal:
                based.set(qn("w:val"), normal[0])
            else:
                style.remove(based)
        styles.append(style)


def _speak_english(document: Document) -> None:
    """Screen readers and spelling take British English for the language of all that says no other."""
    styles = document.styles.element
    for languages in styles.findall(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        languages.set(qn("w:val"), "en-GB")


def _styles(styles: BaseOxmlElement) -> list[BaseOxmlElement]:
    return list(styles.findall(qn("w:style")))


def _name(style: BaseOxmlElement) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).lower()
