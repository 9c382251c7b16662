"""A month is opened in the rhythm of the last one, and its dates change until it is frozen."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actionplan.changes import months
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.months import NotOpened, WrongDates
from actionplan.enums import MonthState
from actionplan.models import ReportingMonth
from actionplan.rhythm import Dates, follow
from kpis.models import StaleEdit
from tests.factories import ActionPlanFactory, ReportingMonthFactory, UserFactory
from tests.forms import assert_error_summary, typed

JULY = Dates(
    opens_on=date(2017, 7, 3),
    updates_due_on=date(2017, 7, 21),
    data_as_at=date(2017, 6, 30),
    comments_by=date(2017, 7, 26),
    board_on=date(2017, 7, 27),
)
JULY_POSTED = {
    f"{name}_{part}": str(getattr(day, part))
    for name, day in vars(JULY).items()
    for part in ("day", "month", "year")
}


@pytest.fixture
def plan(db):
    """June 2017 is its one month: opens on the 1st, updates by the 23rd, the Board on the 29th."""
    plan = ActionPlanFactory(slug="ofsted-2016")
    ReportingMonthFactory(plan=plan, comments_by=date(2017, 6, 28))
    return plan


@pytest.fixture
def june(plan):
    return plan.months.get()


def url(name, plan, *args):
    return reverse(f"actionplan:{name}", args=[plan.slug, *args])


def posted(**changes):
    """What the page of July posts, with other days: opens_on=date(2017, 7, 4)."""
    found = JULY_POSTED | {"month": "2017-07"}
    for name, day in changes.items():
        found |= {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return found


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("last", "month", "expected"),
    [
        # the last Thursday stays the last, the first working day the first, the last of a month the last
        ("06-01 06-23 05-31 06-28 06-29", "2017-07-01", "07-03 07-21 06-30 07-26 07-27"),
        ("07-03 07-21 06-30 07-26 07-27", "2017-08-01", "08-01 08-25 07-31 08-30 08-31"),
        ("07-03 07-21 06-30 07-26 07-27", "2017-09-01", "09-01 09-22 08-31 09-27 09-28"),
        # the second working day after a bank holiday, the second Tuesday, figures as at a fifteenth
        ("05-02 05-08 04-15 05-08 05-09", "2017-06-01", "06-02 06-12 05-15 06-12 06-13"),
        # opened before its month, on a Sunday
        ("05-28 06-23 05-31 06-28 06-29", "2017-07-01", "06-27 07-21 06-30 07-26 07-27"),
    ],
)  # fmt: skip
def test_next_dates_follow_the_rhythm_of_the_last(last, month, expected):
    dates, following = (Dates(*(day(f"2017-{each}") for each in text.split())) for text in (last, expected))
    last_month = dates.board_on.replace(day=1)

    assert follow(dates, last_month, day(month)) == following


def test_month_opens_with_the_dates_it_was_proposed(plan, client, manager):
    client.force_login(manager)

    page = client.get(url("month_new", plan))
    saved = client.post(url("month_new", plan), typed(page), follow=True)

    july = plan.months.get(month=date(2017, 7, 1))
    assert Dates.of(july) == JULY
    assert july.history.get().history_user == manager
    assert (
        "July 2017 opens on 3 July 2017. Updates are due by 21 July 2017, and the Board meets on 27 July 2017."
        in (saved.content.decode())
    )


def test_month_without_a_board_is_left_out(plan, client, manager):
    client.force_login(manager)

    july = client.get(url("month_new", plan)).content.decode()
    august = client.get(url("month_new", plan), {"month": "2017-08"})

    assert 'href="?month=2017-08"' in july
    assert typed(august)["month"] == "2017-08"
    assert typed(august)["board_on_day"] == "31"
    for nonsense in ("2017-06", "2018-01", "soon"):
        assert typed(client.get(url("month_new", plan), {"month": nonsense}))["month"] == "2017-07"


def test_first_month_has_nothing_to_follow(client, manager):
    plan = ActionPlanFactory()
    client.force_login(manager)

    page = typed(client.get(url("month_new", plan)))
    client.post(url("month_new", plan), posted())

    assert (page["month"], page["board_on_day"]) == ("2017-06", "")
    assert Dates.of(plan.months.get(month=day("2017-06-01"))) == JULY


WRONG = [
    (
        {"updates_due_on": day("2017-07-02")},
        "Updates must be due on 3 July 2017, when the month opens, or later",
    ),
    (
        {"data_as_at": day("2017-07-22")},
        "Indicators must be as at 21 July 2017, when updates are due, or earlier",
    ),
    (
        {"comments_by": day("2017-07-20")},
        "Comments must be due on 21 July 2017, when updates are due, or later",
    ),
    ({"board_on": day("2017-07-25")}, "The Board must meet on 26 July 2017, when comments are due, or later"),
    ({"board_on": day("2018-07-27")}, "The Board must meet between 1 July 2017 and 30 September 2017"),
    ({"opens_on": day("2017-06-01")}, "The month must open after 1 June 2017, when June 2017 opens"),
]


@pytest.mark.parametrize(("changes", "says"), WRONG)
def test_each_wrong_date_is_said_at_its_field(changes, says, plan, client, manager):
    client.force_login(manager)

    page = client.post(url("month_new", plan), posted(**changes))

    assert_error_summary(page, says)
    assert typed(page) | posted(**changes) == typed(page)
    assert plan.months.count() == 1


def test_dates_that_are_missing_or_none_are_said(plan, client, manager):
    client.force_login(manager)
    boxes = posted() | {
        "opens_on_day": "31",
        "opens_on_month": "2",
        "board_on_year": "17",
        "data_as_at_day": "",
    }
    boxes |= {f"comments_by_{part}": "" for part in ("day", "month", "year")}

    page = client.post(url("month_new", plan), boxes)

    assert_error_summary(
        page,
        "Enter a real date, for example 20 7 2017",
        "The day of the indicators must include a day",
        "Enter the day comments on the draft are due",
        "Year must include 4 numbers, for example 2017",
    )


def test_month_is_opened_once(plan, client, manager):
    client.force_login(manager)
    page = url("month_new", plan)

    first = client.post(page, posted())
    again = client.post(page, posted())
    other = client.post(page, posted(board_on=day("2017-07-28")))

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
    assert "July 2017 has been opened already" in other.content.decode()
    assert "28 July 2017" in other.content.decode()
    assert Dates.of(plan.months.get(month=day("2017-07-01"))) == JULY


@pytest.mark.parametrize(
    ("month", "of_plan", "says"),
    [
        ("2017-05-01", {}, "There is a later month, June 2017, already. Months follow each other."),
        ("2017-10-01", {}, "The last month is June 2017. No more than 2 months can be left out."),
        (
            "2017-07-01",
            {"closed_on": day("2017-06-26")},
            "This plan was closed on 26 June 2017: no more updates",
        ),
    ],
)
def test_month_that_cannot_be_opened(month, of_plan, says, plan):
    for name, value in of_plan.items():
        setattr(plan, name, value)
    plan.save()

    with pytest.raises(NotOpened, match=says):
        months.open_month(plan=plan, month=day(month), dates=JULY, by=UserFactory())


def test_plan_beneath_shares_the_months_of_the_whole(plan, client, manager):
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    client.force_login(manager)

    for name, *args in [("month_new",), ("month_dates", "2017-06"), ("month_chase", "2017-06")]:
        assert client.get(url(name, beneath, *args)).url == url(name, plan, *args)
    with pytest.raises(NotOpened, match="shares the months of the whole plan"):
        months.open_month(plan=beneath, month=day("2017-07-01"), dates=JULY, by=manager)


def test_dates_of_an_open_month_change(plan, june, client, manager):
    client.force_login(manager)
    page = url("month_dates", plan, "2017-06")

    boxes = typed(client.get(page)) | {"board_on_day": "30"}
    client.post(page, boxes)

    june.refresh_from_db()
    assert (june.board_on, june.version) == (date(2017, 6, 30), 2)
    assert june.history.first().history_user == manager


def test_two_who_change_the_dates_at_once_are_told(plan, june, client, manager):
    client.force_login(manager)
    page = url("month_dates", plan, "2017-06")
    boxes = typed(client.get(page)) | {"board_on_day": "30"}
    theirs = Dates(**vars(Dates.of(june)) | {"updates_due_on": date(2017, 6, 22)})
    months.set_dates(month=june, version=1, dates=theirs, by=UserFactory())

    conflict = client.post(page, boxes)

    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "30 June 2017" in text
    assert "22 June 2017" in text
    june.refresh_from_db()
    assert june.board_on == date(2017, 6, 29)
    with pytest.raises(StaleEdit):
        months.set_dates(month=june, version=1, dates=JULY, by=manager)
    assert client.post(page, typed(conflict)).status_code == 302


def test_dates_of_a_frozen_month_stay(plan, june, client, manager):
    client.force_login(manager)
    page = url("month_dates", plan, "2017-06")
    boxes = typed(client.get(page)) | {"board_on_day": "30"}
    june.state = MonthState.FROZEN
    june.save()

    assert "The report for June 2017 is frozen" in client.get(page).content.decode()
    assert client.post(page, boxes).status_code == 409
    with pytest.raises(MonthFrozen):
        months.set_dates(month=june, version=june.version, dates=JULY, by=manager)
    june.refresh_from_db()
    assert june.board_on == date(2017, 6, 29)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"opens_on": day("2017-06-28"), "updates_due_on": day("2017-06-28")}, ["opens_on"]),
        ({"board_on": day("2017-07-27")}, ["board_on"]),
        ({"opens_on": day("2017-06-02")}, []),
    ],
)
def test_open_month_stays_open_and_before_the_next(changes, faults, plan, june):
    ReportingMonthFactory(plan=plan, month=day("2017-07-01"), **vars(JULY))
    dates = Dates(**vars(Dates.of(june)) | changes)

    found = []
    try:
        months.set_dates(month=june, version=1, dates=dates, by=UserFactory())
    except WrongDates as wrong:
        found = list(wrong.faults)

    assert found == faults


def test_command_opens_a_month(plan):
    out = StringIO()

    call_command("open_month", plan=plan.slug, dry_run=True, stdout=out)
    assert plan.months.count() == 1
    call_command("open_month", "--plan", plan.slug, "--month", "2017-07", "--board", "2017-07-20", stdout=out)

    july = plan.months.get(month=day("2017-07-01"))
    assert out.getvalue().splitlines() == [
        f"July 2017 of the {plan}: opens 3 July 2017, updates due by 21 July 2017, indicators as at 30 June 2017, "
        "comments by 26 July 2017, the Board meets 27 July 2017.",
        "Nothing was opened.",
        f"July 2017 of the {plan}: opens 3 July 2017, updates due by 14 July 2017, indicators as at 30 June 2017, "
        "comments by 19 July 2017, the Board meets 20 July 2017.",
    ]
    assert (july.updates_due_on, july.board_on) == (day("2017-07-14"), day("2017-07-20"))
    assert july.history.get().history_user is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--plan", "nowhere"], "There is no such plan."),
        (["--plan", "beneath"], "A plan beneath another shares the months of the whole plan."),
        (["--plan", "new"], "There is no month to follow yet. Give --month."),
        (["--plan", "new", "--month", "2017-07", "--board", "2017-07-27"], "Give --opens, --updates-due, --data-as-at"),
        (["--plan", "ofsted-2016", "--month", "July"], "--month is written 2017-08."),
        (["--plan", "ofsted-2016", "--month", "2017-06", "--board", "2017-06-30"], "June 2017 has been opened already"),
        (["--plan", "ofsted-2016", "--opens", "2017-06-01"], "The month must open after 1 June 2017"),
    ],
)  # fmt: skip
def test_command_says_what_it_cannot_do(asked, says, plan):
    ActionPlanFactory(slug="beneath", parent=plan, inspection=plan.inspection)
    ActionPlanFactory(slug="new")

    with pytest.raises(CommandError, match=says):
        call_command("open_month", *asked)

    assert ReportingMonth.objects.count() == 1
