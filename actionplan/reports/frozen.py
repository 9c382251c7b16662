"""Frozen months, read from what was stored when they froze. No fact is asked of any other table."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from actionplan.enums import FileKind
from actionplan.models import ActionPlan, BoardReport, ReportFile, ReportingMonth
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import MonthReport
from actionplan.reports.plain import from_json


class NotAsFrozen(Exception):
    """The stored bytes are not those whose hash was stored beside them. Nothing of such a file is shown."""


@dataclass(frozen=True)
class _Page:
    """As much of a document as its page needs."""

    report: MonthReport


def versions(plan: ActionPlan, month: ReportingMonth) -> list[ReportFile]:
    """The JSON of each version, newest first, with its report and without its content. One query."""
    found = ReportFile.objects.filter(report__plan=plan, report__month=month, kind=FileKind.JSON)
    return list(found.defer("content").select_related("report__frozen_by").order_by("-report__version"))


def frozen_document(plan: ActionPlan, month: ReportingMonth) -> MonthDocument | None:
    """The newest version of a month with its annexes; None while it is live. Two queries."""
    report = BoardReport.objects.newest_of(plan, month)
    return from_json(MonthDocument, content_of(report, FileKind.JSON)) if report else None


def frozen_page(file: ReportFile) -> MonthReport:
    """The page of one version, from its JSON. One query, or none where this process has read it before."""
    return _page(file.sha256, file.report_id)


def content_of(report: BoardReport, kind: FileKind) -> bytes:
    """The bytes of one of its files, compared with their hash."""
    return _content(report.pk, kind)


# The hash names the content, so what is kept is never out of date.
@lru_cache(maxsize=32)
def _page(digest: str, report: int) -> MonthReport:
    return from_json(_Page, _content(report, FileKind.JSON)).report


def _content(report: int, kind: FileKind) -> bytes:
    file = ReportFile.objects.get(report=report, kind=kind)
    content = bytes(file.content)
    if sha256(content).hexdigest() != file.sha256:
        raise NotAsFrozen(f"The {kind} of report {report} is not what was frozen")
    return content
