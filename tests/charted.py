"""Facts of charts, made up for tests and for `make bench`."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from kpis import wording
from kpis.charts.facts import Aim, ChartFacts, ChartPoint
from kpis.enums import Polarity, Unit
from kpis.periods import Period, month_end, months_later
from kpis.variation import analyse

SVG = "{http://www.w3.org/2000/svg}"

# Return home interviews within 72 hours, April 2016 to May 2017: two shifts of level, in and out of the limits.
INTERVIEWS = [38, 45, 41, 35, 43, 44, 42, 50, 55, 57, 62, 64, 65, 70]
TARGETS = [(date(2017, 3, 31), 60), (date(2017, 6, 30), 70), (date(2018, 3, 31), 90)]


def month(number, first=date(2016, 4, 1), months=1):
    """The period that comes `number` periods after the first."""
    start = months_later(first, number * months)
    return Period(start, month_end(months_later(start, months - 1)))


def made_facts(
    values=INTERVIEWS, *, polarity=Polarity.HIGHER, unit=Unit.PERCENT, decimals=0, periods=None, **more
):
    """The facts of a chart of these values, a month each unless `periods` says otherwise, analysed as the pages do."""
    values = [Decimal(str(value)) for value in values]
    periods = periods or [month(number) for number in range(len(values))]
    starts = [
        index
        for on, _ in more.get("rebases", ())
        for index, period in enumerate(periods)
        if period.start == on
    ]
    analysis = analyse(values, polarity=polarity, rebase_at=starts)
    points = tuple(
        ChartPoint(
            period,
            value,
            wording.value_words(value, unit, decimals),
            found.signal,
            found.variation,
            found.mean,
            found.lower,
            found.upper,
        )
        for period, value, found in zip(periods, values, analysis.points, strict=True)
    )
    return ChartFacts(
        name=more.pop("name", "Return home interviews within 72 hours"),
        unit=unit,
        decimals=decimals,
        polarity=polarity,
        points=points,
        variation=analysis.variation,
        since=None if analysis.since is None else periods[analysis.since],
        **more,
    )


def aims(targets=TARGETS, unit=Unit.PERCENT):
    return tuple(
        Aim(by, Decimal(value), wording.target_words(Decimal(value), unit, 0)) for by, value in targets
    )


def texts(chart):
    """The words in a picture, in its own order."""
    return [each.text for each in ElementTree.fromstring(chart).iter(f"{SVG}text")]  # noqa: S314  our own drawing
