"""A number as people type it."""

import re

from django import forms

from kpis.enums import Unit


class Amount(forms.DecimalField):
    """A number of an indicator’s own unit, from 0 up, for a percentage to 100. Takes 85%, 1,301 and 85.50.

    `called` begins its messages: Amount(called="The target", unit=Unit.PERCENT).
    """

    widget = forms.NumberInput

    def __init__(self, *, called: str, unit: str, **kwargs):
        self.is_percent = unit == Unit.PERCENT
        super().__init__(
            min_value=0,
            max_value=100 if self.is_percent else None,
            max_digits=14,
            decimal_places=4,
            widget=forms.NumberInput({"class": "govuk-input--width-5"}),
            error_messages={
                "required": f"{called} is missing. Enter a number",
                "invalid": f"{called} must be a number, for example 85",
                "min_value": f"{called} must be 0 or more",
                "max_value": f"{called} must be 100%% or less",
                "max_digits": f"{called} must have 10 digits or fewer",
                "max_whole_digits": f"{called} must have 10 digits or fewer",
                "max_decimal_places": f"{called} must have 4 decimals or fewer",
            },
            **kwargs,
        )

    def to_python(self, value):
        typed = (value or "").strip()
        if self.is_percent:
            typed = typed.removesuffix("%").strip()
        if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", typed):
            typed = typed.replace(",", "")
        return super().to_python(typed)

    def bound_data(self, data, initial):
        """What stands in the box again after an error: without a hidden character, which no page may hold."""
        return super().bound_data(data, initial).replace("\0", "") if data else data

    def prepare_value(self, value):
        """75, not 75.0000."""
        return value if value is None or isinstance(value, str) else f"{value.normalize():f}"
