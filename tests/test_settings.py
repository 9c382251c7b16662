"""The live settings refuse to start when something would be unsafe, and are safe when they start."""

import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

STRONG = "4wQ7x-vB2m_Zr9Kp6TnY3sEhL8dGcJ5aUfVoXiWk1qRtMyNb0ePz"
LIVE = {"SECRET_KEY": STRONG, "ALLOWED_HOSTS": "plan.council.example"}
DEMO = {"SECRET_KEY": STRONG, "DEMO": "1"}
OURS = [
    "ALLOWED_HOSTS",
    "BASE_URL",
    "CACHE_URL",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "HOST",
    "OFSTED_TODAY",
    "SECRET_KEY",
]


@pytest.fixture
def start(monkeypatch):
    """Return a function that reads the settings in an environment that says this and nothing else of ours."""

    def read(environment):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings.BASE_DIR / "havering_ofsted" / "settings.py"))

    return read


WEAK = "Set SECRET_KEY to at least 50 random characters."
PINNED = "OFSTED_TODAY pins the date and needs DEMO=1. Remove it from a live service."

NOT_SAFE = "BASE_URL must be an address such as https://plan.council.example."


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"ALLOWED_HOSTS": "plan.council.example"}, WEAK),
        (LIVE | {"SECRET_KEY": ""}, WEAK),
        (LIVE | {"SECRET_KEY": STRONG[:49]}, WEAK),
        (LIVE | {"SECRET_KEY": "secret" * 20}, WEAK),
        (DEMO | {"SECRET_KEY": "demo"}, WEAK),
        (LIVE | {"OFSTED_TODAY": "2017-06-27"}, PINNED),
        (LIVE | {"DEMO": "1"}, "DEMO is for demonstrations only: it cannot be set beside ALLOWED_HOSTS."),
        (LIVE | {"BASE_URL": "http://plan.council.example"}, NOT_SAFE),
        (DEMO | {"OFSTED_TODAY": "27 June 2017"}, "OFSTED_TODAY must be a date such as 2017-06-27."),
        (DEMO | {"OFSTED_TODAY": "2017-06-31"}, "OFSTED_TODAY must be a date such as 2017-06-27."),
    ],
)  # fmt: skip
def test_unsafe_settings_do_not_start(start, environment, says):
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(environment)

    assert str(refusal.value) == says


def test_demonstration_answers_on_this_machine_only(start):
    found = start(DEMO)

    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]", "127.0.0.1"]


def test_live_cookies_cannot_be_read_by_scripts_or_sent_in_the_clear(start):
    found = start(LIVE)

    assert {name: found[name] for name in found if "_COOKIE_" in name} == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_AGE": 12 * 60 * 60,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
    }
    assert found["SECURE_SSL_REDIRECT"] is True


@pytest.mark.django_db
def test_session_cookie_stays_on_this_site(client, reader, settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sessionid", True

    client.post(
        "/account/login/", {"username": reader.email, "password": "a long enough password"}, secure=True
    )

    cookie = client.cookies["__Host-sessionid"]
    assert {
        name: value for name, value in cookie.items() if value and name not in ("expires", "max-age")
    } == {
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }


def test_live_settings_pass_django_deployment_checks():
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | LIVE
    environment["DJANGO_SETTINGS_MODULE"] = "havering_ofsted.settings"
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    check = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)

    assert check.returncode == 0, check.stderr
