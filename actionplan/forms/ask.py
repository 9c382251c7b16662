"""Pieces of a form's layout: a question with what was said before beside it."""

from crispy_forms.layout import Div, LayoutObject
from django.utils.html import format_html


class Passage(LayoutObject):
    """A piece of the page between the questions. `html` is safe already."""

    def __init__(self, html):
        self.fields, self.html = [], html

    def render(self, form, context, template_pack=None, **kwargs):
        return self.html


class Ask(Div):
    """Questions on the left; on the right, when there is anything, what was said before."""

    css_class = "app-ask"

    def __init__(self, *questions, said="", when=""):
        beside = (
            format_html('<div class="app-last"><p class="app-quiet">{}</p>{}</div>', when, said)
            if said
            else ""
        )
        super().__init__(Div(*questions), Passage(beside))
