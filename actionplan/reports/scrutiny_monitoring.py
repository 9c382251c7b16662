"""The numbered paragraphs of “Monitoring progress”: how far the plan has come, how we know, what is not yet better."""

from collections import Counter
from collections.abc import Iterator

from actionplan.enums import Body, DeliveryState, Impact, Rag, Verdict
from actionplan.reports import scrutiny_withheld as withheld
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import ActionLink, Exceptional, MonthReport, Turn
from actionplan.reports.scrutiny_facts import Block, Heading, Sources, Table
from actionplan.reports.scrutiny_words import actions, joined, lower, numbered, upper
from kpis.charts.words import finding
from kpis.enums import Rating
from kpis.periods import day_words

WATCHED = {"Returned": "update sent back to its owner", "No update": "no update this month"}
LISTED = {"Relapsed": "Slipped back", "Sent back": "Found not adequate"}
WITH_A_DIFFERENCE = (Impact.EVIDENCED, Impact.SUSTAINED)


def monitoring(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    report = document.report
    yield Heading("Monitoring progress", 2)
    yield from _board(report)
    yield from _counts(report)
    yield from _changes(report)
    yield from _exceptions(document)
    yield from _difference(document)
    yield from _indicators(document, sources)
    yield from _early(sources)
    yield from _asked(report)


def _board(report: MonthReport) -> Iterator[Block]:
    facts = dict(report.facts)
    said = (
        f"The {report.board} oversees the plan and takes every decision about it, changes of dates included. "
    )
    said += f"The {facts['Senior responsible']} is the senior responsible officer."
    if report.confidence:
        was = report.confidence_was
        said += f" The overall confidence in delivery is {Rag(report.confidence).label.lower()}."
        said += f" It {lower(was)}." if was else ""
    yield numbered(said)
    yield numbered(
        "Every month each owner says what was done and what difference it made, the improvement team checks it, and "
        f"the Board reads one report. Of the updates due for {report.month:%B %Y}, {facts['Updates accepted']} have "
        f"been accepted. This paper says how things stood on {facts['Updates as at']}, with figures up to "
        f"{facts['Indicators as at']} or the newest before it."
    )


def _counts(report: MonthReport) -> Iterator[Block]:
    yield numbered(report.counted)
    before = report.since_month or "Before"
    month = f"{report.month:%B}"
    rows = [
        *((_state(each.state, each.rag), each.now, each.before) for each in report.deliveries),
        *((f"Impact: {Impact(each.value).label.lower()}", each.now, each.before) for each in report.impacts),
    ]
    yield Table(
        f"Where the {actions(report.total)} stand",
        ("State", month, before),
        tuple((name, str(now), "" if was is None else str(was)) for name, now, was in rows),
        (60, 20, 20),
    )


def _state(state: str, rag: str) -> str:
    label = DeliveryState(state).label
    return f"{label}: {Rag(rag).label.lower()}" if rag else label


def _changes(report: MonthReport) -> Iterator[Block]:
    """What was computed, never what was typed."""
    changed = report.changed
    if changed is None or report.since is None:
        return
    lists = [
        ("Newly delivered, to be checked", _links(changed.delivered)),
        ("Newly assured", _links(changed.assured)),
        ("Turned worse", _turns(changed.worse)),
        ("Turned better", _turns(changed.better)),
        (
            "Dates moved by the Board",
            [
                f"{each.action.ref} (from {day_words(each.was)} to {day_words(each.now)})"
                for each in changed.moved
            ],
        ),
    ]
    yield numbered(
        f"Since the Board of {day_words(report.since)}:",
        *(f"{name}: {', '.join(refs) if refs else 'none'}" for name, refs in lists),
    )


def _exceptions(document: MonthDocument) -> Iterator[Block]:
    report = document.report
    bad = [each for each in report.exceptions if each.colour == "red"]
    others = Counter(
        WATCHED.get(each.kind, each.kind.lower()) for each in report.exceptions if each.colour != "red"
    )
    watched = joined([f"{kind} ({count})" for kind, count in others.items()])
    also = f" {len(report.exceptions) - len(bad)} more are watched: {watched}." if others else ""
    if not bad:
        yield numbered(f"No action is red, overdue or has slipped back.{also}")
        return
    yield numbered(
        f"Not yet better: {actions(len(bad))} {'is' if len(bad) == 1 else 'are'} red or overdue, or "
        f"{'has' if len(bad) == 1 else 'have'} slipped back after {'it was' if len(bad) == 1 else 'they were'} checked."
        f"{also}"
    )
    due = {each.link.url: each.due_on for each in document.annexes.actions}
    yield Table(
        "Actions that are red, overdue or have slipped back",
        ("Action", "Owner", "Due", "Why it is here"),
        tuple(
            (
                f"{each.action.ref} {each.action.title}",
                each.owner,
                day_words(due[each.action.url]) if each.action.url in due else "",
                _why(each),
            )
            for each in bad
        ),
        (38, 27, 17, 18),
    )


def _why(each: Exceptional) -> str:
    kind = LISTED.get(each.kind, each.kind)
    return f"{kind}, {lower(each.was)}" if each.was else kind


def _difference(document: MonthDocument) -> Iterator[Block]:
    report = document.report
    now = {each.value: each.now for each in report.impacts}
    shown = sum(now.get(each, 0) for each in WITH_A_DIFFERENCE)
    evidence: Counter[str] = Counter()
    for sheet in document.annexes.actions:
        for source, count in sheet.evidence:
            evidence[source] += count
    known = (
        f" What is known rests on {evidence.total()} pieces of evidence: "
        f"{joined([f'{source.lower()} ({count})' for source, count in evidence.most_common()])}."
        if evidence
        else " No evidence is held yet."
    )
    failed = now.get(Impact.NOT_ACHIEVED, 0)
    not_so = f" For {failed} a check found that the difference was not achieved." if failed else ""
    yield numbered(
        f"What has changed for children: {shown} of {actions(report.total)} have evidence of a difference, "
        f"{now.get(Impact.EARLY, 0)} show early signs and {now.get(Impact.NONE, 0)} none yet.{not_so}{known}"
    )


def _indicators(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    shown = {line.url for line in document.report.indicators}
    sheets = [each for each in document.annexes.indicators if each.line.url in shown]
    if not sheets:
        return
    judged = [Rating(each.line.rating) for each in sheets if not withheld.is_hidden(each)]
    aimed = [each for each in judged if each.is_coloured]
    met = sum(each in (Rating.MET, Rating.WITHIN) for each in aimed)
    yield numbered(
        f"The Board follows {len(document.annexes.indicators)} indicators, with a baseline and a target where one "
        f"applies, and reads {len(sheets)} of them first. Of the {len(aimed)} that can be rated against the target for "
        f"now, {met} meet it. {withheld.NOTE}"
    )
    yield Table(
        "Headline indicators",
        (
            "Indicator",
            "Baseline",
            "Latest",
            "Final target",
            "Against the target for now",
            "More than chance?",
        ),
        tuple(
            (
                each.line.name,
                withheld.baseline(each, sources.hidden_baselines),
                withheld.latest(each),
                each.line.target or "None",
                withheld.WITHHELD if withheld.is_hidden(each) else Rating(each.line.rating).label,
                upper(finding(each.chart)),
            )
            for each in sheets
        ),
        (24, 15, 15, 14, 14, 18),
    )


def _early(sources: Sources) -> Iterator[Block]:
    measures = sources.measures
    if not measures:
        return
    counts = Counter(each.verdict for each in measures)
    said = joined([f"{counts[each]} {each.label.lower()}" for each in Verdict if counts[each]])
    yield numbered(
        f"Early measures in the service’s own words: {len(measures)}. The difference of two "
        "figures may be chance, so a measure counts as shown only where the newest of at least 12 figures is more than "
        f"chance. Of the {len(measures)}: {said}."
    )
    yield Table(
        "The early measures and what their figures say",
        ("Early measure", "Verdict", "Figures", "What they say", "What they leave open"),
        tuple(
            (each.claim, each.verdict.label, each.figures, each.found, each.leaves_open) for each in measures
        ),
        (22, 10, 18, 22, 28),
    )


def _asked(report: MonthReport) -> Iterator[Block]:
    """Questions that members asked in public. Those of other bodies are not printed."""
    found = report.challenges
    asked = [
        each
        for each in ((*found.shown, *found.others) if found else ())
        if each.source == Body.SCRUTINY.label
    ]
    if asked:
        yield numbered(
            "Questions of this committee that are still open:",
            *(
                f"“{each.question}” {_answer(each.answered_on is not None, day_words(each.due_on), each.days_late)}"
                for each in asked
            ),
        )


def _answer(is_answered: bool, due: str, late: int) -> str:
    if is_answered:
        return "It has been answered and is not yet closed."
    return f"The answer was due on {due} and is late." if late else f"The answer is due on {due}."


def _links(actions: tuple[ActionLink, ...]) -> list[str]:
    return [f"{each.ref} {each.title}" for each in actions]


def _turns(turns: tuple[Turn, ...]) -> list[str]:
    return [f"{each.action.ref} {each.action.title} ({each.was}, now {each.now})" for each in turns]
