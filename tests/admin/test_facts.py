"""Facts stay as they are, and what others lean on is never deleted."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from actionplan.enums import MonthState
from actionplan.models import Post
from kpis.models import RagRule
from tests.factories import (
    PostFactory,
    ProgressUpdateFactory,
    RagRuleFactory,
    RecommendationFactory,
    ReportingMonthFactory,
)

from .records import FACTS, NEVER_DELETED, factory_of, filled_in, list_url, url


@pytest.mark.parametrize("label", FACTS)
def test_fact_refuses_every_write(client, label):
    record = factory_of(label)()
    before = type(record).objects.values().get(pk=record.pk)

    statuses = [
        client.post(url(record), {"note": "changed"}).status_code,
        client.post(url(record, "delete"), {"post": "yes"}).status_code,
        client.post(list_url(label, "add"), {"note": "new"}).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert type(record).objects.values().get(pk=record.pk) == before
    assert type(record).objects.count() == 1


def test_rag_rule_is_never_edited(client):
    rule = RagRuleFactory()

    assert client.post(url(rule), {"name": "Another"}).status_code == 403
    assert client.post(url(rule, "delete"), {"post": "yes"}).status_code == 403
    assert RagRule.objects.values_list("name", flat=True).get() == rule.name


NEW_RULE = {
    "name": "Within 5%",
    "body": "council",
    "starts_on": "28/06/2017",
    "method": "share_of_target",
    "percent": "5",
    "source": "Agreed by the Cabinet",
}


def test_rag_rule_is_added_from_a_day_to_come(client):
    client.post(list_url("kpis.ragrule", "add"), NEW_RULE)

    rule = RagRule.objects.get()
    assert (rule.starts_on, rule.percent, rule.is_sample) == (date(2017, 6, 28), 5, False)


def test_rag_rule_of_a_day_that_has_come_is_refused_in_words(client):
    response = client.post(list_url("kpis.ragrule", "add"), NEW_RULE | {"starts_on": "27/06/2017"})

    assert response.context["adminform"].form.errors == {
        "starts_on": [
            "Enter a day after 27 June 2017: a new rule leaves the periods that have ended as they were rated"
        ]
    }
    assert not RagRule.objects.exists()


def test_rag_rule_of_a_day_that_has_one_is_refused_in_words(client):
    RagRuleFactory(council=True, starts_on=date(2017, 6, 28))

    response = client.post(list_url("kpis.ragrule", "add"), NEW_RULE)

    assertContains(response, "There is already a rule that starts on this day")
    assert RagRule.objects.count() == 1


def test_draft_is_its_writers_alone(client):
    draft = ProgressUpdateFactory(draft=True, done="Not for others yet.")

    assert client.get(list_url("actionplan.progressupdate")).context["cl"].result_count == 0
    assert client.get(url(draft)).status_code == 302
    assert client.get(url(draft, "history")).status_code == 404


@pytest.mark.parametrize("label", NEVER_DELETED)
def test_record_that_others_lean_on_is_never_deleted(client, label):
    record = factory_of(label)()

    assert client.post(url(record, "delete"), {"post": "yes"}).status_code == 403
    assert type(record).objects.filter(pk=record.pk).exists()


def test_post_that_owns_nothing_can_be_deleted_and_history_says_by_whom(client, administrator):
    post = PostFactory()

    client.post(url(post, "delete"), {"post": "yes"})

    assert not Post.objects.filter(pk=post.pk).exists()
    assert Post.history.get(id=post.pk, history_type="-").history_user == administrator


def test_ofsteds_wording_is_shown_and_not_editable(client):
    recommendation = RecommendationFactory(wording="Ensure that every child is heard.")
    response = client.get(url(recommendation))

    client.post(
        url(recommendation), filled_in(response) | {"wording": "Ours", "council_wording": "We listen."}
    )

    recommendation.refresh_from_db()
    assert "wording" not in response.context["adminform"].form.fields
    assert recommendation.wording == "Ensure that every child is heard."
    assert recommendation.council_wording == "We listen."


def test_frozen_month_is_read_only(client):
    month = ReportingMonthFactory(state=MonthState.FROZEN)

    assert client.post(url(month), {"headline": "Better", "version": "1"}).status_code == 403
