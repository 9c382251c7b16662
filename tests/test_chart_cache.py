"""A chart is drawn once, and the same facts are always the same chart."""

import subprocess
import sys
from dataclasses import replace

import pytest
from django.core.cache import caches

from kpis.charts import drawing, engine
from kpis.charts.drawing import png, svg, svgs, warm
from kpis.charts.frame import SMALL, WIDE
from kpis.charts.words import title
from tests.charted import made_facts, texts


@pytest.fixture(autouse=True)
def nothing_drawn():
    caches["charts"].clear()


@pytest.fixture
def drawn(monkeypatch):
    """The charts that were drawn, by name, rather than found in the cache."""
    names, draw = [], engine.draw
    monkeypatch.setattr(engine, "draw", lambda facts, *more: names.append(facts.name) or draw(facts, *more))
    return names


def test_second_call_draws_nothing(drawn):
    first, second = svg(made_facts()), svg(made_facts())

    assert drawn == ["Return home interviews within 72 hours"]
    assert first == second


def test_other_facts_are_another_chart(drawn):
    facts = made_facts()

    svgs([facts, replace(facts, name="Other"), made_facts([*range(14)]), facts])

    assert len(drawn) == 3


def test_many_charts_ask_the_cache_once(monkeypatch, drawn):
    many = [made_facts(name=f"Chart {number}") for number in range(5)]
    warm(many)
    assert len(drawn) == 10  # wide and small
    asked, get_many = [], caches["charts"].get_many
    monkeypatch.setattr(caches["charts"], "get_many", lambda keys: asked.append(len(keys)) or get_many(keys))

    charts = svgs(many, SMALL)

    assert len(drawn) == 10
    assert asked == [5]
    assert [title(each) in " ".join(texts(chart)) for each, chart in zip(many, charts, strict=True)] == [
        True
    ] * 5


def test_chart_that_cannot_be_kept_is_shown(monkeypatch, caplog):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(caches["charts"], "set", full)

    assert svg(made_facts()).startswith("<svg")
    assert caplog.messages == ["A chart could not be kept in the cache"]


def test_same_facts_are_the_same_bytes_in_another_process():
    code = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from kpis.charts.drawing import svg
from tests.charted import made_facts
print(svg(made_facts()))
"""

    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == svg(made_facts())


def test_process_that_finds_its_charts_never_loads_the_engine(monkeypatch):
    warm([made_facts()])
    monkeypatch.setattr(engine, "_engine", lambda: pytest.fail("the engine was started"))

    assert svg(made_facts()).startswith("<svg")


def test_png_has_twice_the_pixels_and_is_kept(monkeypatch):
    drawn = png(made_facts())
    monkeypatch.setattr(engine, "draw_png", lambda *_: pytest.fail("drawn again"))

    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(drawn[16:20]) == 2 * WIDE
    assert png(made_facts()) == drawn


def test_drawing_version_is_part_of_the_name(monkeypatch):
    before = drawing.digest(made_facts())
    monkeypatch.setattr(drawing, "DRAWING_VERSION", 0)

    assert drawing.digest(made_facts()) != before
