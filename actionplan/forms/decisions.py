"""What a meeting is asked to decide, and what it decided."""

from django import forms

from actionplan.changes import decisions
from actionplan.changes.decisions import MeetingTooEarly
from actionplan.forms.claims import ClaimForm
from actionplan.forms.picks import ActionRefs, PickOne
from actionplan.models import Meeting, Post
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today


class DecisionForm(forms.Form):
    """A decision that is asked for. It stands on the Board’s page until a meeting has made it."""

    question = Prose(
        called="What is asked for",
        limit=300,
        rows=2,
        label="What is asked for?",
        help_text="One sentence that begins with what is to be done: Agree two temporary personal advisers",
    )
    why = Prose(called="Why it is needed", limit=500, label="Why is it needed?")
    asked_by = PickOne(label="Which post asks?", missing="Choose the post that asks")
    asked_on = GovukDateField(
        called="The day it was asked",
        label="When was it asked?",
        help_text="For example, 22 6 2017",
        error_messages={"required": "Enter the day it was asked"},
    )
    needed_by = GovukDateField(
        called="The day it is needed",
        label="By when is it needed? (optional)",
        help_text="For example, 29 6 2017",
        required=False,
    )
    actions = ActionRefs(
        label="Which actions wait for it? (optional)", help_text="Their numbers, for example 4.2 and L2.1"
    )

    def __init__(self, data=None, *, plan):
        super().__init__(data, initial={"asked_on": today()})
        self.plan = plan
        self.fields["question"].error_messages["required"] = "Enter what is asked for"
        self.fields["why"].error_messages["required"] = "Say why it is needed"
        self.fields["asked_by"].offer(Post.objects.all(), "Choose a post")
        self.fields["actions"].plan = plan

    def clean_asked_on(self):
        asked_on = self.cleaned_data["asked_on"]
        if asked_on > today():
            raise forms.ValidationError("The day it was asked must be today or in the past")
        return asked_on

    def clean_needed_by(self):
        needed_by, asked_on = self.cleaned_data["needed_by"], self.cleaned_data.get("asked_on")
        if needed_by and asked_on and needed_by < asked_on:
            raise forms.ValidationError(f"It must be needed by {day_words(asked_on)} or later")
        return needed_by

    def save(self, *, by):
        return decisions.ask(plan=self.plan, **self.cleaned_data, by=by)


class RecordForm(ClaimForm):
    """Which meeting decided, and what."""

    meeting = PickOne(label="Which meeting decided?", missing="Choose the meeting that decided")
    outcome = Prose(
        called="What was decided",
        limit=500,
        label="What was decided?",
        help_text="Agreed, agreed with a condition, or refused, and the reason. It cannot be edited once saved.",
    )

    def __init__(self, data=None, *, decision):
        super().__init__(data, initial={"version": decision.version})
        self.decision = decision
        held = Meeting.objects.about(decision.plan).filter(held_on__lte=today())
        self.fields["meeting"].offer(held, "Choose a meeting")
        self.fields["outcome"].error_messages["required"] = "Enter what was decided"

    def clean_meeting(self):
        meeting = self.cleaned_data["meeting"]
        if meeting.held_on < self.decision.asked_on:
            raise forms.ValidationError(self._too_early(meeting))
        return meeting

    def save(self, *, by):
        """The decision, or None when the meeting was moved meanwhile to a day before the question."""
        try:
            return decisions.record(decision=self.decision, **self.cleaned_data, by=by)
        except MeetingTooEarly:
            self.add_error("meeting", self._too_early(self.cleaned_data["meeting"]))

    def _too_early(self, meeting):
        asked_on = day_words(self.decision.asked_on)
        return f"This was asked on {asked_on}, after the meeting of {day_words(meeting.held_on)}. Choose a later one"
