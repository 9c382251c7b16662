"""What is asked of a programme: what became of a milestone, and what is known of the money."""

import re

from django import forms

from actionplan.changes import programmes
from actionplan.forms.claims import ClaimForm
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today

COMPLETED, MOVED = "completed", "moved"
REASON = 100  # what the history table holds of a reason


class Pounds(forms.DecimalField):
    """A sum of money as people write it: £1.2 million, 1,200,000 or 1200000."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_digits=12,
            decimal_places=2,
            error_messages={
                "invalid": "Enter the sum in pounds, for example 1,200,000 or 1.2 million",
                "min_value": "The sum must be 0 or more",
                "max_digits": "The sum must be less than £10 billion",
                "max_whole_digits": "The sum must be less than £10 billion",
                "max_decimal_places": "The sum must have 2 decimals or fewer",
            },
            **kwargs,
        )

    def to_python(self, value):
        typed = (value or "").strip().removeprefix("£").strip()
        if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", typed):
            typed = typed.replace(",", "")
        in_millions = re.fullmatch(r"([0-9]{1,5}(?:\.[0-9]{1,8})?) ?(?:million|m)", typed, re.IGNORECASE)
        found = super().to_python(in_millions[1] if in_millions else typed)
        return (found * 1_000_000).normalize() + 0 if in_millions else found

    def bound_data(self, data, initial):
        """What stands in the box again after an error: without a hidden character, which no page may hold."""
        return super().bound_data(data, initial).replace("\0", "") if data else data

    def prepare_value(self, value):
        """1,200,000, not 1200000.00."""
        if value is None or isinstance(value, str):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


class StepForm(ClaimForm):
    """What became of an open milestone. Of the two questions that follow the first, only the one that fits counts."""

    became = forms.ChoiceField(
        label="What became of it?",
        choices=[(COMPLETED, "It is completed"), (MOVED, "It has a new date")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether it is completed or has a new date",
            "invalid_choice": "Choose whether it is completed or has a new date",
        },
    )
    completed_on = GovukDateField(
        called="The day it was completed",
        label="If it is completed, on which day?",
        help_text="For example, 23 6 2017",
        required=False,
    )
    due_on = GovukDateField(
        called="The new date",
        label="If it has a new date, which one?",
        help_text="For example, 14 7 2017",
        required=False,
    )
    reason = Prose(
        called="The reason",
        limit=REASON,
        rows=2,
        label="Why does the date move?",
        help_text="In a sentence. It is kept in the history, with both dates.",
        required=False,
    )

    def __init__(self, data=None, *, step):
        super().__init__(data, initial={"version": step.programme.version})
        self.step = step

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("became") == COMPLETED:
            self._check_completed(cleaned)
        elif cleaned.get("became") == MOVED:
            self._check_moved(cleaned)
        return cleaned

    def _check_completed(self, cleaned):
        if "completed_on" in self.errors:
            return
        if not cleaned["completed_on"]:
            self.add_error("completed_on", "Enter the day it was completed")
        elif cleaned["completed_on"] > today():
            self.add_error("completed_on", "The day it was completed must be today or in the past")

    def _check_moved(self, cleaned):
        starts_on = self.step.programme.starts_on
        if "due_on" not in self.errors:
            due_on = cleaned["due_on"]
            if not due_on:
                self.add_error("due_on", "Enter the new date")
            elif due_on == self.step.due_on:
                self.add_error("due_on", f"It is due on {day_words(due_on)} already. Enter another date")
            elif starts_on and due_on < starts_on:
                self.add_error(
                    "due_on",
                    f"The new date must be {day_words(starts_on)}, when the programme starts, or later",
                )
        if "reason" not in self.errors and not cleaned["reason"]:
            self.add_error("reason", "Say why the date moves")

    def save(self, *, by):
        asked = self.cleaned_data
        claim = {"step": self.step, "version": asked["version"], "by": by}
        if asked["became"] == COMPLETED:
            return programmes.complete(completed_on=asked["completed_on"], **claim)
        return programmes.move(to=asked["due_on"], reason=asked["reason"], **claim)


class FundingForm(ClaimForm):
    """The sum, where it is known, and what is known of it."""

    funding = Pounds(
        label="How much is it? (optional)",
        help_text="In pounds, for example 1,200,000 or 1.2 million. Leave empty while the sum is not known.",
        required=False,
    )
    note = Prose(
        called="What is known",
        limit=250,
        rows=3,
        label="What is known of the money?",
        help_text="Where the sum comes from, what it pays for, or why it is not known.",
    )

    def __init__(self, data=None, *, programme):
        stored = {
            "version": programme.version,
            "funding": programme.funding,
            "note": programme.funding_note,
        }
        super().__init__(data, initial=stored)
        self.programme = programme
        self.fields["note"].error_messages["required"] = "Say what is known of the money"

    def save(self, *, by):
        return programmes.fund(programme=self.programme, **self.cleaned_data, by=by)
