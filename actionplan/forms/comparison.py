"""Which two months are compared."""

from django import forms


class ComparisonForm(forms.Form):
    """Two different months that have opened; `months` are rounds of the archive, newest first."""

    first = forms.ChoiceField(
        label="Compare",
        error_messages={"required": "Choose a month", "invalid_choice": "Choose a month from the list"},
    )
    second = forms.ChoiceField(
        label="with",
        error_messages={"required": "Choose a month", "invalid_choice": "Choose a month from the list"},
    )

    def __init__(self, data=None, *, months):
        choices = [(f"{each.month.month:%Y-%m}", str(each.month)) for each in months]
        initial = {"second": choices[0][0], "first": choices[min(1, len(choices) - 1)][0]} if choices else {}
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.choices = choices

    def clean(self):
        first, second = self.cleaned_data.get("first"), self.cleaned_data.get("second")
        if first and first == second:
            self.add_error("second", "Choose two different months")
        elif first and second and first > second:
            # The earlier one stands on the left, whichever way they were asked for.
            self.cleaned_data |= {"first": second, "second": first}
        return self.cleaned_data
