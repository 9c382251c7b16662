"""Lists in Word: each kind is described once, and each list of it has a number of its own, so that it starts anew."""

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart

from actionplan.reports.word.markup import parsed

# The format and the text of each level.
Kind = Sequence[tuple[str, str]]
BULLET: Kind = (("bullet", "•"),)
LETTERS: Kind = (("lowerLetter", "%1."),)
DECIMAL: Kind = (("decimal", "%1."), ("decimal", "%1.%2"))

# What stands in the part of the file that describes lists, in the order that Word insists on.
ORDER = [qn(f"w:{name}") for name in ("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup")]


def new_list(document: Document, kind: Kind) -> int:
    """The number of a new list."""
    lists = _lists(document)
    name = f"{kind[0][0]} list"
    found = lists.xpath(f'w:abstractNum[w:name/@w:val="{name}"]/@w:abstractNumId')
    if not found:
        found = [str(_next(lists.xpath("w:abstractNum/@w:abstractNumId")))]
        _put(lists, _description(found[0], name, kind))
    number = _next(lists.xpath("w:num/@w:numId"))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    _put(lists, f'<w:num w:numId="{number}"><w:abstractNumId w:val="{found[0]}"/>{start}</w:num>')
    return number


def numbered(number: int, level: int = 0) -> str:
    """The property of a paragraph that makes it the next of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _lists(document: Document) -> BaseOxmlElement:
    """The part that describes lists; a template that has none is given one."""
    part = document.part
    if not any(each.reltype == RELATIONSHIP_TYPE.NUMBERING for each in part.rels.values()):
        uri, empty = PackURI("/word/numbering.xml"), parsed("<w:numbering/>")
        new = NumberingPart(uri, CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
    lists: BaseOxmlElement = part.numbering_part.element
    return lists


def _put(lists: BaseOxmlElement, xml: str) -> None:
    """Behind the last of its kind."""
    element = parsed(xml)
    later = ORDER[ORDER.index(element.tag) + 1 :]
    behind = next((each for each in lists if each.tag in later), None)
    if behind is None:
        lists.append(element)
    else:
        behind.addprevious(element)


def _next(taken: Sequence[str]) -> int:
    return max((int(each) for each in taken), default=0) + 1


def _description(key: str, name: str, kind: Kind) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{340 + 170 * at}" w:hanging="{340 + 170 * at}"/></w:pPr></w:lvl>'
        for at, (form, text) in enumerate(kind)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
        f'<w:name w:val="{name}"/>{levels}</w:abstractNum>'
    )
