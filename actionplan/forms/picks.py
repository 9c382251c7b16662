"""Choosing among records that the page has read already: what is posted never reaches the database."""

import re

from django import forms
from django.db.models import Q

from actionplan.models import Action


class PickOne(forms.ChoiceField):
    """One of the records that `offer` gives it, or None. `missing` is the error for none and for any other."""

    def __init__(self, *, missing, **kwargs):
        super().__init__(error_messages={"required": missing, "invalid_choice": missing}, **kwargs)
        self.records = {}

    def offer(self, records, nothing):
        self.records = {str(record.pk): record for record in records}
        self.choices = [("", nothing), *((key, str(record)) for key, record in self.records.items())]

    def clean(self, value):
        return self.records.get(super().clean(value))


class PickSeveral(forms.MultipleChoiceField):
    """Any of the records that `offer` gives it, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, missing, **kwargs):
        super().__init__(required=False, error_messages={"invalid_choice": missing}, **kwargs)
        self.records = {}

    def offer(self, records, *, label=str):
        """The boxes, each with `label(record)` beside it, which may hold markup."""
        self.records = {str(record.pk): record for record in records}
        self.choices = [(key, label(record)) for key, record in self.records.items()]

    def clean(self, value):
        return [self.records[key] for key in super().clean(value)]


class ActionRefs(forms.CharField):
    """Actions by their numbers, such as “4.2, L1.1”: of the plan, those beneath it and the whole that it belongs to.

    The form sets `plan`. One query, and none for an empty box.
    """

    plan = None

    def __init__(self, **kwargs):
        super().__init__(
            max_length=200,
            required=False,
            error_messages={
                "max_length": "Enter the numbers of the actions in 200 characters or fewer",
                "null_characters_not_allowed": "Enter numbers of actions only, for example 4.2 and L1.1",
            },
            **kwargs,
        )

    def clean(self, value):
        refs = dict.fromkeys(re.sub(r"\band\b|[,;]", " ", super().clean(value)).upper().split())
        if not refs:
            return []
        plan = self.plan
        family = Action.objects.filter(Q(plan=plan) | Q(plan__parent=plan) | Q(plan=plan.parent_id))
        found = {action.ref: action for action in family.filter(ref__in=refs).order_by("-plan")}
        unknown = [ref for ref in refs if ref not in found]
        if unknown:
            raise forms.ValidationError(f"There is no action {unknown[0]} in this plan")
        return [found[ref] for ref in refs]
