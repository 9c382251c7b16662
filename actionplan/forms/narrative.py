"""What is written for the Board beside the computed facts: headline, confidence, next month, and “so what”."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.html import format_html, format_html_join

from actionplan.changes import narrative
from actionplan.changes.narrative import OF_THE_MONTH, Narrative
from actionplan.enums import Rag
from actionplan.forms.ask import Ask, Passage
from actionplan.forms.claims import ClaimForm
from kpis.forms.prose import Prose

SENTENCES, CHARACTERS = 3, 400  # what the Board reads at a glance
MOST = 600  # what is kept at all
# A full stop within a number or a reference, such as 4.2, ends no sentence.
END_OF_SENTENCE = re.compile(r"[.!?][”’)]*(?=\s|$)")


def too_long(headline):
    """What is wrong with the length of a headline that may still be stored; empty where nothing is."""
    sentences, characters = len(END_OF_SENTENCE.findall(headline)), len(headline)
    found = [f"{sentences} sentences"] * (sentences > SENTENCES)
    found += [f"{characters} characters"] * (characters > CHARACTERS)
    if not found:
        return ""
    return (
        f"The headline has {' and '.join(found)}. "
        f"The Board reads at most three sentences and {CHARACTERS} characters: make it shorter."
    )


class NarrativeForm(ClaimForm):
    """Everything at once. Each question stands beside facts, which are only read."""

    headline = Prose(
        called="The headline",
        limit=MOST,
        label="What does the Board need to know?",
        help_text="Three sentences: what went well, what did not, what the Board can do about it.",
        rows=6,
        required=False,
    )
    confidence = forms.ChoiceField(
        label="How confident is the senior responsible officer that the plan will be delivered?",
        choices=[*reversed(Rag.choices), ("", "Not said yet")],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose green, amber, red or not said yet"},
    )
    confidence_reason = Prose(
        called="The reason",
        limit=250,
        label="Why?",
        help_text="One sentence. Say what has to happen, if it is not green.",
        required=False,
    )
    next_month = Prose(
        called="Next month",
        limit=1500,
        label="What happens next month?",
        help_text="One line for each thing, the day first.",
        rows=8,
        required=False,
    )

    def __init__(self, data=None, *, month, words, beside, last=None):
        """`words` are those stored, `beside` the facts, `last` the round before, where there is one."""
        of_the_month = {name: getattr(words, name) for name in OF_THE_MONTH}
        so_whats = {_so_what(pk): text for pk, text in words.so_whats.items()}
        super().__init__(data, initial={"version": month.version} | of_the_month | so_whats)
        self.month, self.beside, self.last = month, beside, last
        self.fields[
            "headline"
        ].max_length = CHARACTERS  # what the page counts down from; more is kept, with a warning
        for indicator, _ in beside.indicators:
            self.fields[_so_what(indicator.pk)] = Prose(
                called=f"The “so what” of {indicator.short_name}",
                limit=300,
                label=indicator.name,
                required=False,
            )

    @property
    def helper(self):
        since = f"Since {self.beside.since_month}" if self.beside.since_month else "So far"
        changed = [f"The page begins: “{self.beside.counted}”", *self.beside.changed]
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(
            "version",
            Ask("headline", said=_list(changed), when=since),
            Ask(
                "confidence",
                Field("confidence_reason", wrapper_class="govuk-!-margin-top-4"),
                said=_confidence(self.last),
                when=f"In {self.last.month:%B}" if self.last else "",
            ),
            Ask("next_month", said=_list(self.beside.ahead), when="Due by the end of next month"),
            Passage(SO_WHAT),
            *(
                Ask(_so_what(indicator.pk), said=_list(facts), when="The facts")
                for indicator, facts in self.beside.indicators
            ),
        )
        return helper

    def clean(self):
        confidence, reason = (self.cleaned_data.get(name) for name in ("confidence", "confidence_reason"))
        if confidence and not reason and "confidence_reason" not in self.errors:
            self.add_error("confidence_reason", "Say why the senior responsible officer is so confident")
        if reason and not confidence and "confidence" not in self.errors:
            self.add_error("confidence", "Choose how confident the senior responsible officer is")

    def words(self):
        so_whats = {
            indicator.pk: self.cleaned_data[_so_what(indicator.pk)] for indicator, _ in self.beside.indicators
        }
        return Narrative(**{name: self.cleaned_data[name] for name in OF_THE_MONTH}, so_whats=so_whats)

    def save(self, *, by):
        return narrative.write(
            month=self.month, version=self.cleaned_data["version"], words=self.words(), by=by
        )


SO_WHAT = format_html(
    '<h2 class="govuk-heading-m" id="so-what">{}</h2><p class="govuk-body">{}</p>',
    "So what: what each headline indicator means for children",
    "One or two sentences each. Where you write nothing, the page shows what was entered with the figure.",
)


def _so_what(pk):
    return f"so_what_{pk}"


def _list(sentences):
    return format_html_join("", "<p>{}</p>", ((each,) for each in sentences))


def _confidence(last):
    if last is None or not last.confidence:
        return ""
    return _list([f"{Rag(last.confidence).label}. {last.confidence_reason}"])
