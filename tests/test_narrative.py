"""What is written for the Board: headline, confidence, next month and “so what”, beside facts that are computed."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.changes import narrative
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.narrative import Narrative
from actionplan.enums import MonthState, Rag
from actionplan.forms.narrative import too_long
from actionplan.models import SoWhat
from kpis.models import StaleEdit
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    SoWhatFactory,
)
from tests.forms import assert_error_summary, typed

MAY = {
    "month": date(2017, 5, 1),
    "opens_on": date(2017, 5, 2),
    "updates_due_on": date(2017, 5, 19),
    "data_as_at": date(2017, 4, 30),
    "board_on": date(2017, 5, 25),
}


@pytest.fixture
def month(db):
    month = ReportingMonthFactory(plan=ActionPlanFactory(slug="ofsted-2016"))
    ReportingMonthFactory(plan=month.plan, confidence=Rag.GREEN, confidence_reason="All on time.", **MAY)
    return month


@pytest.fixture
def seen(month):
    """A headline indicator of which something was said with its newest figure."""
    indicator = IndicatorFactory(name="Care leavers seen", short_name="Seen", headline_order=1)
    MeasurementFactory(indicator=indicator, comment="Most live outside London.")
    return indicator


def url(month):
    return reverse("actionplan:narrative", args=[month.plan.slug, f"{month.month:%Y-%m}"])


def said(**changes):
    """What a browser posts for a plain month."""
    plain = {
        "version": 1,
        "headline": "Care leavers are seen more often.",
        "confidence": "amber",
        "confidence_reason": "Two posts are vacant.",
        "next_month": "6 July: scrutiny.\r\n27 July: the Board.",
    }
    return plain | changes


def freeze(month):
    month.state = MonthState.FROZEN
    month.save()


def test_team_writes_everything_at_once_and_it_stands_on_the_page(client, manager, month, seen):
    client.force_login(manager)

    response = client.post(url(month), said(**{f"so_what_{seen.pk}": "Fewer are out of sight."}))

    assert response.url == month.get_absolute_url()
    month.refresh_from_db()
    assert (month.headline, month.confidence, month.version) == (
        "Care leavers are seen more often.",
        "amber",
        2,
    )
    assert (month.confidence_reason, month.next_month) == (
        "Two posts are vacant.",
        "6 July: scrutiny.\n27 July: the Board.",
    )
    page = client.get(month.get_absolute_url()).content.decode()
    assert "Fewer are out of sight." in page
    assert "Most live outside London." not in page
    [so_what] = SoWhat.objects.all()
    assert (so_what.text, so_what.version) == ("Fewer are out of sight.", 1)
    assert [row.history_user for row in so_what.history.all()] == [manager]


def test_page_shows_what_was_entered_with_the_figure_where_nothing_was_written(client, manager, month, seen):
    SoWhatFactory(month=month, indicator=seen, text="")
    client.force_login(manager)

    assert "Most live outside London." in client.get(month.get_absolute_url()).content.decode()


def test_senior_responsible_officer_writes_too(client, officer, month):
    post = month.plan.senior_responsible
    post.holder = officer
    post.save()
    client.force_login(officer)

    assert client.post(url(month), said()).status_code == 302


def test_facts_stand_beside_the_questions_and_overwrite_nothing(client, manager, month, seen):
    turned = ActionFactory(plan=month.plan, ref="4.2")
    days = {"month": MAY["month"], "submitted_on": date(2017, 5, 19), "accepted_on": date(2017, 5, 22)}
    ProgressUpdateFactory(action=turned, accepted=True, rag="green", **days)
    ProgressUpdateFactory(action=turned, accepted=True, rag="red")
    month.headline = "Mine."
    month.save()
    client.force_login(manager)

    response = client.get(url(month))

    page = response.content.decode()
    assert "1 action turned red since May: 4.2." in page
    assert "Green. All on time." in page
    assert "Entered with the figure: “Most live outside London.”" in page
    assert typed(response)["headline"] == "Mine."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"headline": "x" * 601}, "The headline must be 600 characters or fewer. It has 601"),
        ({"confidence_reason": " "}, "Say why the senior responsible officer is so confident"),
        ({"confidence": ""}, "Choose how confident the senior responsible officer is"),
        ({"confidence": "blue"}, "Choose green, amber, red or not said yet"),
        ({"confidence_reason": "x" * 251}, "The reason must be 250 characters or fewer. It has 251"),
        ({"next_month": "x" * 1501}, "Next month must be 1,500 characters or fewer. It has 1501"),
        ({"so_what": "x" * 301}, "The “so what” of Seen must be 300 characters or fewer. It has 301"),
    ],
)
def test_bad_input_gets_its_sentence_and_loses_nothing(changes, message, client, manager, month, seen):
    client.force_login(manager)
    so_what = f"so_what_{seen.pk}"
    posted = said(**{so_what if name == "so_what" else name: text for name, text in changes.items()})

    response = client.post(url(month), posted)

    assert_error_summary(response, message)
    assert typed(response)["next_month"].startswith(posted["next_month"][:8])
    month.refresh_from_db()
    assert (month.headline, month.version) == ("", 1)


@pytest.mark.parametrize(
    ("headline", "warning"),
    [
        ("Up 4.2 points, to 81%. Two did (“so they say.”) Why?", ""),
        ("One. Two. Three. Four.", "The headline has 4 sentences. The Board"),
        ("x" * 401, "The headline has 401 characters. The Board"),
    ],
)
def test_headline_that_is_long_is_kept_with_a_warning(headline, warning, client, manager, month):
    client.force_login(manager)

    page = client.post(url(month), said(headline=headline), follow=True).content.decode()

    assert too_long(headline).startswith(warning)
    assert bool(too_long(headline)) == bool(warning)
    assert (too_long(headline) or "Saved.") in page
    month.refresh_from_db()
    assert month.headline == headline


@pytest.mark.parametrize("version", [1, "", "two"])
def test_stale_words_show_both_texts_and_write_nothing(version, client, manager, month, seen):
    theirs = Narrative(headline="Theirs.", so_whats={seen.pk: "Their so what."})
    narrative.write(month=month, version=1, words=theirs, by=manager)
    client.force_login(manager)

    mine = said(version=version, headline="Mine.", **{f"so_what_{seen.pk}": "My so what."})
    response = client.post(url(month), mine)

    assert response.status_code == 409
    page = response.content.decode()
    for one, other in (("Mine.", "Theirs."), ("My so what.", "Their so what.")):
        assert page.index(one) < page.index(other)
    assert (typed(response)["headline"], typed(response)["version"]) == ("Mine.", "2")
    assert Narrative.of(month).so_whats == {seen.pk: "Their so what."}


def test_words_sent_twice_are_no_conflict_and_change_nothing(client, manager, month, seen):
    client.force_login(manager)
    words = said(**{f"so_what_{seen.pk}": "Fewer are out of sight."})

    answers = [client.post(url(month), words).status_code for _ in range(2)]

    assert answers == [302, 302]
    month.refresh_from_db()
    assert (month.version, SoWhat.objects.get().version) == (2, 1)


def test_so_what_alone_guards_the_month_and_leaves_its_history(manager, month, seen):
    before = month.history.count()

    narrative.write(month=month, version=1, words=Narrative(so_whats={seen.pk: "New."}), by=manager)

    with pytest.raises(StaleEdit):
        narrative.write(month=month, version=1, words=Narrative(so_whats={seen.pk: "Newer."}), by=manager)
    assert month.history.count() == before


def test_so_what_is_emptied(manager, month, seen):
    SoWhatFactory(month=month, indicator=seen, text="Old.", is_sample=True)

    narrative.write(month=month, version=1, words=Narrative(so_whats={seen.pk: ""}), by=manager)

    assert Narrative.of(month).so_whats == {}
    assert SoWhat.objects.get().is_sample is False


def test_frozen_month_takes_no_more_words_and_shows_those_typed(client, manager, month):
    freeze(month)
    client.force_login(manager)

    response = client.post(url(month), said())

    assert (client.get(url(month)).status_code, response.status_code) == (200, 409)
    assert "Care leavers are seen more often." in response.content.decode()
    with pytest.raises(MonthFrozen):
        narrative.write(month=month, version=month.version, words=Narrative(headline="Late"), by=manager)


def test_plan_beneath_leads_to_the_one_headline(client, manager, month):
    beneath = ActionPlanFactory(slug="leaving-care-2016", parent=month.plan)
    client.force_login(manager)

    response = client.get(reverse("actionplan:narrative", args=[beneath.slug, "2017-06"]))

    assert (response.status_code, response.url) == (302, url(month))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_indicators(
    count, client, manager, month, django_assert_num_queries
):
    for order in range(count):
        action = ActionFactory(plan=month.plan)
        indicator = IndicatorFactory(headline_order=order + 1)
        action.indicators.add(indicator)
        MeasurementFactory(indicator=indicator)
        SoWhatFactory(month=month, indicator=indicator)
    client.force_login(manager)

    # session, user, plan, months, groups, words; the rest is the report’s and its indicators’ once more, to judge them
    with django_assert_num_queries(6 + 26):
        client.get(url(month))
