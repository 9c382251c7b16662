"""Papers set by Typst: words as plain data -> accessible PDF, drawings -> pictures. Nothing typed is read as markup."""

import atexit
import json
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Any

from django.conf import settings

from actionplan.reports.glyphs import characters
from actionplan.reports.typesetter import Typesetter
from kpis.charts.engine import FONT, HALO

TEMPLATES = settings.BASE_DIR / "templates"
LAYOUTS = TEMPLATES / "typst"  # all that Typst may read
SPRITE = TEMPLATES / "_sprite.html"
PACKAGES = settings.BASE_DIR / "node_modules"
# Arimo is as wide as Arial, for which the words on a chart are placed. DejaVu has the scripts and signs it lacks.
FOLDERS = [
    PACKAGES / "@expo-google-fonts/arimo/400Regular",
    PACKAGES / "@expo-google-fonts/arimo/700Bold",
    PACKAGES / "dejavu-fonts-ttf/ttf",
]
REGULAR = [FOLDERS[0] / "Arimo_400Regular.ttf", FOLDERS[2] / "DejaVuSans.ttf"]

SYMBOL = re.compile(r'<symbol id="s-([\w-]+)" viewBox="([^"]+)">(.*?)</symbol>')
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" fill="currentColor" color="INK">{}</svg>'

UNUSUAL = re.compile(r"[^\x20-\x7e\n]")  # every font has the others
LONG_WORD = re.compile(r"(?<!\S)\S{25,}")
NAMES = ("kind", "colour", "shape")  # for the layout to go by; nobody reads them
PAPER = '#import "{}": report\n#report(json(bytes("{}")))'
SYLLABLE = 12  # letters after which a word that is too long for its column may break
MAY_BREAK = "\u200b"
# Not seen, but they say how the letters beside them join or break.
JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f")

# One thread, that waits for one process: papers are set one after another. It asks nothing of Django.
IN_TURN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typesetting")


class NoFonts(Exception):
    """The fonts of papers are not installed."""

    def __init__(self) -> None:
        super().__init__("The fonts of printed papers are not installed. Run npm ci in the project’s folder")


def typeset(layout: str, facts: dict[str, Any], drawings: dict[str, str], on: date) -> bytes:
    """The paper that `begin` begins, when it is done."""
    return begin(layout, facts, drawings, on).result()


def begin(layout: str, facts: dict[str, Any], drawings: dict[str, str], on: date) -> Future[bytes]:
    """PDF/UA-1 by the `report` of a layout such as typst/month.typ. Where facts name a drawing, it is given the SVG.

    The same facts give the same bytes: `on` is the day that the file says it was made. It runs in a process of its own.
    """
    made_on = int(datetime.combine(on, time(), UTC).timestamp())
    how = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": made_on}
    return IN_TURN.submit(_paper, _asked(layout, _shown(facts, drawings), **how))


def draw(drawings: Sequence[str], dots: int) -> list[bytes]:
    """Each SVG as PNG, with so many dots to each 96 pixels of it."""
    facts = [{"drawing": readable(each)} for each in drawings]
    return IN_TURN.submit(_files, _asked("typst/pictures.typ", facts, format="png", ppi=dots)).result()


def _asked(layout: str, facts: Any, **how: Any) -> bytes:
    if not all(path.is_file() for path in REGULAR):
        raise NoFonts
    told = json.dumps(facts, ensure_ascii=False)
    asked = {
        "paper": PAPER.format(layout.removeprefix(LAYOUTS.name), _quoted(told)),
        "root": str(LAYOUTS),
        "font_folders": [str(folder) for folder in FOLDERS],
        "sys_inputs": {"shapes": json.dumps(_shapes())},
    }
    return json.dumps(asked | how).encode()


# A live month is asked for many times between two changes. Its facts name the paper, so none is out of date.
@lru_cache(maxsize=4)
def _paper(asked: bytes) -> bytes:
    return _files(asked)[0]


def _files(asked: bytes) -> list[bytes]:
    return _typesetter().set(asked)


@cache
def _typesetter() -> Typesetter:
    kept = Typesetter()
    atexit.register(kept.end)
    return kept


def _quoted(text: str) -> str:
    """As Typst reads a string: only these two signs mean anything in it."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def in_type(chart: str) -> str:
    """A chart in the paper's own type. Without the halo of its letters they stay text, which costs half the time."""
    return chart.replace(FONT, "Arimo").replace(HALO, "")


def readable(text: str) -> str:
    """Text as a paper can show it. A sign that no font has is named: [melting face]; what nobody sees is dropped."""
    known = _readable()
    return UNUSUAL.sub(lambda found: known[ord(found.group())], text)


class _Readable(dict[int, str]):
    """What stands for a character, found out when it is first met."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__({ord("\t"): " ", ord("\r"): " ", ord("\u2028"): "\n", ord("\u2029"): "\n"})
        self.known = known

    def __missing__(self, code: int) -> str:
        self[code] = self._stand_in(chr(code), code)
        return self[code]

    def _stand_in(self, letter: str, code: int) -> str:
        kind = unicodedata.category(letter)
        if letter in JOINERS:
            return letter
        if kind[0] == "C" or code == 0xFEFF:
            return ""
        if code in self.known:
            return letter
        if kind[0] == "Z":
            return " "
        if kind[0] == "M":
            return ""
        return f"[{unicodedata.name(letter, 'sign').lower()}]" if kind[0] in "SP" else "□"


@cache
def _readable() -> _Readable:
    return _Readable(frozenset().union(*(characters(path.read_bytes()) for path in REGULAR)))


def _shown(value: Any, drawings: dict[str, str]) -> Any:
    """The same data with every text in it readable, and with words that may break before they leave the paper."""
    if isinstance(value, str):
        return LONG_WORD.sub(_breakable, readable(value))
    if isinstance(value, dict):
        return {name: _named(name, each, drawings) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each, drawings) for each in value]
    return value


def _named(name: str, value: Any, drawings: dict[str, str]) -> Any:
    if name == "drawing":
        return readable(drawings[value])
    return value if name in NAMES else _shown(value, drawings)


def _breakable(word: re.Match[str]) -> str:
    letters = word.group()
    return MAY_BREAK.join(letters[at : at + SYLLABLE] for at in range(0, len(letters), SYLLABLE))


@cache
def _shapes() -> dict[str, str]:
    """The site's own shapes; INK stands where a paper puts the colour."""
    symbols = SYMBOL.findall(SPRITE.read_text())
    return {
        name: SVG.format(box, shapes.replace("currentColor", "INK")).replace("currentColor", "INK")
        for name, box, shapes in symbols
    }
