"""The tables of a month's report in Word, a function each."""

from collections.abc import Sequence

from actionplan.reports import words
from actionplan.reports.facts import (
    Exceptional,
    IndicatorLine,
    Line,
    MonthReport,
    OpenChallenge,
    OpenChallenges,
    Tile,
)
from actionplan.reports.word.markup import Cell, Strong, Text, Toned
from actionplan.reports.word.paper import Paper
from kpis.periods import day_words


def add_tiles(
    paper: Paper, report: MonthReport, name: str, meaning: str, tiles: Sequence[tuple[str, Tile]]
) -> None:
    """How many actions are in each state now and, after the first Board, were at the last."""
    before = words.once(f"Actions in {report.since_month}" if report.since else "")
    paper.table(
        [name, "Actions now", *before],
        [
            [
                word,
                Strong(str(tile.now)) if tile.is_changed else str(tile.now),
                *[str(tile.before) for _ in before],
            ]
            for word, tile in tiles
        ],
        [4, 1, *[1 for _ in before]],
        caption=f"{name}: {meaning}",
        together=True,
    )


def add_exceptions(paper: Paper, exceptions: Sequence[Exceptional], caption: str) -> None:
    paper.table(
        ["Action", "Cause", "Remedy", "Owner and date"],
        [
            [
                Toned(
                    (Strong(each.kind), *words.once(words.action(each.action), each.was)),
                    words.TONES.get(each.colour, "grey"),
                ),
                each.cause,
                each.remedy,
                (each.owner, Strong(each.by_when)),
            ]
            for each in exceptions
        ],
        [3, 4, 4, 3],
        caption=caption,
        is_captioned=False,
    )


def add_lines(paper: Paper, report: MonthReport) -> None:
    """The recommendations, then the plans beneath this one."""
    since = f"Since {report.since_month}" if report.since else ""
    lines: list[tuple[Line, Sequence[str]]] = [(line, ()) for line in report.lines]
    for plan in report.beneath:
        shared = f"{plan.own} actions of its own, {plan.shared} shared" if plan.shared else ""
        if plan.total:
            lines.append((plan.line, words.once(f"Ofsted: {plan.grade}" if plan.grade else "", shared)))
    paper.table(
        ["Recommendation", "Priority", "Lead", "Delivery", "Impact", *words.once(since), "Next milestone"],
        [_line(line, also, is_compared=bool(since)) for line, also in lines],
        [3, 1.4, 2.2, 1.8, 1.9, *([1.3] if since else []), 3],
        caption="Recommendations",
        is_captioned=False,
    )


def _line(line: Line, also: Sequence[str], *, is_compared: bool) -> list[Cell]:
    name: list[Text] = [Strong(f"{line.ref} {line.title}".strip()), *also]
    turn = words.direction(line.direction) if line.direction else "No Board then"
    if not line.total:
        turn = ""
    return [
        name,
        line.priority,
        line.lead,
        _delivery(line) if line.total else "No action yet",
        _impact(line) if line.total else "",
        *([turn] if is_compared else []),
        line.next_step if line.total else "",
    ]


def _delivery(line: Line) -> Toned:
    said = words.once(
        words.delivery(line.state, line.rag), f"{line.delivery_count} of {line.total}", line.delivery_was
    )
    return Toned(said, words.delivery_tone(line.state, line.rag))


def _impact(line: Line) -> tuple[str, ...]:
    """In no colour, so that it is not read as delivery."""
    return words.once(words.impact(line.impact), f"{line.impact_count} of {line.total}", line.impact_was)


def add_indicators(paper: Paper, report: MonthReport) -> None:
    paper.table(
        ["Indicator", "Baseline", "Before", "Latest", "Trajectory", "Target", "Direction", "Benchmark"],
        [_indicator(line) for line in report.indicators],
        [2.8, 1.5, 1.4, 1.5, 1.7, 1.7, 1.7, 1.7],
        caption="Indicators",
        is_captioned=False,
    )


def _indicator(line: IndicatorLine) -> list[Cell]:
    return [
        words.once(line.name, words.origin(line.origin)),
        words.once(line.baseline, line.baseline_when, words.origin(line.baseline_origin, line.origin))
        if line.baseline
        else "None",
        words.once(line.previous, line.previous_when) if line.previous else "None",
        (Strong(line.latest), *words.once(line.latest_when, line.latest_counts)),
        Toned(words.once(line.due, words.rating(line.rating)), words.rating_tone(line.rating)),
        words.once(line.target, line.to_go) if line.target else "None",
        words.direction(line.direction, line.change),
        line.benchmark,
    ]


def add_risks(paper: Paper, report: MonthReport) -> None:
    shown = len(report.risks)
    which = (
        f"The {shown} gravest of {report.open_risks} open risks and issues"
        if report.open_risks > shown
        else f"All open risks and issues ({report.open_risks}), gravest first"
    )
    paper.paragraph(f"{which}, by likelihood times impact after mitigation, out of 25.", with_next=True)
    paper.table(
        [
            "Risk or issue",
            "Score",
            "Mitigation" if report.risks[0].mitigation else "What the score rested on",
            "Owner and review" if report.risks[0].review_on else "Owner",
        ],
        [
            [
                (
                    Strong(f"{each.ref} {each.title}"),
                    *words.once("Issue" if each.is_issue else "", each.plan),
                ),
                Toned(
                    words.once(
                        words.score(each.score), words.movement(each), f"{each.before} before mitigation"
                    ),
                    words.score_tone(each.score),
                ),
                each.mitigation or each.because or "Not scored by then",
                words.once(
                    each.owner,
                    f"Review by {day_words(each.review_on)}" if each.review_on else "",
                    words.late(each.days_late),
                ),
            ]
            for each in report.risks
        ],
        [4, 2, 5, 3],
        caption="Top risks",
        is_captioned=False,
    )


def add_leanings(paper: Paper, report: MonthReport) -> None:
    shown = len(report.leanings)
    which = (
        f"{shown} of the {report.open_leanings} things"
        if report.open_leanings > shown
        else f"The {words.counted(shown, 'thing')}"
    )
    paper.paragraph(f"{which} that open work still waits for, first those that hold it up.", with_next=True)
    paper.table(
        ["Action", "Needs", "From", "By", "When it comes", "Owner of the action"],
        [
            [
                words.once(words.action(each.action), each.because),
                each.needs,
                each.on,
                words.once(
                    day_words(each.needed_by) if each.needed_by else "",
                    f"{words.counted(each.days_late, 'day')} ago" if each.days_late else "",
                ),
                words.coming(each),
                each.owner,
            ]
            for each in report.leanings
        ],
        [4, 3, 2.4, 1.5, 2, 1.8],
        caption="Dependencies",
        is_captioned=False,
    )


def add_date_requests(paper: Paper, report: MonthReport) -> None:
    paper.table(
        ["Action", "Original date", "Date now", "Date asked", "Reason"],
        [
            [
                words.once(words.action(each.action), each.step),
                day_words(each.original),
                day_words(each.now),
                Strong(day_words(each.asked)),
                each.reason,
            ]
            for each in report.date_requests
        ],
        [3, 1.6, 1.6, 1.8, 5],
        caption="Date changes to agree or refuse",
    )


def add_challenges(paper: Paper, found: OpenChallenges) -> None:
    paper.table(
        ["Question", "Asked by", "Owner", "Answer due"],
        [
            [
                words.once(each.question, "New" if each.is_new else ""),
                f"{each.source}, {day_words(each.raised_on)}",
                each.owner,
                words.once(*_answer(each)),
            ]
            for each in found.shown
        ],
        [5, 3.4, 2.6, 3],
        caption="Questions put to the council and not closed",
        is_captioned=False,
    )


def _answer(each: OpenChallenge) -> tuple[str, str]:
    answered = f"Answered {day_words(each.answered_on)}" if each.answered_on else words.late(each.days_late)
    return day_words(each.due_on), answered
