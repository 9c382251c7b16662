"""What the pages of indicators show, as plain rows."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from kpis.benchmarks import Comparison
from kpis.enums import Direction, Polarity, Status
from kpis.figures import Figure
from kpis.periods import Period
from kpis.readings import Reading
from kpis.sparkline import sparkline
from kpis.wording import aim_words


@dataclass(frozen=True)
class Row:
    """An indicator in a list. `numbers` are those of the recommendations it bears on."""

    reading: Reading
    numbers: tuple[int, ...]
    url: str
    spark: SafeString
    target: str
    due_target: str
    since_previous: str
    since_year: str
    england: Comparison | None
    london: Comparison | None

    @property
    def recommendations(self) -> str:
        """Recommendation 6; recommendations 2 and 8."""
        *most, last = [str(number) for number in self.numbers] or [""]
        if not most:
            return f"Recommendation {last}" if last else ""
        return f"Recommendations {', '.join(most)} and {last}"

    @property
    def is_context(self) -> bool:
        return self.reading.indicator.polarity == Polarity.CONTEXT


def row(reading: Reading) -> Row:
    indicator = reading.indicator
    beside = {each.name: each for each in reading.benchmarks}
    return Row(
        reading=reading,
        numbers=tuple(
            int(number)
            for number in indicator.recommendation_numbers.split(";")
            if number.strip().isdecimal()
        ),
        url=indicator.get_absolute_url(),
        spark=sparkline(reading),
        target=aim_words(reading.target_words, indicator.polarity) if reading.target_words else "",
        due_target=aim_words(reading.due_target_words, indicator.polarity)
        if reading.due_target_words
        else "",
        since_previous=_since(reading.direction, reading.change_words),
        since_year=_since(reading.year_direction, reading.year_change_words),
        england=beside.get("England"),
        london=beside.get("London"),
    )


def _since(direction: Direction, change: str) -> str:
    """Better, up 5 points; down 12, where neither is better; same; not known."""
    if direction in (Direction.UP, Direction.DOWN):
        return change.capitalize()
    return (
        f"{direction.label}, {change}"
        if direction in (Direction.BETTER, Direction.WORSE)
        else direction.label
    )


@dataclass(frozen=True)
class Value:
    """One line of the table of every value. `source` is the number of its source in the list below the table."""

    figure: Figure
    status: str
    source: int


def values_table(reading: Reading) -> tuple[list[Value], list[str]]:
    """Every value, newest first, and the sources they come from: most lines share one."""
    sources: dict[str, int] = {}
    values = [
        Value(
            figure=figure,
            status=figure.why.capitalize() if figure.why else Status(figure.status).label.capitalize(),
            source=sources.setdefault(figure.source, len(sources) + 1),
        )
        for figure in reversed(reading.figures)
    ]
    return values, list(sources)


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
