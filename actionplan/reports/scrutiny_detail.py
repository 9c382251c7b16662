"""The numbered paragraphs that are computed: what Ofsted found, and what the plan is."""

from collections.abc import Iterator

from actionplan.enums import Grade, Impact
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import Beneath
from actionplan.reports.scrutiny_facts import Block, Heading, ProgrammeFacts, Sources
from actionplan.reports.scrutiny_words import actions, are, joined, lower, numbered
from kpis.periods import day_words


def background(document: MonthDocument, sources: Sources) -> Iterator[Block]:
    found = sources.inspected
    yield numbered(
        f"Ofsted published the report of its {lower(found.name)} on {day_words(found.published_on)}."
        + (" Its grades are:" if found.grades else ""),
        *(f"{area}: {grade}" for area, grade in found.grades),
    )
    if found.worse:
        areas = joined([f"{area} ({grade})" for area, grade in found.worse])
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
    said = [f"The council’s answer is the {report.plan}, which has {actions(len(sheets))}."]
    if any(dates):
        said.append(f"It was {joined([each for each in dates if each])}.")
    if sheets:
        past = sum(day <= sources.on for day in due)
        said.append(
            f"Work on the first action began on {day_words(min(each.starts_on for each in sheets))}. "
            f"{actions(past)} {'was' if past == 1 else 'were'} due by {day_words(sources.on)}; the last is "
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
            f"{each.title}: {lower(each.council_wording or each.wording)}"
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
    steps = f"{programme.completed} of its {programme.steps} milestones are completed and {are(programme.late)} late"
    return " ".join(
        filter(
            None,
            [
                f"{programme.name}: {programme.summary}",
                f"Funding: {programme.funding.rstrip('.')}." if programme.funding else "",
                f"{steps}." if programme.steps else "",
                f"{actions(programme.actions)} of this plan and the plans under it "
                f"{'needs' if programme.actions == 1 else 'need'} something of it.",
            ],
        )
    )


def _beneath(part: Beneath) -> str:
    grade = part.grade.partition(" (")[0]
    why = (
        f"Because Ofsted graded {lower(part.area)} {grade}, that work has"
        if grade
        else "Part of the work has"
    )
    if not part.total:
        return f"{why} a plan of its own, the {part.name}. It has no actions yet."
    impact = Impact(part.line.impact).label.lower()
    return (
        f"{why} a plan of its own, the {part.name}, of {actions(part.total)}: {part.own} in that plan alone and "
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
        f"{joined([f'{shares[grade].authorities.words} {grade.label}' for grade in order])}."
        if twice
        else ""
    )
    yield numbered(
        f"Nationally, Ofsted had published {table.reports} reports under the same framework by "
        f"{day_words(table.on)}. Overall grades: {joined(said)} ({best} in all).{again}"
    )
