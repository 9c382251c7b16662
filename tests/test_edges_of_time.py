"""Months, years and days late at the edges of a day in London, whatever clock the machine keeps.

An edge is a minute on a wall in London: the last second before midnight, midnight, and the half hours around the hour
that is left out or comes twice when the clocks change. Summer time is worked out here by its own rule, not looked up.
"""

import time
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest

from actionplan.enums import DeliveryState, Impact, MonthState, Rag
from actionplan.models import Action, ActionPlan, ReportingMonth
from actionplan.rag import propose
from actionplan.reports import freezing, frozen
from actionplan.reports.files import RENDERERS, FileKind
from actionplan.reports.month import report_day
from actionplan.rounds import board_before, days_late, lateness, owes_update, rounds, takes_updates
from actionplan.standing import Standing
from kpis.periods import financial_year, month_start, quarter, today
from tests.factories import ActionFactory, ActionPlanFactory, ProgressUpdateFactory, ReportingMonthFactory
from tests.test_one_instant import Everything

DAY = timedelta(days=1)
YEARS = [2016, 2017, 2020, 2024, 2027, 2030]  # three leap years; on 31 March 2030 the clocks change
MACHINES = ["UTC", "Europe/London", "Pacific/Auckland"]
NOT_STARTED = Standing(DeliveryState.NOT_STARTED, None, Impact.NONE, False, None, None, None, None)


def last_sunday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def instants(day):
    """Each edge of a day in London as an instant, with the date that a wall shows then."""
    forward, back = last_sunday(day.year, 3), last_sunday(day.year, 10)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if forward < day <= back:
        midnight -= timedelta(hours=1)
    yield midnight - timedelta(seconds=1), day - DAY
    yield midnight, day
    yield midnight + timedelta(minutes=30), day
    if day != forward:  # on that day half past one is left out
        yield midnight + timedelta(minutes=90), day
    if day == back:  # and on this one it comes twice
        yield midnight + timedelta(minutes=150), day
    length = {forward: 23, back: 25}.get(day, 24)
    yield midnight + timedelta(hours=length, seconds=-1), day
    yield midnight + timedelta(hours=length), day + DAY


def edges():
    for year in YEARS:
        days = {date(year, 3, 31), date(year, 4, 1), last_sunday(year, 3), last_sunday(year, 10)}
        if year % 4 == 0:
            days.add(date(year, 2, 29))
        for day in sorted(days):
            yield from instants(day)


@pytest.fixture(params=MACHINES)
def machine(request, monkeypatch, settings):
    """A machine whose own clock is set to another time zone; nobody has pinned the date."""
    settings.OFSTED_TODAY = None
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def at(instant):
    return mock.patch("django.utils.timezone.now", return_value=instant)


def test_there_are_enough_edges():
    assert len(set(edges())) * len(MACHINES) >= 400


@pytest.mark.parametrize(
    ("day", "edges_in_utc"),
    [
        (date(2017, 3, 26), "25 23:59:59, 26 00:00:00, 26 00:30:00, 26 22:59:59, 26 23:00:00"),
        (
            date(2017, 10, 29),
            "28 22:59:59, 28 23:00:00, 28 23:30:00, 29 00:30:00, 29 01:30:00, 29 23:59:59, 30 00:00:00",
        ),
        (date(2030, 3, 31), "30 23:59:59, 31 00:00:00, 31 00:30:00, 31 22:59:59, 31 23:00:00"),
    ],
)
def test_edges_are_where_the_almanac_has_them(day, edges_in_utc):
    assert ", ".join(f"{instant:%d %H:%M:%S}" for instant, _ in instants(day)) == edges_in_utc


def test_everything_turns_over_at_midnight_in_london(machine):
    wrong = [(instant, what) for instant, day in edges() for what in wrong_at(instant, day)]

    assert wrong == []


def wrong_at(instant, day):
    """What the product says otherwise than it should at an instant at which it is `day` in London."""
    before, after = day - DAY, day + DAY
    with at(instant):
        on = today()
        found = {
            "today": (on, day),
            "financial year": (financial_year(on), day.year - (day < date(day.year, 4, 1))),
            "quarter": (quarter(on), {1: 4, 2: 1, 3: 2, 4: 3}[(day.month + 2) // 3]),
            "month": (month_start(on), day.replace(day=1)),
            "due yesterday": ((days_late(before, on), lateness(before, on)), (1, "1 day late")),
            "due today": ((days_late(day, on), lateness(day, on)), (0, "Due today")),
            "due tomorrow": ((days_late(after, on), lateness(after, on)), (0, "Due in 1 day")),
            "proposed": (
                [propose(due_on=due, steps=[], on=on).rag for due in (before, day)],
                [Rag.RED, Rag.GREEN],
            ),
            "report day": (
                [report_day(month(board_on=each), today()) for each in (before, day, after)],
                [before, day, day],
            ),
            "state": (
                [month(updates_due_on=each).state_on(today()) for each in (before, day)],
                [MonthState.CHECKING, MonthState.OPEN],
            ),
            "opened": ([takes_updates(month(opens_on=each), on) for each in (day, after)], [True, False]),
            "Board": ([takes_updates(month(board_on=each), on) for each in (before, day)], [False, True]),
            "owed": (
                [owes_update(action(), NOT_STARTED, month(opens_on=each), on) for each in (day, after)],
                [True, False],
            ),
            "closed": (
                [owes_update(action(closed_on=each), NOT_STARTED, month(), on) for each in (day, after)],
                [False, True],
            ),
        }
        first, second = month(board_on=before), month(board_on=day)
        found["round"] = (rounds(ActionPlan(), on, [first, second]), (second, first))
        found["last Board"] = (board_before(month(board_on=after), on, [first, second]), first)
    return [what for what, (said, true) in found.items() if said != true]


def month(**dates):
    wide = {"opens_on": date(2000, 1, 1), "updates_due_on": date(2040, 1, 1), "board_on": date(2040, 1, 2)}
    return ReportingMonth(month=date(2000, 1, 1), **wide | dates)


def action(closed_on=None):
    return Action(plan=ActionPlan(closed_on=closed_on), starts_on=date(2000, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2017, 3, 31, 22, 59, 59, tzinfo=UTC), date(2017, 3, 31)),
        (datetime(2017, 3, 31, 23, 0, 0, tzinfo=UTC), date(2017, 4, 1)),
        (datetime(2017, 10, 28, 23, 30, tzinfo=UTC), date(2017, 10, 29)),
        (datetime(2020, 2, 29, 23, 59, 59, tzinfo=UTC), date(2020, 2, 29)),
    ],
)
@pytest.mark.parametrize("machine", ["Pacific/Auckland"], indirect=True)
def test_month_is_frozen_on_the_day_in_london(machine, monkeypatch, manager, instant, day):
    """What was accepted today is in it and late since yesterday is late; what is accepted tomorrow is not in it."""
    for kind in set(FileKind) - {FileKind.JSON}:
        monkeypatch.delitem(RENDERERS, kind)
    plan = ActionPlanFactory(agreed_on=date(2016, 1, 1))
    running = ReportingMonthFactory(
        plan=plan,
        month=day.replace(day=1),
        opens_on=day.replace(day=1),
        updates_due_on=day,
        data_as_at=day.replace(day=1),
        board_on=day + DAY,
    )
    for accepted_on, due_on in [(day, day - DAY), (day + DAY, day)]:
        ProgressUpdateFactory(
            action=ActionFactory(
                plan=plan, starts_on=date(2016, 1, 1), due_on=due_on, original_due_on=due_on
            ),
            accepted=True,
            month=running.month,
            submitted_on=day,
            accepted_on=accepted_on,
        )

    with at(instant):
        (report,) = freezing.freeze(month=running, version=1, accepted=Everything(), by=manager)

    running.refresh_from_db()
    assert (report.on, report.frozen_on, running.told_on) == (day, day, day)
    told = frozen.frozen_document(plan, running)
    assert [(sheet.rag, sheet.pending, sheet.days_late) for sheet in told.annexes.actions] == [
        ("green", "", 1),
        ("", "Submitted, not yet checked", 0),
    ]
