"""Narrowing a history. The form owns it: it takes the address’s query and says which changes are asked for."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model

from kpis.trail import SYSTEM, Asked, Branch

DATE_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
DAY_WRONG = "Enter a real date as day, month and year, for example 31/7/2017"


class HistoryForm(forms.Form):
    """What a reader asks to see. A value that means nothing is named at its field, and the other filters still work."""

    kind = forms.ChoiceField(
        label="What",
        required=False,
        error_messages={"invalid_choice": "Choose a kind of record from the list"},
    )
    who = forms.ChoiceField(
        label="Who", required=False, error_messages={"invalid_choice": "Choose somebody from the list"}
    )
    since = forms.DateField(
        label="From, such as 1/6/2017",
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": DAY_WRONG},
    )
    until = forms.DateField(
        label="To, such as 30/6/2017",
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": DAY_WRONG},
    )

    def __init__(self, data, *, branches: Iterable[Branch]):
        # No word holds a NUL, and a page that gives one back is not HTML.
        typed = {name: value.replace("\0", "") for name, value in data.items()}
        super().__init__(typed, auto_id="filter-%s")
        people = sorted(((str(each), str(each.pk)) for each in get_user_model().objects.all()), key=_by_name)
        self.fields["kind"].choices = [
            ("", "Everything"),
            *((each.kind.key, each.kind.label) for each in branches),
        ]
        self.fields["who"].choices = [
            ("", "Everyone"),
            *((pk, name) for name, pk in people),
            (SYSTEM, "The system"),
        ]
        self.full_clean()

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day must be the same as or after the first day")
        return self.cleaned_data

    @property
    def chosen(self) -> dict:
        """The filters that are on and make sense, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def asked(self) -> Asked:
        who = self.cleaned_data.get("who")
        return Asked(**self.chosen | {"who": int(who) if who and who != SYSTEM else who or None})

    def query(self, **more) -> str:
        """The filters that are on as the tail of an address, with `more` of the page’s own; "" when there are none."""
        parts = self.chosen | more
        parts |= {name: parts[name].isoformat() for name in ("since", "until") if name in parts}
        return f"?{urlencode(parts)}" if parts else ""


def _by_name(person: tuple[str, str]) -> tuple[str, str]:
    return person[0].casefold(), person[1]
