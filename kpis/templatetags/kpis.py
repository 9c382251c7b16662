"""Marks that pages put beside values: a word, a shape and a colour, never the colour alone.

They are cached strings, not included templates, because one grid draws several hundred of them. The caches tell a
plain string from a safe one (`typed`), so that text which still needs escaping never meets an unescaped twin.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from kpis.enums import Direction, Origin, Rating
from kpis.fragments import Fragment, draw
from kpis.marks import DIRECTION_SHAPES, RATING_COLOURS

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def shape(name):
    """A drawing from templates/_sprite.html in the colour of the text around it."""
    return format_html(
        '<svg class="app-shape" aria-hidden="true" focusable="false"><use href="#s-{}"/></svg>', name
    )


@register.simple_tag
@lru_cache(maxsize=256, typed=True)
def mark(colour, words):
    """A tag in a status colour with words of its own: `{% mark "amber" "12 days late" %}`."""
    return format_html(
        '<span class="app-tag app-tag--{}">{}<span>{}</span></span>', colour, shape(colour), words
    )


@register.simple_tag
@lru_cache(maxsize=16, typed=True)
def rating_tag(rating):
    """How a value stands against its target. Grey when it is not judged at all."""
    return mark(RATING_COLOURS.get(rating, "grey"), Rating(rating).label)


@register.simple_tag
@lru_cache(maxsize=256, typed=True)
def direction_tag(direction, text=""):
    """An arrow that says better or worse, whichever way the number went; `text` replaces the word."""
    return format_html(
        '<span class="app-dir app-dir--{}">{}<span>{}</span></span>',
        direction,
        shape(DIRECTION_SHAPES.get(direction, direction)),
        text or Direction(direction).label,
    )


@register.simple_tag
@lru_cache(maxsize=8, typed=True)
def sample_tag(words="Sample"):
    """For what was written for the demonstration. On the page head when all of it is, else on each row."""
    return format_html('<span class="app-sample">{}</span>', words)


@register.simple_tag
@lru_cache(maxsize=8, typed=True)
def real_tag(words="Published"):
    """For a published figure that stands among sample ones."""
    return format_html('<span class="app-real">{}</span>', words)


@register.simple_tag
def data_tag(origin, beside=""):
    """Sample or Published. With `beside`, the mark of its row, nothing where the two agree: the row has said it.

    What people here entered goes without saying, except in a row of other figures.
    """
    if not origin or origin == beside:
        return ""
    if origin == Origin.SAMPLE:
        return sample_tag()
    if origin == Origin.PUBLISHED:
        return real_tag()
    return real_tag(Origin.ENTERED.label) if beside else ""


@register.simple_tag
def piece(template, shown):
    """A part of a page that has `shown` and nothing else to show, so that it is drawn once for each content."""
    return draw(Fragment(template, shown, {"shown": shown}))
