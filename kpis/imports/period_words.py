"""The ways in which people and spreadsheets write a month, a quarter, a year, a day or a span of them."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import TextChoices

from kpis.enums import Coverage, Frequency
from kpis.periods import Period, day_words, month_end, month_start, months_later

from .cells import LONGEST, Unreadable, clean, quoted


class YearMeans(TextChoices):
    """What a bare year such as 2016 stands for in this file; blank until somebody says."""

    FINANCIAL = "financial", "the year ending 31 March 2016"
    TO_SEPTEMBER = "to_september", "the year ending 30 September 2016"
    ACADEMIC = "academic", "the school year ending 31 August 2016"
    CALENDAR = "calendar", "January to December 2016"


# The last month of the twelve that a year can mean.
YEAR_ENDS = {
    YearMeans.FINANCIAL: 3,
    YearMeans.TO_SEPTEMBER: 9,
    YearMeans.ACADEMIC: 8,
    YearMeans.CALENDAR: 12,
}
NAMED_YEARS = {
    "fy": YearMeans.FINANCIAL,
    "financial": YearMeans.FINANCIAL,
    "ay": YearMeans.ACADEMIC,
    "academic": YearMeans.ACADEMIC,
    "school": YearMeans.ACADEMIC,
    "calendar": YearMeans.CALENDAR,
}
ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
# Months by their first three letters. A year outside these bounds is a slip of the keyboard.
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
YEARS = range(1900, 2200)
# 17 is 2017 and 79 is 2079; nothing here was counted in 1980.
SHORT_YEARS = range(80)

_PARTS = {
    "MONTH": "(?P<month>"
    + "|".join(
        rf"{name[:3]}(?:{name[3:]})?" if name != "september" else "sept?(?:ember)?"
        for name in map(str.casefold, calendar.month_name[1:])
    )
    + r")\.?",
    "YEAR": r"(?P<year>[0-9]{4}|[0-9]{2})",
    "DAY": r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?",
    "SPAN": r"(?P<year>[0-9]{4}|[0-9]{2}) ?[/-] ?(?P<next>[0-9]{4}|[0-9]{2})",
    "QUARTER": r"(?:(?:q|qtr|quarter) ?(?P<quarter>[1-4])|(?P<nth>[1-4](?=st|nd|rd|th)|first|second|third|fourth)"
    r"(?:st|nd|rd|th)? (?:quarter|qtr))",
    "TIME": r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?",
    "NAMED": r"(?P<named>fy|ay|(?:financial|academic|school|calendar)(?: year)?)",
    "AFTER": r"(?P<after>financial|academic|school|calendar) year",
}


@dataclass(frozen=True)
class Asked:
    """What the file and the indicator have to say about a cell that may mean two things."""

    text: str
    frequency: str
    covers: str
    year_means: str
    day_first: bool | None


def read(
    text: str, frequency: str = "", covers: str = "", year_means: str = "", day_first: bool | None = None
) -> Period | None:
    """The period that a clean text names, None where it names none; Unreadable where it may mean two."""
    asked = Asked(text, frequency, covers, year_means, day_first)
    return _read(_BESIDE.sub("", _plain(text)), asked)


def found(heading: str) -> tuple[str, str]:
    """The one period named in a heading, as people write it, and the words around it; ("", heading) if none or two.

    2017/18 Q1 Performance: 2017-18 Q1 and Performance.
    """
    plain = _plain(clean(heading[:LONGEST]), keep_capitals=True)
    for pattern in _IN_HEADINGS:
        match = next((each for each in pattern.finditer(plain) if _is_period(each[0])), None)
        if match:
            rest = f"{plain[: match.start()]} {plain[match.end() :]}".strip(" -:")
            if _SAYS_MORE.search(rest) or any(
                _is_period(each[0]) for other in _IN_HEADINGS for each in other.finditer(rest)
            ):
                break
            return _SPAN_ALONE.sub(r"\1-\2", match[0]), rest
    return "", heading


def _is_period(text: str) -> bool:
    try:
        return read(text) is not None
    except Unreadable:  # one that may mean two things is one all the same
        return True


def year_to(last: date) -> Period:
    """The twelve months to the end of this day’s month."""
    return Period(months_later(month_start(last), -11), month_end(last))


def _plain(text: str, *, keep_capitals: bool = False) -> str:
    words = " ".join(re.sub(r"[()\[\],;'’‘]", " ", text).split())
    return words if keep_capitals else words.casefold()


def _read(text: str, asked: Asked) -> Period | None:
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            said = {name: value for name, value in match.groupdict().items() if value is not None}
            return make(said, asked)
    return None


def _year(said: dict[str, str]) -> int | None:
    number = int(said["year"])
    if len(said["year"]) == 2:
        return 2000 + number if number in SHORT_YEARS else None
    return number if number in YEARS else None


def _a_day(year: int | None, month: int, day: int) -> Period | None:
    try:
        return Period(date(year, month, day), date(year, month, day)) if year else None
    except ValueError:
        return None


def _day(said: dict[str, str], asked: Asked) -> Period | None:
    return _a_day(_year(said), MONTHS.get(said.get("month", "")[:3]) or int(said["number"]), int(said["day"]))


def _day_or_month_first(said: dict[str, str], asked: Asked) -> Period | None:
    """30/06/2017 has one reading; 1/4/2017 has two until the file’s order is known; a short year never stands alone."""
    one, other, year = int(said["one"]), int(said["other"]), _year(said)
    readings = {True: _a_day(year, other, one), False: _a_day(year, one, other)}
    possible = {order: reading for order, reading in readings.items() if reading}
    if not possible:
        return None
    if asked.day_first is not None:
        if asked.day_first not in possible:
            order = "day" if asked.day_first else "month"
            raise Unreadable(
                f"{quoted(asked.text)} is not a day if the {order} comes first, as this file is said to."
            )
        return possible[asked.day_first]
    if len(said["year"]) == 2 or len(set(possible.values())) == 2:
        both = " or ".join(day_words(reading.start) for reading in possible.values())
        raise Unreadable(f"{quoted(asked.text)}: {both}? Say which order the file uses.")
    return next(iter(possible.values()))


def _month(said: dict[str, str], asked: Asked) -> Period | None:
    number = MONTHS.get(said.get("month", "")[:3]) or int(said["number"])
    year = _year(said)
    return Period.month(date(year, number, 1)) if year and 1 <= number <= 12 else None


def _month_of_years(said: dict[str, str], asked: Asked) -> Period | None:
    """Jan 2016-17 is January 2017."""
    year, number = _year(said), MONTHS[said["month"][:3]]
    if not year or not _consecutive(said):
        return None
    return Period.month(date(year + (number < 4), number, 1))


def _years(said: dict[str, str], asked: Asked) -> Period | None:
    """2016-17. Or 2011-12, which is also December 2011: the indicator tells which, unless it could be either."""
    year, is_span = _year(said), _consecutive(said)
    if year is None:
        return None
    is_month = len(said["year"]) == 4 and len(said["next"]) == 2 and 1 <= int(said["next"]) <= 12
    month = Period.month(date(year, int(said["next"]), 1)) if is_month else None
    if is_span and month and not (said.keys() & {"named", "after"}):
        is_either = asked.frequency == Frequency.QUARTERLY or asked.covers == Coverage.YEAR
        if is_either and asked.frequency != Frequency.ANNUAL:
            raise Unreadable(f"{quoted(asked.text)} may be a year or {month.label}. Write it out.")
        is_span = asked.frequency != Frequency.MONTHLY
    if not is_span:
        return month
    means = _named(said) or asked.year_means or YearMeans.FINANCIAL
    if means == YearMeans.CALENDAR:  # the bare years of the file are calendar years; this one is not bare
        means = YearMeans.FINANCIAL
    return year_to(date(year + 1, YEAR_ENDS[YearMeans(means)], 1))


def _consecutive(said: dict[str, str]) -> bool:
    year, following = said["year"], said["next"]
    if len(year) < len(following):
        return False
    if len(year) == len(following) == 2 and int(year) <= 12 and not said.keys() & _SAYS_YEARS:
        return False  # 11/12 may be a day of some year
    return f"{int(year) + 1:04}"[-len(following) :] == following


# What makes plain that 11/12 beside it are years.
_SAYS_YEARS = {"named", "month", "quarter", "nth"}


def _named(said: dict[str, str]) -> str:
    return NAMED_YEARS.get((said.get("named") or said.get("after") or "").split(" ")[0], "")


def _quarter(said: dict[str, str], asked: Asked) -> Period | None:
    year = _year(said)
    if not year or not _consecutive(said):
        return None
    first = months_later(date(year, 4, 1), 3 * (_number(said) - 1))
    return Period(first, month_end(months_later(first, 2)))


def _quarter_of_bare_year(said: dict[str, str], asked: Asked) -> Period | None:
    year = _year(said)
    if not year:
        return None
    number = _number(said)
    if asked.year_means != YearMeans.CALENDAR:
        raise Unreadable(
            f"{quoted(asked.text)} may be of the calendar year or of a financial year. "
            f"Write the year as {year}-{(year + 1) % 100:02} or {year - 1}-{year % 100:02}."
        )
    first = date(year, 3 * number - 2, 1)
    return Period(first, month_end(months_later(first, 2)))


def _number(said: dict[str, str]) -> int:
    return int(said.get("quarter") or ORDINALS.get(said["nth"], said["nth"]))


def _bare_year(said: dict[str, str], asked: Asked) -> Period | None:
    year = _year(said)
    if not year:
        return None
    means = _named(said) or asked.year_means
    if not means:
        raise Unreadable(f"{quoted(asked.text)} is a year: say which twelve months it means in this file.")
    return year_to(date(year, YEAR_ENDS[YearMeans(means)], 1))


def _year_ending(said: dict[str, str], asked: Asked) -> Period | None:
    last = _day_or_month(said["rest"], asked)
    return year_to(last.end) if last and last.end == month_end(last.end) else None


def _from_to(said: dict[str, str], asked: Asked) -> Period | None:
    """April to September 2016: the first takes the year of the last where it has none."""
    last = _day_or_month(said["last"], asked)
    if last is None:
        return None
    first = _day_or_month(said["first"], asked) or _day_or_month(f"{said['first']} {last.end.year}", asked)
    if first is None or first.is_day != last.is_day or first.start > last.end:
        return None
    return Period(first.start, last.end)


def _day_or_month(text: str, asked: Asked) -> Period | None:
    said = _read(
        text, replace(asked, year_means=YearMeans.CALENDAR)
    )  # any kind of year will do: it is not wanted
    return said if said and (said.is_day or said.months == 1) else None


def _pattern(form: str) -> str:
    for name, part in _PARTS.items():
        form = form.replace(name, part)
    return form


_Make = Callable[[dict[str, str], Asked], Period | None]
_WRITTEN: list[tuple[str, _Make]] = [
    (r"(?P<year>[0-9]{4})([-/.])(?P<number>[0-9]{1,2})\2(?P<day>[0-9]{1,2})TIME", _day),
    (r"(?P<year>[0-9]{4})(?P<number>[0-9]{2})(?P<day>[0-9]{2})", _day),
    (r"(?P<one>[0-9]{1,2})([-/.])(?P<other>[0-9]{1,2})\2YEARTIME", _day_or_month_first),
    (r"DAY[ -]?(?:of )?MONTH[ -]?YEAR", _day),
    (r"MONTH DAY (?P<year>[0-9]{4})", _day),
    (r"MONTH ?[-/]? ?YEAR", _month),
    (r"(?P<year>[0-9]{4}) ?[-/]? ?MONTH", _month),
    (r"(?P<number>[0-9]{1,2})[-/](?P<year>[0-9]{4})", _month),
    (r"MONTH ?[-/:]? ?SPAN", _month_of_years),
    (r"(?:fy ?)?SPAN ?[-/:]? ?MONTH", _month_of_years),
    (r"QUARTER(?: of)? ?[-/:]? ?(?:fy ?)?SPAN", _quarter),
    (r"(?:fy ?)?SPAN ?[-/:]? ?QUARTER", _quarter),
    (r"QUARTER ?[-/:]? ?(?P<year>[0-9]{4})", _quarter_of_bare_year),
    (r"(?P<year>[0-9]{4}) ?[-/:]? ?QUARTER", _quarter_of_bare_year),
    (r"(?:NAMED ?)?SPAN(?: AFTER)?", _years),
    (r"(?P<year>[0-9]{4})(?P<next>[0-9]{2})(?: AFTER)?", _years),
    (r"(?P<year>[0-9]{4})(?P<next>[0-9]{2}) financial year QUARTER", _quarter),
    (r"(?P<year>[0-9]{4}) reporting year", _bare_year),
    (r"(?:(?P<named>calendar year) )?(?P<year>[0-9]{4})(?: (?P<after>calendar) year)?", _bare_year),
]
_AROUND: list[tuple[str, _Make]] = [
    (
        r"(?:(?:rolling )?(?:year|(?:12|twelve)[ -]months?)(?: period)? ?(?:ending|ended|to|-)|y/e|ye)(?: at)? "
        r"(?P<rest>.+)",
        _year_ending,
    ),
    (r"(?:from )?(?P<first>.+?) to (?P<last>.+)", _from_to),
    (r"(?P<first>[^-]+?) ?- ?(?P<last>[^-]+)", _from_to),
]
_FORMS = [(re.compile(_pattern(form)), make) for form, make in _WRITTEN + _AROUND]
# Words that make another period of the one beside them.
_SAYS_MORE = re.compile(_pattern(r"\b(?:MONTH|QUARTER|ytd|year to date|cumulative)\b"), re.IGNORECASE)
# In a heading, 16/17 is as likely an age.
FULL_YEAR = "(?P<year>[0-9]{4})"
FULL_SPAN = r"(?P<year>[0-9]{4}) ?[/-] ?(?P<next>[0-9]{4}|[0-9]{2})"
_SPAN_ALONE = re.compile(r"\b([0-9]{4}) ?[/-] ?([0-9]{4}|[0-9]{2})\b(?![/-])")
_IN_HEADINGS = [
    re.compile(rf"(?<![\w/.-]){_pattern(form)}(?![\w/-])", re.IGNORECASE)
    for form in [
        rf"(?:year|12 months) (?:ending|ended|to) (?:DAY )?MONTH {FULL_YEAR}",
        *(
            form if "MONTH" in form else form.replace("YEAR", FULL_YEAR).replace("SPAN", FULL_SPAN)
            for form, _ in _WRITTEN
        ),
    ]
]
# Words beside a period that change nothing about it.
_BESIDE = re.compile(
    r"^(?:(?:as )?at |on |in |for |during |period |month |reported )+"
    r"|(?: (?:performance|outturn|actuals?|results?|values?|figures?|data|provisional|final|revised|p|r))+$"
)
