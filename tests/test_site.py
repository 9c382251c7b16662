"""What holds for the whole site, page by page and table by table."""

import re
from contextlib import contextmanager
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, connection, models
from django.test import Client

from actionplan.enums import DeliveryState
from kpis.versioned_admin import FactAdmin
from tests.access import ROLES
from tests.factories import ActionFactory, ProgressUpdateFactory, UserFactory
from tests.routes import SECRET, make_world, routes
from tests.test_access import FOR_STRANGERS

OURS = ["actionplan", "havering_ofsted", "kpis"]
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "PRAGMA")
NEVER_ON_SCREEN = re.compile(r"rag-rated|going forward|\binvalid\b|\bviolated\b", re.IGNORECASE)

# Published, or said once and never said differently: a correction is a new row, so no history is kept.
FACTS = {
    *("actionplan.Framework", "actionplan.JudgementArea", "actionplan.Inspection", "actionplan.Judgement"),
    *("actionplan.MonitoringVisit", "actionplan.PublishedOutcome", "actionplan.RecommendationParagraph"),
    *("actionplan.Assurance", "actionplan.DateChange", "actionplan.RiskScore", "actionplan.AreaMapping"),
    *("actionplan.BoardReport", "actionplan.ReportFile", "actionplan.Reminder"),
    *("kpis.Area", "kpis.NeighbourSet", "kpis.NeighbourSetMember", "kpis.Benchmark", "kpis.Measurement"),
    *("kpis.RagRule", "kpis.SourceMap", "kpis.Upload"),
}


def our_models():
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


@pytest.fixture
def world(db):
    return make_world()


def signed_in(world, role):
    client = Client()
    if world.people[role]:
        client.force_login(world.people[role])
    return client


def test_every_page_asks_strangers_to_sign_in_and_brings_them_back(client, world):
    asked = [
        route
        for route in routes()
        if route.name not in FOR_STRANGERS and not route.path.startswith("/admin/")
    ]

    sent = {route.name: client.get(world.address(route)).headers.get("Location") for route in asked}

    assert sent == {route.name: f"/account/login/?next={world.address(route)}" for route in asked}


class Wrote(Exception):
    pass


@contextmanager
def nothing_written():
    """Refuse every statement but those that read, the writing of a session among them."""

    def refuse(execute, statement, params, many, context):
        if not statement.lstrip("(").startswith(READS) or "FOR UPDATE" in statement:
            raise Wrote(statement)
        return execute(statement, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize(
    ("role", "methods"), [(role, ["get"]) for role in ROLES] + [("team", ["head", "options"])], ids=str
)
def test_page_that_reads_writes_nothing(world, role, methods):
    client, wrote = signed_in(world, role), {}
    asked = [
        route for route in routes() if role == "administrator" or not route.path.startswith("/admin/")
    ]  # to all others, Django admin is shut by one and the same door

    for route in asked:
        for method in methods:
            try:
                with nothing_written():
                    getattr(client, method)(world.address(route))
            except Wrote as statement:
                wrote[route.name, method] = str(statement)

    assert wrote == {}


@pytest.mark.django_db
def test_writing_is_noticed(client):
    with nothing_written(), pytest.raises(Wrote):
        UserFactory()


def test_no_page_says_what_people_should_not_have_to_read(world):
    client = signed_in(world, "team")
    pages = [(route, method) for route in routes() for method in ("get", "post") if "admin" not in route.path]

    said = {
        (route.name, method): NEVER_ON_SCREEN.findall(
            re.sub(
                r"<[^>]*>",
                " ",
                getattr(client, method)(world.address(route)).getvalue().decode(errors="replace"),
            )
        )
        for route, method in pages
        if route.name != "logout"
    }

    assert {page: words for page, words in said.items() if words} == {}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_that_people_edit_has_history():
    without = {model._meta.label for model in our_models() if not hasattr(model, "history")}

    assert without == FACTS


def test_fact_cannot_be_changed_in_admin():
    writable = [
        label
        for label in FACTS
        if not isinstance(admin.site._registry.get(apps.get_model(label)), FactAdmin | None)
    ]

    assert writable == []


@pytest.mark.parametrize(
    "constraint",
    [each for model in our_models() for each in model._meta.constraints if model._meta.label not in FACTS],
    ids=lambda constraint: constraint.name,
)
def test_constraint_says_in_plain_words_what_to_do(constraint):
    message = str(constraint.violation_error_message)

    if message == models.BaseConstraint.default_violation_error_message:
        # Django words this one itself: "Recommendation with this Inspection and Number already exists."
        assert isinstance(constraint, models.UniqueConstraint)
        assert constraint.condition is None
        assert constraint.fields
    else:
        assert re.fullmatch(r"[A-Z][^_%!]{15,90}(?<![.])", message)


DAY = date(2017, 6, 26)
HALF_SAVED = {
    "a draft that was submitted": {"draft": True, "submitted_on": DAY},
    "submitted on no day": {"submitted_on": None},
    "submitted and accepted on a day": {"accepted_on": DAY},
    "submitted and returned on a day": {"returned_on": DAY},
    "submitted with a reason for its return": {"return_reason": "Say how many."},
    "returned on no day": {"returned": True, "returned_on": None},
    "returned by nobody": {"returned": True, "checked_by": None},
    "returned for no reason": {"returned": True, "return_reason": ""},
    "returned and accepted": {"returned": True, "accepted_on": DAY},
    "accepted on no day": {"accepted": True, "accepted_on": None},
    "accepted by nobody": {"accepted": True, "checked_by": None},
    "accepted and returned": {"accepted": True, "returned_on": DAY},
    "in progress without a colour": {"rag": ""},
    "delivered with a colour": {"delivered": True, "rag": "green"},
    "assured on the owner’s word": {"state": DeliveryState.ASSURED, "rag": ""},
    "in no state": {"state": "", "rag": ""},
}


@pytest.mark.django_db
@pytest.mark.parametrize("half", HALF_SAVED.values(), ids=HALF_SAVED)
def test_progress_update_cannot_be_half_saved(half):
    action = ActionFactory()

    with pytest.raises(IntegrityError):
        ProgressUpdateFactory(action=action, **half)


@pytest.mark.django_db
def test_action_has_one_draft_at_most():
    action = ProgressUpdateFactory(draft=True).action

    with pytest.raises(IntegrityError):
        ProgressUpdateFactory(draft=True, action=action)


def test_secret_of_the_world_can_be_seen_by_those_who_may(world):
    """The leak tests look for words that are there to be found."""
    page = signed_in(world, "board").get("/plans/{plan}/actions/{ref}/".format(**world.gaps))

    assert f"Title: {SECRET}" in page.content.decode()
