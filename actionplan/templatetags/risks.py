"""Marks for risks: how grave a score is, and which way it went."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from actionplan.enums import Movement, RiskLevel
from actionplan.risks import level
from kpis.templatetags.kpis import mark, shape

register = template.Library()

COLOURS = {
    RiskLevel.LOW: "green",
    RiskLevel.MODERATE: "moderate",
    RiskLevel.HIGH: "amber",
    RiskLevel.SEVERE: "red",
}
# An arrow that points up is graver here: its word says so, and its colour is that of worse.
MOVEMENTS = {
    Movement.UP: ("worse", "up", "Up from {}"),
    Movement.DOWN: ("better", "down", "Down from {}"),
    Movement.SAME: ("same", "same", "Same"),
    Movement.NEW: ("new", "grey", "New"),
}


@register.simple_tag
@lru_cache(maxsize=32)
def score_tag(value):
    """16 Severe, with the shape and colour of its level; grey for a risk that nobody has scored yet."""
    if value is None:
        return mark("grey", "Not scored")
    return mark(COLOURS[level(value)], f"{value} {level(value).label.lower()}")


@register.simple_tag
@lru_cache(maxsize=64)
def movement_tag(movement, was=None):
    """Up from 12. Nothing where there is no movement to speak of."""
    if not movement:
        return ""
    colour, drawing, words = MOVEMENTS[movement]
    return format_html(
        '<span class="app-dir app-dir--{}">{}<span>{}</span></span>',
        colour,
        shape(drawing),
        words.format(was),
    )
