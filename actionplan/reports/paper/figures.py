"""The headline indicators, and what changed for children."""

from actionplan.reports.facts import IndicatorLine, MonthReport
from actionplan.reports.paper.blocks import (
    Block,
    action,
    big,
    direction,
    impact,
    lines,
    origin,
    paragraph,
    rating,
    row,
    spaced,
    spark,
    strong,
    table,
    was,
)
from actionplan.reports.words import counted

HEAD = (
    "Indicator",
    "Baseline",
    "Before",
    "Latest",
    "Trend",
    "Trajectory",
    "Target",
    "Direction",
    "Benchmark",
)
WIDTHS = (20, 11.5, 8.5, 10.5, 13.5, 13, 10.5, 11, 13)


def indicators(report: MonthReport) -> list[Block]:
    rules = " or ".join(f"“{rule}”" for rule in report.rules)
    by = f" by the rule {rules}" if rules else ""
    said = (
        f"{counted(len(report.indicators), 'indicator')}. A rating compares the latest value with the next point "
        f"of the trajectory{by}."
    )
    return [
        paragraph(said, leads=True),
        table(HEAD, WIDTHS, [_indicator(line) for line in report.indicators]),
    ]


def spark_name(line: IndicatorLine) -> str:
    """By which the paper finds the drawing of a line's trend."""
    return f"spark {line.url}"


def spark_words(line: IndicatorLine) -> str:
    """What the drawing says of itself: its label."""
    return line.spark.partition('aria-label="')[2].partition('"')[0] or "No values yet"


def spark_alone(line: IndicatorLine) -> str:
    """A page's own style sheet gives the line its colour; a drawing that stands alone says it itself."""
    alone = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#0f3b45" color="#0f3b45"'
    return line.spark.replace("<svg", alone, 1)


def _indicator(line: IndicatorLine) -> Block:
    return row(
        spaced(strong(line.name), origin(line.origin)),
        lines(line.baseline, line.baseline_when, origin(line.baseline_origin, line.origin))
        if line.baseline
        else "None",
        lines(line.previous, line.previous_when) if line.previous else "None",
        lines(big(line.latest), line.latest_when, line.latest_counts),
        spark(spark_name(line), spark_words(line)) if line.spark else "",
        lines(line.due, rating(line.rating)),
        lines(line.target, line.to_go) if line.target else "None",
        direction(line.direction, line.change),
        line.benchmark,
        below=[strong("So what: "), line.so_what] if line.so_what else "",
    )


def differences(report: MonthReport) -> list[Block]:
    if not report.differences:
        return [paragraph("No action has shown a new impact since the last Board.")]
    changed = counted(len(report.differences), "action")
    said = f"What changed for children, and how we know: {changed} whose impact changed since the last Board."
    return [
        paragraph(said, leads=True),
        table(
            ("Action", "Difference, and how we know", "Impact"),
            (26, 54, 20),
            [
                row(action(each.action), each.how_we_know, spaced(impact(each.impact), was(each.was)))
                for each in report.differences
            ],
        ),
    ]
