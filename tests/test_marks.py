"""The marks on values: every word of the enums has a shape of the sprite, and text is escaped."""

import re
import time

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from actionplan.enums import DeliveryState, Grade, Impact, Rag
from kpis.enums import Assurance, Direction, Rating, Signal, Variation

SHAPES = set(re.findall(r'<symbol id="s-([a-z-]+)"', render_to_string("_sprite.html")))

ONE_MARK_EACH = [
    *[(f'{{% delivery_tag "{state}" %}}', state.label) for state in DeliveryState],
    *[(f'{{% delivery_tag "in_progress" "{rag}" %}}', f"In progress, {rag.label}") for rag in Rag],
    *[(f'{{% confidence "{rag}" %}}', rag.label) for rag in Rag],
    *[(f'{{% impact_tag "{impact}" %}}', impact.label) for impact in Impact],
    *[(f'{{% grade_tag "{grade}" %}}', grade.label) for grade in Grade],
    *[(f'{{% rating_tag "{rating}" %}}', rating.label) for rating in Rating],
    *[(f'{{% direction_tag "{direction}" %}}', direction.label) for direction in Direction],
    *[(f'{{% variation_tag "{variation}" %}}', variation.label) for variation in Variation],
    *[
        (f'{{% signal_tag "{signal}" "high" %}}', f"High: {signal.label[0].lower()}{signal.label[1:]}")
        for signal in list(Signal)[1:]
    ],
    ('{% signal_tag "none" "normal" %}', "Normal variation"),
    ('{% direction_tag "better" "Better, up 5" %}', "Better, up 5"),
    ('{% mark "amber" "12 days late" %}', "12 days late"),
]


def draw(source, **context):
    return Template("{% load actionplan kpis variation %}" + source).render(Context(context))


def plain(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(("source", "words"), ONE_MARK_EACH)
def test_every_mark_is_a_word_and_a_shape_that_exists(source, words):
    html = draw(source)

    assert plain(html) == words
    assert re.search(r'<use href="#s-([a-z-]+)"/>', html)[1] in SHAPES


def test_a_mark_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="'blue' is not a valid Rag"):
        draw('{% delivery_tag "in_progress" "blue" %}')


def test_only_work_in_progress_has_a_colour():
    assert draw('{% delivery_tag "assured" "red" %}') == draw('{% delivery_tag "assured" %}')


def test_free_text_is_escaped_even_after_a_safe_twin():
    text = "<b>Relapsed</b>"
    source = '{% mark "red" text %}{% was text %}{% direction_tag "better" text %}{% sample_tag text %}'

    assert draw(source, text=SafeString(text)).count("<b>") == 4
    assert draw(source, text=text).count("<b>") == 0


@pytest.mark.parametrize("assurance", Assurance)
def test_assurance_is_said_only_where_it_can_be_judged(assurance):
    said = "" if assurance == Assurance.NOT_JUDGED else assurance.label

    assert draw("{% assurance_words assurance %}", assurance=assurance) == said


def test_data_is_marked_where_it_differs_from_its_row():
    assert plain(draw("{% data_tag 'sample' %}{% data_tag 'published' %}")) == "SamplePublished"
    assert (
        plain(draw("{% data_tag 'sample' 'entered' %}{% data_tag 'published' 'sample' %}"))
        == "SamplePublished"
    )
    assert draw("{% data_tag 'sample' 'sample' %}{% data_tag 'published' 'published' %}") == ""
    assert plain(draw("{% data_tag 'entered' 'sample' %}{% data_tag 'entered' %}")) == "Entered"


def test_nothing_changed_has_no_change_bar():
    assert draw("{% was text %}", text="") == ""
    assert draw("{% was text %}", text=None) == ""


def test_a_grid_of_a_hundred_actions_is_marked_in_milliseconds():
    rows = [{"state": "in_progress", "rag": rag, "impact": "early", "was": "Was green"} for rag in Rag] * 34
    template = Template(
        "{% load actionplan kpis %}{% for row in rows %}{% delivery_tag row.state row.rag %}{% was row.was %}"
        '{% impact_tag row.impact %}{% direction_tag "same" %}{% endfor %}'
    )
    context = Context({"rows": rows})
    template.render(context)

    started = time.perf_counter()
    template.render(context)

    assert time.perf_counter() - started < 0.05
