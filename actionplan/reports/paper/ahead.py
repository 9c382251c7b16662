"""What lies ahead: risks, dependencies, decisions, questions that are open, the next month."""

from actionplan.reports.facts import AskedDecision, Leaning, MonthReport, OpenChallenge, TopRisk
from actionplan.reports.paper.blocks import (
    Block,
    Words,
    action,
    bullets,
    heading,
    label,
    lines,
    mark,
    movement,
    paragraph,
    quiet,
    row,
    score,
    spaced,
    strong,
    table,
    was,
)
from actionplan.reports.words import counted, late
from kpis.periods import day_words


def risks(report: MonthReport) -> list[Block]:
    """Risks and issues, then dependencies; each under a heading of its own where there are both."""
    both = bool(report.risks and report.leanings)
    said: list[Block] = []
    if report.risks:
        said += [heading(3, "Risks and issues")] if both else []
        said += _risks(report)
    if report.leanings:
        said += [heading(3, "Dependencies")] if both else []
        said += _leanings(report)
    return said


def _risks(report: MonthReport) -> list[Block]:
    shown, every = len(report.risks), report.open_risks
    which = (
        f"The {shown} gravest of {every} open risks and issues"
        if every > shown
        else f"All open risks and issues ({every}), gravest first"
    )
    first = report.risks[0]
    return [
        paragraph(f"{which}, by likelihood times impact after mitigation, out of 25.", leads=True),
        table(
            (
                "Risk or issue",
                "Score",
                "Mitigation" if first.mitigation else "Reason",
                "Owner, review" if first.review_on else "Owner",
            ),
            (29, 18, 34, 19),
            [_risk(each) for each in report.risks],
        ),
    ]


def _risk(each: TopRisk) -> Block:
    return row(
        spaced(strong(each.ref), each.title, label("Issue" if each.is_issue else ""), quiet(each.plan)),
        lines(
            spaced(score(each.score), movement(each.movement, each.was)),
            quiet(f"{each.before} before mitigation"),
        ),
        each.mitigation or each.because or "Not scored by then",
        lines(
            each.owner,
            f"Review by {day_words(each.review_on)}" if each.review_on else "",
            strong(late(each.days_late)) if each.review_on else "",
        ),
    )


def _leanings(report: MonthReport) -> list[Block]:
    shown, every = len(report.leanings), report.open_leanings
    which = f"{shown} of the {every} things" if every > shown else f"The {counted(shown, 'thing')}"
    return [
        paragraph(f"{which} that open work still waits for, first those that hold it up.", leads=True),
        table(
            ("Action", "Needs", "From", "By", "When it comes", "Owner"),
            (24, 22, 19, 12, 15, 14),
            [_leaning(each) for each in report.leanings],
        ),
    ]


def _leaning(each: Leaning) -> Block:
    when: Words = each.state
    if each.too_late == "may be late":
        when = spaced(mark("amber", "May be late"), each.state)
    elif each.too_late:
        when = spaced(mark("amber", "Too late"), f"It {each.too_late}")
    return row(
        action(each.action),
        each.needs,
        each.on,
        lines(
            day_words(each.needed_by) if each.needed_by else "",
            strong(f"{counted(each.days_late, 'day')} ago") if each.days_late else "",
        ),
        when,
        each.owner,
        below=quiet(each.because),
    )


def decisions(report: MonthReport) -> list[Block]:
    said = (
        [bullets([_decision(each) for each in report.decisions], numbered=True)] if report.decisions else []
    )
    if not report.date_requests:
        return said
    return [
        *said,
        heading(3, "Date changes to agree or refuse"),
        table(
            ("Action", "Original date", "Date now", "Date asked", "Reason"),
            (27, 13, 13, 13, 34),
            [
                row(
                    lines(action(each.action), quiet(each.step)),
                    day_words(each.original),
                    day_words(each.now),
                    strong(day_words(each.asked)),
                    each.reason,
                )
                for each in report.date_requests
            ],
        ),
    ]


def _decision(each: AskedDecision) -> Words:
    needed = f". Needed by {day_words(each.needed_by)}" if each.needed_by else ""
    asked = quiet(f"{each.asked_by}, {day_words(each.asked_on)}{needed}")
    return lines(
        spaced(strong(each.question), was("New" if each.is_new else "")),
        each.why,
        spaced(asked, strong(late(each.days_late))),
    )


def challenges(report: MonthReport) -> list[Block]:
    found = report.challenges
    if found is None:
        return []
    wait = "waits" if found.unanswered == 1 else "wait"
    overdue = f", {found.late} of them late" if found.late else ""
    first = f" The first {len(found.shown)} are shown." if found.total > len(found.shown) else ""
    return [
        paragraph(
            f"{found.unanswered} of {found.total} {wait} for an answer{overdue}.{first}",
            leads=bool(found.shown),
        ),
        table(
            ("Question", "Asked by", "Owner", "Answer due"),
            (40, 26, 18, 16),
            [_challenge(each) for each in found.shown],
        ),
    ]


def _challenge(each: OpenChallenge) -> Block:
    answered = f", answered {day_words(each.answered_on)}" if each.answered_on else ""
    return row(
        spaced(strong(each.question), was("New" if each.is_new else "")),
        f"{each.source}, {day_words(each.raised_on)}",
        each.owner,
        lines(
            f"{day_words(each.due_on)}{answered}",
            strong("" if each.answered_on else late(each.days_late)),
        ),
    )


def next_month(report: MonthReport) -> list[Block]:
    return [bullets(report.next_month)]
