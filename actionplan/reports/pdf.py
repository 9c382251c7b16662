"""A month as PDF: the Board's page, its other parts, and the whole plan, the indicators and the dates as annexes."""

from concurrent.futures import Future
from typing import Any

from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import MonthReport
from actionplan.reports.paper import month
from actionplan.reports.paper.annexes import annexes
from actionplan.reports.paper.blocks import Block, bullets, heading
from actionplan.reports.paper.drawings import drawings
from actionplan.reports.parts import parts
from actionplan.reports.typesetting import begin
from actionplan.reports.words import version

# What the first page holds, whatever else has to wait for the second.
FIRST_PAGE = ("headline", "counts", "exceptions", "recommendations")


def pdf(document: MonthDocument) -> bytes:
    """PDF/UA-1. 0.2 s after another one of that month, 0.5 s alone, 1.4 s where its charts are not drawn yet."""
    return begin_pdf(document).result()


def begin_pdf(document: MonthDocument) -> Future[bytes]:
    """Gather what the PDF says and have it set by another process, while this one goes on."""
    return begin("typst/month.typ", _facts(document), drawings(document), document.report.board_on)


def _facts(document: MonthDocument) -> dict[str, Any]:
    report = document.report
    board = f"{report.board}, {report.board_on:%-d %B %Y}"
    found = {part.key: month.part(part, report) for part in parts(report)}
    return {
        "title": f"{report.title}, {report.plan}",
        "foot": board,
        "author": dict(report.facts).get("Author", ""),
        "marking": document.marking,
        "version": version(report.stamp, dict(report.facts).get("Updates as at", "")),
        "sample": "Sample data" if report.is_sample else "",
        "first": {
            "heading": report.title,
            "caption": f"{board}, {report.plan}",
            **_first_page(report, found),
        },
        "after": [
            *(block for key, blocks in found.items() if key not in FIRST_PAGE for block in blocks),
            *annexes(document),
        ],
    }


def _first_page(report: MonthReport, found: dict[str, list[Block]]) -> dict[str, list[Block]]:
    """What the Board reads: `all` of it or, where a page has no room for that, `less` of it with the `rest` behind."""
    headline, counts, below = (found.get(key, []) for key in ("headline", "counts", "recommendations"))
    exceptions = found.get("exceptions", [])

    def page(gaps: list[Block], exceptions: list[Block]) -> list[Block]:
        return [month.facts(report), *gaps, *headline, *counts, *exceptions, *below]

    named, rest = exceptions, []
    if report.stamp.gaps:
        rest += [heading(2, "Gaps"), bullets(report.stamp.gaps)]
    if report.exceptions:
        title, *told = exceptions
        named = [title, *month.exceptions_named(report)]
        rest += [heading(2, "Exceptions, continued"), *told]
    return {
        "all": page(month.gaps(report), exceptions),
        "less": page(month.gaps_counted(report), named) if rest else [],
        "rest": rest,
    }
