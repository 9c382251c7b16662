"""A comment on a paragraph of a month’s draft, and its answer."""

from django import forms

from actionplan.changes import comments
from actionplan.forms.claims import ClaimForm
from kpis.forms.prose import Prose


def _comment():
    field = Prose(
        called="The comment",
        limit=1000,
        label="What is your comment?",
        help_text="Say what is wrong, missing or not clear. Leave out names of children and families.",
        rows=6,
    )
    field.error_messages["required"] = "Enter your comment"
    return field


class CommentForm(forms.Form):
    """What somebody says of one paragraph."""

    text = _comment()

    def __init__(self, data=None, *, draft, paragraph):
        super().__init__(data)
        self.draft, self.paragraph = draft, paragraph

    def save(self, *, by):
        return comments.put(
            plan=self.draft.plan,
            month=self.draft.month,
            part=self.paragraph.part,
            line=self.paragraph.line,
            text=self.cleaned_data["text"],
            by=by,
        )


class RewordForm(ClaimForm):
    """The same comment in other words, until it is answered."""

    text = _comment()

    def __init__(self, data=None, *, comment):
        super().__init__(data, initial={"version": comment.version, "text": comment.text})
        self.comment = comment

    def save(self, *, by):
        return comments.reword(comment=self.comment, **self.cleaned_data, by=by)


class AnswerForm(ClaimForm):
    """The team’s answer, which may be made better until the month is frozen."""

    answer = Prose(
        called="The answer",
        limit=1000,
        label="What is the answer?",
        help_text="Say what was changed in the report, or why nothing was.",
        rows=6,
    )

    def __init__(self, data=None, *, comment):
        super().__init__(data, initial={"version": comment.version, "answer": comment.answer})
        self.comment = comment
        self.fields["answer"].error_messages["required"] = "Write the answer"

    def save(self, *, by):
        return comments.answer(comment=self.comment, **self.cleaned_data, by=by)
