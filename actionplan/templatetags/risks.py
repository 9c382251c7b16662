"""Marks for risks: how grave a score is, and which way it went."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from actionplan.marks import MOVEMENTS, RISK_COLOURS
from actionplan.risks import level
from kpis.templatetags.kpis import mark, shape

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=32)
def score_tag(value):
    """16 Severe, with the shape and colour of its level; grey for a risk that nobody has scored yet."""
    if value is None:
        return mark("grey", "Not scored")
    return mark(RISK_COLOURS[level(value)], f"{value} {level(value).label.lower()}")


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
