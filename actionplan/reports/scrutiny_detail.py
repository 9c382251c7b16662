"""The numbered paragraphs that are computed: what Ofsted found, what the plan is, how far it has come."""

from collections import Counter
from collections.abc import Iterator

from actionplan.enums import Body, DeliveryState, Grade, Impact, Rag, Verdict
from actionplan.reports import scrutiny_withheld as withheld
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import ActionLink, Beneath, Exceptional, MonthReport, Turn
from actionplan.reports.scrutiny_facts import Block, Heading, ProgrammeFacts, Sources, Table, Words
from kpis.charts.words import finding
from kpis.enums import Rating
from kpis.periods import day_words

WATCHED = {"Returned": "update sent back to its owner", "No update": "no update this month"}
LISTED = {"Relapsed": "Slipped back", "Sent back": "Found not adequate"}
WITH_A_DIFFERENCE = (Impact.EVIDENCED, Impact.SUSTAINED)


def numbered(text: str, *items: str) -> Words:
    return Words(text, number=1, items=items)


def background(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    found = sources.inspected
    yield numbered(
        f"Ofsted published the report of its {_lower(found.name)} on {day_words(found.published_on)}."
        + (" Its grades are:" if found.grades else ""),
        *(f"{area}: {grade}" for area, grade in found.grades),
    )
    if found.worse:
        areas = _and([f"{area} ({grade})" for area, grade in found.worse])
        limits = {
            True: " That lowered the overall grade.",
            False: " Ofsted judged that this does not limit the overall grade, which therefore does not show it.",
            None: "",
        }[found.is_limiting]
        yield numbered(
            f"Below the overall grade stands: {areas}.{limits} This paper reports on that work separately."
        )


def plan_itself(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    report = document.report
    sheets = document.annexes.actions
    due = [each.due_on for each in sheets]
    dates = [
        f"agreed on {day_words(sources.agreed_on)}" if sources.agreed_on else "",
        f"sent to Ofsted on {day_words(sources.submitted_on)}" if sources.submitted_on else "",
    ]
    said = [f"The council’s answer is the {report.plan}, which has {_actions(len(sheets))}."]
    if any(dates):
        said.append(f"It was {_and([each for each in dates if each])}.")
    if sheets:
        past = sum(day <= sources.on for day in due)
        said.append(
            f"Work on the first action began on {day_words(min(each.starts_on for each in sheets))}. "
            f"{_actions(past)} {'was' if past == 1 else 'were'} due by {day_words(sources.on)}; the last is "
            f"due on {day_words(max(due))}."
        )
    yield numbered(" ".join(said))
    yield from (numbered(_programme(each)) for each in sources.programmes)
    yield Heading("Ofsted Action Plan", 2)
    count = len(document.annexes.recommendations)
    asked = f"{count} of Ofsted’s recommendations" if report.parent else f"Ofsted’s {count} recommendations"
    yield numbered(
        f"The plan answers {asked}, each with its actions in Appendix A. They are about:",
        *(
            f"{each.title}: {_lower(each.council_wording or each.wording)}"
            for each in document.annexes.recommendations
        ),
    )
    yield numbered(
        f"Each action has one owner, a senior officer named by post ({len({each.owner for each in sheets})} posts), a "
        "date, a measure, and the outcome that it should bring about for children. What has been done and what "
        "difference it made are told apart. Work that its owner calls delivered counts as assured only once somebody "
        "else has checked it against evidence, and as embedded once re-checks after 6 and 12 months have found it "
        "still in place."
    )
    yield from (numbered(_beneath(each)) for each in report.beneath)
    yield from _national(sources, found=dict(sources.inspected.grades))


def _programme(programme: ProgrammeFacts) -> str:
    steps = f"{programme.completed} of its {programme.steps} milestones are completed and {_are(programme.late)} late"
    return " ".join(
        filter(
            None,
            [
                f"{programme.name}: {programme.summary}",
                f"Funding: {programme.funding.rstrip('.')}." if programme.funding else "",
                f"{steps}." if programme.steps else "",
                f"{_actions(programme.actions)} of this plan and the plans under it "
                f"{'needs' if programme.actions == 1 else 'need'} something of it.",
            ],
        )
    )


def _beneath(part: Beneath) -> str:
    grade = part.grade.partition(" (")[0]
    why = (
        f"Because Ofsted graded {_lower(part.area)} {grade}, that work has"
        if grade
        else "Part of the work has"
    )
    if not part.total:
        return f"{why} a plan of its own, the {part.name}. It has no actions yet."
    impact = Impact(part.line.impact).label.lower()
    return (
        f"{why} a plan of its own, the {part.name}, of {_actions(part.total)}: {part.own} in that plan alone and "
        f"{part.shared} shared with this one. How they stand: {part.summary}. The least impact on children is "
        f"“{impact}”, for {part.line.impact_count} of them."
    )


def _national(sources: Sources, found: dict[str, str]) -> Iterator[Block]:
    table = sources.national
    if table is None or not table.reports:
        return
    shares = {line.grade: line for line in table.lines}
    order = (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, Grade.GOOD, Grade.OUTSTANDING)
    said = [f"{shares[grade].reports.words} {grade.label}" for grade in order]
    best = shares[Grade.OUTSTANDING].reports.count
    twice = table.reports - table.authorities
    again = (
        f" Counted by their latest report, {table.authorities} local authorities: "
        f"{_and([f'{shares[grade].authorities.words} {grade.label}' for grade in order])}."
        if twice
        else ""
    )
    yield numbered(
        f"Nationally, Ofsted had published {table.reports} reports under the same framework by "
        f"{day_words(table.on)}. Overall grades: {_and(said)} ({best} in all).{again}"
    )


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
        said += f" It {_lower(was)}." if was else ""
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
        f"Where the {_actions(report.total)} stand",
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
    watched = _and([f"{kind} ({count})" for kind, count in others.items()])
    also = f" {len(report.exceptions) - len(bad)} more are watched: {watched}." if others else ""
    if not bad:
        yield numbered(f"No action is red, overdue or has slipped back.{also}")
        return
    yield numbered(
        f"Not yet better: {_actions(len(bad))} {'is' if len(bad) == 1 else 'are'} red or overdue, or "
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
    return f"{kind}, {_lower(each.was)}" if each.was else kind


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
        f"{_and([f'{source.lower()} ({count})' for source, count in evidence.most_common()])}."
        if evidence
        else " No evidence is held yet."
    )
    failed = now.get(Impact.NOT_ACHIEVED, 0)
    not_so = f" For {failed} a check found that the difference was not achieved." if failed else ""
    yield numbered(
        f"What has changed for children: {shown} of {_actions(report.total)} have evidence of a difference, "
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
                _upper(finding(each.chart)),
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
    said = _and([f"{counts[each]} {each.label.lower()}" for each in Verdict if counts[each]])
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
    asked = [
        each
        for each in (report.challenges.shown if report.challenges else ())
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


def _actions(count: int) -> str:
    return f"{count} action{'' if count == 1 else 's'}"


def _are(count: int) -> str:
    return f"{count or 'none'} {'is' if count == 1 else 'are'}"


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _lower(text: str) -> str:
    """For the middle of a sentence. Abbreviations and names of Ofsted stay."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
