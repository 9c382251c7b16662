"""The addresses of pages. A list names dozens of them, and to work one out takes longer than to show it."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(page: str, *parts: object) -> str:
    """Of a page by its name in urls.py and what it is about: `address("actionplan:action", "ofsted-2016", "4.2")`."""
    return reverse(page, args=parts)
