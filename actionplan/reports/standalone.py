"""A month's report as one web page in one file: no script, no link out of it, nothing to fetch."""

import re
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from actionplan.reports import words
from actionplan.reports.document import MonthDocument
from actionplan.reports.parts import parts
from kpis.charts.drawing import svgs
from kpis.charts.frame import SMALL

# All text is escaped, so these match what templates wrote and nothing that anybody typed.
LINK = re.compile(r'<a\b(?P<attributes>[^>]*\bhref="(?!#)[^"]*"[^>]*)>(?P<words>.*?)</a>', re.DOTALL)
IMPORT = re.compile(r"@import [^;]+;|/\*.*?\*/", re.DOTALL)


def html(document: MonthDocument) -> bytes:
    """The Board's parts as on the page of the month, then the whole plan, the indicators and the dates that moved."""
    report, annexes = document.report, document.annexes
    charts = [sheet.chart for sheet in annexes.indicators]
    values = [
        [(each, words.counts(each, sheet.unit), words.standing(each)) for each in sheet.values]
        for sheet in annexes.indicators
    ]
    indicators = zip(annexes.indicators, values, svgs(charts), svgs(charts, SMALL), strict=True)
    actions = [
        (recommendation, [each for each in annexes.actions if each.recommendation == recommendation.number])
        for recommendation in annexes.recommendations
    ]
    page = render_to_string(
        "actionplan/report/file.html",
        {
            "report": report,
            "parts": parts(report),
            "marking": document.marking,
            "version": words.version(report.stamp, dict(report.facts)["Updates as at"]),
            "recommendations": actions,
            "indicators": list(indicators),
            "moves": annexes.moves,
            "styles": _styles(document.marking),
        },
    )
    return LINK.sub(_without_link, words.fit(page)).encode()


def _styles(marking: str) -> SafeString:
    """The style sheets of the page, and the marking at the head of each printed page."""
    screen = _style("file.css") + _style("app.css")
    printed = _style("print.css")
    head = f'@page {{ @top-center {{ content: "{_quoted(marking)}"; font: bold 7.5pt Arial, sans-serif; }} }}'
    # Style sheets of ours; the one text in them that is not ours holds letters and codes only.
    return mark_safe(f'<style>{screen}</style><style media="print">{printed}{head}</style>')  # noqa: S308


@cache
def _style(name: str) -> str:
    """A style sheet of ours without its comments, and without the sheet it would fetch."""
    return IMPORT.sub("", (settings.BASE_DIR / "static/css" / name).read_text())


def _quoted(text: str) -> str:
    """Text as it may stand between quotes in a style sheet."""
    return "".join(each if each.isalnum() or each in " -" else f"\\{ord(each):06x}" for each in text)


def _without_link(found: re.Match[str]) -> str:
    """The words of a link that would lead out of the file; what is there only to be followed goes."""
    return "" if "app-no-print" in found["attributes"] else found["words"]
