"""XML read as a stream, without the declarations by which a small file grows large or reaches for another."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from .limits import DAMAGED, Refused

# A name comes as its namespace and its own part with this between; prefixes are the writer’s free choice.
BETWEEN = " "


def parser(start: Any, end: Any, characters: Any = None) -> expat.XMLParserType:
    """A parser that calls back at each tag and text, and refuses a document type."""
    made = expat.ParserCreate(namespace_separator=BETWEEN)
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = characters
    made.StartDoctypeDeclHandler = refuse_document_type
    return made


def refuse_document_type(*declaration: object) -> None:
    raise Refused(DAMAGED)


def elements(xml: bytes) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Of each element of a small document the name, that of its parent and the attributes, without namespaces."""
    found: list[tuple[str, str, dict[str, str]]] = []
    above = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        own = {name.rpartition(BETWEEN)[2]: value for name, value in attributes.items()}
        found.append((above[-1], tag.rpartition(BETWEEN)[2], own))
        above.append(found[-1][1])

    parser(start, lambda tag: above.pop()).Parse(xml, True)
    return iter(found)
