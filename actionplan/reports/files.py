"""The files of a month: each kind with what draws it and what a browser is told that it is."""

from collections.abc import Callable

from django.conf import settings

from actionplan.enums import FileKind
from actionplan.reports.document import MonthDocument
from actionplan.reports.facts import MonthReport
from actionplan.reports.pdf import begin_pdf, pdf
from actionplan.reports.plain import to_json
from actionplan.reports.standalone import html
from actionplan.reports.word.month import docx, pictures_of
from actionplan.reports.workbook.month import xlsx

# In the order in which pages offer them: what is read first, what machines read last.
CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.HTML: "text/html; charset=utf-8",
    FileKind.JSON: "application/json",
}

RENDERERS: dict[FileKind, Callable[[MonthDocument], bytes]] = {
    FileKind.JSON: to_json,
    FileKind.HTML: html,
    FileKind.PDF: pdf,
    FileKind.DOCX: docx,
    FileKind.XLSX: xlsx,
}


def render(document: MonthDocument, kind: FileKind) -> bytes:
    return RENDERERS[kind](document)


def render_all(document: MonthDocument) -> dict[FileKind, bytes]:
    """Every kind of file. The PDF takes longest: another process sets it while the others are drawn. That process also
    draws the pictures for Word, which are few and come first."""
    if FileKind.DOCX in RENDERERS:
        pictures_of(document)
    setting = begin_pdf(document) if FileKind.PDF in RENDERERS else None
    files: dict[FileKind, bytes] = {
        kind: render(document, kind) for kind in RENDERERS if kind != FileKind.PDF
    }
    if setting:
        files[FileKind.PDF] = setting.result()
    return files


def file_name(slug: str, report: MonthReport, kind: FileKind) -> str:
    """OFFICIAL-SENSITIVE ofsted-2016 2017-06 version 1.pdf"""
    version = report.stamp.version
    named = f"{slug} {report.month:%Y-%m} {f'version {version}' if version else 'draft'}.{kind}"
    return f"{settings.MARKING} {named}".strip()
