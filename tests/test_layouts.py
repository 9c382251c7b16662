"""The frame of every page: its title, the way back, what the 500 page can do without."""

import re

import html5lib
import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.test_govuk_forms import words


def title_and_heading(response):
    document = html5lib.parse(response.content, namespaceHTMLElements=False)
    return words(document.find(".//title")), words(document.find(".//h1"))


@pytest.mark.django_db
def test_a_title_repeats_its_heading(client):
    title, heading = title_and_heading(client.get("/account/login/"))

    assert title == f"{heading} - Ofsted improvement plan - London Borough of Havering"
    assert heading == "Sign in"


@pytest.mark.django_db
def test_a_title_says_first_that_the_form_has_errors(client):
    title, _ = title_and_heading(client.post("/account/login/", {}))

    assert title == "Error: Sign in - Ofsted improvement plan - London Borough of Havering"


def test_the_words_of_a_block_keep_their_escapes_and_lose_their_markup():
    page = Template(
        '{% extends "layouts/page.html" %}{% block heading %}Plans <em>&amp;</em>\n {{ name }}{% endblock %}'
        '{% block main %}{% load govuk %}{% text_of_block "heading" %}{% endblock %}'
    )

    html = page.render(Context({"name": "<b>", "marking": "", "request": {"csp_nonce": ""}}))

    assert "Plans &amp; &lt;b&gt;" in re.search(r"<main[^>]*>(.*)</main>", html, re.DOTALL)[1]


def test_breadcrumbs_lead_back_and_escape_names():
    html = Template('{% load govuk %}{% breadcrumbs plan "/plans/?a=1" here %}').render(
        Context({"plan": "Plan <1>", "here": "Action & <2>"})
    )

    assert '<a class="govuk-breadcrumbs__link" href="/plans/?a=1">Plan &lt;1&gt;</a>' in html
    assert '<li class="govuk-breadcrumbs__list-item" aria-current="page">Action &amp; &lt;2&gt;</li>' in html


def test_the_500_page_needs_nothing_and_quotes_a_reference_when_it_has_one():
    assert "reference" not in render_to_string("500.html")
    assert "<strong>7f3a</strong>" in render_to_string("500.html", {"reference": "7f3a"})
