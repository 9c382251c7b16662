"""What the page layouts need beyond Django's own tags: the title, the way back."""

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def text_of_block(context, name):
    """The words of another block of the page without their markup, so that a title repeats its heading exactly."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    # Escaped by the block's own variables already.
    return mark_safe(" ".join(strip_tags(block.render(context)).split()))  # noqa: S308


@register.simple_tag
def breadcrumbs(*names_and_addresses):
    """`{% breadcrumbs "Plan" plan_url "Action 4.2" %}`: pairs of name and address, then the page itself."""
    *pairs, here = names_and_addresses
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        zip(pairs[1::2], pairs[::2], strict=True),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs app-no-print" aria-label="Breadcrumb"><ol class="govuk-breadcrumbs__list">'
        '{}<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li></ol></nav>',
        items,
        here,
    )


@register.simple_tag
def back_link(address, words="Back"):
    """`{% back_link action.get_absolute_url "Action 4.2" %}`, above the heading of a form."""
    return format_html(
        '<nav class="app-no-print" aria-label="Back"><a class="govuk-back-link" href="{}">{}</a></nav>',
        address,
        words,
    )
