"""Whatever is typed, pasted or sent, the site answers: never with a fault of its own, and in reasonable time.

`make soak` asks far more questions of the same kind.
"""

import os
import random
import re
import time
from urllib.parse import quote, unquote, urlencode

import html5lib
import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.routes import make_world, routes

pytestmark = pytest.mark.soak

SOAK = bool(os.environ.get("SOAK"))
ROUNDS = 300 if SOAK else 3
SLOW = 2  # seconds

NASTY = [
    "",
    " ",
    "\0",
    "Re\0ad",
    "%00",
    "\ud800",  # half a character
    "\u202eneerdlihc",  # right to left
    "👩‍👧" * 500,
    "a" * 100_000,
    "9" * 31,
    "-1",
    "1e400",
    "NaN",
    "²",  # a digit to isdigit, no number to int
    "٣",
    "true",
    "None",
    "0000-00",
    "2017-13",
    "9999-12",
    "10000-01",
    "2017-06-31",
    "'; DROP TABLE kpis_indicator; --",
    '"onmouseover="alert(1)',
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
    "../../../../etc/passwd",
    "owner__holder__password",
    "a\r\nSet-Cookie: a=b",
    "[]",
]
# The ones that have broken sites before, where all of them would take too long.
FEW = NASTY if SOAK else ["\0", "Re\0ad", "\ud800", "9" * 31, "²", "a" * 100_000, "9999-12-31"]
PARAMETERS = [
    *(
        "owner",
        "service",
        "state",
        "impact",
        "due",
        "due_by",
        "q",
        "group",
        "open",
        "on",
        "page",
        "month",
        "next",
    ),
    *("a[]", "owner__holder__password", "pk", "id", "kind", "by", "shape", "\0", "\ud800"),
]
ADMIN_PARAMETERS = [
    *(
        "q",
        "p",
        "o",
        "all",
        "_changelist_filters",
        "_popup",
        "_to_field",
        "is_active__exact",
        "month__year",
    ),
    *(
        "service__id__exact",
        "owner__holder__password",
        "pk__in",
        "app_label",
        "model_name",
        "field_name",
        "term",
    ),
]
# Pages with filters: were they not found to look at their query, the tests below would ask nothing of them.
KNOWN_TO_BE_CURIOUS = ["actionplan:plan", "actionplan:challenges", "kpis:indicators"]


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def ask(world):
    """Return a function that sends a request as somebody and notes what it must not lead to."""
    clients, faults, times = {}, [], []

    def send(role, method, address, *, query="", data=None):
        if role not in clients:
            clients[role] = Client(raise_request_exception=False)
            clients[role].force_login(world.people[role])
        body, kind = (
            ("", "text/plain") if data is None else (encoded(data), "application/x-www-form-urlencoded")
        )
        cookies = clients[role].cookies.copy()
        start = time.monotonic()
        with transaction.atomic():
            response = clients[role].generic(method, address, body, content_type=kind, QUERY_STRING=query)
            transaction.set_rollback(True)
        clients[role].cookies = cookies
        times.append(time.monotonic() - start)
        if response.status_code >= 500:
            faults.append((method, address[:200], query[:200], body[:200]))
        return response

    yield send

    assert faults == []
    if SOAK:  # a machine that runs the whole suite at once answers late
        assert sorted(times)[int(len(times) * 0.99)] < SLOW


def encoded(pairs):
    return urlencode(pairs, doseq=True, errors="surrogatepass")


def pages(world, **kinds):
    return [
        (route, world.address(route))
        for route in routes()
        if route.path.startswith("/admin/") == kinds["admin"]
    ]


@pytest.fixture
def curious(world, ask, monkeypatch):
    """The addresses, Django admin’s left out, of the pages that look at their query: no other can mind what it says."""
    looked, query = set(), WSGIRequest.GET.func

    def look(request):
        looked.add(request.path)
        return query(request)

    with monkeypatch.context() as patch:
        patch.setattr(WSGIRequest, "GET", property(look))
        for _, address in pages(world, admin=False):
            ask("team", "GET", address, query=encoded(dict.fromkeys(PARAMETERS, "1")))
    assert {world.address(route) for route in routes() if route.name in KNOWN_TO_BE_CURIOUS} <= looked
    return sorted(looked)


def test_query_of_every_page_can_be_anything(curious, ask):
    for address in curious:
        for nasty in NASTY:
            ask("team", "GET", address, query=encoded(dict.fromkeys(PARAMETERS, nasty)))


def test_query_need_not_be_readable(curious, ask):
    for query in (
        "%",
        "%zz=%zz",
        "=",
        "&&&",
        "q=%ff%fe",
        "a&a=1&a=2&=3",
        "q[]=1&q[a][b]=2",
        "?" * 50,
        ";" * 50,
    ):
        for address in curious:
            ask("team", "GET", address, query=query)


@pytest.mark.parametrize(("role", "names"), [("team", PARAMETERS), ("administrator", ADMIN_PARAMETERS)])
def test_query_can_be_any_mixture(world, ask, curious, role, names):
    """Some filters right, some wrong, some said twice: what one refuses must not hide what another lets through."""
    chance = random.Random(2017)  # noqa: S311  the same questions every time
    right = {
        "state": "red",
        "due": "overdue",
        "group": "owner",
        "due_by": "31/7/2017",
        "on": "2017-06-27",
        "p": "1",
    }

    addresses = curious if role == "team" else [address for _, address in pages(world, admin=True)]
    for _ in range(ROUNDS):
        for address in addresses:
            chosen = chance.sample(names, chance.randint(1, 4))
            pairs = [(name, chance.choice([*NASTY, right.get(name, "1")])) for name in chosen]
            ask(role, "GET", address, query=encoded(pairs + chance.choices(pairs, k=chance.randint(0, 2))))


@pytest.mark.parametrize("role", ["team", "administrator"])
def test_every_part_of_an_address_can_be_anything(world, ask, role):
    nowhere = set()
    for route, _ in pages(world, admin=role == "administrator"):
        for gap in (part.split(">")[0].split(":")[-1] for part in route.path.split("<")[1:]):
            for nasty in NASTY if role == "team" else FEW:
                typed = quote(nasty, safe="", errors="surrogatepass")
                address = world.address(route, **{gap: typed})
                if not leads_to_a_page(address):
                    if nasty in nowhere:
                        continue  # the page that says so has been asked for these words
                    nowhere.add(nasty)
                ask(role, "GET", address)


def leads_to_a_page(address):
    try:
        return resolve(unquote(address))
    except Resolver404:
        return None


def controls(response):
    """The form on a page as a browser would send it back, or {} for a page without one."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    found = {}
    for form in page.iter("form"):
        if form.get("method") != "post" or "logout" in form.get("action", ""):
            continue
        for each in form.iter():
            name = each.get("name")
            if each.tag == "textarea":
                found[name] = (each.text or "").removeprefix("\n")
            elif each.tag == "select":
                found[name] = [
                    option.get("value")
                    for option in each.iter("option")
                    if option.get("selected") is not None
                ]
            elif each.tag == "input" and (
                each.get("type") not in ("radio", "checkbox") or each.get("checked") is not None
            ):
                found[name] = each.get("value", "")
            elif each.tag == "input":
                found.setdefault(name, "")
    return {name: value for name, value in found.items() if name}


RIGHT_UPDATE = {
    "do": "submit",
    "state": "in_progress",
    "rag": "red",
    "impact": "early",
    "done": "Nine of ten visits were made.",
    "difference": "Eight of nine children say that they know whom to call.",
    "cause": "Two workers left.",
    "remedy": "Both posts are advertised.",
    "next_steps": "Visit the tenth.",
    "forecast_on_day": "29",
    "forecast_on_month": "9",
    "forecast_on_year": "2017",
}


def test_update_with_nothing_nasty_is_taken(world, ask):
    """What the next test spoils, field by field, is right to begin with."""
    address = "/plans/{plan}/actions/{ref}/update/".format(**world.gaps)

    form = controls(ask("owner", "GET", address)) | RIGHT_UPDATE

    assert ask("owner", "POST", address, data=form).status_code == 302


@pytest.mark.parametrize("button", ["submit", "draft"])
def test_update_can_say_anything_in_any_field(world, ask, button):
    address = "/plans/{plan}/actions/{ref}/update/".format(**world.gaps)
    form = controls(ask("owner", "GET", address)) | RIGHT_UPDATE | {"do": button}

    for name in form:
        for nasty in FEW:
            ask("owner", "POST", address, data=form | {name: nasty})


def test_check_can_say_anything(world, ask):
    address = "/plans/{plan}/actions/{ref}/updates/{pk}/check/".format(**world.gaps)

    for nasty in NASTY:
        ask("team", "POST", address, data={"do": "return", "reason": nasty})
        ask("team", "POST", address, data={"do": nasty})


@pytest.mark.parametrize("name", ["login", "password_reset", "password_change", "password_reset_confirm"])
def test_account_forms_can_say_anything(world, ask, name):
    address = next(world.address(route) for route in routes() if route.name == name)
    form = controls(ask("team", "GET", address))

    for field in form:
        for nasty in FEW:
            ask("team", "POST", address, data=form | {field: nasty})


@pytest.mark.parametrize("kind", ["_add", "_change", "_password_change"])
def test_admin_forms_can_say_anything(world, ask, kind):
    """Every field at once, and each on its own among right answers."""
    shown = [
        (address, controls(ask("administrator", "GET", address)))
        for route, address in pages(world, admin=True)
        if route.name.endswith(kind)
    ]
    forms = [(address, form) for address, form in shown if form.keys() - {"csrfmiddlewaretoken"}]
    chance = random.Random(2017)  # noqa: S311  the same questions every time

    for address, form in forms:
        for nasty in FEW:
            ask(
                "administrator",
                "POST",
                address,
                data=form | {name: nasty for name in form if "FORMS" not in name},
            )
        names = list(filter(is_its_own, form))
        for name in names if SOAK else chance.sample(names, (len(names) + 1) // 2):
            for nasty in FEW if SOAK else [chance.choice(FEW)]:
                ask("administrator", "POST", address, data=form | {name: nasty})

    assert forms != []


def is_its_own(name):
    """Of many rows below a form, the first two: one that is there and one to fill in. The blank one is never sent."""
    row = re.search(r"-(\w+)-\w+$", name)
    return not row or row[1] in "01"


def test_cookies_and_headers_can_be_anything(client, db):
    client.raise_request_exception = False
    found = []

    for nasty in NASTY:
        typed = nasty.encode("utf-8", "surrogatepass").decode("latin-1")[:8000]
        for header in (
            "COOKIE",
            "REFERER",
            "ACCEPT_LANGUAGE",
            "IF_MODIFIED_SINCE",
            "X_FORWARDED_FOR",
            "CONTENT_LENGTH",
        ):
            value = f"sessionid={typed}; csrftoken={typed}; messages={typed}" if header == "COOKIE" else typed
            name = header if header == "CONTENT_LENGTH" else f"HTTP_{header}"
            found.append(client.get("/account/login/", **{name: value}).status_code)
            found.append(client.get("/plans/", **{name: value}).status_code)

    assert {status for status in found if status >= 500} == set()
