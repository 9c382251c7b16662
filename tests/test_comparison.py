"""Two months beside each other: what differs between them, and what the form asks."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from actionplan.enums import DeliveryState, Rag
from actionplan.reports.comparison import compare
from tests.factories import ActionPlanFactory, ReportingMonthFactory
from tests.month_document import month_document


def changed(document, **sheet):
    """The month with its first action otherwise and without its last."""
    first, *others = document.annexes.actions
    return replace(
        document, annexes=replace(document.annexes, actions=(replace(first, **sheet), *others[:-1]))
    )


def test_only_what_differs_is_named():
    before = month_document()
    count = len(before.annexes.actions)
    after = changed(before, state=DeliveryState.IN_PROGRESS, rag=Rag.RED, due_on=date(2018, 1, 31))

    compared = compare(before, after)

    assert [pair.link.ref for pair in compared.actions] == [
        before.annexes.actions[0].link.ref,
        before.annexes.actions[-1].link.ref,
    ]
    turned, gone = compared.actions
    assert (turned.second.delivery, turned.second.due_on) == ("Red", date(2018, 1, 31))
    assert (gone.first is not None, gone.second) == (True, None)
    assert compared.same == count - 2
    assert sum(each.first for each in compared.deliveries) == count
    assert sum(each.second for each in compared.deliveries) == count - 1
    assert [pair.first for pair in compared.indicators] == [pair.second for pair in compared.indicators]


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="ofsted-2016")
    may = {"opens_on": date(2017, 5, 2), "updates_due_on": date(2017, 5, 19), "board_on": date(2017, 5, 25)}
    ReportingMonthFactory(plan=plan, month=date(2017, 5, 1), data_as_at=date(2017, 4, 30), **may)
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ({"first": "2017-06", "second": "2017-06"}, {"second": ["Choose two different months"]}),
        ({"first": "2016-01", "second": "2017-06"}, {"first": ["Choose a month from the list"]}),
        ({"first": "2017-05"}, {"second": ["Choose a month"]}),
    ],
    ids=["same", "unknown", "one"],
)
def test_two_different_months_are_asked_for(client, plan, reader, asked, errors):
    client.force_login(reader)

    form = client.get(reverse("actionplan:compare_months", args=[plan.slug]), asked).context["form"]

    assert form.errors == errors


def test_earlier_month_stands_on_the_left(client, plan, reader):
    client.force_login(reader)

    page = client.get(
        reverse("actionplan:compare_months", args=[plan.slug]), {"first": "2017-06", "second": "2017-05"}
    )

    assert [report.month.month for report in page.context["compared"].reports] == [5, 6]
