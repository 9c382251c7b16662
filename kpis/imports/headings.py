"""Where the headings of a sheet are, and what its columns seem to mean. Pure; a doubtful column is left out."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, pairwise

from .cells import folded
from .columns import MOST, Cell, Seen, is_figure, is_period, said, see
from .layout import LONGEST_TEXT, Column, Layout, Role

Rows = Sequence[tuple[int, Sequence[Cell]]]

# A row, and the different texts in it.
_Row = tuple[int, Sequence[Cell], set[str]]

MOST_HEADING_ROWS = 3
HALF = 0.5  # of the cells of a column that its heading names; there may be totals among them


def heading_rows(rows: Rows) -> tuple[int, int]:
    """The first and the last row of the headings, as the sheet counts its rows; (0, 0) where there seem to be none.

    `rows` are the first that hold something. Headings stand above the first row of figures; what is above them, or
    alone in its row, is a title. Several rows are headings together where a group stands over its parts.
    """
    filled = [(number, row, {said(cell) for cell in row} - {""}) for number, row in rows]
    body = _first_of_body(filled)
    above = [
        place
        for place, (_, row, texts) in enumerate(filled[:body])
        if len(texts) > 1 or (texts and not said(row[0]))
    ]
    if not above:
        return 0, 0
    first = last = above[-1]
    while first and last - first + 1 < MOST_HEADING_ROWS and _is_over(filled[first - 1], filled[first]):
        first -= 1
    return filled[first][0], filled[last][0]


def headings(rows: Rows, first: int, last: int) -> list[str]:
    """One heading a column: 2016/17 Q1 where Q1 stands below 2016/17. The second of the same name is “Value (2)”."""
    width = max((len(row) for _, row in rows), default=0)
    chosen = [
        [_heading(cell) for cell in row] + [""] * (width - len(row))
        for number, row in rows
        if first <= number <= last
    ]
    for upper, lower in pairwise(chosen):
        _fill_groups(upper, lower)
    columns = [" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*chosen, strict=True)]
    return list(_told_apart(columns or [""] * width))


def _heading(cell: Cell) -> str:
    """What a cell says of its column; the words that a pivot table puts over its columns say nothing."""
    text = said(cell)
    return "" if folded(text) == "column labels" else text


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """Each name once, short enough for a layout to keep; blank ones stay blank."""
    taken: set[str] = set()
    for name in names:
        again = (f" ({number})" for number in count(2))
        end = ""
        while name and name[: LONGEST_TEXT - len(end)] + end in taken:
            end = next(again)
        taken.add(name[: LONGEST_TEXT - len(end)] + end)
        yield name[: LONGEST_TEXT - len(end)] + end


def _first_of_body(filled: Sequence[_Row]) -> int:
    """The place of the first row of figures; where no row has any, of the second row.

    A row above the table may hold a number too, such as its version. It is less than half as full as most rows of
    figures, or nothing but titles is above it and a fuller row of words below.
    """
    words, figures = [], []
    for place, (_, row, texts) in enumerate(filled):
        if any(is_figure(cell) and not is_period(cell) for cell in row):
            figures.append(place)
        elif len(texts) > 1:
            words.append(place)
    sizes = {place: len(filled[place][2]) for place in words + figures}
    usual = sorted(sizes[place] for place in figures)[len(figures) // 2] if figures else 0

    def is_body(place: int) -> bool:
        has_headings = any(other < place for other in words)
        return 2 * sizes[place] >= usual and (
            has_headings or all(sizes[other] <= sizes[place] for other in words)
        )

    return next(filter(is_body, figures), min(len(filled), 1))


def _is_over(upper: _Row, lower: _Row) -> bool:
    """Whether a row groups what stands below it: it does not name the first column anew, and it is no title."""
    if upper[0] + 1 != lower[0] or not upper[2]:
        return False
    top, below = said(upper[1][0]), said(lower[1][0])
    if len(upper[2]) == 1:
        written = [cell for cell in upper[1] if said(cell)]
        return not top and (len(written) > 1 or is_period(written[0]))
    return top == below or not top or not below


def _fill_groups(upper: list[str], lower: list[str]) -> None:
    """A group is written once, over the first of its parts, or was merged and is over each of them already.

    A label with nothing of its own below is no group.
    """
    if any(left and left == right for left, right in pairwise(upper)):
        return
    group = ""
    for place, (text, below) in enumerate(zip(upper, lower, strict=True)):
        if text:
            group = text if below and below != text else ""
        elif below:
            upper[place] = group


def proposed(
    headings: Sequence[str],
    sample_rows: Rows,
    *,
    indicator_names: Mapping[str, str],
    area_names: Mapping[str, str],
) -> Layout:
    """What each column seems to mean, for a person to correct; a doubtful one is left out.

    The names of indicators and areas give their codes. What needs somebody’s word stays open: what a bare year is,
    the order of 1/4/2017, whether 0.609 is 60.9 %.
    """
    indicators = {folded(name): code for name, code in indicator_names.items()}
    areas = {folded(name): code for name, code in area_names.items()}
    seen = [
        see(heading, [row[place] for _, row in sample_rows if place < len(row)], indicators, areas)
        for place, heading in enumerate(headings)
    ]
    roles = dict.fromkeys(range(len(seen)), Role.IGNORE)
    for role, candidates in [
        (Role.INDICATOR, _best(seen, Role.INDICATOR, lambda each: each.indicators)),
        (Role.AREA, _areas(seen)),
        (Role.PERIOD, _periods(seen)),
        (Role.NUMERATOR, _figures(seen, Role.NUMERATOR)),
        (Role.DENOMINATOR, _figures(seen, Role.DENOMINATOR)),
    ]:
        roles |= {place: role for place in candidates if roles[place] == Role.IGNORE}
    roles |= dict.fromkeys(_values(seen, roles), Role.VALUE)
    roles |= dict(_beside(seen, roles))
    return Layout(
        columns=tuple(
            replace(each.about, role=roles[place])
            if roles[place] in _ABOUT
            else Column(each.heading, roles[place], each.period if each.may_be_value else "")
            for place, each in enumerate(seen)
        )
    )


_ABOUT = (Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR)


def _best(seen: Sequence[Seen], role: Role, known: Callable[[Seen], float]) -> list[int]:
    """The one column whose cells are known names most often, or else whose heading says so and that holds words."""

    def how_well(place: int) -> tuple[bool, int, float]:
        each = seen[place]
        return known(each) > 0, -each.place_among(role), known(each)

    likely = [
        place
        for place, each in enumerate(seen)
        if not each.period
        and (known(each) >= MOST or (each.is_named(role) and not each.is_ignored))
        and max(each.figures, each.periods) < MOST
    ]
    return [max(likely, key=how_well)] if likely else []


def _areas(seen: Sequence[Seen]) -> list[int]:
    """The one column of areas; in the DfE’s files, which name each kind of area in a column of its own, all of them."""
    kinds = [
        place for place, each in enumerate(seen) if each.words in ("country_name", "region_name", "la_name")
    ]
    return kinds if len(kinds) > 1 else _best(seen, Role.AREA, lambda each: each.areas)


def _periods(seen: Sequence[Seen]) -> list[int]:
    """The column of the periods; with its year in one and its quarter or month in another, both."""
    whole = [
        place
        for place, each in enumerate(seen)
        if not each.is_ignored
        and not each.period
        and (each.periods >= HALF if each.is_named(Role.PERIOD) else each.periods >= MOST and not each.words)
    ]
    if not whole:
        return []
    first = min(whole, key=lambda place: seen[place].place_among(Role.PERIOD))
    parts = [
        place
        for place, each in enumerate(seen)
        if each.words in ("quarter", "month", "time_identifier") and each.has_parts
    ]
    return [first, *parts[:1]]


def _figures(seen: Sequence[Seen], role: Role) -> list[int]:
    """Those whose heading says so and that hold figures, one for each period, indicator and area."""
    return _one_of_each(
        seen, [place for place, each in enumerate(seen) if each.is_named(role) and each.figures >= MOST]
    )


def _values(seen: Sequence[Seen], roles: Mapping[int, Role]) -> list[int]:
    """Those whose heading is a period, an indicator or an area; else the one called value; else the only one."""
    free = [place for place, each in enumerate(seen) if roles[place] == Role.IGNORE and each.may_be_value]
    wide = [
        place
        for place in free
        if (about := seen[place].about).period or about.indicator or about.area
        if not seen[place].words or seen[place].is_named(Role.VALUE) or about.indicator or about.area
    ]
    if any(not seen[place].is_empty for place in wide):
        return _one_of_each(seen, wide)
    named = [place for place in free if seen[place].is_named(Role.VALUE)]
    if named:
        best = min(seen[place].place_among(Role.VALUE) for place in named)
        named = [place for place in named if seen[place].place_among(Role.VALUE) == best]
        return named if len(named) == 1 else []
    return free if len(free) == 1 else []


def _beside(seen: Sequence[Seen], roles: Mapping[int, Role]) -> list[tuple[int, Role]]:
    """Comments and ratings where it is plain which figure is meant; a numerator without its denominator is none."""
    counts = {
        role: [place for place in roles if roles[place] == role]
        for role in (Role.NUMERATOR, Role.DENOMINATOR)
    }
    about = [{replace(seen[place].about, heading="") for place in places} for places in counts.values()]
    alone = [] if about[0] == about[1] else [place for places in counts.values() for place in places]
    said_once = sum(role == Role.VALUE for role in roles.values()) <= 1
    words = [
        (place, role)
        for role in (Role.COMMENT, Role.RATING)
        for place, each in enumerate(seen)
        if said_once and roles[place] == Role.IGNORE and each.is_named(role) and each.figures < MOST
    ]
    return [(place, Role.IGNORE) for place in alone] + words


def _one_of_each(seen: Sequence[Seen], places: Sequence[int]) -> list[int]:
    """Of two columns about the same nobody knows which is meant, so neither is taken."""
    about = Counter(replace(seen[place].about, heading="") for place in places)
    return [place for place in places if about[replace(seen[place].about, heading="")] == 1]
