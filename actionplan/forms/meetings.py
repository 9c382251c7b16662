"""A meeting as it is written down: whose, when, who was there."""

from django import forms

from actionplan.changes import meetings
from actionplan.changes.meetings import AlreadyHeld, DatesDecided, Minutes, TooEarly
from actionplan.enums import Attendance, Body
from actionplan.forms.claims import ClaimForm
from actionplan.models import Post
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today


class MeetingForm(ClaimForm):
    """A new meeting, or corrections to one that is written down already. Each post may be marked as there or not."""

    body = forms.ChoiceField(
        label="Whose meeting?",
        choices=Body.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whose meeting it was",
            "invalid_choice": "Choose whose meeting it was",
        },
    )
    held_on = GovukDateField(
        called="The day of the meeting",
        label="When was it?",
        help_text="For example, 25 5 2017",
        error_messages={"required": "Enter the day of the meeting"},
    )
    chair = Prose(
        called="Who chaired it",
        limit=150,
        rows=1,
        label="Who chaired it?",
        help_text="A post or a role, not a name",
    )
    summary = Prose(
        called="What was discussed", label="What was discussed? (optional)", rows=5, required=False
    )

    def __init__(self, data=None, *, plan, meeting=None):
        self.plan, self.meeting = plan, meeting
        minutes = Minutes.of(meeting) if meeting else None
        there = minutes.attendance if minutes else {}
        initial = {"version": meeting.version if meeting else 0} | (vars(minutes) if minutes else {})
        super().__init__(data, initial=initial | {_post(pk): status for pk, status in there.items()})
        self.fields["chair"].error_messages["required"] = "Enter the post or role that chaired it"
        self.posts = list(Post.objects.all())
        for post in self.posts:
            self.fields[_post(post.pk)] = forms.ChoiceField(
                label=post.title,
                choices=[("", "Not listed"), *Attendance.choices],
                required=False,
                error_messages={"invalid_choice": f"{post.title}: choose from the list"},
            )

    @property
    def questions(self):
        return [self[name] for name in ("version", "body", "held_on", "chair", "summary")]

    @property
    def attendance_fields(self):
        return [self[_post(post.pk)] for post in self.posts]

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > today():
            raise forms.ValidationError("The meeting must be today or in the past")
        return held_on

    def save(self, *, by):
        """The meeting, or None with what is wrong at its field. Raises StaleEdit."""
        try:
            if self.meeting is None:
                return meetings.add(plan=self.plan, minutes=self._minutes(), by=by)
            version = self.cleaned_data["version"]
            return meetings.edit(meeting=self.meeting, version=version, minutes=self._minutes(), by=by)
        except AlreadyHeld:
            self.add_error("held_on", "This meeting is already recorded for that day")
        except DatesDecided:
            day = day_words(self.meeting.held_on)
            self.add_error(
                "held_on", f"New dates were agreed or refused at it on {day}. Its day cannot change"
            )
        except TooEarly:
            self.add_error("held_on", "Decisions were made at it that had not been asked for by that day")

    def _minutes(self):
        said = self.cleaned_data
        attendance = {post.pk: said[_post(post.pk)] for post in self.posts if said[_post(post.pk)]}
        words = {name: said[name] for name in ("body", "held_on", "chair", "summary")}
        return Minutes(**words, attendance=attendance)


def _post(pk):
    return f"post_{pk}"
