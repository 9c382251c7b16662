"""A month as PDF: the Board's page, its other parts, and the whole plan, the indicators and the dates as annexes."""

from concurrent.futures import Future
from typing import Any

from actionplan.reports.document import MonthDocument
from actionplan.reports.paper import month
from actionplan.reports.paper.annexes import annexes
from actionplan.reports.paper.blocks import heading
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
            "above": [
                month.facts(report),
                *month.gaps(report),
                *(block for key in ("headline", "counts") for block in found.get(key, [])),
            ],
            "exceptions": found.get("exceptions", []),
            "named": [found["exceptions"][0], *month.exceptions_named(report)] if report.exceptions else [],
            "below": found.get("recommendations", []),
            "continued": heading(2, "Exceptions, continued"),
        },
        "after": [
            *(block for key, blocks in found.items() if key not in FIRST_PAGE for block in blocks),
            *annexes(document),
        ],
    }
