"""Sentences that people type."""

from django import forms


class Prose(forms.CharField):
    """A text of a few sentences with a limit. `called` begins its error messages: Prose(called="What was done").

    Where the limit is short, the page counts what is left (a field with `max_length` is drawn with a counter). Line
    ends are stored as one character, whatever the browser sends, so that a limit counts what people see.
    """

    def __init__(self, *, called, limit=2000, rows=3, **kwargs):
        super().__init__(
            max_length=limit,
            widget=forms.Textarea({"rows": rows}),
            error_messages={
                "max_length": f"{called} must be {limit:,} characters or fewer. It has %(show_value)d",
                "null_characters_not_allowed": (
                    f"{called} held a hidden character that cannot be stored. It is removed: check the text"
                ),
            },
            **kwargs,
        )
        if limit > 500:
            self.max_length = None  # the validator stays

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def bound_data(self, data, initial):
        """What stands in the box again after an error: the text without the hidden character it was refused for."""
        return super().bound_data(data, initial).replace("\0", "") if data else data
