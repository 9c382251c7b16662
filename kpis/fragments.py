"""Pieces of a page that are drawn once for each content.

One group of the plan takes milliseconds to draw and changes a few times a month. What is kept is found by everything
it shows, so it can never be out of date, and pages of different readers may share it.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Fragment:
    """A template and its content. `key` holds everything that the template shows; `context` is how it gets it."""

    template: str
    key: Hashable
    context: dict = field(compare=False)


@lru_cache(maxsize=1024)
def draw(fragment: Fragment) -> str:
    return render_to_string(fragment.template, fragment.context)
