"""The demonstration as it stands on 27 June 2017, loaded once and put back before each test that asks for it."""

import io
import sqlite3
from contextlib import closing

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from actionplan import permissions
from havering_ofsted.administrators import give_administrators_their_permissions
from havering_ofsted.management.commands.demo_accounts import ACCOUNTS
from havering_ofsted.models import User
from tests.browser.page import DEMONSTRATION, NEW_PLAN
from tests.browser.steps import PASSWORD
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    IndicatorFactory,
    RecommendationFactory,
    UserFactory,
)

ROLES = {
    "officer": permissions.OFFICER,
    "manager": permissions.IMPROVEMENT_TEAM,
    "board": permissions.BOARD_MEMBER,
    "assurer": permissions.ASSURER,
    "admin": permissions.ADMINISTRATOR,
}


def load_demonstration():
    """What `make run` loads, with one password for all five accounts."""
    call_command("load_reference", stdout=io.StringIO())
    call_command("load_sample", freeze=True, stdout=io.StringIO())
    for user in User.objects.filter(email__in=ACCOUNTS):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


@pytest.fixture(scope="session")
def empty(django_db_setup, django_db_blocker):
    """The database as the migrations leave it, kept in memory."""
    if connection.vendor != "sqlite":
        pytest.skip("the browser tests put back a file of SQLite")
    with django_db_blocker.unblock():
        yield from _kept()


@pytest.fixture(scope="session")
def loaded(empty, django_db_blocker):
    """The database with the demonstration in it, kept in memory."""
    with django_db_blocker.unblock():
        load_demonstration()
        yield from _kept()


def _kept():
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as kept:
        connection.connection.backup(kept)
        yield kept


def _put_back(kept):
    connection.ensure_connection()
    kept.backup(connection.connection)
    ContentType.objects.clear_cache()  # the rows bring their own numbers


@pytest.fixture
def transactional_db(empty, django_db_blocker):
    """Copied back in one go: to empty some sixty tables after each test, as pytest-django does, takes its time."""
    with django_db_blocker.unblock():
        _put_back(empty)
        yield
        _put_back(empty)


@pytest.fixture
def demonstration(loaded, transactional_db):
    """The sample plan with its five accounts, whatever the test before did to it."""
    _put_back(loaded)


@pytest.fixture
def world(request, transactional_db):
    """Return a function that makes the world a page stands in, and gives the person who opens it."""

    def make(case):
        if case.world == DEMONSTRATION:
            request.getfixturevalue("demonstration")
        else:
            _make_people()
        if case.world == NEW_PLAN:
            _make_new_plan()
        return case.who and User.objects.get(email=f"{case.who}@havering.example")

    return make


def _make_people():
    for name, group in ROLES.items():
        UserFactory(email=f"{name}@havering.example", group=group, is_staff=name == "admin")
    give_administrators_their_permissions()


def _make_new_plan():
    """A plan without an action or a round, one beneath it with a bare action, an indicator without a value."""
    plan = ActionPlanFactory(slug="ofsted-2016", inspection__key="HAV-SIF-2016", agreed_on=None)
    recommendation = RecommendationFactory(inspection=plan.inspection, number=1)
    ActionFactory(
        plan=ActionPlanFactory(slug="leaving-care-2016", parent=plan, inspection=plan.inspection),
        recommendation=recommendation,
        ref="L1.1",
        owner__title="Head of Leaving Care",
        owner__holder=User.objects.get(email="officer@havering.example"),
    )
    IndicatorFactory(code="rha")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def browse(request, demonstration, open_browser):
    """Return a function that opens a new browser, for a test that runs with JavaScript and again without."""
    return lambda **kwargs: open_browser(javascript=request.param, **kwargs)
