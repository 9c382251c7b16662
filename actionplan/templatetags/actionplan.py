"""The plan's own marks, in the same manner as those of kpis: cached strings of word, shape and colour."""

from functools import lru_cache

from django import template
from django.utils.html import format_html

from actionplan.enums import DeliveryState, EvidenceSource, Grade, Impact, Rag, Readiness, Verdict
from kpis.templatetags.kpis import mark, shape

register = template.Library()

GRADE_COLOURS = {
    Grade.OUTSTANDING: "embedded",
    Grade.GOOD: "green",
    Grade.REQUIRES_IMPROVEMENT: "amber",
    Grade.ADEQUATE: "amber",
    Grade.INADEQUATE: "red",
}


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def delivery_tag(state, rag=""):
    """What has been done. The colour counts only while in progress, and says so to those who cannot see it."""
    state = DeliveryState(state)
    if state != DeliveryState.IN_PROGRESS:
        return mark(state.replace("_", "-"), state.label)
    if not rag:
        return mark("grey", state.label)
    return mark(
        rag, format_html('<span class="govuk-visually-hidden">In progress, </span>{}', Rag(rag).label)
    )


@register.simple_tag
@lru_cache(maxsize=16, typed=True)
def impact_tag(impact):
    """What it has changed for children. Never in a box, so that it is not read as delivery."""
    impact = Impact(impact)
    name = impact.replace("_", "-")
    return format_html(
        '<span class="app-impact app-impact--{}">{}<span>{}</span></span>', name, shape(name), impact.label
    )


@register.simple_tag
@lru_cache(maxsize=8, typed=True)
def confidence(rag):
    """The senior responsible officer's confidence: a colour that is not the state of any work."""
    return mark(rag, Rag(rag).label)


@register.simple_tag
@lru_cache(maxsize=16, typed=True)
def grade_tag(grade):
    """An Ofsted grade."""
    return mark(GRADE_COLOURS[grade], Grade(grade).label)


VERDICT_SHAPES = {Verdict.SHOWN: "tick", Verdict.NOT_SHOWN: "not-achieved", Verdict.UNCLEAR: "grey"}


@register.simple_tag
@lru_cache(maxsize=8, typed=True)
def verdict_tag(verdict):
    """What figures say of a claim. Not in the colours of work: a claim that is shown need not be good news."""
    verdict = Verdict(verdict)
    return format_html(
        '<span class="app-tag app-tag--{}">{}<span>{}</span></span>',
        verdict.replace("_", "-"),
        shape(VERDICT_SHAPES[verdict]),
        verdict.label,
    )


READINESS_COLOURS = {Readiness.READY: "green", Readiness.NOT_YET: "amber", Readiness.NOTHING: "grey"}


@register.simple_tag
@lru_cache(maxsize=4, typed=True)
def readiness_tag(readiness):
    """Whether an area can be shown to inspectors."""
    return mark(READINESS_COLOURS[readiness], Readiness(readiness).label)


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def source_tag(source, count):
    """Whether evidence came from a source: a tick and how many, or a dash and “none yet”."""
    name, what, many = ("shown", "tick", count) if count else ("unclear", "grey", "none yet")
    return format_html(
        '<span class="app-tag app-tag--{}">{}<span>{}: {}</span></span>',
        name,
        shape(what),
        EvidenceSource(source).label,
        many,
    )


@register.simple_tag
@lru_cache(maxsize=256, typed=True)
def was(text):
    """The change bar: what stood here at the last Board, such as "Was green" or "New". Nothing for no text."""
    return format_html('<span class="app-was">{}</span>', text) if text else ""


@register.simple_tag
@lru_cache(maxsize=64, typed=True)
def shared(plan):
    """Whose action this is, on the page of another plan that it serves. Nothing for a plan's own."""
    return format_html('<span class="app-shared">Shared: {}</span>', plan) if plan else ""
