"""What the page of one indicator shows, as plain rows and sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from kpis.benchmarks import Comparison
from kpis.charted import Charted
from kpis.charts.words import BECAUSE, finding, limit_words, target_words
from kpis.enums import Assurance, Status, Variation
from kpis.figures import Figure
from kpis.periods import Period
from kpis.readings import Reading
from kpis.variation import ENOUGH, Point


@dataclass(frozen=True)
class Value:
    """One line of the table of every value. `source` is the number of its source in the list below the table.

    `point` is what the figure is in the series; None where it is no part of it.
    """

    figure: Figure
    status: str
    source: int
    point: Point | None


def values_table(known: Charted) -> tuple[list[Value], list[str]]:
    """Every value, newest first, and the sources they come from: most lines share one."""
    reading = known.reading
    points = {period: point for (period, _), point in zip(reading.series, known.analysis.points, strict=True)}
    sources: dict[str, int] = {}
    values = [
        Value(
            figure=figure,
            status=figure.why.capitalize() if figure.why else Status(figure.status).label.capitalize(),
            source=sources.setdefault(figure.source, len(sources) + 1),
            point=points.get(figure.period),
        )
        for figure in reversed(reading.figures)
    ]
    return values, list(sources)


def has_signals(known: Charted) -> bool:
    """Whether any value is known to be more, or no more, than chance: of a few points none is."""
    return any(point.variation != Variation.TOO_FEW for point in known.analysis.points)


def variation_words(known: Charted) -> str:
    """Improving since February 2017: the newest value is above the upper limit. Empty of no values."""
    points = known.analysis.points
    if not points:
        return ""
    match known.analysis.variation:
        case Variation.TOO_FEW:
            return (
                f"Too few points to tell a change from chance: limits need {ENOUGH} figures, there "
                f"{'is' if len(points) == 1 else 'are'} {len(points)}."
            )
        case Variation.NORMAL:
            return "Normal variation: the newest figure is no more than chance."
    said = finding(known.facts)
    return f"{said[0].upper()}{said[1:]}: {BECAUSE[points[-1].signal]}."


def assurance_words(known: Charted) -> str:
    """Whether the work as it goes now will meet the target, and why. Empty where that cannot be judged."""
    if known.analysis.assurance == Assurance.NOT_JUDGED:
        return ""
    last, target = known.analysis.points[-1], target_words(known.facts)
    span = f"{limit_words(last.lower, known.facts)} to {limit_words(last.upper, known.facts)}"
    match known.analysis.assurance:
        case Assurance.WILL_HIT:
            return (
                f"Will hit the target if all goes on as it is: the whole usual range, {span}, meets {target}."
            )
        case Assurance.WILL_MISS:
            return (
                f"Will miss the target if all goes on as it is: nothing in the usual range, {span}, meets {target}. "
                "Something more must change."
            )
    return f"Will hit or miss the target by chance: {target} lies within the usual range, {span}."


def comments(figures: Iterable[Figure]) -> list[Figure]:
    """The figures of which something was said, newest first."""
    return [figure for figure in reversed(tuple(figures)) if figure.comment]


@dataclass(frozen=True)
class ComparisonTable:
    """This council beside the others, a line a period, newest first. A cell is empty where nothing was published."""

    names: list[str]
    lines: list[tuple[Period, str, list[tuple[str, Comparison | None]]]]
    sources: list[str]


def comparison_table(reading: Reading, found: dict[str, dict[Period, Comparison]]) -> ComparisonTable | None:
    """None where no other area’s figures are held."""
    if not found:
        return None
    own = {figure.period: figure.words for figure in reading.figures}
    periods = sorted({period for values in found.values() for period in values}, reverse=True)
    return ComparisonTable(
        names=list(found),
        lines=[
            (
                period,
                own.get(period, "No data"),
                [(name, values.get(period)) for name, values in found.items()],
            )
            for period in periods
        ],
        sources=sorted({each.source for values in found.values() for each in values.values()}),
    )
