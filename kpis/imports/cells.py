"""What a cell says: a name without its footnote mark, a figure, or why there is none. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from kpis.enums import Marker
from kpis.periods import day_words

# Neither a name nor a value takes more; what is longer is something else.
LONGEST = 200


class Unreadable(Exception):
    """The cell is not read. The text is one plain sentence, or two, for the person who uploaded the file."""


# Word processors and spreadsheets put these in; nobody sees the difference, but a comparison does.
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_UNSEEN = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
)
_AS_SEEN = (
    dict.fromkeys(range(32), " ")
    | dict.fromkeys(range(127, 160), " ")
    | dict.fromkeys(map(ord, _HYPHENS), "-")
    | dict.fromkeys(map(ord, _UNSEEN), "")
    | dict.fromkeys(range(0xD800, 0xE000), "")  # half a character, which no database keeps
)
_SAME_TO_A_READER = str.maketrans("’‘“”", "''\"\"")


def clean(text: str) -> str:
    """The text as it looks: plain hyphens and single spaces, nothing that is not seen."""
    return " ".join(text.translate(_AS_SEEN).split())


def folded(text: str) -> str:
    """For comparing names: as clean, without regard to capitals or the kind of quotation mark."""
    return clean(text).translate(_SAME_TO_A_READER).casefold()


def quoted(text: str) -> str:
    """The text as a sentence about it shows it: “abc”, cut where it is long."""
    shown = clean(text[:200])
    return f"“{shown[:40].rstrip()}…”" if len(shown) > 40 else f"“{shown}”"


def number_text(number: Decimal) -> str:
    """The number without an exponent, unless that would take pages."""
    return format(number, "f") if abs(number.adjusted()) < LONGEST else str(number)


# A mark after a name: a superscript, a sign, or a figure in brackets. (2016) is a year and no footnote.
_FOOTNOTE = re.compile(
    r"(?: ?(?:[⁰¹²³⁴-⁹]+|[*†‡§]+|\((?:note )?[0-9]{1,2}\)|\[(?:note )?[0-9]{1,2}\]|\[[a-z]\]))+$",
    re.IGNORECASE,
)
_BARE_FOOTNOTE = re.compile(r" ?[0-9]{1,2}(?:, ?[0-9]{1,2})*$")


def without_footnote(text: str, known: Collection[str] = ()) -> str:
    """England1 is England where that is a known name; Total¹, Havering (2) and London [3] always lose their mark.

    Band 2 and Q1 keep their figures: nobody knows a “Band” or a “Q”. `known` are folded names.
    """
    whole = clean(text)
    if folded(whole) in known or len(whole) > LONGEST:
        return whole
    plain = _FOOTNOTE.sub("", whole)
    shorter = _BARE_FOOTNOTE.sub("", plain)
    return shorter if folded(shorter) in known else plain or whole


# A spreadsheet keeps fifteen figures of a number; what comes after is dust: 44.900000000000006.
FIGURES = Context(prec=15)
LARGEST = Decimal(10) ** 10  # the first number that has no room in the database

_MARKERS = {
    Marker.WITHHELD: "c conf confidential * ** suppressed supp withheld redacted",
    Marker.NOT_AVAILABLE: "x .. ... … n/a na n/av #n/a u tbc tba not_available unavailable no_data "
    "not_yet_available awaiting_data",
    Marker.NOT_APPLICABLE: "z . not_applicable",
    Marker.NOT_COLLECTED: "- -- --- low k ~ nil_return not_collected negligible",
    Marker.MISSING: ": not_provided missing no_return not_returned",
}
MARKERS = {word.replace("_", " "): marker for marker, words in _MARKERS.items() for word in words.split()}

_NUMBER = r"-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|-?\.[0-9]+"
_COUNT = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_COUNTS = rf"(?P<numerator>{_COUNT}) ?(?P<between>/|of|out of) ?(?P<denominator>{_COUNT})"
_PER_CENT = r" ?(?:%|per ?cent)"
NUMBER = re.compile(rf"£? ?(?P<number>{_NUMBER})(?P<percent>{_PER_CENT})?", re.IGNORECASE)
COUNTS = [
    re.compile(form, re.IGNORECASE)
    for form in [
        _COUNTS,
        rf"{_COUNTS},? \(?(?P<number>{_NUMBER}){_PER_CENT}\)?",
        rf"(?P<number>{_NUMBER}){_PER_CENT},? \(?{_COUNTS}\)?",
    ]
]
SMALL = re.compile(r"(?:<|under|fewer than|less than) ?[0-9]{1,2}", re.IGNORECASE)
_COLOUR = r"(?P<rating>red|amber|green|blue|gr[ea]y)"
RATINGS = [
    re.compile(rf"(?P<value>.*?)(?:[ ,;:(]| -(?= ))*\b{_COLOUR}\b\)?(?: ?\(.*\))?", re.IGNORECASE),
    re.compile(rf"{_COLOUR}(?:[,:;]| -)? (?P<value>.+)", re.IGNORECASE),
    re.compile(r"(?P<value>.*[0-9%]) ?\(?(?P<rating>[RAGB])\)?"),
]
LETTERS = {"R": "RED", "A": "AMBER", "G": "GREEN", "B": "BLUE", "GRAY": "GREY"}
# Provisional, revised, estimated, break, forecast, unreliable; and footnotes.
NOTES = re.compile(
    r"(?: ?(?:\[[prebfu]\]|\([pre]\)|\[(?:note )?[0-9]{1,2}\]|[⁰¹²³⁴-⁹]+|[*†‡§]+))+$", re.IGNORECASE
)
ARROWS = "".join(map(chr, range(0x2190, 0x2200))) + "▲△▴▼▽▾►▶◄◀⬆⬇⬅➡\ufe0f"

# What is wrong with a text that is no number, in the words for the person who uploaded it.
_MISTAKES = [
    (r"#[A-Z0-9/]+[!?]", "{text} is an error of the spreadsheet. Mend the formula or clear the cell."),
    (r"\((?P<number>[0-9.,]+)%?\)", "{text} may mean minus {number}. Write -{number} or {number}."),
    (r"(?P<whole>-?[0-9]+),(?P<part>[0-9]+)%?", "{text} has a comma for a point. Write {whole}.{part}."),
    (r"-?[0-9.]+[eE][+-]?[0-9]+", "{text} is a shortened number. Widen the column, or write it in full."),
    (
        r"-?[0-9]+(?:\.[0-9]+)? ?[^\W\d_][^\d]*",
        "{text} has letters beside the number. Write the number alone.",
    ),
    ("", "{text} is not a number."),
]
MISTAKES = [(re.compile(form), sentence) for form, sentence in _MISTAKES]


@dataclass(frozen=True)
class CellValue:
    """What a cell says of a figure; nothing at all where it is blank. `rating` is a colour printed beside it: RED.

    “19 of 27” has a numerator and a denominator and, unless a percentage stands beside them, no value.
    """

    value: Decimal | None = None
    marker: str = ""
    rating: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """A blank cell says nothing, not even that there is no figure: next month’s column is blank too."""
        return self == CellValue()


def value(cell: str | Decimal | date | None, percent: bool = False, shares: bool = False) -> CellValue:
    """The figure in a cell, as printed; Unreadable where it may be something else.

    `percent`: the figure is a percentage, so “60.9%” and “19 of 27” are welcome. `shares`: the file keeps percentages
    as Excel does, 0.609 for 60.9 %; without it 0.609 is 0.609, for nothing is multiplied unless somebody said so.

    Where there is no figure the marker says why, in the signs of the DfE and the Government Statistical Service,
    gss.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help, and those of other tables:

    c, [c], *, conf, suppressed, withheld, <5      withheld
    x, .., …, n/a, #N/A, u, tbc, no data           not available
    z, ., not applicable                           not applicable
    -, –, low, k, ~                                not collected or negligible
    :, missing, not provided                       not provided
    """
    if cell is None:
        return CellValue()
    if isinstance(cell, date):
        raise Unreadable(f"{quoted(day_words(cell))} is a date. If you wrote 3/7, write 3 of 7.")
    if isinstance(cell, Decimal):
        return CellValue(_figure(cell, "", percent=percent, shares=shares))
    text = clean(cell[: LONGEST + 1])
    if len(cell) > LONGEST:
        raise Unreadable(f"{quoted(text)} is too long for a figure.")
    if not text:
        return CellValue()
    plain, rating = _without_rating(text.strip(ARROWS + " "))
    plain = plain.strip(ARROWS + " ")
    marker = _marker(plain)
    if marker:
        return CellValue(marker=marker, rating=rating)
    plain = NOTES.sub("", plain)
    for form in COUNTS:
        if match := form.fullmatch(plain):
            return _counts(match, text, rating, percent=percent)
    match = NUMBER.fullmatch(plain)
    if not match:
        raise Unreadable(_mistake(plain, text))
    if match["percent"] and not percent:
        raise Unreadable(f"{quoted(text)} is a percentage, and this figure is not.")
    number = _decimal(match["number"])
    return CellValue(
        _figure(number, text, percent=percent, shares=shares and not match["percent"]), rating=rating
    )


def has_sign(cell: str | Decimal | date | None) -> bool:
    """Whether a percentage says so itself: 60.9%, not 60.9."""
    return isinstance(cell, str) and bool(re.search(r"%|cent\b", cell[:LONGEST], re.IGNORECASE))


def _without_rating(text: str) -> tuple[str, str]:
    for form in RATINGS:
        if match := form.fullmatch(text):
            rating = match["rating"].upper()
            return match["value"], LETTERS.get(rating, rating)
    return text, ""


def _marker(text: str) -> str:
    word = text.casefold()
    bare = word.removeprefix("- ").strip("[]()") or word
    if SMALL.fullmatch(text):
        return Marker.WITHHELD
    return MARKERS.get(word, MARKERS.get(bare, ""))


def _counts(match: re.Match[str], text: str, rating: str, *, percent: bool) -> CellValue:
    """19 of 27. With a slash it may be a date or a year, so 04/05 and 2016/17 are not taken for counts."""
    numerator, denominator = _decimal(match["numerator"]), _decimal(match["denominator"])
    if not percent:
        raise Unreadable(f"{quoted(text)} is two numbers. This figure takes one.")
    if match["between"] == "/" and re.search(r"\b0[0-9]", text):
        raise Unreadable(f"{quoted(text)} looks like a date. Write “of” between two counts.")
    if numerator > denominator:
        raise Unreadable(f"{quoted(text)}: the first count is larger than the second.")
    number = match.groupdict().get("number")
    printed = None if number is None else _decimal(number)
    if printed is not None and denominator:
        share = 100 * numerator / denominator
        if abs(share - printed) >= Decimal(1).scaleb(printed.as_tuple().exponent):
            raise Unreadable(f"{quoted(text)} does not agree: the counts make {share:.1f}%.")
    return CellValue(printed, "", rating, numerator, denominator)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", ""))


def _figure(number: Decimal, text: str, *, percent: bool, shares: bool) -> Decimal:
    """The number without dust, small enough to keep."""
    shown = quoted(text or str(number))
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Unreadable(f"{shown} is too large a number.")
    if percent and shares:
        if abs(number) > 1:
            raise Unreadable(f"{shown} is more than 1, and this file is said to hold 0.609 for 60.9%.")
        number *= 100
    if len(number.as_tuple().digits) <= FIGURES.prec:
        return number
    number = FIGURES.plus(number).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral() else number


def _mistake(plain: str, text: str) -> str:
    for form, sentence in MISTAKES:
        match = form.fullmatch(plain) if form.pattern else form.match("")
        if match:
            return sentence.format(text=quoted(text), **match.groupdict())
    raise AssertionError  # the last form takes everything
