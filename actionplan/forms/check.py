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
    """The updates of a round that are ticked to be accepted together. Its page draws each box where it belongs."""

    updates = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the updates that you accept",
            "invalid_choice": "One of the updates is not of this month. Look at the list again",
        },
    )

    def __init__(self, data=None, *, plan, month):
        super().__init__(data)
        self.month = month
        self.submitted = of_the_month(plan, month)
        self.fields["updates"].choices = self._choices

    def _choices(self):
        """Asked for only when something was sent."""
        return [(str(pk), ref) for pk, ref in self.submitted.values_list("pk", "action__ref")]

    @property
    def ticked(self):
        """What was ticked, as it was sent."""
        return set(self["updates"].data or [])

    def save(self, *, by):
        updates = self.submitted.filter(pk__in=self.cleaned_data["updates"])
        return checks.accept_many(month=self.month, updates=updates, by=by)
