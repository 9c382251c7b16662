"""The improvement team's answer to updates: accept them, or return one with a reason."""

from django import forms

from actionplan.changes import checks
from actionplan.checks import of_the_month
from kpis.forms.prose import Prose


class CheckForm(forms.Form):
    """The button `do` says whether the update is accepted or returned; only a return needs the reason."""

    reason = Prose(
        called="The reason",
        label="Reason, if you return it",
        help_text="Say what is missing. The owner reads this at the top of the form.",
        required=False,
    )

    def __init__(self, data=None, *, update):
        super().__init__(data)
        self.update = update
        self.returning = data is not None and data.get("do") == "return"

    def clean(self):
        if "reason" in self.errors:
            return
        reason = self.cleaned_data.get("reason")
        if self.data.get("do") not in ("accept", "return"):
            self.add_error("reason", "Choose to accept the update or to return it")
        elif self.returning and not reason:
            self.add_error("reason", "Say what is missing, so that the owner can put it right")
        elif reason and not self.returning:
            self.add_error("reason", "Clear the reason to accept, or return the update")

    def save(self, *, by):
        if self.returning:
            return checks.send_back(update=self.update, reason=self.cleaned_data["reason"], by=by)
        return checks.accept(update=self.update, by=by)


class AcceptForm(forms.Form):
    """The updates of a round that are ticked to be accepted together. Its page draws each tick box where it belongs."""

    updates = forms.ModelMultipleChoiceField(
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"),
            "One of the updates is not of this month. Look at the list again",
        )
        | {"required": "Tick the updates that you accept"},
    )

    def __init__(self, data=None, *, plan, month):
        super().__init__(data)
        self.month = month
        self.fields["updates"].queryset = of_the_month(plan, month).select_related("action")

    @property
    def ticked(self):
        """What was ticked, as it was sent."""
        return set(self["updates"].data or [])

    def save(self, *, by):
        return checks.accept_many(month=self.month, updates=self.cleaned_data["updates"], by=by)
