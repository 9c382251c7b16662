"""What an action needs: one thing out of everything that it may wait for, why, and by when."""

from django import forms
from django.db.models import Q

from actionplan.changes import dependencies
from actionplan.changes.dependencies import Circular
from actionplan.forms.claims import ClaimForm
from actionplan.models import Action, Milestone, Programme
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words

CHOOSE = "Choose what the action needs"


class PickThing(forms.ChoiceField):
    """An action, a milestone, a programme or one of its milestones, grouped by the plan or programme they belong to."""

    def __init__(self, **kwargs):
        super().__init__(error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}, **kwargs)
        self.things = {}

    def offer(self, groups):
        """`groups` are pairs of a heading and the records under it."""
        self.things = {key_of(thing): thing for _, things in groups for thing in things}
        listed = [(name, [(key_of(each), _label(each)) for each in things]) for name, things in groups]
        self.choices = [("", "Choose one"), *listed]

    def clean(self, value):
        return self.things.get(super().clean(value))


def key_of(thing):
    return f"{thing._meta.model_name}-{thing.pk}"


def _label(thing):
    if isinstance(thing, Programme):
        return "The whole programme"
    return f"{thing}, due {day_words(thing.due_on)}"


class NeedForm(ClaimForm):
    """Something that an action needs; with `dependency`, one that is said already. Four queries."""

    on = PickThing(
        label="What does it need?",
        help_text="An action, a milestone of one, or a programme. Milestones that are done are not offered.",
    )
    what = Prose(
        called="What is needed",
        limit=250,
        rows=2,
        label="What exactly does it need from there?",
        help_text="One sentence. For example: the form in use by the whole team.",
    )
    needed_by = GovukDateField(
        called="The date",
        label="By when? (optional)",
        help_text="For example, 14 7 2017. Leave it empty if it is needed by the date of the action.",
        required=False,
    )

    def __init__(self, data=None, *, action, dependency=None):
        super().__init__(data, initial=_said(dependency) if dependency else None)
        self.action, self.dependency = action, dependency
        self.fields["what"].error_messages["required"] = "Say what exactly it needs"
        self.fields["on"].offer(_offered(action, dependency.on if dependency else None))

    def clean_needed_by(self):
        needed_by, starts_on = self.cleaned_data["needed_by"], self.action.starts_on
        if needed_by and needed_by < starts_on:
            raise forms.ValidationError(
                f"The date must be {day_words(starts_on)}, when {self.action.ref} starts, or later"
            )
        return needed_by

    def save(self, *, by):
        """Write it. None, with the error at its field, when it would close a circle."""
        said = dict(self.cleaned_data)
        version = said.pop("version")
        try:
            if self.dependency is None:
                return dependencies.add(action=self.action, **said, by=by)
            return dependencies.change(dependency=self.dependency, version=version, **said, by=by)
        except Circular as circular:
            self.add_error("on", f"Circular dependency: {circular}")
            return None


class RemoveForm(ClaimForm):
    def __init__(self, data=None, *, dependency):
        super().__init__(data, initial={"version": dependency.version})
        self.dependency = dependency

    def save(self, *, by):
        version = self.cleaned_data["version"]
        return dependencies.remove(dependency=self.dependency, version=version, by=by)


def _said(dependency):
    said = {name: getattr(dependency, name) for name in ("version", "what", "needed_by")}
    return said | {"on": key_of(dependency.on)}


def _offered(action, chosen):
    """What the action may need, by plan and by programme: not itself, nor what is done."""
    root = action.plan.parent_id or action.plan_id
    family = Action.objects.filter(Q(plan=root) | Q(plan__parent=root)).exclude(pk=action.pk)
    actions = {each.pk: each for each in family.select_related("plan").in_order()}
    groups = {each.plan.name: [] for each in actions.values()}
    steps = _open_steps(actions)
    for each in actions.values():
        groups[each.plan.name] += [each, *steps[each.pk]]
    for programme in Programme.objects.prefetch_related("milestones"):
        groups[programme.name] = [programme, *(m for m in programme.milestones.all() if not m.completed_on)]
    if chosen and not any(chosen in things for things in groups.values()):
        groups["Chosen now"] = [chosen]
    return list(groups.items())


def _open_steps(actions):
    """The milestones that are still to be reached, by their action."""
    steps = {pk: [] for pk in actions}
    for step in Milestone.objects.filter(action__in=actions, completed_on=None):
        step.action = actions[step.action_id]  # its number is said with that of its action
        steps[step.action_id].append(step)
    return steps
