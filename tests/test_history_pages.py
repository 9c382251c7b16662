"""The pages and the file that tell who changed what: filters, pages, links, and how many queries they cost."""

import csv
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    EvidenceFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskFactory,
    RiskScoreFactory,
)


@pytest.fixture
def action(db):
    return ActionFactory(plan=ActionPlanFactory(slug="the-plan"), ref="4.2", due_on=date(2017, 9, 30))


@pytest.fixture
def read(client, reader):
    client.force_login(reader)
    return lambda address, **query: client.get(address, query)


PLAN = "/plans/the-plan/history/"
ACTION = "/plans/the-plan/actions/4.2/history/"


def move_often(action):
    for day in range(1, 28):
        action.due_on = date(2017, 10, day)
        action.save(update_fields=["due_on"])


def test_page_shows_old_and_new_and_pages(action, read):
    move_often(action)

    page = read(ACTION).text
    assert "was 26 October 2017, now 27 October 2017" in page
    assert "30 September 2017" not in page
    assert 'href="?kind=action&amp;page=2"' in read(ACTION, kind="action").text
    assert "was 30 September 2017, now 1 October 2017" in read(ACTION, page=2).text
    assert "There is nothing older." in read(ACTION, page=9).text
    assert read(ACTION, page="x").context["trail"].newer is None


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"kind": "tree"}, "Choose a kind of record from the list"),
        ({"who": "999999"}, "Choose somebody from the list"),
        ({"since": "31/02/2017"}, "Enter a real date as day, month and year, for example 31/7/2017"),
        (
            {"since": "2/6/2017", "until": "1/6/2017"},
            "The last day must be the same as or after the first day",
        ),
    ],
)
def test_filter_that_means_nothing_is_named(action, read, query, sentence):
    page = read(PLAN, **query)

    assert sentence in page.text
    assert all(f'value="{typed}"' in page.text for name, typed in query.items() if name in ("since", "until"))
    assert page.context["trail"].events != []


def test_filter_without_a_match_says_so(action, read):
    page = read(PLAN, until="1/1/2001")

    assert "No change fits what you asked for." in page.text
    assert "Download" not in page.text


def test_words_people_typed_are_shown_as_typed(action, read):
    action.title = 'Cut <b>waiting</b> & "delay"'
    action.save()

    assert "Cut &lt;b&gt;waiting&lt;/b&gt; &amp; &quot;delay&quot;" in read(ACTION).text


@pytest.mark.parametrize(
    ("kind", "record", "status"),
    [
        ("action", "4.2", 200),
        ("recommendation", "7", 200),
        ("risk", "3", 200),
        ("month", "2017-06", 200),
        ("risk", "4", 404),
        ("risk", "x", 404),
        ("risk", "99999999999999999999", 404),
        ("month", "2017-13", 404),
        ("milestone", "1", 404),
        ("tree", "1", 404),
    ],
)
def test_record_has_a_history_where_there_is_one(action, read, kind, record, status):
    RiskFactory(plan=action.plan, number=3)
    ReportingMonthFactory(plan=action.plan, month=date(2017, 6, 1))
    action.recommendation.number = 7
    action.recommendation.inspection = action.plan.inspection
    action.recommendation.save()

    page = read(f"{PLAN}{kind}/{record}/")

    assert page.status_code == status
    if status == 200:
        assert {event.done for event in page.context["trail"].events} <= {"added", "changed"}
        assert page.context["trail"].events != []


def test_file_holds_what_the_page_shows_and_no_formula(action, read, reader):
    action._history_user = reader
    action.title = "=cmd()"
    action.save()

    file = read(reverse("actionplan:history_csv", args=["the-plan"]), kind="action", who=reader.pk)
    [header, line] = csv.reader(file.text.removeprefix("\ufeff").splitlines())

    assert header[:3] == ["When", "Who", "Kind of record"]
    assert line[1:5] == [str(reader), "Action", f"Action 4.2, {action.short_title}", "changed"]
    assert line[6] == "What will be done"
    assert line[8] == "'=cmd()"
    name = read(f"{PLAN}action/4.2.csv").headers["Content-Disposition"]
    assert name == 'attachment; filename="the-plan-action-4.2-history.csv"'


def fill(action, count):
    for _ in range(count):
        milestone = MilestoneFactory(action=action)
        milestone.due_on = date(2017, 7, 1)
        milestone.save()
        ProgressUpdateFactory(action=action, accepted=True)
        EvidenceFactory(action=action)
    action.owner = PostFactory()
    action.save()
    action.contributors.add(PostFactory())
    RiskScoreFactory(risk__plan=action.plan)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(PLAN, 25), (ACTION, 14)])
def test_query_count(action, read, address, queries, count, django_assert_num_queries):
    fill(action, count)

    with django_assert_num_queries(queries):
        read(address)
