"""The demonstration as it stands on 27 June 2017, loaded once and put back before each test that asks for it."""

import io
import sqlite3

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from actionplan import permissions
from havering_ofsted.administrators import give_administrators_their_permissions
from havering_ofsted.management.commands.demo_accounts import ACCOUNTS
from havering_ofsted.models import User
from tests.browser.pages import DEMONSTRATION, NEW_PLAN
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
    for command in ("load_reference", "load_sample"):
        call_command(command, stdout=io.StringIO())
    for user in User.objects.filter(email__in=ACCOUNTS):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


@pytest.fixture(scope="session")
def snapshot(django_db_setup, django_db_blocker):
    """The loaded database, kept in memory; None where the tests run on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield None
        return
    with django_db_blocker.unblock():
        load_demonstration()
        kept = sqlite3.connect(":memory:")
        connection.connection.backup(kept)
        call_command("flush", interactive=False, verbosity=0)
    yield kept
    kept.close()


@pytest.fixture
def demonstration(snapshot, transactional_db):
    """The sample plan with its five accounts, whatever the test before did to it."""
    if snapshot is None:
        load_demonstration()
    else:
        connection.ensure_connection()
        snapshot.backup(connection.connection)
    ContentType.objects.clear_cache()  # the loaded rows bring their own numbers


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
