"""Every answer carries the headers that keep it safe in a browser, and an error says nothing of its cause."""

import logging
import re

import pytest
from django.db import OperationalError
from django.test import Client

from tests.routes import make_world, routes

pytestmark = pytest.mark.once

ONE_YEAR = 365 * 24 * 60 * 60
CAUSE = "SELECT the words of a child FROM a file"


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def csrf_client():
    return Client(enforce_csrf_checks=True)


def faults(response, *, signed_in=True):
    """What is missing from a response that came over https."""
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in response.headers.get("Content-Security-Policy", "").split(";")
    )
    hsts = response.headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", hsts)
    kept = {
        "a nonce for scripts": nonce(response) is not None,
        "no inline scripts or styles": "unsafe" not in str(policy),
        "scripts from here only": policy.get("script-src", "").startswith("'self' 'nonce-"),
        "object-src": policy.get("object-src") == "'none'",
        "base-uri": policy.get("base-uri") == "'none'",
        "frame-ancestors": policy.get("frame-ancestors") == "'none'",
        "form-action": policy.get("form-action") == "'self'",
        "a year of https": age is not None and int(age[1]) >= ONE_YEAR and "includeSubDomains" in hsts,
        "nosniff": response.headers.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": response.headers.get("Referrer-Policy") == "same-origin",
        "Permissions-Policy": "camera=()" in response.headers.get("Permissions-Policy", ""),
        "no-store": not signed_in or "no-store" in response.headers.get("Cache-Control", ""),
        "no other origin": "Access-Control-Allow-Origin" not in response.headers,
    }
    return [name for name, is_kept in kept.items() if not is_kept]


def nonce(response):
    found = re.search(r"script-src [^;]*'nonce-([\w+/=]{20,})'", response.headers["Content-Security-Policy"])
    return found and found[1]


@pytest.mark.parametrize("role", ["stranger", "officer", "team", "administrator"])
def test_every_route_carries_the_headers(client, world, role):
    if role != "stranger":
        client.force_login(world.people[role])

    answers = {
        (route.name, method): getattr(client, method)(world.address(route), secure=True)
        for method in (("get", "head") if role == "team" else ("get",))
        for route in routes()
        if route.name != "logout"
    }

    assert {asked: faults(answer) for asked, answer in answers.items() if faults(answer)} == {}
    assert len({nonce(answer) for answer in answers.values()}) == len(answers)


def test_nonce_of_the_page_is_that_of_its_header(client):
    response = client.get("/account/login/")

    assert re.findall(r'nonce="([^"]*)"', response.content.decode()) == [nonce(response)]


def test_bad_request_carries_the_headers(client):
    response = client.get("/account/login/", secure=True, headers={"host": "elsewhere.example"})

    assert (response.status_code, faults(response)) == (400, [])


def test_request_that_is_too_big_carries_the_headers(client, settings):
    response = client.post(
        "/account/login/", {"username": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}, secure=True
    )

    assert (response.status_code, faults(response)) == (400, [])


def test_refusal_carries_the_headers(client, world):
    client.force_login(world.people["officer"])

    response = client.get("/plans/{plan}/actions/{ref}/update/".format(**world.gaps), secure=True)

    assert (response.status_code, faults(response)) == (403, [])


def test_form_without_its_token_carries_the_headers(csrf_client, world):
    csrf_client.force_login(world.people["owner"])

    response = csrf_client.post("/plans/{plan}/actions/{ref}/update/".format(**world.gaps), secure=True)

    assert (response.status_code, faults(response)) == (403, [])
    assert "This page was open for too long" in response.content.decode()


def test_missing_page_carries_the_headers(client, reader):
    client.force_login(reader)

    response = client.get("/nowhere/", secure=True)

    assert (response.status_code, faults(response)) == (404, [])


def test_wrong_method_carries_the_headers(client, reader):
    client.force_login(reader)

    response = client.get("/account/logout/", secure=True)

    assert (response.status_code, faults(response)) == (405, [])


def test_conflict_carries_the_headers(client, world):
    client.force_login(world.people["owner"])

    response = client.post(
        "/plans/{plan}/actions/{ref}/update/".format(**world.gaps),
        {"do": "draft", "version": "0"},
        secure=True,
    )

    assert (response.status_code, faults(response)) == (409, [])


def test_download_carries_the_headers_and_is_kept_as_a_file(client, world):
    client.force_login(world.people["board"])

    response = client.get("/plans/{plan}/actions.csv".format(**world.gaps), secure=True)

    assert (response.status_code, faults(response)) == (200, [])
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.django_db  # closing a file ends the request, which looks at the connection
def test_static_file_carries_the_headers(client):
    response = client.get("/static/css/app.css", secure=True)
    response.close()

    assert (response.status_code, faults(response, signed_in=False)) == (200, [])


def test_redirect_to_https_carries_the_headers(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/account/login/")

    assert (response.status_code, response.url) == (301, "https://testserver/account/login/")
    assert faults(response) == ["a year of https"]  # browsers ignore that promise over plain http


BROKEN = {
    "a view": ("havering_ofsted.views.HttpResponse", "/healthz"),
    "the database": ("havering_ofsted.views.connection.cursor", "/healthz"),
    "a middleware": ("django.middleware.common.CommonMiddleware.process_request", "/healthz"),
    "a template": ("havering_ofsted.context._navigation", "/account/login/"),
}


@pytest.mark.parametrize(("broken", "path"), BROKEN.values(), ids=BROKEN)
def test_fault_of_ours_tells_the_log_and_not_the_reader(client, reader, monkeypatch, caplog, broken, path):
    client.force_login(reader)
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise OperationalError(CAUSE)

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(broken, fail)
        response = client.get(path, secure=True)

    assert (response.status_code, faults(response)) == (500, [])
    page = response.content.decode()
    [reference] = re.findall(r"<strong>([0-9a-f]{8})</strong>", page)
    assert [
        word for word in (CAUSE, "Traceback", "OperationalError", "SELECT", "/work", ".py") if word in page
    ] == []
    assert f"Reference {reference}: GET '{path}'" in caplog.text
    assert CAUSE in caplog.text
