"""The demonstration as it stands on 27 June 2017, loaded once and put back before each test that asks for it."""

import io
import sqlite3

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from havering_ofsted.management.commands.demo_accounts import ACCOUNTS
from havering_ofsted.models import User

PASSWORD = "sunflowers in the hall"


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
def account(demonstration):
    """Return a function that gives one of the five by the first half of its address: `account("officer")`."""
    return lambda name: User.objects.get(email=f"{name}@havering.example")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def browse(request, demonstration, open_browser):
    """Return a function that opens a new browser, for a test that runs with JavaScript and again without."""
    return lambda **kwargs: open_browser(javascript=request.param, **kwargs)
