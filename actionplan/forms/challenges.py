"""A question put to the council: what is asked of those who raise, answer and close it."""

from django import forms

from actionplan.changes import challenges
from actionplan.enums import Body
from actionplan.forms.claims import ClaimForm
from actionplan.forms.picks import ActionRefs, PickOne, PickSeveral
from actionplan.models import Meeting, Post
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today


class ChallengeForm(forms.Form):
    """Who asks what, which post answers it and by when."""

    source = forms.ChoiceField(
        label="Who asks?",
        choices=Body.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asks", "invalid_choice": "Choose who asks"},
    )
    question = Prose(
        called="The question",
        limit=500,
        label="What is the question?",
        help_text="In the words of those who ask. Leave out names of children and families.",
    )
    raised_on = GovukDateField(
        called="The day it was asked",
        label="When was it asked?",
        help_text="For example, 8 6 2017",
        error_messages={"required": "Enter the day it was asked"},
    )
    meeting = PickOne(
        label="At which meeting? (optional)", missing="Choose a meeting from the list", required=False
    )
    owner = PickOne(label="Which post answers it?", missing="Choose the post that answers it")
    due_on = GovukDateField(
        called="The day the answer is due",
        label="When is the answer due?",
        help_text="For example, 14 7 2017",
        error_messages={"required": "Enter the day the answer is due"},
    )
    recommendations = PickSeveral(
        label="Which recommendations does it touch? (optional)",
        missing="Choose recommendations from the list",
        help_text="Where the work of those who ask and the plan’s overlap.",
    )
    actions = ActionRefs(
        label="Which actions is it about? (optional)",
        help_text="Their numbers, for example 2.1 and L1.1",
    )

    def __init__(self, data=None, *, plan):
        super().__init__(data, initial={"raised_on": today()})
        self.plan = plan
        self.fields["question"].error_messages["required"] = "Enter the question"
        self.fields["meeting"].offer(Meeting.objects.about(plan), "No meeting")
        self.fields["owner"].offer(Post.objects.all(), "Choose a post")
        self.fields["recommendations"].offer(plan.inspection.recommendations.order_by("number"))
        self.fields["actions"].plan = plan

    def clean_raised_on(self):
        raised_on = self.cleaned_data["raised_on"]
        if raised_on > today():
            raise forms.ValidationError("The day it was asked must be today or in the past")
        return raised_on

    def clean_due_on(self):
        due_on, raised_on = self.cleaned_data["due_on"], self.cleaned_data.get("raised_on")
        if raised_on and due_on < raised_on:
            raise forms.ValidationError(f"The answer must be due on {day_words(raised_on)} or later")
        return due_on

    def save(self, *, by):
        return challenges.put(plan=self.plan, **self.cleaned_data, by=by)


class AnswerForm(ClaimForm):
    """The answer, which may be made better until the challenge is closed."""

    answer = Prose(
        called="The answer",
        label="What is the answer?",
        help_text="Numbers first, and how you know. Leave out names of children and families.",
        rows=6,
    )

    def __init__(self, data=None, *, challenge):
        super().__init__(data, initial={"version": challenge.version, "answer": challenge.answer})
        self.challenge = challenge
        self.fields["answer"].error_messages["required"] = "Write the answer"

    def save(self, *, by):
        return challenges.answer(challenge=self.challenge, **self.cleaned_data, by=by)


class CloseForm(ClaimForm):
    """Whether the answer is enough, said by somebody who has read it."""

    enough = forms.BooleanField(
        label="The answer settles the question",
        error_messages={"required": "Tick the box if the answer settles the question, or leave it open"},
    )

    def __init__(self, data=None, *, challenge):
        super().__init__(data, initial={"version": challenge.version})
        self.challenge = challenge

    def save(self, *, by):
        version = self.cleaned_data["version"]
        return challenges.close(challenge=self.challenge, version=version, by=by)
