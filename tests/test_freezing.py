"""A month that is frozen: what it asks for first, what it keeps, and that nothing changes it."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actionplan.changes.freezing import AlreadyFrozen, NotFrozen
from actionplan.enums import FileKind, MonthState, Rag
from actionplan.models import BoardReport, ReportFile, ReportingMonth
from actionplan.reports import freezing, frozen, plain
from actionplan.reports.document import MonthDocument, month_document
from actionplan.reports.facts import Stamp
from actionplan.reports.files import RENDERERS
from actionplan.reports.gathered import gather
from actionplan.reports.scrutiny_sources import sources
from actionplan.unchangeable import WORDS
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DraftCommentFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
)

ON = date(2017, 6, 27)
JUNE = "2017-06"


@pytest.fixture
def every_file():
    """All kinds of file are drawn, which takes a second or two. Without it only the JSON is."""


@pytest.fixture(autouse=True)
def drawn(request, monkeypatch):
    for kind in set(FileKind) - {FileKind.JSON}:
        if "every_file" not in request.fixturenames:
            monkeypatch.delitem(RENDERERS, kind)


@pytest.fixture
def month(db):
    """June of a plan with one beneath it. Nothing is missing."""
    plan = ActionPlanFactory(slug="ofsted-2016")
    beneath = ActionPlanFactory(slug="leaving-care-2016", parent=plan, inspection=plan.inspection)
    for each in (plan, beneath):
        action = ActionFactory(plan=each)
        MilestoneFactory(action=action)
        ProgressUpdateFactory(action=action, accepted=True, done="Trained the team.")
    MeasurementFactory(indicator=IndicatorFactory(headline_order=1), comment="More are seen.")
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 5, 1),
        opens_on=date(2017, 5, 2),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
    )
    return ReportingMonthFactory(
        plan=plan,
        headline="Children are seen sooner.",
        confidence=Rag.AMBER,
        next_month="1 July: the launch.",
    )


def freeze(month, by, **rest):
    month.refresh_from_db()
    return freezing.freeze(month=month, version=month.version, by=by, **{"accepted": ()} | rest)


def address(name, *args):
    return reverse(f"actionplan:{name}", args=["ofsted-2016", JUNE, *args])


def test_month_and_those_beneath_are_frozen_with_every_file(month, manager, every_file):
    whole, beneath = freeze(month, manager)

    month.refresh_from_db()
    assert (month.state, month.told_on) == (MonthState.FROZEN, ON)
    assert [(each.plan.slug, each.version, each.frozen_by) for each in (whole, beneath)] == [
        ("ofsted-2016", 1, manager),
        ("leaving-care-2016", 1, manager),
    ]
    for report in (whole, beneath):
        files = {file.kind: file for file in report.files.all()}
        assert set(files) == set(FileKind)
        assert all(sha256(bytes(file.content)).hexdigest() == file.sha256 for file in files.values())
        assert all(len(bytes(file.content)) == file.size > 0 for file in files.values())


def test_json_holds_all_that_the_month_says(month, manager):
    report, _ = freeze(month, manager)

    stored = plain.from_json(MonthDocument, frozen.content_of(report, FileKind.JSON))

    stamp = Stamp(1, ON, str(manager))
    live = month_document(gather(month.plan, month, ON), stamp)
    assert stored == replace(live, sources=sources(month.plan, live, ON))
    assert [sheet.said.done for sheet in stored.annexes.actions] == ["Trained the team."]


@pytest.mark.parametrize(
    ("miss", "words"),
    [
        (
            lambda month: ActionFactory(plan=month.plan, ref="7.1", short_title="Homes"),
            "7.1 Homes: no update for June",
        ),
        (
            lambda month: ProgressUpdateFactory(
                action=ActionFactory(plan=month.plan, ref="7.1", short_title="Homes")
            ),
            "7.1 Homes: its update is not yet checked, so it does not count",
        ),
        (
            lambda month: ProgressUpdateFactory(
                action=ActionFactory(plan=month.plan, ref="7.1", short_title="Homes"), returned=True
            ),
            "7.1 Homes: its update was returned and not sent again",
        ),
        (
            lambda month: DraftCommentFactory(
                plan=month.plan, month=month, made_by__job_title="Board member"
            ),
            "A comment by Board member is not answered: “Say how many children this is about.”",
        ),
        (lambda month: _blank(month, "headline"), "The headline is not written"),
        (
            lambda month: _blank(month, "confidence"),
            "The senior responsible officer’s confidence is not given",
        ),
        (lambda month: _blank(month, "next_month"), "Nothing is said of next month"),
        (
            lambda month: MeasurementFactory(
                indicator=IndicatorFactory(headline_order=2, name="Visits"), comment=""
            ),
            "Visits: no “so what”",
        ),
        (lambda month: IndicatorFactory(headline_order=2, name="Visits"), "Visits: no figure in time"),
    ],
    ids=["update", "unchecked", "returned", "comment", "headline", "confidence", "next", "so what", "figure"],
)
def test_what_is_missing_keeps_it_from_freezing_or_is_named(month, manager, miss, words):
    miss(month)

    with pytest.raises(freezing.Incomplete) as refused:
        freeze(month, manager)
    assert not BoardReport.objects.exists()
    assert words in [gap.words for gap in refused.value.gaps]

    report, _ = freeze(month, manager, accepted={gap.words for gap in refused.value.gaps})

    stored = plain.from_json(MonthDocument, frozen.content_of(report, FileKind.JSON))
    assert words in stored.report.stamp.gaps


def test_update_that_waits_is_checked_from_the_list_of_what_is_missing(month, manager):
    update = ProgressUpdateFactory(action=ActionFactory(plan=month.plan, ref="7.1"))

    with pytest.raises(freezing.Incomplete) as refused:
        freeze(month, manager)

    check = reverse("actionplan:check", args=["ofsted-2016", "7.1", update.pk])
    assert [gap.url for gap in refused.value.gaps] == [check]


def _blank(month, field):
    setattr(month, field, "")
    month.save(update_fields=[field])


def test_month_is_frozen_once(month, manager):
    freeze(month, manager)

    with pytest.raises(AlreadyFrozen):
        freeze(month, manager)


def test_month_that_changed_meanwhile_is_not_frozen(month, manager):
    version = month.version
    ReportingMonth.objects.claim(month.pk, version).save(update_fields=["version"])

    with pytest.raises(StaleEdit):
        freezing.freeze(month=month, version=version, accepted=(), by=manager)


def test_reissue_keeps_the_first_version(month, manager):
    first, _ = freeze(month, manager)
    before = frozen.content_of(first, FileKind.JSON)
    ProgressUpdateFactory(
        action=month.plan.actions.get(), accepted=True, done="And the second team.", submitted_on=ON
    )
    month.refresh_from_db()

    second, _ = freezing.reissue(
        month=month, version=month.version, reason="One team was left out.", on=ON, by=manager
    )

    assert (first.version, second.version) == (1, 2)
    assert frozen.content_of(first, FileKind.JSON) == before
    said = frozen.frozen_document(month.plan, month)
    assert said.report.stamp.reason == "One team was left out."
    assert [sheet.said.done for sheet in said.annexes.actions] == ["And the second team."]


def test_only_a_frozen_month_is_issued_again(month, manager):
    with pytest.raises(NotFrozen):
        freezing.reissue(month=month, version=month.version, reason="To try", on=ON, by=manager)


@pytest.mark.parametrize("model", [BoardReport, ReportFile])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id + 1000",
        "DELETE FROM {}",
        {"sqlite": "REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {} CASCADE"},
    ],
    ids=["update", "delete", "all at once"],
)
def test_database_itself_refuses_to_change_what_is_frozen(month, manager, model, statement):
    freeze(month, manager)
    before = list(model.objects.order_by("pk").values_list())
    said = statement if isinstance(statement, str) else statement[connection.vendor]
    connection.check_constraints()  # PostgreSQL truncates nothing that still waits to be checked

    with (
        pytest.raises(IntegrityError, match=WORDS),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(said.format(model._meta.db_table))

    assert list(model.objects.order_by("pk").values_list()) == before


def test_page_of_a_frozen_month_is_drawn_from_its_json_alone(client, month, manager, reader):
    freeze(month, manager)
    month.headline = "Something else entirely."
    month.save(update_fields=["headline"])
    action = month.plan.actions.get()
    action.short_title = "Renamed since"
    action.save(update_fields=["short_title"])
    client.force_login(reader)

    page = client.get(address("month")).content.decode()

    assert "Children are seen sooner." in page
    assert "Something else" not in page
    assert "Renamed since" not in page
    assert f"Version 1, frozen 27 June 2017 by {manager}" in page


def test_plan_that_came_beneath_after_freezing_is_read_live(client, month, manager, reader):
    freeze(month, manager)
    later = ActionPlanFactory(slug="later-2017", parent=month.plan, inspection=month.plan.inspection)
    client.force_login(reader)

    page = client.get(reverse("actionplan:month", args=[later.slug, JUNE]))
    file = client.get(reverse("actionplan:month_file", args=[later.slug, JUNE, "json"]))

    assert page.context["report"].plan == later.name
    assert 'draft.json"' in file["Content-Disposition"]


def test_later_version_is_read_first_and_the_first_stays(client, month, manager, reader):
    freeze(month, manager)
    month.refresh_from_db()
    freezing.reissue(month=month, version=month.version, reason="One team was left out.", on=ON, by=manager)
    client.force_login(reader)

    newest = client.get(address("month")).content.decode()
    first = client.get(address("month"), {"version": "1"}).content.decode()

    assert "One team was left out." in newest
    assert "A later version stands in its place." not in newest
    assert "A later version stands in its place." in first
    assert client.get(address("month"), {"version": "3"}).status_code == 404


def test_download_gives_the_frozen_bytes(client, month, manager, reader, every_file):
    report, _ = freeze(month, manager)
    client.force_login(reader)

    for kind in FileKind:
        response = client.get(address("month_file", kind))

        assert response.content == frozen.content_of(report, kind)
        assert response["Content-Disposition"] == (
            f'attachment; filename="OFFICIAL-SENSITIVE ofsted-2016 2017-06 version 1.{kind}"'
        )
        assert "sandbox" in response["Content-Security-Policy"]


def test_file_of_a_live_month_is_a_draft(client, month, reader):
    client.force_login(reader)

    response = client.get(address("month_file", "json"))

    assert plain.from_json(MonthDocument, response.content).report.headline == "Children are seen sooner."
    assert 'draft.json"' in response["Content-Disposition"]
    assert client.get(address("month_file", "exe")).status_code == 404


def test_bytes_that_are_not_those_of_the_hash_are_not_shown(month, manager):
    freeze(month, manager)
    copy = BoardReport.objects.create(
        plan=month.plan, month=month, version=2, on=ON, frozen_on=ON, frozen_by=manager, reason="Forged"
    )
    ReportFile.objects.create(report=copy, kind="json", content=b"{}", size=2, sha256="0" * 64)

    with pytest.raises(frozen.NotAsFrozen):
        frozen.content_of(copy, FileKind.JSON)
    with pytest.raises(CommandError, match="ofsted-2016: June 2017, version 2, Plain data"):
        call_command("verify_reports")


def test_command_says_that_all_files_are_as_they_were_frozen(month, manager, capsys):
    freeze(month, manager)

    call_command("verify_reports")

    assert capsys.readouterr().out == "All 2 files are as they were frozen.\n"


def test_team_freezes_on_the_page_naming_the_gaps(client, month, manager):
    DraftCommentFactory(plan=month.plan, month=month)
    client.force_login(manager)
    form = client.get(address("freeze")).context["form"]
    data = {"version": form["version"].value(), "seen": form["seen"].value()}

    refused = client.post(address("freeze"), data)
    frozen_now = client.post(address("freeze"), data | {"with_gaps": "on"})

    assert refused.context["form"].errors == {
        "with_gaps": ["This is missing. Mend what you can, or tick the box to freeze without it"]
    }
    assert frozen_now.url == month.get_absolute_url()
    assert client.get(address("freeze")).status_code == 200  # says who froze it
    assert client.post(address("freeze"), data).status_code == 409


def test_gap_that_came_since_is_read_before_freezing(client, month, manager):
    client.force_login(manager)
    form = client.get(address("freeze")).context["form"]
    data = {"version": form["version"].value(), "seen": form["seen"].value(), "with_gaps": "on"}
    DraftCommentFactory(plan=month.plan, month=month)

    answer = client.post(address("freeze"), data)

    assert answer.context["form"].non_field_errors() == [
        "What is missing has changed since you opened this page. Read it again"
    ]
    assert not BoardReport.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("26 6 2017", "The day must be 27 June 2017, the day of version 1, or later"),
        ("28 6 2017", "The day must be today or in the past"),
        ("", "Enter the day as which things are told"),
    ],
)
def test_reissue_asks_for_a_reason_and_a_day(client, month, manager, day, words):
    freeze(month, manager)
    month.refresh_from_db()
    client.force_login(manager)
    parts = [*day.split(), "", "", ""][:3]
    data = {"version": month.version, "reason": "", **{f"on_{n}": part for n, part in enumerate(parts)}}
    data |= dict(zip(("on_day", "on_month", "on_year"), parts, strict=True))

    form = client.post(address("reissue"), data).context["form"]

    assert form.errors == {"reason": ["Say why the month is issued again"], "on": [words]}


def test_two_who_issue_again_at_once_are_told(client, month, manager):
    freeze(month, manager)
    month.refresh_from_db()
    client.force_login(manager)
    data = {
        "version": month.version - 1,
        "reason": "A better one.",
        "on_day": 27,
        "on_month": 6,
        "on_year": 2017,
    }

    answer = client.post(address("reissue"), data)

    assert answer.status_code == 409
    assert answer.context["form"]["reason"].value() == "A better one."
    assert BoardReport.objects.filter(version=2).count() == 0


def test_command_freezes_as_the_page_does(month, manager, capsys):
    DraftCommentFactory(plan=month.plan, month=month)
    say = {"plan": "ofsted-2016", "month": JUNE, "by": manager.email}

    with pytest.raises(CommandError, match="Mend what is missing, or say --with-gaps"):
        call_command("freeze_month", **say)
    call_command("freeze_month", with_gaps=True, **say)
    with pytest.raises(CommandError, match="June 2017 is frozen already"):
        call_command("freeze_month", with_gaps=True, **say)

    assert BoardReport.objects.count() == 2


def test_next_month_counts_from_what_the_board_read(month, manager):
    """June froze two days before its Board met: what was accepted between is new in July."""
    freeze(month, manager)
    july = ReportingMonthFactory(
        plan=month.plan,
        month=date(2017, 7, 1),
        opens_on=date(2017, 7, 3),
        updates_due_on=date(2017, 7, 21),
        board_on=date(2017, 7, 27),
    )
    action = month.plan.actions.get()
    day = {"submitted_on": date(2017, 6, 28), "accepted_on": date(2017, 6, 28)}
    ProgressUpdateFactory(action=action, accepted=True, rag=Rag.RED, **day)

    report = month_document(gather(month.plan, july, date(2017, 7, 5)), Stamp()).report

    assert [(turn.was, turn.now) for turn in report.changed.worse] == [("green", "red")]
