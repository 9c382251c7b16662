"""The day on which the national picture is asked for."""

from django import forms

from actionplan.forms.filters import DATE_FORMATS


class NationalForm(forms.Form):
    on = forms.DateField(
        label="On",
        help_text="For example, 27/6/2017",
        input_formats=DATE_FORMATS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Enter a date, for example 27/6/2017",
            "invalid": "Enter a real date as day, month and year, for example 27/6/2017",
        },
    )
