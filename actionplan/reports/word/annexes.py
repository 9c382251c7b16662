"""The annexes of a month's report in Word: the whole plan, the sheets of its indicators, the dates that moved."""

from collections.abc import Sequence

from actionplan.reports import words
from actionplan.reports.annex_facts import ActionSheet, Annexes, IndicatorSheet, RecommendationSheet, Said
from actionplan.reports.facts import DateMove
from actionplan.reports.word.markup import Strong, Toned
from actionplan.reports.word.paper import Paper
from kpis.charts import drawing
from kpis.periods import day_words


def add_annexes(paper: Paper, annexes: Annexes) -> None:
    paper.heading("Annex A The whole plan", 1, new_page=True)
    for recommendation in annexes.recommendations:
        answers = [each for each in annexes.actions if each.recommendation == recommendation.number]
        _add_recommendation(paper, recommendation, answers)
    if annexes.indicators:
        paper.heading("Annex B The indicators", 1, new_page=True)
        for sheet in annexes.indicators:
            _add_indicator(paper, sheet)
    paper.heading("Annex C Dates that moved", 1, new_page=True)
    _add_moves(paper, annexes.moves)


def _add_recommendation(paper: Paper, sheet: RecommendationSheet, actions: Sequence[ActionSheet]) -> None:
    paper.heading(f"Recommendation {sheet.number} {sheet.title}", 2)
    paper.paragraph(Strong("Ofsted’s wording: "), sheet.wording)
    if sheet.council_wording:
        paper.paragraph(Strong("The council’s wording: "), sheet.council_wording)
    about = [("Judgement areas", ", ".join(sheet.areas)), ("Priority", sheet.priority)]
    paper.paragraph(". ".join(f"{name}: {text}" for name, text in about if text))
    if not actions:
        paper.paragraph("No action yet.")
    for each in actions:
        _add_action(paper, each)


def _add_action(paper: Paper, sheet: ActionSheet) -> None:
    paper.heading(f"{sheet.link.ref} {sheet.title}", 3)
    impact = words.impact(sheet.impact)
    paper.table(
        ["Delivery", "Impact", "Owner", "Due", "Priority"],
        [
            [
                Toned(
                    words.once(words.delivery(sheet.state, sheet.rag), sheet.delivery_was, sheet.pending),
                    words.delivery_tone(sheet.state, sheet.rag),
                ),
                words.once(impact, sheet.impact_was),
                words.once(sheet.owner, sheet.service),
                words.once(
                    day_words(sheet.due_on),
                    words.late(sheet.days_late),
                    f"First agreed {day_words(sheet.original_due_on)}"
                    if sheet.original_due_on != sheet.due_on
                    else "",
                ),
                sheet.priority,
            ]
        ],
        [3, 2.4, 4, 3, 1.6],
        caption=f"Action {sheet.link.ref} now",
        is_captioned=False,
    )
    known = [
        ("Outcome for children", sheet.outcome),
        ("How it is measured", sheet.measure),
        ("Starts", ". With ".join([day_words(sheet.starts_on), *words.once(", ".join(sheet.contributors))])),
        ("Evidence", ", ".join(f"{source.lower()} {many}" for source, many in sheet.evidence)),
        ("Assured", ". ".join(_assured(sheet))),
    ]
    if sheet.said:
        known += _said(sheet.said)
    paper.bullets([Strong(f"{name}: "), text] for name, text in known if text)
    if sheet.steps:
        paper.table(
            ["Milestone", "Due", "First agreed", "Completed"],
            [
                [
                    f"{step.number} {step.title}",
                    words.once(day_words(step.due_on), words.late(step.days_late)),
                    day_words(step.original_due_on),
                    day_words(step.completed_on) if step.completed_on else "Open",
                ]
                for step in sheet.steps
            ],
            [7, 2.4, 2.4, 2.4],
            caption=f"Milestones of {sheet.link.ref}",
        )


def _assured(sheet: ActionSheet) -> tuple[str, ...]:
    """13 June 2017, and by when it is checked again."""
    return words.once(
        day_words(sheet.assured_on) if sheet.assured_on else "",
        f"To be checked again by {day_words(sheet.recheck_due_on)}" if sheet.recheck_due_on else "",
    )


def _said(said: Said) -> list[tuple[str, str]]:
    """What the owner said, under the name of its month."""
    month = f"{said.month:%B %Y}"
    return [
        (f"Done by {month}", said.done),
        (f"No progress in {month}", said.standstill),
        ("What difference it made", said.difference),
        ("Cause", said.cause),
        ("Remedy", said.remedy),
        ("Next steps", said.next_steps),
        ("Expected", day_words(said.forecast_on) if said.forecast_on else ""),
    ]


def _add_indicator(paper: Paper, sheet: IndicatorSheet) -> None:
    line = sheet.line
    paper.heading(line.name, 2)
    paper.paragraph(sheet.definition)
    if sheet.why:
        paper.paragraph(Strong("Why it matters: "), sheet.why)
    numbers = ", ".join(str(each) for each in sheet.recommendations)
    known = [
        ("Latest", ", ".join(words.once(line.latest, line.latest_when, line.latest_counts))),
        ("Rating", words.rating(line.rating)),
        ("Target", ", ".join(words.once(line.target, line.to_go))),
        ("Recommendations", numbers),
        ("Variation", sheet.variation),
        ("Outlook", sheet.assurance),
        ("So what", line.so_what),
        ("Figures", words.origin(line.origin)),
    ]
    paper.bullets([Strong(f"{name}: "), text] for name, text in known if text)
    if sheet.chart.points:
        paper.picture(drawing.png(sheet.chart), sheet.chart_words)
    _add_values(paper, sheet)


def _add_values(paper: Paper, sheet: IndicatorSheet) -> None:
    if not sheet.values:
        paper.paragraph("No values yet.")
        return
    paper.table(
        ["Period", "Value", "Counts", "Status", "Comment"],
        [
            [each.label, each.words, words.counts(each, sheet.unit), words.standing(each), each.comment]
            for each in sheet.values
        ],
        [3, 2, 2.4, 3, 6],
        caption=f"Every value of {sheet.line.name}",
        is_captioned=False,
    )


def _add_moves(paper: Paper, moves: Sequence[DateMove]) -> None:
    if not moves:
        paper.paragraph("No date was agreed to move since the last Board.")
        return
    paper.table(
        ["Action", "Original date", "Was", "Now", "Agreed", "Reason"],
        [
            [
                words.once(words.action(each.action), each.step),
                day_words(each.original),
                day_words(each.was),
                day_words(each.now),
                day_words(each.agreed_on),
                each.reason,
            ]
            for each in moves
        ],
        [3.4, 1.7, 1.7, 1.7, 1.7, 4],
        caption="Date changes that were agreed",
        is_captioned=False,
    )
