"""What is asked when a risk is opened, put in other words, scored or closed."""

import re

from django import forms
from django.db.models import Q

from actionplan.changes import risks
from actionplan.enums import Likelihood, RiskImpact
from actionplan.models import Action, Post, Recommendation
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today

KINDS = [("risk", "Risk: it may happen"), ("issue", "Issue: it has happened")]
MATRIX = "From 1 to 5. The score is likelihood times impact"


def _choice(label, choices, message, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": message, "invalid_choice": message},
        **kwargs,
    )


def _score(label, of, name, **kwargs):
    return _choice(
        label,
        [(str(each.value), f"{each.value} {each.label}") for each in of],
        f"Choose {name} from 1 to 5",
        **kwargs,
    )


def _prose(called, label, missing, **kwargs):
    field = Prose(called=called, label=label, **kwargs)
    field.error_messages["required"] = missing
    return field


def _review_on():
    return GovukDateField(
        called="The review date",
        label="When is it looked at again?",
        help_text="For example, 27 7 2017",
        error_messages={"required": "Enter the day on which it is looked at again"},
    )


class Versioned(forms.Form):
    """About a risk that is there already, as it was when the form was loaded."""

    version = forms.Field(widget=forms.HiddenInput, required=False)

    def clean_version(self):
        """A version that is missing or broken counts as an old one, so that nothing is overwritten."""
        text = self.cleaned_data["version"] or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class RiskForm(Versioned):
    """A new risk of a plan, or the words of one that is there."""

    kind = _choice("What is it?", KINDS, "Choose whether it is a risk or an issue")
    title = _prose(
        "The title", "Title", "Enter a title", limit=150, rows=2, help_text="As the Board reads it"
    )
    cause = _prose("The cause", "What causes it?", "Say what causes it")
    effect = _prose(
        "What it would mean", "What would it mean for children?", "Say what it would mean for children"
    )
    likelihood = _score(
        "How likely is it before mitigation?", Likelihood, "a likelihood before mitigation", help_text=MATRIX
    )
    impact = _score(
        "How much would it mean for children, before mitigation?", RiskImpact, "an impact before mitigation"
    )
    mitigation = _prose("The mitigation", "What is done about it?", "Say what is done about it")
    owner = forms.ChoiceField(
        label="Owner",
        help_text="The post that answers for it",
        error_messages={"required": "Choose an owner", "invalid_choice": "Choose an owner from the list"},
    )
    review_on = _review_on()
    actions = Prose(
        called="The actions",
        label="Actions it concerns",
        help_text="Their numbers, for example 4.2, L2.1. Leave empty if there are none",
        limit=600,
        rows=1,
        required=False,
    )
    recommendations = Prose(
        called="The recommendations",
        label="Recommendations it concerns",
        help_text="Their numbers, for example 4, 13. Leave empty if there are none",
        limit=600,
        rows=1,
        required=False,
    )

    def __init__(self, data=None, *, plan=None, risk=None, stored=False):
        super().__init__(data, initial=_initial(risk) if risk else None)
        self.plan, self.risk = plan or risk.plan, risk
        self.posts = {str(post.pk): post for post in Post.objects.all()}
        self.fields["owner"].choices = [
            ("", "Choose a post"),
            *((pk, p.title) for pk, p in self.posts.items()),
        ]

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_owner(self):
        return self.posts[self.cleaned_data["owner"]]

    def clean_review_on(self):
        """A new date lies ahead; one that has passed may stay until the risk is scored again."""
        day = self.cleaned_data["review_on"]
        return day if self.risk and day == self.risk.review_on else _ahead(day)

    def clean_actions(self):
        """Those of this plan, before those of the plan above it and of the plans beneath that."""
        root = self.plan.parent_id or self.plan.pk
        family = Action.objects.filter(Q(plan=root) | Q(plan__parent=root))
        known = {each.ref: each for each in sorted(family, key=lambda each: each.plan_id == self.plan.pk)}
        return _named(self.cleaned_data["actions"].upper(), known, "action")

    def clean_recommendations(self):
        known = Recommendation.objects.filter(inspection=self.plan.inspection_id)
        by_number = {str(each.number): each for each in known}
        return _named(self.cleaned_data["recommendations"], by_number, "recommendation")

    def save(self, *, by):
        asked = dict(self.cleaned_data)
        version = asked.pop("version")
        asked |= {name: int(asked[name]) for name in ("likelihood", "impact")}
        words = risks.Words(**asked)
        if self.risk is None:
            return risks.open_risk(plan=self.plan, words=words, by=by)
        return risks.reword(risk=self.risk, version=version, words=words, by=by)


class ScoreForm(Versioned):
    """How grave a risk is today, with what is done about it, and when it is looked at again.

    The new score is chosen afresh; `stored` fills the form with the newest one instead.
    """

    likelihood = _score("How likely is it now?", Likelihood, "a likelihood", help_text=MATRIX)
    impact = _score("How much would it mean for children now?", RiskImpact, "an impact")
    note = _prose("The reason", "What does the score rest on?", "Say what the score rests on")
    review_on = _review_on()

    def __init__(self, data=None, *, risk, stored=False):
        initial = {"version": risk.version}
        newest = risk.scores.order_by("scored_on", "pk").last() if stored else None
        if newest:
            initial |= {name: getattr(newest, name) for name in ("likelihood", "impact", "note")}
        if stored or risk.review_on > today():
            initial["review_on"] = risk.review_on
        super().__init__(data, initial=initial)
        self.risk = risk

    def clean_review_on(self):
        return _ahead(self.cleaned_data["review_on"])

    def save(self, *, by):
        asked = self.cleaned_data
        numbers = {name: int(asked[name]) for name in ("likelihood", "impact")}
        return risks.score(
            risk=self.risk,
            version=asked["version"],
            note=asked["note"],
            review_on=asked["review_on"],
            by=by,
            **numbers,
        )


class CloseForm(Versioned):
    reason = _prose(
        "The reason",
        "Why is it closed?",
        "Say why it is closed",
        help_text="For example, that it can no longer happen, or what the plan now does instead",
    )

    def __init__(self, data=None, *, risk, stored=False):
        super().__init__(data, initial={"version": risk.version})
        self.risk = risk

    def save(self, *, by):
        return risks.close(
            risk=self.risk, version=self.cleaned_data["version"], reason=self.cleaned_data["reason"], by=by
        )


def _initial(risk):
    words = ("version", "kind", "title", "cause", "effect", "likelihood", "impact", "mitigation", "review_on")
    return {
        **{name: getattr(risk, name) for name in words},
        "owner": str(risk.owner_id),
        "actions": ", ".join(each.ref for each in risk.actions.in_order()),
        "recommendations": ", ".join(str(each.number) for each in risk.recommendations.order_by("number")),
    }


def _ahead(day):
    if day < today():
        raise forms.ValidationError(f"The review date must be {day_words(today())} or later")
    return day


def _named(text, known, kind):
    """The records whose numbers stand in the text, in its order, each once."""
    asked = dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part)
    unknown = next((part for part in asked if part not in known), None)
    if unknown:
        raise forms.ValidationError(
            f"There is no {kind} {unknown[:20]}. Enter numbers with commas between them"
        )
    return [known[part] for part in asked]
