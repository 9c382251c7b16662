"""Starting the plan that answers a new inspection: its head, and where each open action goes."""

import re

from django import forms
from django.core.validators import RegexValidator

from actionplan.changes import succession
from actionplan.forms.picks import PickOne
from actionplan.models import Action, ActionPlan, Post
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose

LEFT = "left"  # what the list of recommendations offers besides them


class StartPlanForm(forms.Form):
    """Every open action is carried over under a recommendation, or left with a reason.

    The page posts the version of each action it showed, as version_<key>; `changed` says what is not so any more.
    """

    name = Prose(called="The name", limit=100, rows=1, label="What is the plan called?")
    slug = Prose(
        called="The part of the address",
        limit=50,
        rows=1,
        label="What is its part of the address?",
        help_text="Small letters, numbers and hyphens, for example ofsted-2018",
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use small letters, numbers and hyphens only")
        ],
    )
    senior_responsible = PickOne(
        label="Which post is the senior responsible officer?",
        missing="Choose the senior responsible officer from the list",
    )
    author = PickOne(label="Which post writes its reports?", missing="Choose the author from the list")
    board = Prose(called="The name of the board", limit=100, rows=1, label="Which board does it report to?")
    agreed_on = GovukDateField(
        called="The day it was agreed",
        label="When was it agreed? (optional)",
        help_text="For example, 3 9 2018",
        required=False,
    )

    def __init__(self, data=None, *, follows, inspection, rows):
        year = inspection.published_on.year
        super().__init__(
            data,
            initial={
                "name": f"Ofsted action plan {year}",
                "slug": f"ofsted-{year}",
                "senior_responsible": follows.senior_responsible_id,
                "author": follows.author_id,
                "board": follows.board,
            },
        )
        self.follows, self.inspection, self.rows = follows, inspection, rows
        self.fields["name"].error_messages["required"] = "Enter the name of the plan"
        self.fields["slug"].error_messages["required"] = "Enter the plan’s part of the address"
        self.fields["board"].error_messages["required"] = "Enter the board it reports to"
        posts = list(Post.objects.all())
        for name in ("senior_responsible", "author"):
            self.fields[name].offer(posts, "Choose a post")
        recommendations = list(inspection.recommendations.order_by("number"))
        self.recommendations = {str(each.pk): each for each in recommendations}
        choices = [
            ("", "Choose where it goes"),
            *((key, str(each)) for key, each in self.recommendations.items()),
            (LEFT, "Not carried over"),
        ]
        for row in rows:
            self._ask_about(row.action, choices)

    def _ask_about(self, action, choices):
        missing = f"Choose where action {action.ref} goes, or that it is not carried over"
        self.fields[f"to_{action.pk}"] = forms.ChoiceField(
            label=f"Where action {action.ref} goes",
            choices=choices,
            error_messages={"required": missing, "invalid_choice": missing},
        )
        self.fields[f"because_{action.pk}"] = Prose(
            called=f"The reason for action {action.ref}",
            limit=500,
            rows=2,
            label=f"Why action {action.ref} is not carried over",
            required=False,
        )

    @property
    def head(self):
        return [self[name] for name in self.base_fields]

    @property
    def lines(self):
        """Each open action with its two questions."""
        return [(row, self[f"to_{row.action.pk}"], self[f"because_{row.action.pk}"]) for row in self.rows]

    @property
    def changed(self):
        """What happened to the actions since the posted page was drawn, in sentences; nothing for a fresh form."""
        if not self.is_bound:
            return []
        posted = {
            int(key[1]): value
            for name, value in self.data.items()
            if (key := re.fullmatch(r"version_([0-9]{1,9})", name))
        }
        still_open = {row.action.pk: row.action for row in self.rows}
        gone = Action.objects.filter(pk__in=posted.keys() - still_open.keys()).in_order()
        return [
            *(f"Action {ref} is not open any more" for ref in gone.values_list("ref", flat=True)),
            *(
                f"Action {action.ref} was {'changed' if pk in posted else 'added'}"
                for pk, action in still_open.items()
                if posted.get(pk) != str(action.version)
            ),
        ]

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if ActionPlan.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Another plan has this part of the address: choose another")
        return slug

    def clean(self):
        for action in (row.action for row in self.rows):
            to, because = self.cleaned_data.get(f"to_{action.pk}"), f"because_{action.pk}"
            if because in self.errors:
                continue
            if to == LEFT and not self.cleaned_data[because]:
                self.add_error(because, f"Say why action {action.ref} is not carried over")
            elif to and to != LEFT and self.cleaned_data[because]:
                self.add_error(
                    because, f"Take the reason away, or choose that action {action.ref} is not carried over"
                )

    def save(self, *, by):
        goes = {row.action: self.cleaned_data[f"to_{row.action.pk}"] for row in self.rows}
        return succession.start_plan(
            follows=self.follows,
            inspection=self.inspection,
            carried={action: self.recommendations[to] for action, to in goes.items() if to != LEFT},
            left={
                action: self.cleaned_data[f"because_{action.pk}"] for action, to in goes.items() if to == LEFT
            },
            **{name: self.cleaned_data[name] for name in self.base_fields},
            by=by,
        )
