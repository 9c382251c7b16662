"""The chart of an indicator as a file of its own."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.urls import reverse

from kpis.charts import engine
from tests.factories import IndicatorFactory, MeasurementFactory, TargetFactory

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
SVG_FILE, PNG_FILE = "kpis:chart_svg", "kpis:chart_png"


@pytest.fixture
def board(client, reader):
    caches["charts"].clear()
    client.force_login(reader)
    return client


@pytest.fixture
def indicator():
    """63, then 70 of an aim of 90."""
    made = IndicatorFactory(code="rhi-72", name="Return home interviews")
    MeasurementFactory(indicator=made, start=date(2017, 4, 1), end=date(2017, 4, 30), value=63)
    MeasurementFactory(indicator=made, value=70)
    TargetFactory(indicator=made, by=date(2018, 3, 31), value=90)
    return made


def words(response):
    root = ElementTree.fromstring(response.content)  # noqa: S314  our own drawing
    return root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text


def test_svg_says_what_is_known_today(board, indicator):
    MeasurementFactory(indicator=indicator, start=date(2017, 7, 1), end=date(2017, 7, 31), value=1)  # not yet

    response = board.get(reverse(SVG_FILE, args=["rhi-72"]))

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert words(response) == (
        "Return home interviews: too few points to tell",
        "63% in April 2017, 70% in May 2017. Mean 67%. Too few points to tell. Target 90% by 31 March 2018. "
        "The table beside the chart has every value.",
    )


def test_png_is_the_same_chart(board, indicator):
    response = board.get(reverse(PNG_FILE, args=["rhi-72"]))

    assert response.headers["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("file", [SVG_FILE, PNG_FILE])
def test_client_that_has_the_chart_is_told_so(board, indicator, monkeypatch, file):
    address = reverse(file, args=["rhi-72"])
    etag = board.get(address).headers["ETag"]
    monkeypatch.setattr(engine, "draw", lambda *_: pytest.fail("drawn again"))
    caches["charts"].clear()

    response = board.get(address, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_new_figure_is_a_new_chart(board, indicator):
    address = reverse(SVG_FILE, args=["rhi-72"])
    etag = board.get(address).headers["ETag"]
    MeasurementFactory(indicator=indicator, start=date(2017, 3, 1), end=date(2017, 3, 31), value=41)

    response = board.get(address, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert words(response)[1].startswith("41% in March 2017, 70% in May 2017.")


def test_svg_and_png_are_never_taken_for_each_other(board, indicator):
    etags = {board.get(reverse(file, args=["rhi-72"])).headers["ETag"] for file in (SVG_FILE, PNG_FILE)}

    assert len(etags) == 2


@pytest.mark.parametrize("file", [SVG_FILE, PNG_FILE])
def test_indicator_nobody_knows_has_no_chart(board, file):
    assert board.get(reverse(file, args=["other"])).status_code == 404


def test_indicator_without_figures_says_so(board):
    IndicatorFactory(code="new", name="Independent visitors")

    response = board.get(reverse(SVG_FILE, args=["new"]))

    assert words(response) == ("Independent visitors: no data", "No values yet.")
    assert b">No values yet</text>" in response.content


@pytest.mark.parametrize("item_count", [1, 3])
def test_chart_query_count(board, django_assert_num_queries, item_count):
    indicator = IndicatorFactory(code="rhi-72")
    for month in range(1, 1 + item_count):
        MeasurementFactory(indicator=indicator, start=date(2017, month, 1), end=date(2017, month, 28))
        TargetFactory(indicator=indicator, by=date(2018, month, 1))

    with django_assert_num_queries(10):
        board.get(reverse(SVG_FILE, args=["rhi-72"]))
