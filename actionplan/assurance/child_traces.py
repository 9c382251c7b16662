"""What in a text looks like the record of one child: an NHS number, a pupil’s number, a name with a date of birth.

It only makes people look again. Each search takes time in proportion to the text, whatever the text is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

MOST = 3  # quoted of one text: one is enough to look again
YOUNGEST, OLDEST = timedelta(days=365), timedelta(days=27 * 365)  # what is dated nearer than a year is news

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  they stand in their order
# An “I”, “O” or “S” is never the letter of a pupil’s number.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

NHS_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}(?![0-9])")
UPN = re.compile(
    rf"(?<![A-Z0-9])[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}](?![A-Z0-9])", re.IGNORECASE | re.ASCII
)
DATES = (
    re.compile(r"(?<![0-9])(?P<day>[0-9]{1,2})([-/. ])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"),
    re.compile(
        r"(?<![0-9])(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -]{1,2}(?P<month>[A-Za-z]{3,9}),?[ -]{1,2}"
        r"(?P<year>[0-9]{4})(?![0-9])"
    ),
)
BEFORE = 80  # characters in front of a date, where the name stands
BORN = re.compile(r"\b(?:born(?: on)?|d\.?o\.?b\.?|(?:date of )?birth(?:day| date)?)\W{0,5}$", re.IGNORECASE)
NAME = re.compile(r"\b[A-Z][\w’'-]{1,30}(?:[ ,;\t]{1,3}[A-Z][\w’'-]{1,30}){1,3}[\s,;:(–-]{1,6}$")


@dataclass(frozen=True)
class Trace:
    """What it looks like, and the words that do."""

    what: str
    quote: str


def traces(text: str, on: date) -> list[Trace]:
    """The first few of each kind, as they would be read on a day; none for a text that names nobody."""
    kinds = (_nhs_numbers(text), _pupil_numbers(text), _births(text, on))
    return [trace for kind in kinds for trace in islice(kind, MOST)]


def _nhs_numbers(text: str) -> Iterator[Trace]:
    """Ten digits, the last of which checks the others."""
    for found in NHS_NUMBER.finditer(text):
        if is_nhs_number(re.sub(r"[ -]", "", found[0])):
            yield Trace("an NHS number", found[0])


def is_nhs_number(digits: str) -> bool:
    """Modulus 11, as the NHS Data Dictionary has it under “NHS Number”: weights 10 to 2, and 11 less the remainder."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[-1])  # where 10 comes out, no digit is equal to it


def _pupil_numbers(text: str) -> Iterator[Trace]:
    for found in UPN.finditer(text):
        if is_pupil_number(found[0].upper()):
            yield Trace("a unique pupil number", found[0])


def is_pupil_number(number: str) -> bool:
    """Modulus 23 over weights 2 to 13: UK Government Data Standards Catalogue, Unique Pupil Number 2.0, 2004.

    A temporary number ends in a letter, which counts as its place in the alphabet of 23.
    """
    values = [int(each) if each.isdigit() else UPN_LETTERS.index(each) for each in number[1:]]
    return UPN_LETTERS[sum(weight * value for weight, value in enumerate(values, 2)) % 23] == number[0]


def _births(text: str, on: date) -> Iterator[Trace]:
    """A date behind a name where it could be that of a young person’s birth, or behind a word for birth."""
    for pattern in DATES:
        for found in pattern.finditer(text):
            if not _could_be_born(found, on):
                continue
            before = text[max(0, found.start() - BEFORE) : found.start()]
            born = BORN.search(before)
            name = NAME.search(before[: born.start()] if born else before)
            if name:
                yield Trace(
                    "a name with a date of birth", " ".join((before[name.start() :] + found[0]).split())
                )
            elif born:
                yield Trace("a date of birth", " ".join((born[0] + found[0]).split()))


def _could_be_born(found: re.Match[str], on: date) -> bool:
    month = found["month"].lower()
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        day = date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return False
    return on - OLDEST <= day <= on - YOUNGEST
