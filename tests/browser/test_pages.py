"""Every page in every state, read as its readers may have to: on a phone, enlarged, spaced out, by a screen reader."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.browser import faults
from tests.browser.pages import ADMIN_PAGES, KNOWN_IN_ADMIN, NOT_PAGES, PAGES, numbers
from tests.routes import routes

# Axe finds the same on a phone in one state of a page as in another: what differs there is the page’s frame.
ON_A_PHONE = list({page.route: page for page in reversed(PAGES)}.values())

SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""


def test_every_address_of_the_site_has_its_pages():
    named = {route.name for route in routes() if not route.path.startswith("/admin/")}

    assert {page.route for page in PAGES} | NOT_PAGES.keys() == named


@pytest.mark.browser
@pytest.mark.parametrize("case", PAGES, ids=str)
def test_page_is_usable_by_everyone(case, world, open_browser):
    page = open_browser(world(case))
    source, found = reach(case, page)

    found += faults.of_source(source) + faults.of_references(page.content())
    found += faults.of_axe(page)
    with letters_twice_as_large(page):
        found += faults.of_layout(page, "twice as large")
    page.set_viewport_size({"width": 320, "height": 640})
    found += faults.of_axe(page) if case in ON_A_PHONE else []
    found += faults.of_layout(page, "at 320 px")
    with spaced_out(page):
        found += faults.of_layout(page, "spaced out at 320 px")

    assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.parametrize("case", ADMIN_PAGES, ids=str)
def test_admin_page_is_usable_by_everyone(case, world, open_browser):
    page = open_browser(world(case))
    _, found = reach(case, page)

    found += faults.of_axe(page, leave_out=KNOWN_IN_ADMIN)

    assert not found, "\n".join(found)


def reach(case, page):
    """Open the page and do what leads to its state. Returns what the server sent, and what went wrong on the way."""
    found, documents = [], []

    def on_request(request):
        if urlsplit(request.url).hostname not in ("localhost", "127.0.0.1"):
            found.append(f"asks {request.url} for something")

    def on_console(message):
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            found.append(f"console: {message.text}")

    def on_response(response):
        if response.request.resource_type == "document":
            documents.append(response)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("response", on_response)
    page.goto(case.address.format(**numbers()))
    case.reach(page)
    page.wait_for_load_state()
    if documents[-1].status != case.status:
        found.append(f"answers {documents[-1].status}, not {case.status}")
    return documents[-1].text(), found


@contextmanager
def letters_twice_as_large(page):
    """The size that a reader sets in their browser, which a page has to follow."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()


@contextmanager
def spaced_out(page):
    """The spacing of WCAG 1.4.12, in a style sheet that no policy hinders because no markup carries it."""
    page.evaluate(
        "async css => { const sheet = new CSSStyleSheet(); await sheet.replace(css);"
        " document.adoptedStyleSheets = [sheet]; }",
        SPACING,
    )
    yield
    page.evaluate("document.adoptedStyleSheets = []")
