"""The blocks that papers are made of, and the marks inside a line. templates/typst/paper.typ draws each `kind`.

Words are a text, a mark or a list of both. All of it is plain data, ready for JSON.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from actionplan.enums import DeliveryState, Impact, Movement, Rag
from actionplan.marks import MOVEMENTS, RISK_COLOURS
from actionplan.reports.facts import ActionLink
from actionplan.risks import level
from kpis.enums import Direction, Origin, Rating
from kpis.marks import DIRECTION_SHAPES, RATING_COLOURS

Words = Any  # str | Block | list["Words"], which mypy cannot say of itself
Block = dict[str, Any]

LONGEST_ROW = 700  # letters of a cell; a row with more may break across pages, others stay whole


def heading(level: int, words: str) -> Block:
    return {"kind": "heading", "level": level, "words": words}


def paragraph(words: Words, *, leads: bool = False) -> Block:
    """`leads`: it stays on the page of what follows."""
    return {"kind": "paragraph", "words": words, "leads": leads}


def bullets(items: Iterable[Words], *, numbered: bool = False) -> Block:
    return {"kind": "bullets", "items": list(items), "numbered": numbered}


def columns(cells: Iterable[Block], widths: Sequence[float], *, leads: bool = False) -> Block:
    """Blocks side by side, read from left to right; `widths` are their shares of the paper's."""
    return {"kind": "columns", "cells": list(cells), "widths": list(widths), "leads": leads}


def entry(words: Words) -> Block:
    """Words in the small type of tables."""
    return {"kind": "entry", "words": words}


def fact(name: str, words: Words) -> Block:
    return {"kind": "fact", "name": name, "words": words}


def tile(count: int, words: Words, before: str) -> Block:
    return {"kind": "tile", "count": str(count), "words": words, "before": before}


def table(
    head: Sequence[str], widths: Sequence[float], rows: Iterable[Block], numbers: Sequence[int] = ()
) -> Block:
    """`widths` are shares of the paper's, `numbers` the columns that align on the right."""
    return {
        "kind": "table",
        "head": list(head),
        "widths": list(widths),
        "rows": list(rows),
        "numbers": list(numbers),
    }


def row(*cells: Words, below: Words = "") -> Block:
    """`below` goes over all columns but the first, on the same page."""
    longest = max(_length(each) for each in [*cells, below])
    return {"cells": list(cells), "below": below, "whole": longest <= LONGEST_ROW}


def picture(drawing: str, says: str) -> Block:
    """A drawing by its name, with the words for those who cannot see it."""
    return {"kind": "picture", "drawing": drawing, "says": says}


def new_page() -> Block:
    return {"kind": "new_page"}


def strong(words: Words) -> Words:
    return {"kind": "strong", "words": words} if words else ""


def quiet(words: Words) -> Words:
    return {"kind": "quiet", "words": words} if words else ""


def big(words: Words) -> Words:
    return {"kind": "big", "words": words} if words else ""


def spark(drawing: str, says: str) -> Block:
    return {"kind": "spark", "drawing": drawing, "says": says}


def mark(colour: str, words: str) -> Block:
    """A word in a box with the shape of its colour."""
    return {"kind": "mark", "colour": colour, "words": words}


def was(words: str) -> Words:
    """The change bar: what stood here at the last Board."""
    return {"kind": "was", "words": words} if words else ""


def lines(*parts: Words) -> Words:
    """Parts that are not empty, each on a line of its own."""
    told = [each for each in parts if each]
    return [piece for each in told for piece in (each, {"kind": "break"})][:-1]


def spaced(*parts: Words) -> Words:
    """Parts that are not empty, with a space between."""
    told = [each for each in parts if each]
    return [piece for each in told for piece in (each, " ")][:-1]


def delivery(state: str, rag: str = "") -> Block:
    """What has been done. The colour counts only while in progress."""
    known = DeliveryState(state)
    if known != DeliveryState.IN_PROGRESS:
        return mark(known.replace("_", "-"), known.label)
    return mark(rag, Rag(rag).label) if rag else mark("grey", known.label)


def impact(value: str) -> Block:
    """What it has changed for children, never in a box."""
    return {"kind": "impact", "colour": value.replace("_", "-"), "words": Impact(value).label}


def rating(value: str) -> Block:
    return mark(RATING_COLOURS.get(Rating(value), "grey"), Rating(value).label)


def direction(value: str, words: str = "") -> Block:
    known = Direction(value)
    shape = DIRECTION_SHAPES.get(known, known.value)
    return {"kind": "arrow", "colour": known.value, "shape": shape, "words": words or known.label}


def score(value: int | None) -> Block:
    if value is None:
        return mark("grey", "Not scored")
    return mark(RISK_COLOURS[level(value)], f"{value} {level(value).label.lower()}")


def movement(value: str, before: int | None) -> Words:
    if not value:
        return ""
    colour, shape, words = MOVEMENTS[Movement(value)]
    return {"kind": "arrow", "colour": colour, "shape": shape, "words": words.format(before)}


def origin(value: str, beside: str = "") -> Words:
    """Sample or Published. What people here entered goes without saying, except beside other figures."""
    if not value or value == beside or (value == Origin.ENTERED and not beside):
        return ""
    return {"kind": "label", "words": Origin(value).label}


def label(words: str) -> Words:
    return {"kind": "label", "words": words} if words else ""


def action(link: ActionLink) -> Words:
    """4.2 Pathway plans up to standard, and whose it is where that is another plan."""
    return spaced(strong(link.ref), link.title, label(link.shared and f"Shared: {link.shared}"))


def _length(words: Words) -> int:
    if isinstance(words, str):
        return len(words)
    if isinstance(words, list):
        return sum(_length(each) for each in words)
    return _length(words.get("words", ""))
