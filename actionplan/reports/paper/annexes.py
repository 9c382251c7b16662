"""The annexes: the whole plan, action by action, a sheet for each indicator, and the dates that moved."""

from actionplan.reports.annex_facts import ActionSheet, IndicatorSheet, Said, StepSheet, ValueSheet
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import DateMove
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    action,
    columns,
    delivery,
    direction,
    entry,
    fact,
    heading,
    impact,
    label,
    lines,
    new_page,
    origin,
    paragraph,
    picture,
    quiet,
    rating,
    row,
    spaced,
    strong,
    table,
    was,
)
from actionplan.reports.words import counts, late
from kpis.enums import Polarity, Status, Unit
from kpis.periods import day_words


def annexes(document: MonthDocument) -> list[Block]:
    """Those with something in them, each on a page of its own. They keep their letters."""
    return [*_plan(document), *_indicators(document), *_moves(document)]


def _plan(document: MonthDocument) -> list[Block]:
    sheets = document.annexes.actions
    if not sheets:
        return []
    said = [new_page(), heading(2, "Annex A: the whole plan, action by action")]
    for each in document.annexes.recommendations:
        said += [
            heading(3, f"Recommendation {each.number}: {each.title}"),
            paragraph(
                lines(
                    each.wording,
                    quiet(
                        "; ".join([*each.areas, *([f"{each.priority} priority"] if each.priority else [])])
                    ),
                ),
                leads=bool(each.actions),
            ),
        ]
        answering = [sheet for sheet in sheets if sheet.recommendation == each.number]
        said += [block for sheet in answering for block in _action(sheet)] or [paragraph("No action yet.")]
    return said


def _action(sheet: ActionSheet) -> list[Block]:
    facts = [
        fact("Owner", lines(sheet.owner, quiet(sheet.service))),
        fact("With", ", ".join(sheet.contributors) or "Nobody else"),
        fact("Starts, is due", f"{day_words(sheet.starts_on)} to {_due(sheet)}"),
        fact("Priority", sheet.priority),
    ]
    standing = spaced(
        delivery(sheet.state, sheet.rag),
        was(sheet.delivery_was),
        impact(sheet.impact),
        was(sheet.impact_was),
        strong(late(sheet.days_late)),
        label(sheet.pending and f"Newest update: {sheet.pending.lower()}"),
    )
    return [
        heading(4, f"{sheet.link.ref} {sheet.title}"),
        paragraph(standing, leads=True),
        columns(facts, [1] * 4, leads=True),
        paragraph(
            lines(
                [strong("Outcome for children: "), sheet.outcome],
                [strong("Measure: "), sheet.measure],
                *_said(sheet.said),
                *_checked(sheet),
            )
        ),
        *([_steps(sheet.steps)] if sheet.steps else []),
    ]


def _due(sheet: ActionSheet) -> str:
    first = sheet.original_due_on
    moved = f", first agreed {day_words(first)}" if first != sheet.due_on else ""
    return f"{day_words(sheet.due_on)}{moved}"


def _said(said: Said | None) -> list[Words]:
    if said is None:
        return [[strong("Last update: "), "none yet"]]
    told = (
        (f"Update of {said.month:%B %Y}: ", said.done or said.standstill),
        ("Difference: ", said.difference),
        ("Cause: ", said.cause),
        ("Remedy: ", said.remedy),
        ("Next: ", said.next_steps),
        ("Expected: ", day_words(said.forecast_on) if said.forecast_on else ""),
    )
    return [[strong(name), words] for name, words in told if words]


def _checked(sheet: ActionSheet) -> list[Words]:
    told = (
        ("Assured on: ", day_words(sheet.assured_on) if sheet.assured_on else ""),
        ("Re-check due: ", day_words(sheet.recheck_due_on) if sheet.recheck_due_on else ""),
        ("Evidence: ", ", ".join(f"{source} {count}" for source, count in sheet.evidence if count)),
    )
    return [[strong(name), words] for name, words in told if words]


def _steps(steps: tuple[StepSheet, ...]) -> Block:
    return table(
        ("Milestone", "First agreed", "Due", "State"),
        (50, 16, 16, 18),
        [
            row(
                [strong(f"{each.number} "), each.title],
                day_words(each.original_due_on),
                day_words(each.due_on),
                f"Done {day_words(each.completed_on)}"
                if each.completed_on
                else strong(late(each.days_late)) or "Open",
            )
            for each in steps
        ],
    )


def chart_name(sheet: IndicatorSheet) -> str:
    """By which the paper finds the drawing of an indicator's chart."""
    return f"chart {sheet.code}"


def _indicators(document: MonthDocument) -> list[Block]:
    sheets = document.annexes.indicators
    if not sheets:
        return []
    said = [new_page(), heading(2, "Annex B: the indicators")]
    return [*said, *(block for sheet in sheets for block in _indicator(sheet))]


def _indicator(sheet: IndicatorSheet) -> list[Block]:
    line = sheet.line
    facts = [
        fact("Latest", lines(spaced(strong(line.latest), line.latest_when), line.latest_counts)),
        fact("Against its trajectory", lines(line.due, rating(line.rating))),
        fact("Direction", direction(line.direction, line.change)),
        fact("Target", lines(line.target or "None", line.to_go)),
        fact("Baseline", spaced(line.baseline, line.baseline_when) if line.baseline else "None"),
        fact("Benchmark", line.benchmark),
        fact("Counted in", f"{Unit(sheet.unit).label}, {Polarity(sheet.polarity).label}"),
        fact("Recommendations", ", ".join(str(each) for each in sheet.recommendations) or "None"),
    ]
    return [
        heading(3, line.name),
        paragraph(lines(sheet.definition, quiet(sheet.why)), leads=True),
        columns(facts, [1] * 4, leads=True),
        picture(chart_name(sheet), f"{sheet.chart_title}. {sheet.chart_words}"),
        *([entry(_letters(sheet))] if sheet.chart.marks else []),
        *(
            [paragraph(spaced(sheet.variation, sheet.assurance))]
            if sheet.variation or sheet.assurance
            else []
        ),
        *([paragraph([strong("So what: "), line.so_what])] if line.so_what else []),
        *([_values(sheet)] if sheet.values else []),
    ]


def _letters(sheet: IndicatorSheet) -> Words:
    """What the letters on the chart stand for: something done for the indicator."""
    told = (f"{each.letter} {each.words}, {day_words(each.on)}" for each in sheet.chart.marks)
    return [strong("Letters on the chart: "), f"{'; '.join(told)}."]


def _values(sheet: IndicatorSheet) -> Block:
    """Newest first, as on the page of the indicator. A column in which nothing would stand is left out."""
    head, widths = ("Period", "Value", "Counts", "Status", "What was said"), (22, 14, 16, 14, 34)
    found = [_value(each, sheet) for each in reversed(sheet.values)]
    shown = [at for at in range(len(head)) if any(cells[at] for cells in found)]
    return table(
        [head[at] for at in shown],
        [widths[at] for at in shown],
        [row(*(cells[at] for at in shown)) for cells in found],
        numbers=[number for number, at in enumerate(shown) if at in (1, 2)],
    )


def _value(each: ValueSheet, sheet: IndicatorSheet) -> tuple[Words, ...]:
    status = Status(each.status).label.capitalize() if each.status else ""
    beside = origin(each.origin, sheet.line.origin)
    return spaced(each.label, beside), strong(each.words), counts(each, sheet.unit), status, each.comment


def _moves(document: MonthDocument) -> list[Block]:
    """Said even where there are none: that no date moved is news."""
    if not document.annexes.actions:
        return []
    report, moves = document.report, document.annexes.moves
    since = f"since the Board of {day_words(report.since)}" if report.since else "since the plan began"
    title = heading(2, "Annex C: the dates that moved")
    if not moves:
        return [new_page(), title, paragraph(f"No agreed date has moved {since}.")]
    return [
        new_page(),
        title,
        paragraph(f"Agreed {since}.", leads=True),
        table(
            ("Action", "First agreed", "From", "To", "Agreed on", "Reason"),
            (28, 12, 12, 12, 12, 24),
            [_move(each) for each in moves],
        ),
    ]


def _move(each: DateMove) -> Block:
    return row(
        lines(action(each.action), quiet(each.step)),
        day_words(each.original),
        day_words(each.was),
        strong(day_words(each.now)),
        day_words(each.agreed_on),
        each.reason,
    )
