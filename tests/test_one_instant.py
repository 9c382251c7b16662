"""A month is frozen as it stood at one instant, however many people write meanwhile."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from uuid import uuid4

import pytest
from django.db import connections, transaction

from actionplan.changes import checks, progress
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.progress import Words
from actionplan.enums import DeliveryState, FileKind, Rag, UpdateStatus
from actionplan.models import Action, ProgressUpdate
from actionplan.reports import freezing, plain
from actionplan.reports.document import MonthDocument
from actionplan.reports.files import RENDERERS
from actionplan.reports.frozen import content_of
from tests.factories import ActionFactory, ActionPlanFactory, ProgressUpdateFactory, ReportingMonthFactory
from tests.thaw import thaw

ON = date(2017, 6, 27)
FREEZES = 200 if os.environ.get("SOAK") else 12
WRITERS = 3


@pytest.fixture
def month(transactional_db, monkeypatch):
    """A plan and one beneath it. Of each pair of actions, one in either, one is red. Only the JSON is drawn."""
    for kind in set(FileKind) - {FileKind.JSON}:
        monkeypatch.delitem(RENDERERS, kind)
    month = ReportingMonthFactory(plan=ActionPlanFactory())
    beneath = ActionPlanFactory(parent=month.plan, inspection=month.plan.inspection)
    for _ in range(WRITERS):
        ProgressUpdateFactory(action=ActionFactory(plan=month.plan), accepted=True, rag=Rag.RED)
        ProgressUpdateFactory(action=ActionFactory(plan=beneath), accepted=True, rag=Rag.GREEN)
    yield month
    thaw()


@pytest.mark.soak
def test_frozen_month_is_one_instant(month, manager):
    """Each writer swaps the colours of its own pair in one transaction: at every instant one of the two is red."""
    refs = list(Action.objects.order_by("pk").values_list("pk", "ref"))
    pairs = [refs[at : at + 2] for at in range(0, len(refs), 2)]
    stop = Event()

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(swap, [pk for pk, _ in pair], manager.pk, stop) for pair in pairs]
        try:
            frozen = [freeze(month, manager, number) for number in range(FREEZES)]
        finally:
            stop.set()
        swaps = [writer.result() for writer in writers]

    assert sum(swaps) > FREEZES, "the writers hardly wrote, so this proved nothing"
    for documents in frozen:
        assert_whole(documents, [{ref for _, ref in pair} for pair in pairs])


def test_freezing_waits_for_who_is_writing_and_takes_what_they_wrote(month, manager):
    update = ProgressUpdateFactory(action=ActionFactory(plan=month.plan), month=month.month)
    holds = Event()

    with ThreadPoolExecutor(1) as pool:
        accepting = pool.submit(accept_slowly, update, manager, holds)
        holds.wait()
        whole, _ = freeze(month, manager, 0)
        accepting.result()

    assert whole.report.unchecked == ()
    assert [
        sheet.said is not None for sheet in whole.annexes.actions if sheet.link.ref == update.action.ref
    ] == [True]
    with pytest.raises(MonthFrozen):
        progress.submit(
            action=update.action, version=1, form_id=uuid4(), month=month.month, words=Words(), by=manager
        )


def accept_slowly(update, by, holds):
    try:
        with transaction.atomic():
            checks.accept(update=update, by=by)
            holds.set()
            time.sleep(0.5)
    finally:
        holds.set()
        connections.close_all()


def swap(actions, by, stop):
    """Turn the red action of a pair green and the green one red until told to stop; returns how often."""
    red, green = actions
    count = 0
    try:
        while not stop.wait(
            0.002
        ):  # SQLite does not queue who waits to write: without a breath one of them may starve
            with transaction.atomic():
                say(red, Rag.GREEN, by)
                say(green, Rag.RED, by)
            red, green = green, red
            count += 1
    finally:
        connections.close_all()
    return count


def say(action, rag, by):
    ProgressUpdate.objects.create(
        action_id=action,
        month=date(2017, 6, 1),
        state=DeliveryState.IN_PROGRESS,
        rag=rag,
        status=UpdateStatus.ACCEPTED,
        submitted_on=ON,
        accepted_on=ON,
        made_by_id=by,
        checked_by_id=by,
    )


def freeze(month, by, number):
    """The first version, then one after the other; returns what was stored of both plans."""
    time.sleep(0.02)  # the writers get a turn
    month.refresh_from_db()
    if number == 0:
        reports = freezing.freeze(month=month, version=month.version, accepted=Everything(), by=by)
    else:
        reports = freezing.reissue(month=month, version=month.version, reason="Again", on=ON, by=by)
    return [plain.from_json(MonthDocument, content_of(report, FileKind.JSON)) for report in reports]


class Everything:
    """Every gap is known and accepted."""

    def __contains__(self, words):
        return True


def assert_whole(documents, pairs):
    """Of each pair one action is red, each stands in one list of its plan, and lists, rows and totals agree."""
    assert [sum(len(pair & colours(each, Rag.RED)) for each in documents) for pair in pairs] == [1] * len(
        pairs
    )
    for each in documents:
        red, green = colours(each, Rag.RED), colours(each, Rag.GREEN)
        report = each.report
        assert red.isdisjoint(green)
        assert len(red | green) == len(each.annexes.actions) == report.total
        tiles = {tile.value: tile.now for tile in report.deliveries}
        assert (tiles["red"], tiles["green"]) == (len(red), len(green))
        assert {line.action.ref for line in report.exceptions if line.kind == "Red"} == red
    whole, beneath = documents
    told = [
        f"{len(found)} {word}"
        for word, found in (("red", colours(beneath, Rag.RED)), ("green", colours(beneath, Rag.GREEN)))
        if found
    ]
    assert whole.report.beneath[0].summary == ", ".join(told)


def colours(document, rag):
    return {sheet.link.ref for sheet in document.annexes.actions if sheet.rag == rag}
