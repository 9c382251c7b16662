"""What a column looks like: what its heading says, and of which kind the cells below it are. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis.periods import day_words

from .cells import Unreadable, clean, folded, number_text, value, without_footnote
from .groups import COUNTED
from .layout import LONGEST_TEXT, Column, Role
from .period_words import found, read

Cell = str | Decimal | date | None

MOST = 0.8  # of the cells of a column; a footer or a slip does not change what the column is
# What the words of a heading say of its column. Of two that would do, the first of the list is meant.
IGNORED = re.compile(
    r"target|\bdot\b|direction|trajectory|compar|variance|differen|\bchange|trend|rank|quartile|\bytd\b|to date"
    r"|cumulative|forecast|toleran|polarity|good is|bigger|better|code\b|number of authority|\bla (?:number|no)\b"
    r"|baseline|previous|last (?:year|month|quarter)|benchmark|threshold|confidence|\bupper\b|\blower\b|\bowner"
    r"|\blead\b|updated|published|\bid\b"
)
WORDS = {
    Role.NUMERATOR: ["numerator", "num"],
    Role.DENOMINATOR: ["denominator", "denom", "den"],
    Role.RATING: ["rag", "rag rating", "rag status", "rating", "colour"],
    Role.COMMENT: ["comment", "comments", "commentary", "narrative", "notes", "explanation", "remarks"],
    Role.PERIOD: [
        "period", "time period", "time_period", "reporting period", "month", "quarter", "year", "years",
        "financial year", "academic year", "reporting year", "reporting month", "month year", "date", "month ending",
        "month end", "period ending", "period end", "reporting period end", "year ending", "end date", "period start",
        "reporting period start", "start date", "month beginning",
    ],
    Role.AREA: [
        "la and regions", "local authority", "la_name", "la name", "la", "area", "area name", "authority", "council",
        "geography", "place", "region", "region_name", "country_name",
    ],
    Role.INDICATOR: [
        "short desc", "indicator code", "measure code", "indicator", "kpi", "performance indicator", "measure",
        "indicator name", "measure name", "indicator and description", "pi", "metric", "data item", "code", "ref",
        "description", "name", "indicators", "measures", "kpi name", "pi description", "row labels",
    ],
    Role.VALUE: [
        "value", "values", "result", "results", "outturn", "actual", "actuals", "performance", "figure", "figures",
        "percentage", "per cent", "percent", "%", "rate", "latest", "current", "observed",
    ],
}  # fmt: skip
# The number of a heading that comes again, or a footnote.
_NUMBERED = re.compile(r" \([0-9]{1,2}\)$")
# A quarter or a month whose year stands in another column.
PART = re.compile(
    r"(?:q|quarter |qtr )[1-4]|[a-z]{3,9}|(?:financial|academic|calendar|reporting) year(?: q[1-4])?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """A column as it looks: its heading in parts, and how much of what stands in it is of which kind, 0 to 1."""

    heading: str
    period: str
    words: str
    about: Column
    is_empty: bool
    figures: float
    periods: float
    areas: float
    indicators: float
    has_parts: bool

    @property
    def is_ignored(self) -> bool:
        return bool(IGNORED.search(self.words)) and self.words not in WORDS[Role.INDICATOR]

    @property
    def may_be_value(self) -> bool:
        """Figures, or the empty column of a period to come."""
        return not self.is_ignored and (self.figures >= MOST or bool(self.period and self.is_empty))

    def place_among(self, role: Role) -> int:
        """How well the heading names the role: the place in the list of its words, or the length of the list."""
        words = WORDS[role]
        return words.index(self.words) if self.words in words else len(words)

    def is_named(self, role: Role) -> bool:
        return self.words in WORDS[role]


def see(heading: str, cells: Sequence[Cell], indicators: Mapping[str, str], areas: Mapping[str, str]) -> Seen:
    period, rest = found(without_footnote(_NUMBERED.sub("", heading)))
    indicator, words = _indicator_in(rest, indicators)
    area = areas.get(folded(rest), "") or areas.get(folded(without_footnote(rest, areas)), "")
    filled = [cell for cell in cells if said(cell)]
    texts = [said(cell) for cell in filled]

    def share(is_so: Callable[[Cell], bool]) -> float:
        return sum(map(is_so, filled)) / len(filled) if filled else 0

    def is_known(names: Mapping[str, str]) -> Callable[[Cell], bool]:
        return lambda cell: isinstance(cell, str) and folded(without_footnote(cell, names)) in names

    return Seen(
        heading=heading,
        period=period,
        words=words,
        about=Column(heading, Role.VALUE, period, indicator, area),
        is_empty=not filled,
        figures=share(is_figure),
        periods=share(is_period),
        areas=share(is_known(areas)),
        indicators=share(is_known(indicators)),
        has_parts=bool(texts) and all(PART.fullmatch(text) for text in texts),
    )


def _indicator_in(heading: str, indicators: Mapping[str, str]) -> tuple[str, str]:
    """The code of the indicator that a heading names, and the words that say the role: Repeat plans | numerator."""
    text = clean(heading)

    def code(name: str) -> str:
        return indicators.get(folded(name), "") or indicators.get(
            folded(without_footnote(name, indicators)), ""
        )

    whole = code(text)
    for word in [] if whole else (word for role in COUNTED for word in WORDS[role]):
        name = text[: -len(word) - 1]
        if text[len(name) :].casefold() == f" {word}" and code(name):
            return code(name), word
    return whole, folded(text).strip(" :*")


def is_band(row: Sequence[Cell]) -> bool:
    """Whether one text is written across the row: the title of the rows below, or a note."""
    filled = [cell for cell in row if cell is not None]
    is_one = len(filled) > 1 and filled.count(filled[0]) == len(filled)
    return is_one and isinstance(filled[0], str) and not is_figure(filled[0])


def said(cell: Cell) -> str:
    """The cell as a reader sees it."""
    if isinstance(cell, date):
        return day_words(cell)
    return number_text(cell) if isinstance(cell, Decimal) else clean((cell or "")[:LONGEST_TEXT])


def is_period(cell: Cell) -> bool:
    """Whether it names a period, be it one that may mean two things."""
    try:
        return isinstance(cell, date) or read(without_footnote(said(cell)[:100])) is not None
    except Unreadable:
        return True


def is_figure(cell: Cell) -> bool:
    """Whether it is a number, or a sign for one that is missing."""
    if isinstance(cell, str) and len(cell) <= 1:
        return cell in set("0123456789-:.*xcz")
    try:
        found = value(cell, percent=True)
    except Unreadable:
        return False
    return not found.is_blank
