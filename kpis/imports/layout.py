"""How the files of one source are read: what each column means. Remembered as JSON, found again when columns move."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.db.models import TextChoices

from .cells import folded
from .period_words import YearMeans, found

# More than any real file has, so that a map made by hand cannot fill the memory.
MOST_COLUMNS = 1_000
MOST_NAMES = 20_000
LONGEST_TEXT = 500
UNKEPT = re.compile("[\0\ud800-\udfff]")  # what no database keeps


class Role(TextChoices):
    """What a column holds."""

    IGNORE = "ignore", "Leave this column out"
    INDICATOR = "indicator", "Indicator"
    PERIOD = "period", "Period"
    AREA = "area", "Area"
    VALUE = "value", "Value"
    NUMERATOR = "numerator", "Numerator"
    DENOMINATOR = "denominator", "Denominator"
    COMMENT = "comment", "Comment"
    RATING = "rating", "Rating (RAG)"


@dataclass(frozen=True)
class Column:
    """A column, in its place. In a wide table a value column is about one period, one indicator or one area."""

    heading: str = ""
    role: str = Role.IGNORE
    period: str = ""  # as people write it: 2016-17 Q1
    indicator: str = ""  # the code
    area: str = ""  # the code


@dataclass(frozen=True)
class Layout:
    """The map of a file. What is said of the whole file holds where no column says otherwise.

    `indicators` and `areas` give the code for each text in the file, "" for one that is left out.
    """

    sheet: str = ""
    heading_rows: tuple[int, int] = (0, 0)  # first and last, counted from 1; (0, 0) where there are none
    columns: tuple[Column, ...] = ()
    indicator: str = ""
    area: str = ""
    period: str = ""
    indicators: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    year_means: str = ""
    day_first: bool | None = None  # None: nobody has said whether 1/4/2017 is in April or in January
    fill_down: bool = False  # a blank cell repeats the one above
    shares: bool | None = None  # None: nobody has said whether a percentage of 0.609 is 60.9 % or 0.609 %

    def places(self, *roles: str) -> list[int]:
        """Where the columns with these roles are, counted from 0."""
        return [place for place, column in enumerate(self.columns) if column.role in roles]

    def to_json(self) -> dict[str, Any]:
        """Plain data that JSON can hold."""
        data = asdict(self)
        data["heading_rows"] = list(self.heading_rows)
        data["columns"] = [{**asdict(column), "role": str(column.role)} for column in self.columns]
        data["year_means"] = str(self.year_means)
        return data

    @classmethod
    def from_json(cls, data: Any) -> "Layout":
        """The layout again. Unknown keys are passed over; ValueError for anything that is not a layout."""
        given = _known(cls, data, "A map")
        made = {name: _CHECKS[name](name, value) for name, value in given.items()}
        return cls(**made)


def fits(layout: Layout, headings: Sequence[str]) -> bool:
    """Whether every column that the layout reads is there, wherever it stands now, or its like for another period."""
    there = [folded(heading) for heading in headings]
    likes = {like for heading in headings if (like := _without_period(heading))}
    wanted = [(place, column) for place, column in enumerate(layout.columns) if column.role != Role.IGNORE]
    return bool(wanted) and all(
        _place(column, place, there) is not None or _like(column) in likes for place, column in wanted
    )


def matching(layout: Layout, headings: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a file with these headings, as the layout knows them.

    2017/18 Q2 Performance is read as 2017/18 Q1 Performance was, for its own period. Another new heading is left out.
    """
    there = [folded(heading) for heading in headings]
    found_at = {_place(column, place, there): column for place, column in enumerate(layout.columns)}
    likes: dict[str, set[Column]] = {}
    for known in layout.columns:
        if like := _like(known):
            likes.setdefault(like, set()).add(replace(known, heading="", period=""))
    columns: list[Column] = []
    for place, heading in enumerate(headings):
        column: Column | None = found_at.get(place)
        same = likes.get(_without_period(heading) or "", set())
        if column is None and len(same) == 1:
            column = replace(next(iter(same)), period=found(heading)[0])
        columns.append(replace(column or Column(), heading=heading))
    return tuple(columns)


def _like(column: Column) -> str | None:
    """What the heading says beside the period it names, for a column that is read for just that period."""
    return (
        _without_period(column.heading)
        if column.period and column.period == found(column.heading)[0]
        else None
    )


def _without_period(heading: str) -> str | None:
    period, rest = found(heading)
    return f"… {folded(rest)}" if period else None


def _place(column: Column, place: int, there: list[str]) -> int | None:
    """Where the column is now. One without a heading has nothing but its place."""
    heading = folded(column.heading)
    if heading:
        return there.index(heading) if heading in there else None
    return place if place < len(there) and not there[place] else None


def _known(kind: type, data: Any, what: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"{what} must be an object, not {type(data).__name__}.")
    return {each.name: data[each.name] for each in fields(kind) if each.name in data}


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or UNKEPT.search(value):
        raise ValueError(f"“{name}” must be a text of at most {LONGEST_TEXT} characters.")
    return value


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"“{name}” must be true or false.")
    return value


def _flag_or_unknown(name: str, value: Any) -> bool | None:
    return None if value is None else _flag(name, value)


def _one_of(name: str, value: Any, choices: Iterable[str]) -> str:
    choices = list(choices)
    if value not in choices:
        raise ValueError(f"“{name}” must be one of: {', '.join(filter(None, choices))}.")
    return value


def _year_means(name: str, value: Any) -> str:
    return _one_of(name, value, ["", *YearMeans.values])


def _heading_rows(name: str, value: Any) -> tuple[int, int]:
    right = isinstance(value, list | tuple) and [type(each) for each in value] == [int, int]
    if not right or not (0 < value[0] <= value[1] or tuple(value) == (0, 0)):
        raise ValueError(f"“{name}” must be the first and the last row, or 0 and 0.")
    return value[0], value[1]


def _columns(name: str, value: Any) -> tuple[Column, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_COLUMNS:
        raise ValueError(f"“{name}” must be a list of at most {MOST_COLUMNS} columns.")
    given = [_known(Column, each, "A column") for each in value]
    return tuple(
        Column(
            **{
                key: _one_of(key, text, Role.values) if key == "role" else _text(key, text)
                for key, text in each.items()
            }
        )
        for each in given
    )


def _names(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_NAMES:
        raise ValueError(f"“{name}” must give a code for each name, for at most {MOST_NAMES} names.")
    return {_text(name, text): _text(name, code) for text, code in value.items()}


_CHECKS = {
    "sheet": _text,
    "heading_rows": _heading_rows,
    "columns": _columns,
    "indicator": _text,
    "area": _text,
    "period": _text,
    "indicators": _names,
    "areas": _names,
    "year_means": _year_means,
    "day_first": _flag_or_unknown,
    "fill_down": _flag,
    "shares": _flag_or_unknown,
}
