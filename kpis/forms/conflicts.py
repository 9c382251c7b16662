"""What two people wrote about one record, side by side."""

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from django import forms
from django.utils.formats import date_format
from django.utils.html import strip_tags


class Difference(NamedTuple):
    label: str
    yours: str
    stored: str


def differences(posted, stored):
    """Where a posted form and an unbound one of the same class, on the record as it is now, say different things.

    Both in the words of the page: a choice by its label, a date as a date, what cannot be read as it was typed.
    """
    pairs = [(field.label, _words(posted[field.name]), _words(field)) for field in stored.visible_fields()]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _words(field):
    value = field.value()
    if hasattr(field.field, "choices"):
        # Django admin wraps the choice of a related row in a widget that has no options of its own.
        widget = getattr(field.field.widget, "widget", field.field.widget)
        options = widget.options(field.html_name, widget.format_value(value))
        chosen = [option for option in options if option["selected"]]
        return ", ".join(strip_tags(option["label"]) for option in chosen if option["value"] != "")
    with suppress(forms.ValidationError):
        value = field.field.to_python(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return " ".join(part for part in value if part)
    # Browsers send line ends of their own kind: that is no difference.
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
