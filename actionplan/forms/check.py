"""The improvement team's answer to an update: accept it, or return it with a reason."""

from django import forms

from actionplan.changes import progress
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
            return progress.send_back(update=self.update, reason=self.cleaned_data["reason"], by=by)
        return progress.accept(update=self.update, by=by)
