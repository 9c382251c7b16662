"""What is asked before a month is frozen, and before it is issued again."""

from hashlib import sha256

from django import forms

from actionplan.forms.claims import ClaimForm
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today


class FreezeForm(ClaimForm):
    """Freeze with everything in place, or with the gaps that were on the page and no others."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    with_gaps = forms.BooleanField(
        label="Freeze it all the same. The report names each of these gaps", required=False
    )

    def __init__(self, data=None, *, month, gaps):
        super().__init__(data, initial={"version": month.version, "seen": _digest(gaps)})
        self.month = month
        self.gaps = gaps
        if not gaps:
            del self.fields["with_gaps"]

    def clean(self):
        if self.gaps and self.cleaned_data.get("seen") != _digest(self.gaps):
            self.data = self.data.copy()
            self.data["seen"] = _digest(self.gaps)
            raise forms.ValidationError(
                "What is missing has changed since you opened this page. Read it again"
            )
        if self.gaps and not self.cleaned_data.get("with_gaps"):
            count = len(self.gaps)
            things, them = ("This is", "it") if count == 1 else (f"These {count} things are", "them")
            self.add_error(
                "with_gaps", f"{things} missing. Mend what you can, or tick the box to freeze without {them}"
            )
        return self.cleaned_data


class ReissueForm(ClaimForm):
    """Why a frozen month is issued again, and until when corrections are taken in."""

    reason = Prose(
        called="The reason",
        limit=500,
        label="Why is it issued again?",
        help_text="The Board reads this at the head of the new version. For example: “The return home interviews "
        "of May were counted twice.”",
    )
    on = GovukDateField(
        called="The day",
        label="As things stood on which day?",
        error_messages={"required": "Enter the day as which things are told"},
    )

    def __init__(self, data=None, *, month, newest):
        super().__init__(data, initial={"version": month.version, "on": today()})
        self.month = month
        self.newest = newest
        self.fields["reason"].error_messages["required"] = "Say why the month is issued again"
        self.fields["on"].help_text = (
            f"Corrections made until the end of that day are in the new version. Version {newest.version} tells how "
            f"things stood on {day_words(newest.on)}."
        )

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on < self.newest.on:
            raise forms.ValidationError(
                f"The day must be {day_words(self.newest.on)}, the day of version {self.newest.version}, or later"
            )
        if on > today():
            raise forms.ValidationError("The day must be today or in the past")
        return on


def _digest(gaps):
    return sha256("\n".join(gap.words for gap in gaps).encode()).hexdigest()[:16]
