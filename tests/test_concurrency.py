"""Nobody’s update is silently overwritten, and nobody meets a locked database."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from actionplan.enums import UpdateStatus
from actionplan.models import ProgressUpdate
from tests.factories import ActionFactory, PostFactory, ReportingMonthFactory, UserFactory

PROCESSES, EDITS = (8, 1_250) if os.environ.get("SOAK") else (4, 25)
CLIENTS = 20
FOR_A_TEAM = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA busy_timeout": 20_000,
        "PRAGMA synchronous": 2,  # FULL: what was acknowledged survives a power cut
        "PRAGMA foreign_keys": 1,
    },
    "postgresql": {
        "SHOW transaction_isolation": "read committed",
        "SHOW client_encoding": "UTF8",
        "SHOW timezone": "UTC",
    },
}


@pytest.mark.django_db
def test_connection_is_set_up_for_a_team():
    expected = FOR_A_TEAM[connection.vendor]

    with connection.cursor() as cursor:
        for statement, value in expected.items():
            cursor.execute(statement)
            assert cursor.fetchone() == (value,), statement


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_edits_by_many_processes_are_all_kept_or_refused():
    UserFactory()
    action = ActionFactory()
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "tests.contend", database, str(action.pk), str(EDITS)]

    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(PROCESSES)
        ]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * PROCESSES
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        marks = [mark for process in processes for mark in json.loads(process.communicate()[0])]

    update = ProgressUpdate.objects.get()
    action.refresh_from_db()
    assert int(update.done.split()[0]) == len(marks)
    assert action.version == 1 + len(marks)
    assert sorted(row.done.split()[1] for row in update.history.all()) == sorted(marks)
    assert len(marks) < PROCESSES * EDITS, "none was refused: they never met, so this proved nothing"


@pytest.mark.django_db(transaction=True)
def test_form_submitted_by_many_at_once_tells_all_but_one(live_server):
    post = PostFactory()
    action = ActionFactory(owner=post)
    ReportingMonthFactory(plan=action.plan)
    post.holder = UserFactory()
    post.save()
    browsers = [Browser(live_server.url, post.holder, action) for _ in range(CLIENTS)]
    forms = [browser.load() for browser in browsers]
    texts = [f"Visits made in time, as client {number:02} saw it." for number in range(CLIENTS)]

    answers = at_once(
        [
            lambda browser=browser, form=form, text=text: browser.submit(form, done=text)
            for browser, form, text in zip(browsers, forms, texts, strict=True)
        ]
    )

    assert sorted(status for status, _ in answers) == [302] + [409] * (CLIENTS - 1)
    update = ProgressUpdate.objects.get()
    winner = next(text for text, (status, _) in zip(texts, answers, strict=True) if status == 302)
    assert (update.done, update.status) == (winner, UpdateStatus.SUBMITTED)
    assert update.history.count() == 1
    for text, (status, page) in zip(texts, answers, strict=True):
        if status == 409:
            assert text in page
            assert winner in page


@pytest.mark.django_db(transaction=True)
def test_form_sent_several_times_at_once_makes_one_update(live_server):
    post = PostFactory()
    action = ActionFactory(owner=post)
    ReportingMonthFactory(plan=action.plan)
    post.holder = UserFactory()
    post.save()
    browser = Browser(live_server.url, post.holder, action)
    form = browser.load()

    answers = at_once([lambda: browser.submit(form, done="All nine visits were made.")] * 5)

    assert [status for status, _ in answers] == [302] * 5
    assert ProgressUpdate.objects.get().done == "All nine visits were made."


class Browser:
    """Someone who has signed in and opens the update form of one action over HTTP."""

    def __init__(self, server, user, action):
        self.host = urlsplit(server).netloc
        self.path = reverse("actionplan:update", args=[action.plan.slug, action.ref])
        client = Client()
        client.force_login(user)
        self.cookies = {"sessionid": client.cookies["sessionid"].value}

    def load(self):
        """The hidden fields of a freshly loaded form."""
        status, page, headers = self._ask("GET")
        assert status == 200
        self.cookies["csrftoken"] = re.search(r"csrftoken=([^;]+)", headers["Set-Cookie"])[1]
        names = ["csrfmiddlewaretoken", "version", "form_id"]
        return {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in names}

    def submit(self, form, *, done):
        answers = {
            "do": "submit",
            "state": "in_progress",
            "rag": "green",
            "impact": "early",
            "done": done,
            "difference": "Children say that they know whom to call.",
            "next_steps": "Visit again in July.",
            "forecast_on_day": "29",
            "forecast_on_month": "9",
            "forecast_on_year": "2017",
        }
        status, page, _ = self._ask("POST", urlencode(form | answers))
        return status, page

    def _ask(self, method, body=None):
        server = HTTPConnection(self.host, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        server.request(method, self.path, body, headers)
        response = server.getresponse()
        page = response.read().decode()
        server.close()
        return response.status, page, response.headers


def at_once(calls):
    """Make every call in a thread of its own, none before all are ready; the results in order."""
    barrier = Barrier(len(calls))

    def wait_and(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(wait_and, calls))
