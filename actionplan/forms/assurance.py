"""What the assurer is asked: what it rests on, what was found, and when somebody looks again."""

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html

from actionplan.assurance.ladder import Check, latest_recheck, source_words, unmet
from actionplan.changes import assurance
from actionplan.enums import Finding
from actionplan.forms.claims import ClaimForm
from actionplan.forms.picks import PickSeveral
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words


class AssureForm(ClaimForm):
    """A check of delivered work. Only an adequate finding has exit tests to pass; any other goes back with reasons."""

    evidence = PickSeveral(
        label="What does your finding rest on?",
        missing="Evidence that you ticked was withdrawn. Look through what is left",
        help_text="Tick what you read yourself. To find the work adequate, tick at least two sources.",
    )
    summary = Prose(
        called="What you found",
        label="What did you check, and what did you find?",
        help_text="How many, out of how many. If it is not adequate, the owner reads here what is missing. "
        "Leave out names of children and families.",
        rows=6,
    )
    finding = forms.ChoiceField(
        label="Is it adequate?",
        choices=[
            (Finding.ADEQUATE, "Adequate: it is done and the evidence shows what changed for children"),
            (Finding.NOT_ADEQUATE, "Not adequate: send it back to the owner"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether it is adequate",
            "invalid_choice": "Choose whether it is adequate",
        },
    )
    recheck_due_on = GovukDateField(
        called="The day of the next check", label="When is it checked again? (optional)", required=False
    )

    def __init__(self, data=None, *, action, climb, evidence, initial=None):
        super().__init__(data, initial={"version": action.version} | (initial or {}))
        self.action, self.climb = action, climb
        self.fields["summary"].error_messages["required"] = "Say what you checked and what you found"
        self.fields["evidence"].offer(evidence, label=_evidence)
        self.fields["recheck_due_on"].help_text = _next_check(self._latest(Finding.ADEQUATE))

    def clean_recheck_due_on(self):
        day = self.cleaned_data["recheck_due_on"]
        latest = self._latest(self.cleaned_data.get("finding", Finding.ADEQUATE))
        if day and day <= self.climb.on:
            raise forms.ValidationError("The next check must be after today")
        if day and latest and day > latest:
            raise forms.ValidationError(
                f"The next check must be on or before {day_words(latest)}: six months are the longest"
            )
        return day

    def clean(self):
        found = self.cleaned_data
        if found.get("finding") == Finding.ADEQUATE and "evidence" in found:
            self.add_unmet(unmet(self.climb.tests({each.source for each in found["evidence"]})))

    def add_unmet(self, tests):
        """Say at its field what keeps the finding from being adequate."""
        for test in tests:
            if test.about == "sources":
                self.add_error("evidence", self._too_few_sources())
            else:
                self.add_error("finding", f"It cannot be adequate yet. {test.words.removesuffix('.')}")

    def add_withdrawn(self):
        self.add_error("evidence", self.fields["evidence"].error_messages["invalid_choice"])

    def save(self, *, by):
        return assurance.assure(action=self.action, **self.cleaned_data, by=by)

    def _latest(self, finding):
        return latest_recheck(self.climb.held, Check(self.climb.stage, finding, self.climb.on))

    def _too_few_sources(self):
        there = self.fields["evidence"].records.values()
        sources = {each.source for each in there}
        if len(sources) < 2:
            return (
                "To find it adequate, evidence from at least two sources is needed. "
                f"There is {source_words(sources)}"
            )
        ticked = source_words({each.source for each in self.cleaned_data["evidence"]})
        return f"To find it adequate, tick evidence from at least two sources. You ticked {ticked}"


def _evidence(evidence):
    return format_html(
        "<strong>{}</strong><br>{}, {}<br>{}",
        evidence.title,
        evidence.get_source_display(),
        date_format(evidence.dated_on, "j F Y"),
        evidence.shows,
    )


def _next_check(latest):
    if latest:
        return f"Left empty, it is {day_words(latest)}. Set an earlier day where work like this has slipped before."
    return "It has been checked at six and at twelve months by then. Set a day only if it needs another look."
