"""A longer page asks no more of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MilestoneFactory,
)

from .records import EDITED, FACTS, factory_of, list_url, url


@pytest.mark.parametrize("label", [*FACTS, *EDITED])
def test_list_takes_as_many_queries_for_three_rows_as_for_one(client, label):
    make = factory_of(label)
    make()
    client.get(list_url(label))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(list_url(label))
    make.create_batch(2)

    with CaptureQueriesContext(connection) as three:
        response = client.get(list_url(label))

    assert len(response.context["cl"].result_list) >= 3
    assert len(three) == len(one)


def test_action_page_takes_as_many_queries_for_three_milestones_as_for_one(client):
    action = MilestoneFactory().action
    client.get(url(action))
    with CaptureQueriesContext(connection) as one:
        client.get(url(action))
    MilestoneFactory.create_batch(2, action=action)

    with CaptureQueriesContext(connection) as three:
        client.get(url(action))

    assert len(three) == len(one)
