"""A trend small enough for a table cell: inline SVG in the colour of the text, so that it prints."""

from decimal import Decimal
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kpis import wording
from kpis.enums import Polarity
from kpis.periods import Period
from kpis.readings import Reading

WIDTH, HEIGHT = 110, 30
MARGIN = 4  # the last point's dot must not be cut off

Series = tuple[tuple[Period, Decimal], ...]


def sparkline(reading: Reading) -> SafeString:
    """The values of `reading` over time with its final target as a broken line; nothing when there are no values."""
    indicator = reading.indicator
    return _drawn(reading.series, reading.target, indicator.unit, indicator.decimals, indicator.polarity)


@lru_cache(maxsize=1024)
def _drawn(series: Series, target: Decimal | None, unit: str, decimals: int, polarity: str) -> SafeString:
    if not series:
        return SafeString("")
    values = [value for _, value in series]
    days = [
        period.end.toordinal() for period, _ in series
    ]  # a missing quarter leaves a gap of its own length
    reach = values if target is None else [*values, target]
    lowest, highest = min(reach), max(reach)

    def across(day: int) -> str:
        return _place((day - days[0]) / (days[-1] - days[0]) if days[-1] > days[0] else 1, WIDTH)

    def down(value: Decimal) -> str:
        return _place(float((highest - value) / (highest - lowest)) if highest > lowest else 0.5, HEIGHT)

    points = [(across(day), down(value)) for day, value in zip(days, values, strict=True)]
    return format_html(
        '<svg class="app-spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}'
        '<circle cx="{}" cy="{}" r="3.5" fill="currentColor"/></svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        trend_words(series, target, unit, decimals, polarity),
        "" if target is None else _path(f"M0 {down(target)}H{WIDTH}", 1, broken=True),
        _path("M" + " ".join(f"{x} {y}" for x, y in points), 2) if len(points) > 1 else "",
        *points[-1],
    )


def trend_words(series: Series, target: Decimal | None, unit: str, decimals: int, polarity: str) -> str:
    """Trend: 285 in September 2016, highest 301 in January 2017, 272 in May 2017, target 250 or lower."""
    first, last = series[0], series[-1]
    told = [_point_words(first, unit, decimals)]
    if len(series) > 1:
        turn = turning_point(series)
        if turn:
            told.append(f"{turn[0]} {_point_words(turn[1], unit, decimals)}")
        told.append(_point_words(last, unit, decimals))
    else:
        told.append("no earlier value")
    if target is not None and polarity != Polarity.CONTEXT:
        told.append(f"target {wording.aim_words(wording.target_words(target, unit, decimals), polarity)}")
    return f"Trend: {', '.join(told)}"


def turning_point(series: Series) -> tuple[str, tuple[Period, Decimal]] | None:
    """The highest or lowest value on the way, when it lies well outside what the two ends show; the farther of the two.

    Well outside is a quarter of the whole range: without it a rise from 20 to 25 and back to 20 would sound level.
    """
    ends = [series[0][1], series[-1][1]]
    top, bottom = max(series, key=_value), min(series, key=_value)
    above, below = top[1] - max(ends), min(ends) - bottom[1]
    if max(above, below) * 4 <= top[1] - bottom[1]:
        return None
    return ("highest", top) if above >= below else ("lowest", bottom)


def _value(point: tuple[Period, Decimal]) -> Decimal:
    return point[1]


def _point_words(point: tuple[Period, Decimal], unit: str, decimals: int) -> str:
    period, value = point
    return f"{wording.value_words(value, unit, decimals)} {'on' if period.is_day else 'in'} {period.label}"


def _place(share: float, length: int) -> str:
    return f"{MARGIN + share * (length - 2 * MARGIN):.1f}"


def _path(drawing: str, width: int, *, broken: bool = False) -> SafeString:
    return format_html(
        '<path d="{}" stroke-width="{}"{}/>',
        drawing,
        width,
        SafeString(' stroke-dasharray="4 3"' if broken else ""),
    )
