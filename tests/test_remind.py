"""manage.py remind: who gets which mail on which day, and who gets none."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from actionplan.enums import MonthState
from actionplan.models import Reminder
from actionplan.reminders import letters, reminder_days
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    UserFactory,
)

DUE = date(2017, 6, 23)  # a Friday
ON = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    """June 2017 opens on the 1st, updates are due on Friday the 23rd, the Board meets on Thursday the 29th."""
    plan = ActionPlanFactory(slug="ofsted-2016", name="Ofsted action plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def month(plan):
    return plan.months.get()


def post(title, **holder):
    email = f"{title.lower().replace(' ', '.')}@havering.example"
    return PostFactory(title=title, holder=UserFactory(**{"email": email, "job_title": title} | holder))


def remind(on=ON, **options):
    """What the command says."""
    out = StringIO()
    call_command("remind", on=on, stdout=out, **options)
    return out.getvalue()


def sent():
    return [message.to[0].partition("@")[0] for message in mail.outbox]


def june(day):
    return date(2017, 6, day)


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ({}, [june(20), june(23), june(26)]),
        ({"updates_due_on": june(13)}, [june(8), june(13), june(14), june(21), june(28)]),
        ({"updates_due_on": june(5)}, [june(1), june(5), june(6), june(13), june(20), june(27)]),
        ({"board_on": DUE}, [june(20), june(23)]),
    ],
)
def test_days_on_which_owners_are_reminded(dates, days, month):
    for name, value in dates.items():
        setattr(month, name, value)

    assert reminder_days(month) == days


def test_each_day_of_the_month_run_once(plan):
    """As cron does it: a mail on three days, and none on any other."""
    owner = post("Head of Care")
    ActionFactory(plan=plan, owner=owner)

    for n in range(40):
        remind(date(2017, 5, 28) + timedelta(days=n))

    found = Reminder.objects.order_by("sent_on").values_list("sent_on", "kind", "person", "actions")
    assert list(found) == [
        (june(20), "before", owner.holder_id, 1),
        (june(23), "on", owner.holder_id, 1),
        (june(26), "after", owner.holder_id, 1),
    ]
    assert [message.subject for message in mail.outbox] == [
        "OFFICIAL-SENSITIVE: 1 update for June 2017 is due by 23 June 2017",
        "OFFICIAL-SENSITIVE: 1 update for June 2017 is due today",
        "OFFICIAL-SENSITIVE: 1 update for June 2017 is 3 days late",
    ]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (june(19), None),
        (june(21), "before"),
        (june(24), "after"),
        (june(29), "after"),
        (june(30), None),
    ],
)
def test_mail_that_a_day_missed_goes_out_at_the_next_run(on, kind, plan):
    ActionFactory(plan=plan, owner=post("Head of Care"))

    remind(on)
    remind(on)

    assert list(Reminder.objects.values_list("kind", flat=True)) == ([kind] if kind else [])
    assert len(mail.outbox) == (1 if kind else 0)


def test_one_list_of_everything_in_plain_words(plan, settings):
    settings.BASE_URL = "https://plan.council.example"
    care = post("Head of Care")
    rights = PostFactory(title="Rights Manager", holder=care.holder)
    beneath = ActionPlanFactory(
        slug="leaving-care", name="Leaving Care plan", parent=plan, inspection=plan.inspection
    )
    returned = ActionFactory(plan=plan, owner=care, ref="4.2", short_title="Pathway plans")
    ProgressUpdateFactory(
        action=returned, returned=True, return_reason="How many?\r\n\r\nBcc: all@havering.example"
    )
    ActionFactory(plan=beneath, owner=rights, ref="L1.1", short_title="Plans in own words")
    other = ActionPlanFactory(slug="ofsted-2018", name="The other plan")
    ReportingMonthFactory(plan=other, month=date(2017, 7, 1), updates_due_on=june(28))
    ActionFactory(plan=other, owner=care, ref="7.1", short_title="Placements")

    assert remind() == "Reminded head.of.care@havering.example: 4.2, L1.1, 7.1\n"

    (message,) = mail.outbox
    assert message.subject == "OFFICIAL-SENSITIVE: 3 updates to write"
    assert (message.to, message.cc, message.bcc) == (["head.of.care@havering.example"], [], [])
    assert (
        message.body
        == """\
OFFICIAL-SENSITIVE

Head of Care,

Your updates for June 2017 are 4 days late. The Board meets on 29 June 2017.

4.2, Pathway plans (Ofsted action plan)
Returned 26 June 2017: “How many? Bcc: all@havering.example”
https://plan.council.example/plans/ofsted-2016/actions/4.2/update/

L1.1, Plans in own words (Leaving Care plan)
Never updated.
https://plan.council.example/plans/leaving-care/actions/L1.1/update/

Your update for July 2017 is due by 28 June 2017. The Board meets on 29 June 2017.

7.1, Placements (The other plan)
Never updated.
https://plan.council.example/plans/ofsted-2018/actions/7.1/update/

If there was no progress, say so and why: that is an update too.

All that waits for you:
https://plan.council.example/

You get this because you hold these posts: Head of Care; Rights Manager. If that is wrong, tell the improvement team.

London Borough of Havering
"""
    )
    assert Reminder.objects.filter(person=care.holder).count() == 2


def test_line_ends_in_a_name_start_no_new_line(plan, settings):
    settings.MARKING = ""
    owner = post("Head of Care", job_title="Head\r\nBcc: all@havering.example")
    ActionFactory(plan=plan, owner=owner, short_title="Visits\nhttps://elsewhere.example")

    remind()

    (message,) = mail.outbox
    assert message.subject == "1 update for June 2017 is 4 days late"
    assert message.body.startswith("Head Bcc: all@havering.example,\n")
    assert "Visits https://elsewhere.example (" in message.body
    assert message.message()["Bcc"] is None


@pytest.mark.parametrize(
    "dates",
    [
        {"state": MonthState.FROZEN},
        {"opens_on": june(28), "updates_due_on": june(28)},
        {"updates_due_on": june(20), "board_on": june(26)},
    ],
    ids=["frozen", "not yet open", "after the Board"],
)
def test_month_that_does_not_run_sends_nothing(dates, plan, month):
    ActionFactory(plan=plan, owner=post("Head of Care"))
    for name, value in dates.items():
        setattr(month, name, value)
    month.save()

    assert remind() == "Nobody is to be reminded on 27 June 2017.\n"
    assert mail.outbox == []


def test_who_gets_no_mail(plan):
    ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=post("Has Updated")))
    ActionFactory(plan=plan, owner=post("Has Left", is_active=False))
    ActionFactory(plan=plan, owner=PostFactory())
    ActionFactory(plan=plan, owner=post("Starts Later"), starts_on=june(24))
    ActionFactory(plan=plan, owner=post("Owes")).contributors.add(post("Only Helps"))

    remind()

    assert sent() == ["owes"]


class FailsForOne(EmailBackend):
    def send_messages(self, messages):
        if "second@havering.example" in messages[0].to:
            raise ConnectionRefusedError("The mail server is down")
        return super().send_messages(messages)


def test_mail_that_fails_keeps_nobody_else_back(plan, settings):
    for name in ("First", "Second", "Third"):
        ActionFactory(plan=plan, owner=post(name))
    settings.EMAIL_BACKEND = f"{__name__}.FailsForOne"
    said = StringIO()

    with pytest.raises(
        CommandError, match=r"^1 of 3 mails could not be sent. The next run tries them again.$"
    ):
        remind(stderr=said)

    assert sent() == ["first", "third"]
    assert said.getvalue() == "second@havering.example: The mail server is down\n"
    assert set(Reminder.objects.values_list("person__email", flat=True)) == {
        "first@havering.example",
        "third@havering.example",
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    remind()
    assert sent() == ["first", "third", "second"]


def test_second_of_two_runs_at_once_sends_nothing(plan, monkeypatch):
    ActionFactory(plan=plan, owner=post("Head of Care"))
    found = letters(ON)
    remind()
    monkeypatch.setattr("actionplan.management.commands.remind.letters", lambda on: found)

    assert remind() == ""
    assert len(mail.outbox) == 1


def test_dry_run_sends_nothing(plan):
    ActionFactory(plan=plan, owner=post("Head of Care"), ref="1.1")

    assert remind(dry_run=True) == "Would remind head.of.care@havering.example: 1.1\n"
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"DEMO": False}, "--on is for demonstrations only: it needs DEMO=1."),
        ({"BASE_URL": ""}, "Set BASE_URL to the address people type, such as https://plan.council.example"),
    ],
)
def test_what_a_live_service_must_say(changes, says, plan, settings):
    for name, value in changes.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match=says):
        remind()


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_finding_who_owes(count, plan, django_assert_num_queries):
    for n in range(count):
        ProgressUpdateFactory(action=ActionFactory(plan=plan, owner=post(f"Owner {n}")), returned=True)

    with django_assert_num_queries(10):
        assert len(letters(ON)) == count
