"""Marks for what is more than chance, with the shapes that stand for the same in a chart."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from kpis.enums import Assurance, Signal, Variation
from kpis.templatetags.kpis import shape

register = template.Library()

SHAPES = {
    Variation.IMPROVING: "improving",
    Variation.WORSENING: "worsening",
    Variation.HIGH: "high",
    Variation.LOW: "low",
    Variation.NORMAL: "normal",
    Variation.TOO_FEW: "grey",
}


@register.simple_tag
@lru_cache(maxsize=256, typed=True)
def variation_tag(variation, words=""):
    """Improving, with a triangle; `words` replaces the word."""
    variation = Variation(variation)
    return format_html(
        '<span class="app-variation app-variation--{}">{}<span>{}</span></span>',
        SHAPES[variation],
        shape(SHAPES[variation]),
        words or variation.label,
    )


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def signal_tag(signal, variation):
    """Improving: above the upper limit. Of a point without a signal, what it is instead."""
    signal, variation = Signal(signal), Variation(variation)
    if signal == Signal.NONE:
        return variation_tag(variation)
    label = signal.label
    return variation_tag(variation, f"{variation.label}: {label[0].lower()}{label[1:]}")


@register.simple_tag
@lru_cache(maxsize=8, typed=True)
def assurance_words(assurance):
    """Will miss the target. Nothing where that cannot be judged."""
    assurance = Assurance(assurance)
    return "" if assurance == Assurance.NOT_JUDGED else assurance.label
