"""The blocks of actionplan.reports.paper drawn in Word: the description that Typst sets as PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from actionplan.reports.paper.blocks import Block, Words
from actionplan.reports.word.markup import Line, Picture, Row, Run, Text
from actionplan.reports.word.paper import Paper

FAINT, CHANGED, VIOLET, RED, GREEN = "484F54", "B34700", "3D2A66", "B3200F", "0B5A2B"
SMALL, BIG, COUNT = 8.5, 10.5, 13  # points

# Ink, ground and line of the marks, as on screen.
LOOKS = {
    "red": ("FFFFFF", RED, RED),
    "amber": ("2B1A00", "FFD27A", "8A4B00"),
    "green": (GREEN, "E1F2E6", GREEN),
    "moderate": ("5C3200", "FFF4D6", "5C3200"),
    "delivered": ("17528A", "FFFFFF", "17528A"),
    "assured": ("17406D", "DCEAF7", "17406D"),
    "embedded": ("FFFFFF", "17406D", "17406D"),
}
PLAIN_LOOK = (FAINT, "FFFFFF", FAINT)
# The signs nearest to the site’s shapes among those that every computer has, so that nothing rests on a colour.
SIGNS = {
    "red": "■",
    "amber": "▲",
    "green": "●",
    "moderate": "◊",
    "grey": "–",
    "not-started": "○",
    "delivered": "□",
    "assured": "√",
    "embedded": "◘",
    "superseded": "×",
    "none": "░░░",
    "early": "█░░",
    "evidenced": "██░",
    "sustained": "███",
    "not-achieved": "×",
    "better": "↑",
    "worse": "↓",
    "same": "→",
    "up": "↑",
    "down": "↓",
}
ARROWS = {"better": GREEN, "worse": RED}
IMPACTS = {"none": FAINT, "not-achieved": RED}
GAP = "\u00a0"  # a sign stays with its word
LOUDNESS: dict[str, dict[str, Any]] = {
    "strong": {"is_strong": True},
    "quiet": {"colour": FAINT},
    "big": {"is_strong": True, "size": BIG},
}
WITHIN = 0.88  # of a column’s width, for a picture between the margins of its cell
BARE, BREAK = Run(""), Run("\n")


def draw(paper: Paper, blocks: Sequence[Block], drawings: Mapping[str, bytes]) -> None:
    """The first heading is of level 2, beneath the paper's title. `drawings` are PNG, by the names they bear in the
    blocks."""
    drawing = _Drawing(paper, drawings)
    for block, following in pairwise([*blocks, {"kind": "end"}]):
        drawing.draw(block, following["kind"])


class _Drawing:
    """Knows the heading it stands under, which names the tables for those who hear them."""

    def __init__(self, paper: Paper, drawings: Mapping[str, bytes]) -> None:
        self.paper, self.drawings = paper, drawings
        self.heading, self.turns = "", False

    def draw(self, block: Block, following: str) -> None:
        kind = block["kind"]
        if kind == "new_page":
            self.turns = True
        elif kind == "heading":
            self.heading = block["words"]
            self.paper.heading(block["words"], block["level"] - 1, new_page=self.turns)
            self.turns = False
        elif kind in ("paragraph", "entry"):
            size = SMALL if kind == "entry" else 0
            leads = block.get("leads", False) or following in ("table", "columns", "picture")
            self.paper.paragraph(*self._texts(block["words"], replace(BARE, size=size)), with_next=leads)
        elif kind == "bullets":
            self._bullets(block)
        elif kind == "table":
            self._table(block)
        elif kind == "columns":
            self._columns(block)
        elif kind == "picture":
            self.paper.picture(self.drawings[block["drawing"]], block["says"])
        else:
            raise ValueError(f"A paper cannot hold {kind}")

    def _bullets(self, block: Block) -> None:
        items = [list(self._texts(each)) for each in block["items"]]
        if not block["numbered"]:
            self.paper.bullets(items)
            return
        numbering = self.paper.numbering()
        for each in items:
            self.paper.paragraph(*each, numbering=numbering)

    def _table(self, block: Block) -> None:
        widths, numbers = block["widths"], block["numbers"]
        self._add_table(
            [[Line([replace(BARE, text=words)], at in numbers)] for at, words in enumerate(block["head"])],
            [
                Row(
                    [
                        self._cell(words, width / sum(widths), is_number=at in numbers)
                        for at, (words, width) in enumerate(zip(each["cells"], widths, strict=True))
                    ],
                    self._cell(each["below"]) if each["below"] else "",
                    each["whole"],
                )
                for each in block["rows"]
            ],
            widths,
        )

    def _columns(self, block: Block) -> None:
        """Facts and counts under their names. As many stand side by side as the block has columns."""
        cells, widths = block["cells"], block["widths"]
        for at in range(0, len(cells), len(widths)):
            beside = cells[at : at + len(widths)]
            if beside[0]["kind"] == "tile":
                head = [self._cell(each["words"]) for each in beside]
                told = [self._tile(each) for each in beside]
            else:
                head = [[Line([replace(BARE, text=each["name"])])] for each in beside]
                told = [self._cell(each["words"]) for each in beside]
            self._add_table(head, [Row(told)], widths[: len(beside)], leads=block["leads"])

    def _tile(self, tile: Block) -> list[Line]:
        count = Run(tile["count"], is_strong=True, size=COUNT)
        return [Line([count]), *(self._cell(tile["before"]) if tile["before"] else [])]

    def _add_table(
        self, head: list[list[Line]], rows: list[Row], widths: Sequence[float], *, leads: bool = False
    ) -> None:
        first = "".join(text.text for line in head[0] for text in line.texts if isinstance(text, Run))
        self.paper.table(
            head, rows, widths, caption=f"{self.heading}: {first}", is_captioned=False, with_next=leads
        )

    def _cell(self, words: Words, share: float = 1, *, is_number: bool = False) -> list[Line]:
        """A paragraph for each line."""
        lines: list[list[Text]] = [[]]
        for text in self._texts(words, share=share):
            if text == BREAK:
                lines.append([])
            else:
                lines[-1].append(text)
        return [Line(each, is_number) for each in lines if each]

    def _texts(self, words: Words, look: Run = BARE, share: float = 1) -> Iterator[Text]:
        """In the look of the words around them."""
        if isinstance(words, str):
            if words:
                yield replace(look, text=words)
        elif isinstance(words, list):
            for each in words:
                yield from self._texts(each, look, share)
        elif words["kind"] in LOUDNESS:
            yield from self._texts(words["words"], replace(look, **LOUDNESS[words["kind"]]), share)
        elif words["kind"] == "spark":
            yield self._spark(words, share)
        elif words["kind"] == "break":
            yield BREAK
        else:
            yield from MARKS[words["kind"]](words, look)

    def _spark(self, spark: Block, share: float) -> Picture:
        return self.paper.inline(self.drawings[spark["drawing"]], spark["says"], share * WITHIN)


def _mark(mark: Block, look: Run) -> Iterator[Run]:
    """A word in a box after the sign of its colour."""
    ink, ground, line = LOOKS.get(mark["colour"], PLAIN_LOOK)
    words = f"{GAP}{SIGNS[mark['colour']]}{GAP}{mark['words']}{GAP}"
    yield replace(look, text=words, colour=ink, ground=ground, border=line, is_strong=mark["colour"] in LOOKS)


def _arrow(arrow: Block, look: Run) -> Iterator[Run]:
    words = f"{SIGNS[arrow['shape']]} {arrow['words']}"
    yield replace(look, text=words, colour=ARROWS.get(arrow["colour"], FAINT), is_strong=True)


def _impact(impact: Block, look: Run) -> Iterator[Run]:
    """Never in a box, so that it is not read as delivery."""
    colour = IMPACTS.get(impact["colour"], VIOLET)
    words = f"{SIGNS[impact['colour']]}{GAP}{impact['words']}"
    yield replace(look, text=words, colour=colour, is_strong=colour != FAINT)


def _was(was: Block, look: Run) -> Iterator[Run]:
    """The change bar: what stood here at the last Board."""
    yield replace(look, text=f"▌{GAP}", colour=CHANGED)
    yield replace(look, text=was["words"])


def _label(label: Block, look: Run) -> Iterator[Run]:
    yield replace(look, text=f"{GAP}{label['words']}{GAP}", colour=FAINT, border=FAINT)


MARKS = {"mark": _mark, "arrow": _arrow, "impact": _impact, "was": _was, "label": _label}
