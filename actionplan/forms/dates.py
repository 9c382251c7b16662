"""A new due date: what is asked of those who ask for one, and of those who decide."""

from django import forms

from actionplan import permissions
from actionplan.changes import dates
from actionplan.changes.dates import CannotMove
from actionplan.forms.claims import ClaimForm
from actionplan.forms.picks import PickOne
from actionplan.models import Meeting
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today

WHOLE = "action"
AGREE, REFUSE = "agree", "refuse"
STATES = [("", "Any"), ("waiting", "Not yet decided"), ("agreed", "Agreed"), ("refused", "Refused")]


class AskForm(ClaimForm):
    """Which date should move, to when, and why."""

    target = forms.ChoiceField(
        label="Which date should move?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which date should move",
            "invalid_choice": "Choose which date should move",
        },
    )
    to = GovukDateField(
        called="The new date",
        label="What should the new date be?",
        help_text="For example, 29 9 2017",
        error_messages={"required": "Enter the new date"},
    )
    reason = Prose(
        called="The reason",
        limit=500,
        label="Why does the date have to move?",
        help_text="What has happened, and what it means for children. Leave out names of children and families.",
    )

    def __init__(self, data=None, *, action, number=""):
        """`number` is that of the milestone to choose first; its steps are read from the prefetched milestones."""
        self.action = action
        steps = [each for each in action.milestones.all() if each.completed_on is None]
        self.targets = {WHOLE: None} | {str(each.number): each for each in steps}
        chosen = number if number in self.targets or len(self.targets) > 1 else WHOLE
        super().__init__(data, initial={"version": action.version, "target": chosen})
        self.fields["target"].choices = [
            (WHOLE, f"The action, due {day_words(action.due_on)}"),
            *(
                (
                    str(each.number),
                    f"Milestone {action.ref}.{each.number}, {each.title}, due {day_words(each.due_on)}",
                )
                for each in steps
            ),
        ]
        self.fields["reason"].error_messages["required"] = "Say why the date has to move"

    def save(self, *, by):
        """The request, or None with what is wrong at its field. Raises StaleEdit."""
        said = self.cleaned_data
        try:
            return dates.ask(
                action=self.action,
                version=said["version"],
                milestone=self.targets[said["target"]],
                to=said["to"],
                reason=said["reason"],
                asked_by=permissions.post_asking_dates(by, self.action),
                by=by,
            )
        except CannotMove as wrong:
            self.add_error(wrong.field, str(wrong))


class DecideForm(ClaimForm):
    """Agreed or refused, and by whom."""

    verdict = forms.ChoiceField(
        label="What was decided?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether the new date is agreed or refused",
            "invalid_choice": "Choose whether the new date is agreed or refused",
        },
    )
    because = Prose(
        called="The reason",
        limit=500,
        label="If it is refused, why?",
        help_text="The owner reads it on My work and beside the date.",
        required=False,
    )
    meeting = PickOne(label="Who decided?", missing="Choose the meeting that decided")

    def __init__(self, data=None, *, change, user, may_agree):
        super().__init__(data, initial={"version": change.action.version})
        self.change = change
        to = day_words(change.to_date)
        refusal = (REFUSE, f"Refused: it stays {day_words(change.target.due_on)}")
        self.fields["verdict"].choices = (
            [(AGREE, f"Agreed: it moves to {to}"), refusal] if may_agree else [refusal]
        )
        held = Meeting.objects.about(change.action.plan).filter(
            held_on__gte=change.asked_on, held_on__lte=today()
        )
        post = permissions.post_deciding_dates(user, change)
        self.fields["meeting"].required = post is None
        self.fields["meeting"].offer(held, f"{post}, without a meeting" if post else "Choose a meeting")
        self.has_choice = bool(post or self.fields["meeting"].records)

    def clean(self):
        cleaned = super().clean()
        verdict, because = self.cleaned_data.get("verdict"), self.cleaned_data.get("because")
        if verdict == REFUSE and because == "":
            self.add_error("because", "Say why the new date is refused")
        if verdict == AGREE and because:
            self.add_error(
                "because", "A reason is kept only when the date is refused. Clear it, or choose refused"
            )
        return cleaned

    def save(self, *, by):
        """The decided request, or None with what is wrong at its field. Raises StaleEdit and AlreadyDecided."""
        said = self.cleaned_data
        decision = {
            "change": self.change,
            "version": said["version"],
            "meeting": said["meeting"],
            "by": by,
        }
        try:
            if said["verdict"] == AGREE:
                return dates.agree(**decision)
            return dates.refuse(**decision, because=said["because"])
        except CannotMove as wrong:
            self.add_error(wrong.field, str(wrong))


class RegisterFilter(forms.Form):
    """Which requests of a plan to show. A value that means nothing is named at its field, the other still works."""

    state = forms.ChoiceField(
        label="Decision",
        required=False,
        choices=STATES,
        error_messages={"invalid_choice": "Choose a decision from the list"},
    )
    service = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a service from the list"}
    )

    def __init__(self, data, *, moves):
        # No word holds a NUL, and a page that gives one back is not HTML.
        super().__init__({name: value.replace("\0", "") for name, value in data.items()}, auto_id="filter-%s")
        services = {move.change.action.service for move in moves}
        in_order = sorted(services, key=lambda service: (service.order, service.name))
        self.fields["service"].choices = [
            ("", "All services"),
            *((str(service.pk), service.name) for service in in_order),
        ]
        self.full_clean()

    @property
    def is_on(self):
        return any(self.cleaned_data.values())

    def filter(self, moves):
        state, service = self.cleaned_data.get("state"), self.cleaned_data.get("service")
        return [
            move
            for move in moves
            if state in ("", None, move.state) and service in ("", None, str(move.change.action.service_id))
        ]
