"""A date asked for in three boxes, as GOV.UK does: day, month, year."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


class DateBoxes(forms.MultiWidget):
    """Three text boxes, posted as <name>_day, <name>_month and <name>_year. templates/govuk/date.html draws them."""

    names = ("day", "month", "year")

    def __init__(self, attrs=None):
        super().__init__(dict.fromkeys(self.names, forms.TextInput), attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class GovukDateField(forms.DateField):
    """A date from three boxes. Takes "7", "07", "Jul" and "July" for the month, and years from 1900 to 2099.

    `called` names the date in messages: GovukDateField(called="Forecast date"). Each error knows which boxes it is
    about (`params["boxes"]`), so that the page can mark them and link to the first.
    """

    widget = DateBoxes
    default_error_messages = {
        "required": "Enter a date",
        "incomplete": "%(called)s must include %(missing)s",
        "invalid": "Enter a real date, for example 20 7 2017",
        "year": "Year must include 4 numbers, for example 2017",
    }

    def __init__(self, *, called="Date", **kwargs):
        super().__init__(**kwargs)
        self.called = called

    def to_python(self, value):
        if not isinstance(value, list | tuple):
            return super().to_python(value)
        day, month, year = typed = [(part or "").strip() for part in value]
        if not any(typed):
            return None
        missing = [name for name, part in zip(DateBoxes.names, typed, strict=True) if not part]
        if missing:
            named = " and ".join(f"a {name}" for name in missing)
            raise self._error("incomplete", missing, called=self.called, missing=named)
        numbers = {"day": _number(day), "month": _month(month), "year": _number(year)}
        unreadable = [name for name, number in numbers.items() if number is None]
        if unreadable:
            raise self._error("invalid", unreadable)
        if not re.fullmatch(r"(19|20)[0-9]{2}", year):
            raise self._error("year", ["year"])
        try:
            return date(**numbers)
        except ValueError as error:
            wrong = ["day"] if 1 <= numbers["month"] <= 12 else ["month"]
            raise self._error("invalid", wrong) from error

    def _error(self, code, boxes, **words):
        return ValidationError(self.error_messages[code], code=code, params={"boxes": boxes, **words})


def _number(text):
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month(text):
    """1 to 12 for a number or an English name of three letters or more; None when it is neither."""
    name = text.lower().rstrip(".")
    if len(name) >= 3:
        return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)
    return _number(text)
