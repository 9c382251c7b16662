import io
import os

import pytest
from django.core.management import CommandError, call_command

from havering_ofsted.management.commands import demo_accounts
from havering_ofsted.management.commands.demo_accounts import ACCOUNTS
from havering_ofsted.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    """The five accounts as load_sample leaves them, on a machine where the demonstration never ran."""
    monkeypatch.setattr(demo_accounts, "KEPT_IN", tmp_path / ".demo" / "password")
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return [UserFactory(email=email, password=None) for email in ACCOUNTS]


def run():
    said = io.StringIO()
    call_command("demo_accounts", address="http://127.0.0.1:8000/", stdout=said)
    return said.getvalue()


def passwords_that_work(password):
    return [user.email for user in User.objects.all() if user.check_password(password)]


def test_generated_password_opens_all_five_and_stays_the_same(accounts):
    first = run()
    password = demo_accounts.KEPT_IN.read_text().strip()
    second = run()

    assert len(password) == 19
    assert first == second
    assert f"Password: {password} " in first
    assert all(email in first for email in ACCOUNTS)
    assert passwords_that_work(password) == sorted(ACCOUNTS)
    assert demo_accounts.KEPT_IN.stat().st_mode & 0o777 == 0o600


def test_password_changed_by_its_owner_is_kept_and_said(accounts):
    run()
    accounts[0].set_password("my own long password")
    accounts[0].save()

    said = run()

    assert "A password set earlier was kept: officer@havering.example." in said
    assert passwords_that_work("my own long password") == ["officer@havering.example"]


def test_chosen_password_replaces_every_other(accounts, monkeypatch):
    run()
    monkeypatch.setitem(os.environ, "DEMO_PASSWORD", "chosen for the meeting")

    said = run()

    assert "The password of all five is the one in DEMO_PASSWORD." in said
    assert "chosen for the meeting" not in said
    assert passwords_that_work("chosen for the meeting") == sorted(ACCOUNTS)


def test_chosen_password_outlives_its_variable_and_the_generated_one_is_not_shown(accounts, monkeypatch):
    monkeypatch.setitem(os.environ, "DEMO_PASSWORD", "chosen for the meeting")
    run()
    monkeypatch.delitem(os.environ, "DEMO_PASSWORD")

    said = run()

    assert "A password set earlier was kept: All five." in said
    assert "Password:" not in said


def test_live_service_gets_no_demonstration_password(accounts, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="need DEMO=1"):
        run()

    assert passwords_that_work("") == []


def test_missing_sample_plan_is_said(accounts):
    accounts[2].delete()

    with pytest.raises(CommandError, match="Run load_sample first"):
        run()
