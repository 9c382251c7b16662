import re

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories import UserFactory
from tests.forms import assert_error_summary

PASSWORD = "a long enough password"
LOGIN = "/account/login/"

pytestmark = pytest.mark.django_db


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": email, "password": password, **more})


def errors(response):
    return [message for messages in response.context["form"].errors.values() for message in messages]


@pytest.mark.parametrize(
    "typed", ["officer@havering.example", "OFFICER@Havering.Example", " Officer@havering.example "]
)
def test_sign_in_takes_the_address_in_any_case(client, officer, typed):
    response = sign_in(client, typed)

    assert (response.status_code, response.url) == (302, "/")
    assert get_user(client) == officer


def test_sign_in_gives_a_new_session(client, officer):
    client.get(LOGIN)
    sign_in(client, officer.email)
    first = client.session.session_key
    client.logout()

    sign_in(client, officer.email)

    assert client.session.session_key != first


def test_wrong_password_says_the_same_as_an_unknown_address(client, officer):
    known = sign_in(client, officer.email, "not the password")
    unknown = sign_in(client, "nobody@havering.example", "not the password")

    assert known.status_code == unknown.status_code == 200
    assert errors(known) == errors(unknown) != []
    assert not get_user(client).is_authenticated


def test_account_that_is_not_active_is_refused_like_a_wrong_password(client):
    leaver = UserFactory(is_active=False)

    refused = sign_in(client, leaver.email)

    assert errors(refused) == errors(sign_in(client, "nobody@havering.example"))
    assert not get_user(client).is_authenticated


def test_leaver_is_out_at_the_next_request(client, officer):
    client.force_login(officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])

    response = client.get(reverse("password_change"))

    assert (response.status_code, response.url) == (302, "/account/login/?next=/account/password_change/")


def test_sign_out_ends_the_session_for_good(client, officer):
    client.force_login(officer)
    cookie = client.cookies["sessionid"].value

    response = client.post(reverse("logout"))

    assert (response.status_code, response.url) == (302, LOGIN)
    assert list(Session.objects.all()) == []
    client.cookies["sessionid"] = cookie
    assert not get_user(client).is_authenticated


def test_sign_out_is_not_a_link(client, officer):
    client.force_login(officer)

    response = client.get(reverse("logout"))

    assert response.status_code == 405
    assert get_user(client) == officer


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        r"/\evil.example/",
        "https:evil.example",
        "https://evil.example/plans/",
        "\t//evil.example/",
        "javascript:alert(1)",
    ],
)
def test_sign_in_stays_on_the_site(client, officer, elsewhere):
    response = sign_in(client, officer.email, next=elsewhere)

    assert (response.status_code, response.url) == (302, "/")


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client, officer):
    asked = client.get("/plans/")

    response = sign_in(client, officer.email, next=asked.url.removeprefix(f"{LOGIN}?next="))

    assert (response.status_code, response.url) == (302, "/plans/")


def test_password_change_needs_the_old_one_and_ends_other_sessions(client, officer):
    client.force_login(officer)
    elsewhere = type(client)()
    elsewhere.force_login(officer)
    new = {"new_password1": "seventeen blue tractors", "new_password2": "seventeen blue tractors"}

    refused = client.post(reverse("password_change"), new | {"old_password": "a guess"})
    response = client.post(reverse("password_change"), new | {"old_password": PASSWORD})

    assert list(refused.context["form"].errors) == ["old_password"]
    assert (response.status_code, response.url) == (302, reverse("password_change_done"))
    officer.refresh_from_db()
    assert officer.check_password("seventeen blue tractors")
    assert get_user(client) == officer
    assert not get_user(elsewhere).is_authenticated


@pytest.mark.parametrize("weak", ["short of it", "officer@havering.example", "123456789987654321"])
def test_password_that_is_easy_to_guess_is_refused(client, officer, weak):
    client.force_login(officer)

    response = client.post(
        reverse("password_change"), {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    )

    assert response.status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_password_reset_sends_a_link_that_works_once(client, officer, mailoutbox):
    sent = client.post(reverse("password_reset"), {"email": officer.email.upper()})
    [message] = mailoutbox
    link = re.search(r"http://testserver(/\S+)", message.body)[1]

    form = client.get(link, follow=True)
    new = {"new_password1": "seventeen blue tractors", "new_password2": "seventeen blue tractors"}
    done = client.post(form.request["PATH_INFO"], new)
    again = type(client)().get(link, follow=True)

    assert (sent.status_code, sent.url) == (302, reverse("password_reset_done"))
    assert message.to == [officer.email]
    assert message.subject == "Set a new password: Ofsted improvement plan"
    assert (done.status_code, done.url) == (302, reverse("password_reset_complete"))
    officer.refresh_from_db()
    assert officer.check_password("seventeen blue tractors")
    assert not again.context["validlink"]


def test_password_reset_says_the_same_for_an_unknown_address_and_sends_nothing(client, mailoutbox):
    UserFactory(email="leaver@havering.example", is_active=False)

    answers = [
        client.post(reverse("password_reset"), {"email": email})
        for email in ("nobody@havering.example", "leaver@havering.example")
    ]

    assert [(each.status_code, each.url) for each in answers] == [(302, reverse("password_reset_done"))] * 2
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("login", ["Enter your e-mail address", "Enter your password"]),
        ("password_reset", ["Enter your e-mail address"]),
        (
            "password_change",
            ["Enter your present password", "Enter a new password", "Enter the new password again"],
        ),
    ],
)
def test_empty_account_form_says_what_to_enter(client, officer, name, messages):
    if name == "password_change":
        client.force_login(officer)

    response = client.post(reverse(name), {})

    assert_error_summary(response, *messages)


def test_sign_in_is_no_change_of_the_person(client, officer):
    before = officer.history.count()

    sign_in(client, officer.email)

    assert officer.history.count() == before
