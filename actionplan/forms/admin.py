"""The forms of the admin site that ask more than their model does: why a date moves, and who takes over."""

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from actionplan.changes.dependencies import PLACES, Circular, refuse_circle
from actionplan.models import Post, Strand
from kpis.periods import day_words, today
from kpis.versioned_admin import VersionedForm


class DueDateForm(forms.ModelForm):
    """A row whose due date moves only with a reason."""

    date_reason = forms.CharField(
        label="Why the date moves",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 70}),
        help_text="Only when you change the due date. It is kept with both dates.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "due_on" in self.fields:  # a reader's form has none
            self.fields["due_on"].label = "Due date"

    def clean(self):
        cleaned = super().clean()
        if {"due_on", "date_reason"} <= self.cleaned_data.keys():
            reason = self.cleaned_data["date_reason"]
            if self.moves and not reason:
                self.add_error(
                    "date_reason", f"Say why the date moves from {day_words(self.initial['due_on'])}"
                )
            if reason and not self.moves:
                self.add_error(
                    "date_reason", "The due date is the same as before. Change it, or clear the reason"
                )
        return cleaned

    @property
    def moves(self):
        return self.instance.pk is not None and "due_on" in self.changed_data


class ActionForm(DueDateForm, VersionedForm):
    def clean(self):
        cleaned = super().clean()
        starts_on, due_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error(
                "due_on", f"The due date must be {day_words(starts_on)}, when the action starts, or later"
            )
        plan, recommendation = self.cleaned_data.get("plan"), self.cleaned_data.get("recommendation")
        if plan and recommendation and plan.inspection_id != recommendation.inspection_id:
            self.add_error(
                "recommendation", f"Choose a recommendation of {plan.inspection}, which the plan answers"
            )
        return cleaned

    def clean_shared_with(self):
        """Other plans of the same family: an action counts once in its own, and plans of other years have their own."""
        plans = self.cleaned_data["shared_with"]
        own = self.cleaned_data.get("plan") or (self.instance.plan if self.instance.plan_id else None)
        if own in plans:
            raise forms.ValidationError(f"Leave out the {own}: the action is part of it already")
        root = own and (own.parent_id or own.pk)
        for plan in plans:
            if own and (plan.parent_id or plan.pk) != root:
                raise forms.ValidationError(
                    f"Leave out the {plan}: it stands neither above nor beneath the {own}, nor beside it"
                )
        return plans


class MilestoneForm(DueDateForm):
    def clean_completed_on(self):
        return _not_ahead(self.cleaned_data["completed_on"])


def _not_ahead(completed_on):
    if completed_on and completed_on > today():
        raise forms.ValidationError("The completion date must be today or in the past")
    return completed_on


class ProgrammeMilestoneForm(DueDateForm):
    """A milestone of a programme, or of one of that programme’s strands."""

    def clean_completed_on(self):
        return _not_ahead(self.cleaned_data["completed_on"])


class ProgrammeMilestoneFormSet(BaseInlineFormSet):
    """Offers the strands of the programme itself, read once for all its milestones."""

    @cached_property
    def strands(self):
        return self.instance.strands.all() if self.instance.pk else Strand.objects.none()

    @cached_property
    def strand_choices(self):
        return [("", "The whole programme"), *((strand.pk, strand.name) for strand in self.strands)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "strand" in form.fields:  # a reader's form has none
            field = form.fields["strand"]
            field.queryset = self.strands
            field.choices = self.strand_choices
            field.error_messages["invalid_choice"] = "Choose a strand of this programme"
            field.help_text = "A new strand can be chosen once the programme is saved"


class MilestoneFormSet(BaseInlineFormSet):
    """The milestones of an action fall between its start and its due date, as the same form sets them."""

    def clean(self):
        super().clean()
        starts_on, due_on = self.instance.starts_on, self.instance.due_on
        for form in self.forms:
            milestone_due = form.cleaned_data.get("due_on") if form.is_valid() else None
            if milestone_due and due_on and milestone_due > due_on:
                form.add_error(
                    "due_on", f"The milestone must be due by {day_words(due_on)}, when the action is due"
                )
            elif milestone_due and starts_on and milestone_due < starts_on:
                form.add_error(
                    "due_on",
                    f"The milestone must be due on or after {day_words(starts_on)}, when the action starts",
                )


class HandOverForm(forms.Form):
    """To which post, with the version of each chosen action as it was when the question was asked."""

    to = forms.ModelChoiceField(
        Post.objects.all(),
        label="Post that takes over",
        empty_label="Choose a post",
        error_messages={"required": "Choose the post that takes over"},
    )

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = actions
        for action in actions:
            self.fields[f"version_{action.pk}"] = forms.IntegerField(
                initial=action.version, min_value=1, widget=forms.HiddenInput
            )

    def clean(self):
        versions = {action.pk: self.cleaned_data.get(f"version_{action.pk}") or 0 for action in self.actions}
        return {"to": self.cleaned_data.get("to"), "versions": versions}


class DependencyForm(VersionedForm):
    """What an action needs. Nothing may need itself in a circle, whoever says so."""

    def clean(self):
        cleaned = super().clean()
        said = self.cleaned_data
        if not self.instance.pk:
            self.instance.added_on = today()
        named = [name for name in PLACES.values() if said.get(name)]
        if len(named) == 1 and said.get("action") and not said.get("removed_on"):
            instead_of = self.instance if self.instance.pk else None
            try:
                refuse_circle(action=said["action"], on=said[named[0]], instead_of=instead_of)
            except Circular as circular:
                self.add_error(named[0], f"Circular dependency: {circular}")
        return cleaned
