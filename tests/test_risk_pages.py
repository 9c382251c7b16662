"""The pages of risks: read by everybody who has signed in, written by the improvement team."""

from datetime import date

import html5lib
import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from actionplan.models import Risk, RiskScore
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    PostFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    ReportingMonthFactory,
    RiskFactory,
    RiskScoreFactory,
)
from tests.forms import assert_error_summary, typed

LONG = "x" * 2001


@pytest.fixture
def plan(db):
    plan = ActionPlanFactory(slug="the-plan", name="The plan")
    ReportingMonthFactory(plan=plan)
    return plan


@pytest.fixture
def read(client, reader, plan):
    def get(name="risks", *args, user=reader, **query):
        client.force_login(user)
        return client.get(reverse(f"actionplan:{name}", args=[plan.slug, *args]), query)

    return get


@pytest.fixture
def send(client, manager, plan):
    """Return a function that posts to a page of the plan as the improvement team."""

    def post(name, *args, **data):
        client.force_login(manager)
        given = {key: value for key, value in data.items() if value is not None}
        return client.post(reverse(f"actionplan:{name}", args=[plan.slug, *args]), given)

    return post


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def names(response):
    return [row.title for row in response.context["rows"]]


# The list and the map.


def test_navigation_leads_to_the_risks_of_the_newest_plan(client, reader, plan):
    client.force_login(reader)

    assert client.get(reverse("actionplan:all_risks")).url == "/plans/the-plan/risks/"
    page = client.get("/plans/the-plan/risks/").text
    assert (
        'aria-current="true"><strong class="govuk-service-navigation__active-fallback">Risks</strong>' in page
    )


def test_without_a_plan_the_page_says_so(client, reader):
    client.force_login(reader)

    assert "There is no plan yet." in client.get(reverse("actionplan:all_risks")).text


def test_list_is_narrowed_to_issues_late_reviews_or_closed_ones(plan, read):
    RiskFactory(plan=plan, title="Open")
    RiskFactory(plan=plan, title="Issue", issue=True)
    RiskFactory(plan=plan, title="Late", late=True)
    RiskFactory(plan=plan, title="Closed", closed=True)

    shown = {show: names(read(show=show)) for show in ("open", "issues", "late", "closed", "", "blue", "\0")}

    assert shown == {
        "open": ["Open", "Issue", "Late"],
        "issues": ["Issue"],
        "late": ["Late"],
        "closed": ["Closed"],
        "": ["Open", "Issue", "Late"],
        "blue": ["Open", "Issue", "Late"],
        "\0": ["Open", "Issue", "Late"],
    }


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("open", "No risk or issue is open."),
        ("issues", "No issue is open."),
        ("late", "No review is late."),
        ("closed", "No risk or issue has been closed."),
    ],
)
def test_empty_list_says_so(read, show, words):
    assert words in read(show=show).text


def test_row_says_both_scores_the_movement_and_how_late_the_review_is(plan, read):
    risk = RiskFactory(plan=plan, late=True)
    RiskScoreFactory(risk=risk, scored_on=date(2017, 5, 20), likelihood=3, impact=4)
    RiskScoreFactory(risk=risk, scored_on=date(2017, 6, 20), likelihood=2, impact=4)

    page = read().text

    assert "<span>16 severe</span>" in page
    assert "<span>8 moderate</span>" in page
    assert "<span>Down from 12</span>" in page
    assert "26 days late" in page
    assert "Movement since 27 May 2017" in page


def test_heat_map_is_a_table_that_says_score_word_and_risk(plan, read):
    RiskScoreFactory(risk__plan=plan, risk__number=4, risk__title="Carers leave", likelihood=5, impact=4)
    RiskFactory(plan=plan, number=5, title="Nobody looked")

    response = read()

    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    table = next(each for each in page.iter("table") if "app-heat" in each.get("class"))
    lines = [["".join(cell.itertext()).split() for cell in row] for row in table.iter("tr")]
    assert [" ".join(cell) for cell in lines[0]] == [
        "Likelihood",
        "Impact 1: very small",
        "Impact 2: small",
        "Impact 3: medium",
        "Impact 4: large",
        "Impact 5: very large",
    ]
    assert [" ".join(cell) for cell in lines[1]] == [
        "5: almost certain",
        "5 moderate",
        "10 high",
        "15 high",
        "20 severe R4 Carers leave",
        "25 severe",
    ]
    assert "1 to 4 low, 5 to 9 moderate, 10 to 15 high, 16 to 25 severe" in response.text
    assert [row.ref for row in response.context["unscored"]] == ["R5"]


def test_closed_risks_have_no_place_on_the_map(plan, read):
    RiskScoreFactory(risk__plan=plan, risk__closed=True)

    assert "app-heat" not in read(show="closed").text


def test_risk_of_the_plan_beneath_names_its_plan(plan, read):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection, name="Leaving Care plan")
    RiskFactory(plan=child, title="Posts stay empty", likelihood=5)
    RiskFactory(plan=plan)

    assert names(read())[0] == "Posts stay empty"
    assert read().text.count("Leaving Care plan") == 2  # in the list, and among those not scored


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(plan, client, reader, count, django_assert_num_queries):
    for _ in range(count):
        RiskScoreFactory(risk__plan=plan)
        RiskFactory(plan=plan, closed=True)
    client.force_login(reader)

    with django_assert_num_queries(6):
        client.get(reverse("actionplan:risks", args=[plan.slug]))


# One risk.


def test_page_of_a_risk_tells_its_story_and_where_its_actions_stand(plan, read):
    risk = RiskScoreFactory(risk__plan=plan, risk__number=4, note="Nobody applied.", likelihood=4).risk
    action = ActionFactory(plan=plan, title="Recruit carers")
    ProgressUpdateFactory(action=action, red=True, accepted=True)
    risk.actions.add(action)
    risk.recommendations.add(RecommendationFactory(inspection=plan.inspection, number=7))

    response = read("risk", 4)

    assert "Posts stay empty." in response.text
    assert "Likely (4) × large (4)" in response.text
    assert "Nobody applied." in response.text
    assert "1 action: 1 red" in response.text
    assert reverse("actionplan:recommendation", args=["the-plan", 7]) in response.text
    assert "Score it" not in response.text


def test_post_that_nobody_holds_is_only_noted(plan, read):
    RiskFactory(plan=plan, number=1, owner=PostFactory(holder=None))

    assert "Nobody holds this post now" in read("risk", 1).text


def test_risk_that_nobody_scored_says_so(plan, read):
    RiskFactory(plan=plan, number=1)

    page = read("risk", 1).text

    assert "Nobody has scored it yet" in page
    assert "<span>Not scored</span>" in page
    assert "No action is tied to it." in page
    assert "No recommendation is tied to it." in page


def test_closed_risk_says_why_and_offers_nothing_to_write(plan, read, manager):
    RiskFactory(plan=plan, number=1, closed=True)

    page = read("risk", 1, user=manager).text

    assert "<strong>Closed on 1 June 2017.</strong> The posts are filled." in page
    assert reverse("actionplan:risk_score", args=["the-plan", 1]) not in page


@pytest.mark.parametrize("number", [2, 40_000, 10**30])
def test_unknown_risk_is_not_found(plan, read, number):
    RiskFactory(plan=plan, number=1)

    assert read("risk", number).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_risk_query_count(plan, client, reader, count, django_assert_num_queries):
    risk = RiskFactory(plan=plan, number=1)
    for _ in range(count):
        RiskScoreFactory(risk=risk)
        action = ActionFactory(plan=plan)
        ProgressUpdateFactory(action=action, accepted=True)
        risk.actions.add(action)
        risk.recommendations.add(action.recommendation)
    client.force_login(reader)

    with django_assert_num_queries(15):
        client.get(risk.get_absolute_url())


@pytest.mark.parametrize("page", ["action", "recommendation"])
def test_pages_beside_it_list_the_open_risks(plan, read, page):
    action = ActionFactory(plan=plan)
    for risk in (
        RiskScoreFactory(risk__plan=plan, risk__number=4, risk__title="Carers leave").risk,
        RiskFactory(plan=plan, number=5, closed=True),
    ):
        risk.actions.add(action)
        risk.recommendations.add(action.recommendation)
    where = {"action": action.ref, "recommendation": action.recommendation.number}

    shown = read(page, where[page]).text

    assert "R4 Carers leave</a>" in shown
    assert "<span>12 high</span>" in shown
    assert ">R5 " not in shown


# Writing.


def described(plan, **changed):
    plain = {
        "kind": "risk",
        "title": "Carers leave",
        "cause": "They feel alone at night.",
        "effect": "Children are placed far away.",
        "likelihood": "4",
        "impact": "5",
        "mitigation": "Somebody to call at night.",
        "owner": str(PostFactory(title="Head of Care Resources").pk),
        **day("27", "7", "2017"),
    }
    return plain | changed


def day(d, m, y):
    return {"review_on_day": d, "review_on_month": m, "review_on_year": y}


def scored(risk, **changed):
    plain = {
        "version": str(Risk.objects.get(pk=risk.pk).version),
        "likelihood": "2",
        "impact": "3",
        "note": "Two more carers were approved.",
        **day("31", "8", "2017"),
    }
    return plain | changed


def test_risk_is_opened_with_what_it_concerns(plan, send):
    child = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    own, beneath = ActionFactory(plan=plan, ref="7.1"), ActionFactory(plan=child, ref="L3.1")
    recommendation = RecommendationFactory(inspection=plan.inspection, number=7)

    response = send(
        "risk_new", **described(plan, title=" Carers\r\nleave ", actions="7.1, l3.1 7.1", recommendations="7")
    )

    risk = Risk.objects.get()
    assert response.url == risk.get_absolute_url()
    assert said(response) == ["Risk R1 opened. Score it as it stands now."]
    assert (risk.title, risk.likelihood, risk.impact, risk.owner.title) == (
        "Carers leave",
        4,
        5,
        "Head of Care Resources",
    )
    assert (risk.opened_on, risk.review_on) == (date(2017, 6, 27), date(2017, 7, 27))
    assert (set(risk.actions.all()), set(risk.recommendations.all())) == ({own, beneath}, {recommendation})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"likelihood": "6"}, "Choose a likelihood before mitigation from 1 to 5"),
        ({"impact": "0"}, "Choose an impact before mitigation from 1 to 5"),
        ({"impact": None}, "Choose an impact before mitigation from 1 to 5"),
        ({"kind": "worry"}, "Choose whether it is a risk or an issue"),
        ({"title": " "}, "Enter a title"),
        ({"title": "x" * 151}, "The title must be 150 characters or fewer. It has 151"),
        ({"cause": ""}, "Say what causes it"),
        ({"effect": ""}, "Say what it would mean for children"),
        ({"mitigation": LONG}, "The mitigation must be 2,000 characters or fewer. It has 2001"),
        ({"owner": ""}, "Choose an owner"),
        ({"owner": "9" * 31}, "Choose an owner from the list"),
        (day("26", "6", "2017"), "The review date must be 27 June 2017 or later"),
        (day("", "", ""), "Enter the day on which it is looked at again"),
        (day("31", "6", "2017"), "Enter a real date, for example 20 7 2017"),
        ({"actions": "7.1"}, "There is no action 7.1. Enter numbers with commas between them"),
        (
            {"recommendations": "seven"},
            "There is no recommendation seven. Enter numbers with commas between them",
        ),
    ],
)
def test_each_mistake_is_said_in_a_sentence_and_nothing_is_lost(plan, send, changed, message):
    response = send("risk_new", **described(plan, effect="Children wait.") | changed)

    assert response.status_code == 200
    assert_error_summary(response, message)
    assert not Risk.objects.exists()
    if "cause" not in changed:
        assert typed(response)["cause"].strip() == "They feel alone at night."


def test_empty_form_asks_for_everything(plan, send):
    assert_error_summary(
        send("risk_new"),
        "Choose whether it is a risk or an issue",
        "Enter a title",
        "Say what causes it",
        "Say what it would mean for children",
        "Choose a likelihood before mitigation from 1 to 5",
        "Choose an impact before mitigation from 1 to 5",
        "Say what is done about it",
        "Choose an owner",
        "Enter the day on which it is looked at again",
    )


def test_form_starts_from_what_is_stored_and_a_past_review_may_stay(plan, read, send, manager):
    risk = RiskFactory(plan=plan, number=1, late=True)
    action = ActionFactory(plan=plan, ref="7.1")
    risk.actions.add(action)
    form = typed(read("risk_edit", 1, user=manager))
    assert (form["actions"].strip(), form["likelihood"], form["review_on_month"]) == ("7.1", "4", "6")

    response = send("risk_edit", 1, **form | {"mitigation": "Two posts are offered.", "owner": risk.owner_id})

    assert (response.status_code, said(response)) == (302, ["Risk R1 saved."])
    risk.refresh_from_db()
    assert (risk.mitigation, risk.review_on, risk.version) == ("Two posts are offered.", date(2017, 6, 1), 2)
    assert list(risk.actions.all()) == [action]


def test_score_is_recorded_with_its_note_and_the_next_review(plan, send, manager):
    risk = RiskScoreFactory(risk__plan=plan, risk__number=1).risk

    response = send("risk_score", 1, **scored(risk))

    assert (response.url, said(response)) == (risk.get_absolute_url(), ["Risk R1 scored."])
    newest = RiskScore.objects.last()
    assert (newest.likelihood, newest.impact, newest.note) == (2, 3, "Two more carers were approved.")
    assert (newest.scored_on, newest.made_by) == (date(2017, 6, 27), manager)
    risk.refresh_from_db()
    assert risk.review_on == date(2017, 8, 31)


def test_score_form_shows_the_last_score_and_chooses_none(plan, read, manager):
    RiskScoreFactory(risk__plan=plan, risk__number=1, note="Nobody applied.")
    late = RiskFactory(plan=plan, number=2, late=True)

    page = read("risk_score", 1, user=manager)

    assert "Last scored on 25 May 2017" in page.text
    assert "Nobody applied." in page.text
    assert not {"likelihood", "impact"} & typed(page).keys()
    assert typed(page)["review_on_day"] == "27"
    assert typed(read("risk_score", late.number, user=manager))["review_on_day"] == ""


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"likelihood": "6"}, "Choose a likelihood from 1 to 5"),
        ({"impact": "0"}, "Choose an impact from 1 to 5"),
        ({"note": ""}, "Say what the score rests on"),
        (day("1", "6", "2017"), "The review date must be 27 June 2017 or later"),
    ],
)
def test_wrong_score_is_said_in_a_sentence_and_not_recorded(plan, send, changed, message):
    risk = RiskFactory(plan=plan, number=1)

    response = send("risk_score", 1, **scored(risk, **changed))

    assert_error_summary(response, message)
    assert not RiskScore.objects.exists()


def test_risk_is_closed_with_a_reason(plan, send):
    RiskFactory(plan=plan, number=1, issue=True)
    assert_error_summary(send("risk_close", 1, version="1"), "Say why it is closed")

    response = send("risk_close", 1, version="1", reason="The posts are filled.")

    assert said(response) == ["Issue R1 closed."]
    risk = Risk.objects.get()
    assert (risk.closed_on, risk.closed_because) == (date(2017, 6, 27), "The posts are filled.")


def test_stale_edit_shows_both_texts_and_goes_on_from_what_is_stored(plan, send, read, manager):
    risk = RiskFactory(plan=plan, number=1, title="Carers leave")
    form = typed(read("risk_edit", 1, user=manager)) | {"owner": str(risk.owner_id)}
    send("risk_edit", 1, **form | {"title": "Theirs"})

    response = send("risk_edit", 1, **form | {"title": "Mine"})

    assert response.status_code == 409
    assert [tuple(each) for each in response.context["differences"]] == [("Title", "Mine", "Theirs")]
    assert Risk.objects.get().title == "Theirs"
    again = typed(response) | {"owner": str(risk.owner_id)}
    assert send("risk_edit", 1, **again).status_code == 302
    assert Risk.objects.get().title == "Mine"


def test_stale_score_shows_the_one_that_was_recorded(plan, send):
    risk = RiskFactory(plan=plan, number=1)
    mine = scored(risk)
    send("risk_score", 1, **scored(risk, likelihood="5", note="Theirs"))

    response = send("risk_score", 1, **mine)

    assert response.status_code == 409
    assert [tuple(each) for each in response.context["differences"]] == [
        ("How likely is it now?", "2 Unlikely", "5 Almost certain"),
        ("What does the score rest on?", "Two more carers were approved.", "Theirs"),
    ]
    assert RiskScore.objects.count() == 1


@pytest.mark.parametrize("version", [None, "", "x", "²", "9" * 31, "-1"])
def test_form_that_says_nothing_of_its_version_is_out_of_date(plan, send, version):
    risk = RiskFactory(plan=plan, number=1)

    assert send("risk_score", 1, **scored(risk, version=version)).status_code == 409
    assert not RiskScore.objects.exists()


@pytest.mark.parametrize("name", ["risk_edit", "risk_score", "risk_close"])
def test_closed_risk_cannot_be_written_and_what_was_typed_is_shown(plan, read, send, manager, name):
    risk = RiskFactory(plan=plan, number=1, closed=True)
    typed_words = {"note": "Mine to keep", "reason": "Mine to keep", "cause": "Mine to keep"}

    assert "It was closed on 1 June 2017" in read(name, 1, user=manager).text
    response = send(name, 1, **scored(risk) | typed_words)

    assert response.status_code == 409
    assert "Mine to keep" in response.text
    assert not RiskScore.objects.exists()


def test_risk_closed_while_somebody_scored_it_keeps_what_they_typed(plan, send):
    risk = RiskFactory(plan=plan, number=1)
    mine = scored(risk)
    send("risk_close", 1, version="1", reason="The posts are filled.")

    response = send("risk_score", 1, **mine)

    assert response.status_code == 409
    assert "Two more carers were approved." in response.text


@pytest.mark.parametrize("name", ["risk_new", "risk_edit", "risk_score", "risk_close"])
def test_only_the_improvement_team_writes(plan, read, officer, assurer, name):
    RiskFactory(plan=plan, number=1, owner=PostFactory(holder=officer))
    args = [] if name == "risk_new" else [1]

    assert [read(name, *args, user=user).status_code for user in (officer, assurer)] == [403, 403]
    assert "Risks are kept by the improvement team." in read(name, *args, user=officer).text
