import os
import shutil
import socket
from ipaddress import ip_address
from unittest import TestCase

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from actionplan import permissions
from tests.factories import UserFactory

# The headless shell shows the same pages as the whole browser for half the work.
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


def pytest_collection_modifyitems(config, items):
    """On SQLite every test is run. PostgreSQL is asked what it could answer otherwise.

    That is whatever reads or writes rows: models, constraints, triggers, changes, queries, every page opened once.
    Run once, on SQLite, is what needs no database at all, and what is marked `once`: the same pages asked again for
    another role, for their headers or their words, files that are read but not yet written down, what the sample
    says, and long random walks through rules that are kept in Python. `make soak` leaves nothing out.
    """
    if connection.vendor == "sqlite" or "SOAK" in os.environ:
        return
    alone = [item for item in items if item.get_closest_marker("once") or not _asks_a_database(item)]
    config.hook.pytest_deselected(items=alone)
    items[:] = [item for item in items if item not in alone]


def _asks_a_database(item):
    if item.cls and issubclass(item.cls, TestCase):
        return True
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"} & set(item.fixturenames)
    return bool(fixtures) or any(item.iter_markers("django_db")) or any(item.iter_markers("soak"))


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Nothing but this machine can be reached, and no name is looked up."""
    with pytest.MonkeyPatch.context() as patch:
        real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

        def connect(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise RuntimeError(f"A test tried to reach {address}: only this machine is allowed.")
            return real_connect(self, address)

        def getaddrinfo(host, *args, **kwargs):
            if host and not _is_here(host):
                raise RuntimeError(f"A test tried to look up {host}: only this machine is allowed.")
            return real_lookup(host, *args, **kwargs)

        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


def _is_here(host):
    host = host.decode() if isinstance(host, bytes) else host
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


# The cast: the officer owns actions, the manager runs the improvement team, the reader sits on the Board.


@pytest.fixture
def officer(db):
    return UserFactory(
        email="officer@havering.example", job_title="Head of Leaving Care", group=permissions.OFFICER
    )


@pytest.fixture
def manager(db):
    return UserFactory(
        email="manager@havering.example",
        job_title="Head of Innovation and Improvement",
        group=permissions.IMPROVEMENT_TEAM,
    )


@pytest.fixture
def reader(db):
    return UserFactory(
        email="board@havering.example", job_title="Board member", group=permissions.BOARD_MEMBER
    )


@pytest.fixture
def assurer(db):
    return UserFactory(
        email="assurer@havering.example",
        job_title="Head of Safeguarding and Quality Assurance",
        group=permissions.ASSURER,
    )


@pytest.fixture
def administrator(db):
    return UserFactory(
        email="admin@havering.example",
        job_title="Performance and Information Manager",
        group=permissions.ADMINISTRATOR,
        is_staff=True,
    )


# The browser: Debian's Chromium, which may reach the live server and nothing else.


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    # Playwright keeps an event loop in this thread, and Django takes every query after it for an async one.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium, live_server):
    """Return a function that opens a new page, signed in as `user` if one is given.

    A script error, a missing style sheet or picture, or anything the Content-Security-Policy refused fails the
    test.
    """
    contexts, faults = [], []

    def on_console(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def on_response(response):
        if response.status >= 400 and response.request.resource_type != "document":
            faults.append(f"{response.status} {response.url}")

    def open_page(user=None, javascript=True, width=1280, height=900):
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            client = Client()  # one each: it would sign out whoever it had signed in before
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", on_console)
        page.on("response", on_response)
        return page

    yield open_page

    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_browser):
    """A page nobody has signed in to, JavaScript on, as wide as a desk screen."""
    return open_browser()
