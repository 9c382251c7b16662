"""Nobody sees or does what their role forbids: the table of tests/access.py, asked of the running site."""

import pytest
from django.db import transaction
from django.test import Client

from tests.access import ACCESS, ROLES, answers, row_for
from tests.routes import SECRET, make_world, routes

pytestmark = pytest.mark.once

METHODS = ["GET", "POST"]
LOGIN_PAGES = ("/account/login/", "/admin/login/")
FOR_STRANGERS = {
    "health",
    "login",
    "password_reset",
    "password_reset_complete",
    "password_reset_confirm",
    "password_reset_done",
}

WRITE_UPDATES = {"owner", "team", "administrator"}


@pytest.fixture
def world(db):
    return make_world()


def ask(client, world, route, method):
    """Send the request and take back whatever it did, signing out included."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, world.address(route))
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def signed_in(world, role, **kwargs):
    client = Client(raise_request_exception=False, **kwargs)
    if world.people[role]:
        client.force_login(world.people[role])
    return client


def answer(response):
    if response.status_code == 302 and response.url.startswith(LOGIN_PAGES):
        return "login"
    return str(response.status_code)


def test_table_lists_every_route_and_no_other():
    used = {(route, method): row_for(route, method) for route in routes() for method in METHODS}

    assert [asked for asked, row in used.items() if row is None] == []
    assert [row for row in ACCESS if row not in used.values()] == []


def test_strangers_reach_the_pages_for_signing_in_and_no_other():
    reached = {
        route.name
        for route in routes()
        if any(answers(row_for(route, m))["stranger"] != "login" for m in METHODS)
    }

    assert reached == FOR_STRANGERS


@pytest.mark.parametrize("role", ROLES)
def test_every_role_gets_the_answers_of_the_table(world, role):
    """And no page says what is not theirs to read: what is refused to them, or the draft of somebody else."""
    client = signed_in(world, role)
    wrong, leaks, refused = {}, [], []

    for route in routes():
        for method in METHODS:
            expected = answers(row_for(route, method))[role]
            response = ask(client, world, route, method)
            if answer(response) != expected:
                wrong[route.name, method] = answer(response), expected
            words = response.getvalue().decode(errors="replace")
            if expected in ("login", "403") and "<" in route.path:
                refused.append(route.name)
                leaks += [(route.name, method)] if SECRET in words else []
            if role not in WRITE_UPDATES and f"Draft: {SECRET}" in words:
                leaks.append((route.name, method))

    assert wrong == {}
    assert leaks == []
    assert refused != []


def test_draft_is_read_by_its_owner(world):
    [update] = [route for route in routes() if route.name == "actionplan:update"]

    page = ask(signed_in(world, "owner"), world, update, "GET").content.decode()

    assert f"Draft: {SECRET}" in page


@pytest.mark.parametrize("role", ["stranger", "team", "administrator"])
def test_post_without_its_token_is_refused_everywhere(world, role):
    client = signed_in(world, role, enforce_csrf_checks=True)

    found = {route.name: ask(client, world, route, "POST").status_code for route in routes()}

    assert {name: status for name, status in found.items() if status != 403} == {}
