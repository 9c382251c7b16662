"""What only a browser or a build can show of the style sheets: fonts, folding parts, paper, hashed files."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string

PART = """<!DOCTYPE html><html lang="en-GB"><title>A part</title>
<link rel="stylesheet" href="{static}css/app.css">
<link rel="stylesheet" href="{static}css/print.css" media="print">
<section class="app-part"><h2 id="part-4">Exceptions</h2><p class="first">Five actions need attention.</p>
<details class="app-fold"><summary class="app-fold__summary">All five</summary></details>
<div class="app-fold__body"><p class="rest">2.3 has relapsed.</p><p id="inside">7.1 is red.</p>
<details class="govuk-details"><summary>3 actions</summary><p class="deepest">7.2 is amber.</p></details></div>
</section>
"""


def seen(page):
    return [
        name for name in ("first", "app-fold", "rest", "deepest") if page.locator(f".{name}").is_visible()
    ]


@pytest.mark.browser
def test_a_part_opens_on_request_on_a_phone_and_stands_whole_elsewhere(open_browser, live_server):
    page = open_browser(javascript=False, width=375)
    page.set_content(PART.format(static=f"{live_server.url}/static/"))

    assert seen(page) == ["first", "app-fold"]

    page.locator(".app-fold__summary").click()
    assert seen(page) == ["first", "app-fold", "rest"]

    page.locator(".app-fold__summary").click()
    page.evaluate("location.hash = 'inside'")
    assert page.locator("#inside").is_visible()

    page.evaluate("location.hash = ''")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert seen(page) == ["first", "rest"]

    page.set_viewport_size({"width": 375, "height": 900})
    page.emulate_media(media="print")
    assert seen(page) == ["first", "rest", "deepest"]


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_no_font_is_fetched_and_nothing_asks_for_gds_transport(open_browser, javascript):
    page = open_browser(javascript=javascript)
    fetched = []
    page.on("request", lambda request: fetched.append(request.resource_type))

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in").click()

    families = "[...document.querySelectorAll('*')].map(element => getComputedStyle(element).fontFamily)"
    assert "font" not in fetched
    assert "GDS Transport" not in " ".join(page.evaluate(families))


def test_the_files_can_be_collected_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert re.fullmatch(r"css/app\.[0-9a-f]{12}\.css", hashed["css/app.css"])
    assert (tmp_path / hashed["govuk/govuk-frontend.min.css"]).exists()


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_errors_without_context_name_files_that_are_there(template):
    html = render_to_string(template)

    files = re.findall(rf'href="{settings.STATIC_URL}([^"]+)"', html)
    assert len(files) == 2
    assert None not in [finders.find(file) for file in files]


def test_the_lock_file_names_no_download_address():
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert lock["packages"]["node_modules/govuk-frontend"]["version"] == "6.6.0"
