"""Drawings as pictures for Word: drawn together, kept, and as large as they are asked for."""

import pytest

from actionplan.reports import typesetting
from actionplan.reports.pictures import pictures

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 48"><text y="20" font-family="Arimo">{}</text></svg>'
WIDE, NARROW = SVG.format(192, "Wide"), SVG.format(96, "Narrow")


@pytest.fixture
def asked(monkeypatch):
    """The drawings that were drawn, a list for each time."""
    asked = []
    draw = typesetting.draw
    monkeypatch.setattr(
        typesetting, "draw", lambda drawings, dots: asked.append(drawings) or draw(drawings, dots)
    )
    return asked


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_each_drawing_is_a_picture_of_its_own_size(asked):
    made = pictures({"a": WIDE, "b": NARROW}, dots=96)

    assert {name: size(png) for name, png in made.items()} == {"a": (192, 48), "b": (96, 48)}
    assert asked == [[WIDE, NARROW]]


def test_dots_make_it_larger(asked):
    assert size(pictures({"a": NARROW}, dots=192)["a"]) == (192, 96)


def test_picture_is_drawn_once(asked):
    first = pictures({"a": WIDE}, dots=144)

    assert pictures({"b": WIDE, "c": NARROW}, dots=144)["b"] == first["a"]
    assert pictures({"c": NARROW}, dots=144).keys() == {"c"}
    assert asked == [[WIDE], [NARROW]]


def test_what_stands_in_a_drawing_is_not_read_as_markup(asked):
    assert size(pictures({"a": SVG.format(96, '"#panic() \\ [')}, dots=96)["a"]) == (96, 48)


def test_nothing_to_draw(asked):
    assert (pictures({}, dots=96), asked) == ({}, [])
