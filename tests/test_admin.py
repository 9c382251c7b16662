"""Django admin: nobody's words are lost, dates move with a reason, facts stay as they are, everything has a who."""

import re
from datetime import date
from threading import Barrier, Thread

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from actionplan.enums import MonthState
from actionplan.models import Action, DateChange, Post
from actionplan.permissions import ADMINISTRATOR, GROUPS, OFFICER
from havering_ofsted.administrators import give_administrators_their_permissions
from havering_ofsted.models import User
from kpis.models import Indicator, RagRule, Target
from tests import factories
from tests.factories import (
    ActionFactory,
    BaselineFactory,
    DateChangeFactory,
    IndicatorFactory,
    MilestoneFactory,
    PostFactory,
    ProgressUpdateFactory,
    RagRuleFactory,
    RecommendationFactory,
    ReportingMonthFactory,
    ServiceFactory,
    TargetFactory,
    UserFactory,
)

FACTS = [
    "actionplan.areamapping",
    "actionplan.assurance",
    "actionplan.challenge",
    "actionplan.datechange",
    "actionplan.decision",
    "actionplan.evidence",
    "actionplan.framework",
    "actionplan.inspection",
    "actionplan.judgement",
    "actionplan.judgementarea",
    "actionplan.meeting",
    "actionplan.monitoringvisit",
    "actionplan.progressupdate",
    "actionplan.publishedoutcome",
    "actionplan.recommendationparagraph",
    "actionplan.risk",
    "actionplan.riskscore",
    "kpis.area",
    "kpis.benchmark",
    "kpis.measurement",
    "kpis.neighbourset",
]
ADDED_ONLY = ["kpis.ragrule"]
NEVER_DELETED = [
    "actionplan.action",
    "actionplan.actionplan",
    "actionplan.dependency",
    "actionplan.recommendation",
    "actionplan.reportingmonth",
    "havering_ofsted.user",
    "kpis.indicator",
]
DELETED_WHEN_UNUSED = [
    "actionplan.post",
    "actionplan.programme",
    "actionplan.service",
]
NEW_PASSWORD = {"password1": "sunflowers in the hall", "password2": "sunflowers in the hall"}
EDITED = NEVER_DELETED + DELETED_WHEN_UNUSED


@pytest.fixture(autouse=True)
def signed_in(client, administrator):
    give_administrators_their_permissions()
    client.force_login(administrator)


def url(record, page="change"):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{page}", args=[record.pk])


def list_url(label, page="changelist"):
    return reverse(f"admin:{label.replace('.', '_')}_{page}")


def factory_of(label):
    by_model = {
        each._meta.model._meta.label_lower: each
        for each in vars(factories).values()
        if isinstance(each, type) and issubclass(each, factories.DjangoModelFactory) and each._meta.model
    }
    return by_model[label]


def filled_in(response):
    """What a browser would send back: every field of the page’s form as it was loaded."""
    adminform = response.context["adminform"].form
    forms = [adminform]
    data = {}
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif isinstance(value, list):
                data[field.html_name] = [getattr(each, "pk", each) for each in value]
            elif value is not None and value is not False:
                widget_value = field.field.widget.format_value(value)
                data[field.html_name] = widget_value[0] if isinstance(widget_value, list) else widget_value
    version = re.search(r'name="version" value="(\d+)"', response.content.decode())
    if version:
        data["version"] = version[1]
    return {name: value for name, value in data.items() if value is not None}


# Who may come in


def test_admin_stranger_is_sent_to_the_sites_own_sign_in_page(client):
    client.logout()

    response = client.get("/admin/login/?next=/admin/actionplan/")

    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/account/login/?next=/admin/"
    assertRedirects(response, "/account/login/?next=/admin/actionplan/")


@pytest.mark.parametrize("group", [name for name in GROUPS if name != ADMINISTRATOR])
def test_admin_other_roles_get_the_403_page(client, group):
    client.force_login(UserFactory(group=group))

    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/").status_code == 403
    assert client.get(list_url("actionplan.action")).status_code == 403


def test_admin_staff_without_the_group_sees_no_records(client):
    client.force_login(UserFactory(group=OFFICER, is_staff=True))

    assert client.get(list_url("actionplan.action")).status_code == 403


def test_admin_pages_say_whose_site_this_is_and_lead_back(client):
    response = client.get("/admin/")

    assertContains(response, "Ofsted improvement plan: administration")
    assertContains(response, "Demonstration: today is 27 June 2017.")
    assertContains(response, "OFFICIAL-SENSITIVE")
    assertContains(response, '<a href="/">Back to the improvement plan</a>', html=True)
    assertRedirects(client.get("/admin/password_change/"), reverse("password_change"))


def test_admin_keeps_every_model_in_one_of_the_lists():
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert registered == {*FACTS, *ADDED_ONLY, *EDITED}


@pytest.mark.parametrize("label", [*FACTS, *ADDED_ONLY, *EDITED])
def test_admin_every_page_of_every_model_opens(client, label):
    record = factory_of(label)()

    pages = [list_url(label), f"{list_url(label)}?q=head", url(record)]
    if label in EDITED:
        pages += [url(record, "history")]

    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    assert "'unsafe" not in client.get(url(record))["Content-Security-Policy"]
    assert client.get(url(record))["Cache-Control"].find("no-store") >= 0


# Facts


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


# Dates


def test_action_due_date_moves_with_a_reason_and_a_row_that_says_who(client, administrator):
    action = ActionFactory(due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    response = client.post(
        url(action), data | {"due_on": "31/10/2017", "date_reason": "The new team starts in October."}
    )

    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.due_on, action.original_due_on) == (date(2017, 10, 31), date(2017, 9, 30))
    change = DateChange.objects.get()
    assert (change.action, change.milestone, change.made_by) == (action, None, administrator)
    assert (change.from_date, change.to_date) == (date(2017, 9, 30), date(2017, 10, 31))
    assert change.reason == "The new team starts in October."
    newest = action.history.first()
    assert action.history.count() == 2
    assert (newest.history_user, newest.history_change_reason) == (
        administrator,
        "The new team starts in October.",
    )


def test_action_due_date_without_a_reason_is_an_error_at_the_field_and_nothing_is_lost(client):
    action = ActionFactory(due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"due_on": "31/10/2017", "title": "Do it better"})

    form = response.context["adminform"].form
    assert form.errors == {"date_reason": ["Say why the date moves from 30 September 2017"]}
    assertContains(response, 'value="31/10/2017"')
    assertContains(response, 'value="Do it better"')
    action.refresh_from_db()
    assert action.due_on == date(2017, 9, 30)
    assert not DateChange.objects.exists()


def test_action_reason_without_a_move_is_not_dropped_silently(client):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"date_reason": "The new team starts in October."})

    assert response.context["adminform"].form.errors == {
        "date_reason": ["The due date is the same as before. Change it, or clear the reason"]
    }


def test_action_long_reason_is_kept_whole_beside_the_history(client):
    action = ActionFactory(due_on=date(2017, 9, 30))
    reason = "The supplier cannot deliver before the autumn. " * 10
    data = filled_in(client.get(url(action)))

    client.post(url(action), data | {"due_on": "31/10/2017", "date_reason": reason})

    assert DateChange.objects.get().reason == reason.strip()
    assert len(action.history.first().history_change_reason) <= 100


def test_action_start_and_due_date_may_move_together_past_the_old_due_date(client):
    action = ActionFactory(starts_on=date(2017, 3, 1), due_on=date(2017, 9, 30))
    data = filled_in(client.get(url(action)))

    client.post(
        url(action), data | {"starts_on": "01/11/2017", "due_on": "31/12/2017", "date_reason": "A new law."}
    )

    action.refresh_from_db()
    assert (action.starts_on, action.due_on) == (date(2017, 11, 1), date(2017, 12, 31))


def test_action_due_before_it_starts_is_refused_in_words(client):
    action = ActionFactory(starts_on=date(2017, 3, 1))
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"due_on": "28/02/2017", "date_reason": "Sooner."})

    assert response.context["adminform"].form.errors == {
        "due_on": ["The due date must be 1 March 2017, when the action starts, or later"]
    }


def test_action_other_edit_moves_no_date(client):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    client.post(url(action), data | {"title": "Do it better", "original_due_on": "01/01/2016"})

    action.refresh_from_db()
    assert (action.title, action.version) == ("Do it better", 2)
    assert action.original_due_on == date(2017, 9, 30)
    assert not DateChange.objects.exists()


def test_milestone_due_date_moves_with_a_reason_and_raises_the_actions_version(client, administrator):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    client.post(
        url(milestone.action),
        data | {"milestones-0-due_on": "31/08/2017", "milestones-0-date_reason": "Waiting for a room."},
    )

    milestone.refresh_from_db()
    assert (milestone.due_on, milestone.original_due_on) == (date(2017, 8, 31), date(2017, 7, 31))
    assert milestone.action.version == 2
    change = DateChange.objects.get()
    assert (change.milestone, change.made_by, change.reason) == (
        milestone,
        administrator,
        "Waiting for a room.",
    )
    assert milestone.history.count() == 2
    assert milestone.history.first().history_user == administrator


def test_milestone_due_date_without_a_reason_is_an_error_in_its_row(client):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    response = client.post(url(milestone.action), data | {"milestones-0-due_on": "31/08/2017"})

    assert response.context["inline_admin_formsets"][0].formset.errors[0] == {
        "date_reason": ["Say why the date moves from 31 July 2017"]
    }
    assert Action.objects.get().version == 1


def test_milestone_after_its_action_is_refused_in_words(client):
    milestone = MilestoneFactory(action__due_on=date(2017, 9, 30), due_on=date(2017, 7, 31))
    data = filled_in(client.get(url(milestone.action)))

    response = client.post(
        url(milestone.action),
        data | {"milestones-0-due_on": "31/10/2017", "milestones-0-date_reason": "Late."},
    )

    assert response.context["inline_admin_formsets"][0].formset.errors[0] == {
        "due_on": ["The milestone must be due by 30 September 2017, when the action is due"]
    }


def test_milestone_completion_date_may_be_corrected_but_not_into_the_future(client):
    milestone = MilestoneFactory(completed_on=date(2017, 6, 1))
    data = filled_in(client.get(url(milestone.action)))

    refused = client.post(url(milestone.action), data | {"milestones-0-completed_on": "28/06/2017"})
    client.post(url(milestone.action), data | {"milestones-0-completed_on": "05/06/2017"})

    milestone.refresh_from_db()
    assert refused.context["inline_admin_formsets"][0].formset.errors[0] == {
        "completed_on": ["The completion date must be today or in the past"]
    }
    assert milestone.completed_on == date(2017, 6, 5)
    assert not DateChange.objects.exists()


def test_new_action_and_milestone_start_with_their_due_date_as_the_original(client, administrator):
    model = ActionFactory()
    data = filled_in(client.get(list_url("actionplan.action", "add")))

    response = client.post(
        list_url("actionplan.action", "add"),
        data
        | {
            "plan": model.plan_id,
            "recommendation": model.recommendation_id,
            "ref": "4.9",
            "order": "9",
            "title": "Meet every week",
            "short_title": "Weekly meeting",
            "owner": model.owner_id,
            "service": model.service_id,
            "priority": "high",
            "starts_on": "01/07/2017",
            "due_on": "30/09/2017",
            "why": "Why",
            "outcome": "Outcome",
            "measure": "Measure",
            "milestones-0-number": "1",
            "milestones-0-title": "First meeting held",
            "milestones-0-due_on": "31/07/2017",
        },
    )

    assert response.status_code == 302
    action = Action.objects.get(ref="4.9")
    milestone = action.milestones.get()
    assert (action.original_due_on, milestone.original_due_on) == (date(2017, 9, 30), date(2017, 7, 31))
    assert action.history.first().history_user == administrator
    assert not DateChange.objects.exists()


def test_new_action_needs_a_recommendation_of_the_inspection_its_plan_answers(client):
    plan, elsewhere = factories.ActionPlanFactory(), RecommendationFactory()
    data = filled_in(client.get(list_url("actionplan.action", "add")))

    response = client.post(
        list_url("actionplan.action", "add"), data | {"plan": plan.pk, "recommendation": elsewhere.pk}
    )

    assert response.context["adminform"].form.errors["recommendation"] == [
        f"Choose a recommendation of {plan.inspection}, which the plan answers"
    ]


# Two people at once


def test_stale_save_writes_nothing_and_shows_both_texts(client):
    milestone = MilestoneFactory(title="First step")
    action = milestone.action
    mine = filled_in(client.get(url(action)))
    client.post(url(action), mine | {"title": "Theirs", "milestones-0-title": "Their step"})
    stored = Action.history.count()

    response = client.post(url(action), mine | {"title": "Mine", "milestones-0-title": "My step"})

    assert response.status_code == 409
    action.refresh_from_db()
    assert (action.title, action.version, Action.history.count()) == ("Theirs", 2, stored)
    assert [tuple(each) for each in response.context["differences"]] == [
        ("What will be done", "Mine", "Theirs"),
        (f"Milestone {action.ref}.{milestone.number} Their step: Title", "My step", "Their step"),
    ]
    assertContains(response, "Somebody else changed this while you were writing", status_code=409)
    assertContains(response, 'value="Mine"', status_code=409)


def test_stale_save_can_be_carried_on_with_what_was_typed(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    client.post(url(action), mine | {"title": "Theirs"})
    conflict = client.post(url(action), mine | {"title": "Mine"})

    client.post(url(action), filled_in(conflict))

    action.refresh_from_db()
    assert (action.title, action.version) == ("Mine", 3)


def test_stale_save_shows_a_milestone_that_somebody_else_added(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    theirs = {
        "milestones-0-number": "1",
        "milestones-0-title": "Their step",
        "milestones-0-due_on": "31/07/2017",
    }
    client.post(url(action), mine | theirs)

    ours = {"milestones-0-number": "2", "milestones-0-title": "My step", "milestones-0-due_on": "31/08/2017"}
    conflict = client.post(url(action), mine | ours)
    client.post(url(action), filled_in(conflict))

    labels = [each.label for each in conflict.context["differences"]]
    assert labels == [
        "New milestone: Number",
        "New milestone: Title",
        "New milestone: Due date",
        "New milestone",
    ]
    assert list(action.milestones.values_list("title", flat=True)) == ["Their step", "My step"]


@pytest.mark.parametrize("version", [None, "", "x", "0", "2", "1 or 1=1", "9" * 5000])
def test_save_without_the_stored_version_is_a_conflict(client, version):
    post = PostFactory(title="Head of Leaving Care")
    data = filled_in(client.get(url(post))) | {"title": "Head of Early Help"}
    del data["version"]

    response = client.post(url(post), data if version is None else data | {"version": version})

    assert response.status_code == 409
    assert Post.objects.get(pk=post.pk).title == "Head of Leaving Care"


@pytest.mark.parametrize("label", EDITED)
def test_every_editable_form_carries_its_version_and_a_save_raises_it(client, label):
    record = factory_of(label)()
    page = client.get(url(record))

    first = client.post(url(record), filled_in(page))
    second = client.post(url(record), filled_in(page))

    record.refresh_from_db()
    assert (first.status_code, second.status_code, record.version) == (302, 409, 2)


def test_targets_and_baseline_are_covered_by_their_indicators_version(client, administrator):
    indicator = IndicatorFactory()
    BaselineFactory(indicator=indicator)
    target = TargetFactory(indicator=indicator, value=90)
    mine = filled_in(client.get(url(indicator)))

    client.post(url(indicator), mine | {"targets-0-value": "95"})
    response = client.post(url(indicator), mine | {"targets-0-value": "85", "baseline-0-value": "61"})

    target.refresh_from_db()
    assert (response.status_code, target.value) == (409, 95)
    assert Indicator.objects.get().version == 2
    assert Target.history.first().history_user == administrator


def test_target_is_corrected_and_the_page_says_that_a_new_agreement_is_new_targets(client):
    target = TargetFactory(value=90)
    page = client.get(url(target.indicator))

    client.post(url(target.indicator), filled_in(page) | {"targets-0-value": "91"})

    assertContains(page, "What the Board agrees anew is new targets with a date of their own")
    assert Target.objects.get().value == 91
    assert list(target.history.values_list("value", flat=True)) == [91, 90]


def test_new_limits_are_kept_with_their_indicator(client, administrator):
    indicator = IndicatorFactory()
    data = filled_in(client.get(url(indicator)))
    row = {"starts_on": "01/01/2017", "agreed_on": "26/01/2017", "reason": "A new form"}

    client.post(
        url(indicator),
        data | {"rebases-TOTAL_FORMS": "1"} | {f"rebases-0-{name}": text for name, text in row.items()},
    )

    rebase = indicator.rebases.get()
    assert (rebase.starts_on, rebase.reason) == (date(2017, 1, 1), "A new form")
    assert rebase.history.get().history_user == administrator


@pytest.mark.parametrize("code", ["entry", "import", "charts"])
def test_indicator_cannot_take_the_address_of_another_page(client, code):
    data = filled_in(client.get(list_url("kpis.indicator", "add")))

    response = client.post(list_url("kpis.indicator", "add"), data | {"code": code})

    assert response.context["adminform"].form.errors["code"] == [
        "Another page has this address. Choose another code"
    ]


def test_conflict_over_a_target_shows_only_what_differs(client):
    indicator = IndicatorFactory()
    TargetFactory(indicator=indicator, value=90, tolerance=5)
    mine = filled_in(client.get(url(indicator)))
    client.post(url(indicator), mine | {"targets-0-value": "95"})

    response = client.post(url(indicator), mine)

    assert mine["targets-0-tolerance"] == "5"
    assert [each[1:] for each in response.context["differences"]] == [("90", "95")]


@pytest.mark.parametrize("key", ["x", "²"])
def test_choice_that_is_no_record_is_an_error_at_its_field(client, key):
    action = ActionFactory()
    data = filled_in(client.get(url(action)))

    response = client.post(url(action), data | {"owner": key, "contributors": [key, "1"]})

    assert response.context["adminform"].form.errors.keys() == {"owner", "contributors"}


@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_at_once_one_is_stored_and_three_are_told(client):
    action = ActionFactory()
    mine = filled_in(client.get(url(action)))
    together, statuses = Barrier(4), []

    def save(number):
        browser = Client()
        browser.cookies = client.cookies
        together.wait()
        statuses.append(browser.post(url(action), mine | {"title": f"Text {number}"}).status_code)
        connection.close()

    threads = [Thread(target=save, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    action.refresh_from_db()
    assert sorted(statuses) == [302, 409, 409, 409]
    assert (action.version, action.history.count()) == (2, 2)


# Owners


def hand_over(client, actions, to, versions=None):
    chosen = {"action": "hand_over", "_selected_action": [action.pk for action in actions]}
    page = client.post(list_url("actionplan.action"), chosen)
    assertContains(page, "Actions to hand over")
    versions = {f"version_{action.pk}": action.version for action in actions}
    return client.post(list_url("actionplan.action"), chosen | versions | {"to": to})


def test_hand_over_gives_the_actions_to_the_post_with_one_history_row_each(client, administrator):
    actions, to = ActionFactory.create_batch(3), PostFactory(title="Head of Leaving Care")
    actions[2].owner = to
    actions[2].save()
    rows = Action.history.count()

    response = hand_over(client, actions, to.pk)

    assert response.status_code == 302
    assert set(Action.objects.values_list("owner", flat=True)) == {to.pk}
    assert list(Action.objects.order_by("pk").values_list("version", flat=True)) == [2, 2, 1]
    written = Action.history.all()[: Action.history.count() - rows]
    assert [(row.history_user, row.history_change_reason) for row in written] == [
        (administrator, "Handed over to another post")
    ] * 2


def test_hand_over_needs_a_post(client):
    action = ActionFactory()

    response = hand_over(client, [action], "")

    assertContains(response, "Choose the post that takes over")
    assert Action.objects.get().owner == action.owner


def test_hand_over_of_an_action_changed_meanwhile_changes_none(client):
    actions, to = ActionFactory.create_batch(2), PostFactory()
    Action.objects.filter(pk=actions[1].pk).update(version=2)

    response = hand_over(client, actions, to.pk)

    assertContains(response, f"Somebody else changed action {actions[1]}", status_code=409)
    assert not Action.objects.filter(owner=to).exists()


# People


def test_person_is_added_with_a_role_and_a_password(client, administrator):
    group = Group.objects.get_or_create(name=OFFICER)[0]
    service = ServiceFactory()

    client.post(
        list_url("havering_ofsted.user", "add"),
        {
            "email": "New.Person@Havering.example",
            "job_title": "Head of Early Help",
            "service": service.pk,
            "groups": [group.pk],
            **NEW_PASSWORD,
        },
    )

    person = User.objects.get(email="new.person@havering.example")
    assert person.check_password("sunflowers in the hall")
    assert (person.service, list(person.groups.all())) == (service, [group])
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.history.first().history_user == administrator


def test_person_address_in_another_case_is_the_same_account(client):
    person = UserFactory(email="officer@havering.example")

    response = client.post(
        list_url("havering_ofsted.user", "add"),
        {
            "email": "OFFICER@havering.example",
            **NEW_PASSWORD,
        },
    )

    assert "email" in response.context["adminform"].form.errors
    assert User.objects.filter(email__iexact=person.email).count() == 1


def test_person_new_roles_are_named_in_history(client, administrator):
    person = UserFactory(group=OFFICER)
    team = Group.objects.create(name="Improvement team")
    data = filled_in(client.get(url(person)))

    client.post(url(person), data | {"groups": [team.pk]})

    newest = person.history.first()
    assert list(person.groups.all()) == [team]
    assert (newest.history_user, newest.history_change_reason) == (administrator, "Groups: Improvement team")


def test_person_is_deactivated_and_cannot_sign_in(client):
    person = UserFactory()
    data = filled_in(client.get(url(person)))
    del data["is_active"]

    client.post(url(person), data)

    assert not User.objects.get(pk=person.pk).is_active
    assert not client.login(email=person.email, password="a long enough password")


def test_person_password_is_set_by_an_administrator(client, administrator):
    person = UserFactory()
    address = reverse("admin:auth_user_password_change", args=[person.pk])

    response = client.post(
        address,
        {
            **NEW_PASSWORD,
            "set-password": "1",
            "usable_password": "true",
        },
    )

    person.refresh_from_db()
    assert response.status_code == 302
    assert person.check_password("sunflowers in the hall")
    newest = person.history.first()
    assert (newest.history_user, newest.history_change_reason) == (
        administrator,
        "Password set by an administrator",
    )


def test_person_may_not_change_their_own_role(client, administrator):
    data = filled_in(client.get(url(administrator)))

    client.post(
        url(administrator), data | {"groups": [], "is_staff": "", "job_title": "Head of Care Resources"}
    )

    administrator.refresh_from_db()
    assert administrator.job_title == "Head of Care Resources"
    assert administrator.is_staff
    assert administrator.groups.get().name == ADMINISTRATOR


def test_superusers_account_is_out_of_an_administrators_reach(client):
    superuser = UserFactory(is_superuser=True, is_staff=True)
    password = reverse("admin:auth_user_password_change", args=[superuser.pk])

    assert client.post(url(superuser), {"email": "mine@havering.example"}).status_code == 403
    assert client.post(password, {"password1": "x"}).status_code == 403


def test_administrator_makes_nobody_a_superuser(client):
    person = UserFactory()
    data = filled_in(client.get(url(person)))

    client.post(url(person), data | {"is_superuser": "on", "user_permissions": ["1"]})

    person.refresh_from_db()
    assert (person.version, person.is_superuser, person.user_permissions.count()) == (2, False, 0)


# History


def test_history_says_who_changed_what_and_why_in_the_action_and_its_milestones(client):
    milestone = MilestoneFactory(due_on=date(2017, 7, 31))
    action = milestone.action
    data = filled_in(client.get(url(action)))
    client.post(
        url(action),
        data
        | {
            "priority": "critical",
            "due_on": "31/10/2017",
            "date_reason": "The new team starts in October.",
            "milestones-0-due_on": "31/08/2017",
            "milestones-0-date_reason": "Waiting for a room.",
        },
    )

    page = client.get(url(action, "history")).content.decode()

    assert "<strong>Priority:</strong> from High to Critical" in page
    assert "<strong>Due date:</strong> from 30 September 2017 to 31 October 2017" in page
    assert "The new team starts in October." in page
    assert "<strong>Due date:</strong> from 31 July 2017 to 31 August 2017" in page
    assert "Waiting for a room." in page
    assert "Performance and Information Manager" in page
    assert "Version" not in page


def test_history_offers_no_way_to_put_an_old_state_back(client):
    post = PostFactory()

    response = client.post(f"{url(post, 'history')}{post.history.first().pk}/", {"title": "Head of Nothing"})

    assert response.status_code in (302, 404)
    assert Post.objects.get(pk=post.pk).title == post.title


# Queries


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


# In the browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 375])
def test_every_kind_of_admin_page_obeys_the_content_security_policy(open_browser, administrator, width):
    action = MilestoneFactory().action
    service = ServiceFactory(name="Early Help")
    page = open_browser(administrator, width=width)

    for address in [
        "/admin/",
        list_url("actionplan.action"),
        list_url("actionplan.progressupdate"),
        list_url("havering_ofsted.user", "add"),
        url(administrator, "history"),
        reverse("admin:auth_user_password_change", args=[UserFactory().pk]),
        url(service, "delete"),
        url(DateChangeFactory(action=action)),
        url(action),
    ]:
        assert page.goto(address, wait_until="networkidle").status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".field-service .select2-selection").click()
    page.locator(".select2-results__option", has_text="Early Help").click()
    page.locator(".field-due_on .date-icon").first.click()
    page.locator(".calendarbox:visible .calendar-cancel a").first.click()
    page.locator(".add-row a").click()
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("was changed successfully").wait_for()
    action.refresh_from_db()
    assert action.service == service


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_date_is_moved_after_a_conflict_without_javascript(open_browser, administrator):
    action = ActionFactory(due_on=date(2017, 9, 30))
    page = open_browser(administrator, javascript=False)
    page.goto(url(action))
    Action.objects.filter(pk=action.pk).update(version=2, title="Theirs")

    page.get_by_label("What will be done").fill("Mine")
    page.get_by_label("Due date").first.fill("31/10/2017")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("This is where the two texts differ").wait_for()
    page.get_by_label("Why the date moves").first.fill("The new team starts in October.")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("was changed successfully").wait_for()
    change = DateChange.objects.get()
    assert (change.to_date, change.made_by) == (date(2017, 10, 31), administrator)
    assert Action.objects.get().title == "Mine"
