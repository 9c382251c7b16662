"""Taking the figures of a file: all of them in one transaction, or none."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction

from kpis.charted import warm
from kpis.enums import Status
from kpis.models import Benchmark, Upload
from kpis.recording import NewFigure, lock, record_all

from .layout import Layout
from .preview import NUMBERS, Change, Preview, compare
from .sheet import Sheet
from .terms import Terms, remember

LONGEST_SOURCE = 500
BATCH = 1_000  # rows written at once


class Moved(Exception):
    """Something was recorded since the preview was shown; nothing was written. `preview` is how it stands now."""

    def __init__(self, preview: Preview):
        super().__init__("figures were recorded since the preview was shown")
        self.preview = preview


@transaction.atomic
def take_upload(upload: Upload, sheet: Sheet, terms: Terms, layout: Layout, **agreed: Any) -> Preview:
    """Take the figures of an uploaded file, and let go of it. Raises Upload.DoesNotExist when it was taken before."""
    Upload.objects.select_for_update(of=("self",)).only("pk").get(pk=upload.pk)
    preview = take(sheet, terms, layout, **agreed)
    upload.delete()
    return preview


@transaction.atomic
def take(
    sheet: Sheet,
    terms: Terms,
    layout: Layout,
    *,
    seen: str,
    reason: str = "",
    answer: str = "",
    by: Any,
) -> Preview:
    """Write what is new or revised, remember how the file was read, and return what was written.

    `seen` is the digest of the preview that was agreed to. Raises Moved where other figures are known by now, and
    ValueError for what cannot be taken: a refused cell, a revision without a reason, unusual values without an answer.
    """
    lock({each.indicator.pk for each in sheet.figures.values()})
    preview = compare(sheet, terms)
    if preview.digest != seen:
        raise Moved(preview)
    if preview.refused.count:
        raise ValueError("as long as a cell is refused nothing is taken")
    if preview.needs_reason and not reason:
        raise ValueError("revisions need a reason")
    if preview.unusual.count and not answer:
        raise ValueError("unusual values need an answer")
    record_all(_measurements(preview, terms, reason, answer), by=by, recorded_on=terms.known_from)
    benchmarks = _benchmarks(preview, terms)
    while some := list(islice(benchmarks, BATCH)):  # never all of them in memory
        Benchmark.objects.bulk_create(some)
    remember(terms.source, layout, by=by)
    changed = {change.figure.indicator.pk: change.figure.indicator for change in preview.changes}
    transaction.on_commit(partial(warm, list(changed.values())), robust=True)
    return preview


def _measurements(preview: Preview, terms: Terms, reason: str, answer: str) -> list[NewFigure]:
    """The council’s own figures. One that only its status or comment changes keeps the counts that are known."""
    return [
        NewFigure(
            indicator=change.figure.indicator,
            period=change.figure.period,
            source=_source(preview.sheet, terms, change),
            status=_status(change, terms),
            vintage=terms.vintage,
            comment=change.figure.comment,
            reason=reason if change.before and not change.same_numbers else "",
            answer=answer if change.figure.key in preview.doubted else "",
            **_numbers(change),
        )
        for change in preview.changes
        if change.figure.area is None
    ]


def _benchmarks(preview: Preview, terms: Terms) -> Iterator[Benchmark]:
    return (
        Benchmark(
            indicator=change.figure.indicator,
            area=change.figure.area,
            start=change.figure.period.start,
            end=change.figure.period.end,
            source=_source(preview.sheet, terms, change),
            vintage=terms.vintage,
            recorded_on=terms.known_from,
            **_numbers(change),
        )
        for change in preview.changes
        if change.figure.area is not None
    )


def _numbers(change: Change) -> dict[str, Decimal | str | None]:
    of = change.before if change.same_numbers else change.figure
    return {name: getattr(of, name) for name in NUMBERS}


def _status(change: Change, terms: Terms) -> str:
    """What was validated once is not made provisional by coming again with the same numbers."""
    stays = change.same_numbers and change.before.status == Status.VALIDATED
    return Status.VALIDATED if stays else terms.status


def _source(sheet: Sheet, terms: Terms, change: Change) -> str:
    return f"{terms.source}, {sheet.file_name}, cell {sheet.cell(change.figure.at)}"[:LONGEST_SOURCE]
