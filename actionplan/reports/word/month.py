"""A month's report as a paper in Word: the Board's parts in their order, then the annexes."""

from actionplan.reports.document import MonthDocument
from actionplan.reports.paper import month
from actionplan.reports.paper.annexes import annexes
from actionplan.reports.paper.drawings import drawings
from actionplan.reports.parts import parts
from actionplan.reports.pictures import pictures
from actionplan.reports.word.drawn import draw
from actionplan.reports.word.markup import Strong
from actionplan.reports.word.paper import Paper
from actionplan.reports.words import once, version
from kpis.periods import day_words

DOTS = 144  # a chart is then shown with 220 to the inch


def docx(document: MonthDocument) -> bytes:
    """The same numbers as the page of the month, whole: nothing is folded away."""
    report = document.report
    facts = dict(report.facts)
    board = f"{report.board}, {day_words(report.board_on)}"
    stamp = version(report.stamp, facts["Updates as at"])
    sample = "Sample data" if report.is_sample else ""
    paper = Paper(
        f"{report.title}, {report.plan}",
        on=report.stamp.frozen_on or report.board_on,
        author=facts["Author"],
        subject=board,
        marking=document.marking,
        running=once(report.plan, f"{report.month:%B %Y}", stamp, sample),
    )
    paper.title(report.title)
    paper.paragraph(f"{report.plan}. {board}", style="Subtitle")
    if report.is_sample:
        paper.paragraph(
            Strong("Sample data."),
            " Written for a demonstration: its actions, owners and figures are not the council’s,"
            " except those marked as published.",
        )
    blocks = [
        month.facts(report),
        *month.gaps(report),
        *(block for each in parts(report) for block in month.part(each, report)),
        *annexes(document),
    ]
    draw(paper, blocks, pictures_of(document))
    return paper.content()


def pictures_of(document: MonthDocument) -> dict[str, bytes]:
    """The charts and trends of the paper by their names, drawn when they are first asked for."""
    return pictures(drawings(document), DOTS)
