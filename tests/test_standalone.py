"""A month's report as one file for a browser: whole, harmless, and sufficient unto itself."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import html5lib
import pytest

from actionplan.reports import standalone
from actionplan.reports.facts import Stamp
from actionplan.reports.standalone import html
from tests.month_document import NASTY, month_document

CHART = '<svg class="app-chart" role="img" aria-label="A chart"></svg>'


@pytest.fixture(autouse=True, scope="module")
def drawn():
    """Drawing charts is tested elsewhere and takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standalone, "svgs", lambda charts, across=1000: [CHART for _ in charts])
        yield


@pytest.fixture(scope="module")
def june(drawn):
    return html(month_document()).decode()


def test_file_is_a_page_that_browsers_need_not_mend(june):
    html5lib.HTMLParser(strict=True).parse(june)

    assert '<html lang="en-GB">' in june
    assert (
        "<title>Monthly progress: June 2017, Ofsted action plan - Draft, live at 27 June 2017"
        " - OFFICIAL-SENSITIVE</title>"
    ) in june
    ids = re.findall(r'\bid="([^"]+)"', june)
    assert len(ids) == len(set(ids))


def test_file_fetches_nothing_and_leads_nowhere_else(june):
    links = re.findall(r'href="([^"]*)"', june)

    assert {link[0] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(re.findall(r'\bid="([^"]+)"', june))
    assert re.findall(r"<script|<link|<img|\ssrc=|url\(|@import|\sstyle=", june) == []
    assert "default-src 'none'" in june


def test_headings_go_down_one_by_one(june):
    levels = [int(level) for level in re.findall(r"<h(\d)", june)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_link_leaves_its_words_and_what_is_only_to_be_followed_goes(june):
    assert "Daily check of every contact" in june
    assert "All challenges" not in june
    assert "Which dates moved, and why" not in june
    assert "/plans/" not in june


def test_version_gaps_and_marking_stand_at_its_head():
    stamp = Stamp(
        version=2, frozen_on=date(2017, 6, 29), frozen_by="Head", reason="A slip.", gaps=("No update of 1.4",)
    )
    document = month_document()
    document = replace(document, marking='SECRET"}<b>', report=replace(document.report, stamp=stamp))

    head = html(document).decode()

    head = head[: head.index("part-headline")]
    assert (
        "SECRET&quot;}&lt;b&gt;</strong> · Ofsted action plan · Version 2, frozen 29 June 2017 by Head"
        in head
    )
    assert 'content: "SECRET\\000022\\00007d\\00003c' in head
    assert "A slip." in head
    assert "<li>No update of 1.4</li>" in head


def test_typed_text_stays_text():
    document = month_document()

    page = html(
        replace(document, report=replace(document.report, headline=f"{NASTY}<a href='/x'>y</a>"))
    ).decode()

    assert "<script>" not in page
    assert "&lt;script&gt;&amp;amp; {{ x }} {% now %}" in page
    assert "&lt;a href=&#x27;/x&#x27;&gt;y&lt;/a&gt;" in page
