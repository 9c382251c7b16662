"""The timeline of a plan: what it shows, what it leaves out, its picture and what it costs."""

import re
from datetime import date

import pytest
from django.urls import reverse

from actionplan.models import Action
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DependencyFactory,
    MilestoneFactory,
    ProgrammeMilestoneFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    ReportingMonthFactory,
)


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="the-plan", name="The plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def page(client, reader):
    client.force_login(reader)
    return lambda **query: client.get(reverse("actionplan:timeline", args=["the-plan"]), query)


def in_progress(plan, **facts):
    action = ActionFactory(plan=plan, **facts)
    ProgressUpdateFactory(action=action, accepted=True)
    return action


def shown(response):
    return [bar.ref for bar in response.context["timeline"].bars]


def test_open_work_is_shown_and_all_work_when_asked(plan, page):
    done, is_open = in_progress(plan, ref="1.1", order=1), in_progress(plan, ref="1.2", order=2)
    ProgressUpdateFactory(action=done, accepted=True, delivered=True)

    assert shown(page()) == [is_open.ref]
    assert sorted(shown(page(show="all"))) == ["1.1", "1.2"]


def test_filters_narrow_and_say_what_they_do_not_know(plan, page):
    recommendation = RecommendationFactory(inspection=plan.inspection, number=9)
    one = in_progress(plan, ref="9.1", recommendation=recommendation)
    in_progress(plan, ref="8.1")

    for name, value in (
        ("recommendation", 9),
        ("owner", one.owner_id),
        ("service", one.service_id),
    ):
        assert shown(page(**{name: value})) == ["9.1"], name
    wrong = page(owner="\0nobody", recommendation=9)
    assert wrong.context["filters"].errors == {"owner": ["Choose an owner from the list"]}
    assert shown(wrong) == ["9.1"]


def test_table_says_all_that_the_picture_shows(plan, page):
    action = in_progress(plan, ref="4.2", short_title="Pathway plans", overdue=True)
    MilestoneFactory(action=action, number=1, title="Tool agreed", complete=True)
    MilestoneFactory(action=action, number=2, title="Plans reviewed", overdue=True)
    grant = ProgrammeMilestoneFactory(title="Grant signed", programme__name="The Programme")
    ProgrammeMilestoneFactory(title="Report sent", programme=grant.programme, due_on=date(2017, 9, 1))
    DependencyFactory(action=action, on_programme=None, on_programme_milestone=grant)

    text = re.sub(r"\s+([:,]?)", r"\1 ", re.sub(r"<[^>]+>", " ", page().text))
    text = " ".join(text.split())

    for words in (
        "4.2 Pathway plans",
        "31 May 2017 Overdue 27 days late",
        "4.2.1 Tool agreed: done 1 June 2017",
        "4.2.2 Plans reviewed: Late due 31 May 2017, 27 days late",
        "4.2 is 27 days late because ‘Grant signed’ (The Programme) is 27 days late.",
        "Report sent",
        "Today, 27 June",
        "1 action with its milestones: 1 action is past its date, 1 milestone is late, 1 action is held up by",
    ):
        assert words in text, words


def test_picture_draws_every_need_once_and_escapes_words(plan, page):
    first, second = (in_progress(plan, short_title=f"<b>{n}</b> & co") for n in (1, 2))
    DependencyFactory(action=first, on_programme=None, on_action=second, needed_by=date(2017, 7, 14))
    DependencyFactory(
        action=second, on_programme=None, on_milestone=MilestoneFactory(action=in_progress(plan))
    )

    picture = page().context["picture"]

    late, in_time = picture.count('stroke="#b34700" stroke-width="2"'), picture.count('dasharray="5 3"')
    assert (late > 0, in_time > 0) == (True, True)
    assert "&lt;b&gt;1&lt;/b&gt; &amp; co" in picture
    assert " style=" not in picture


def test_picture_stays_within_a_year_whatever_the_dates(plan, page):
    far = in_progress(plan, starts_on=date(2001, 1, 1), due_on=date(2099, 12, 31))
    MilestoneFactory(action=far, due_on=date(2098, 1, 1))

    picture = page().context["picture"]

    assert re.findall("Jan [0-9]{4}", picture) == ["Jan 2017", "Jan 2018"]
    assert all(-1 <= float(x) <= 1001 for x in re.findall(r'<rect x="([^"]+)"', picture))


def test_plan_without_open_work_or_actions_says_so(plan, page):
    assert "This plan has no actions yet" in page().text
    ProgressUpdateFactory(action=in_progress(plan), accepted=True, delivered=True)
    assert "Every action is delivered" in page().text
    assert shown(page(show="all")) == [Action.objects.get().ref]


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_query_count(plan, page, count, django_assert_num_queries):
    elsewhere = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    for _ in range(count):
        action = in_progress(plan)
        MilestoneFactory(action=action)
        DependencyFactory(action=action)
        DependencyFactory(action=action, on_programme=None, on_action=in_progress(elsewhere))
        DependencyFactory(
            action=action, on_programme=None, on_programme_milestone=ProgrammeMilestoneFactory()
        )

    with django_assert_num_queries(QUERIES):
        page()


QUERIES = 18
