"""The pages of an import: the file, what its columns mean, names nobody knows, and the last word before it is taken."""

from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from django import forms

from kpis.enums import Status
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.imports import files
from kpis.imports.limits import EMPTY, TOO_BIG
from kpis.imports.terms import Terms
from kpis.models import SourceMap, Upload
from kpis.periods import day_words, today

LONGEST_NAME = Upload._meta.get_field("file_name").max_length


class FileForm(forms.Form):
    """The file, where it comes from and from which day it counts. `too_big` says that it was not even received."""

    file = forms.FileField(
        label="File",
        help_text="CSV, TSV, XLSX (Excel) or ODS. At most 10 MB, 200,000 rows and 1,000 columns.",
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        error_messages={
            "required": "Choose a file",
            "empty": EMPTY,
            "missing": "Choose a file",
        },
    )
    source = forms.ChoiceField(
        label="Where it comes from",
        help_text="What the columns of a source’s last file meant is remembered for its next.",
        required=False,
        error_messages={"invalid_choice": "Choose a source from the list"},
    )
    new_source = forms.CharField(
        label="Name of a new source",
        help_text="For example: DfE local authority interactive tool",
        required=False,
        max_length=100,
        error_messages={"max_length": "The name of the source must be 100 characters or fewer"},
    )
    status = forms.ChoiceField(
        label="How sure are these figures?",
        choices=[(each.value, each.label.capitalize()) for each in Status],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether the figures are provisional or validated",
            "invalid_choice": "Choose whether the figures are provisional or validated",
        },
    )
    known_from = GovukDateField(
        called="The day",
        label="From which day do reports count these figures?",
        help_text="Today, or for published figures the day they were published.",
    )
    vintage = GovukDateField(
        called="The day",
        label="In the version published on (optional)",
        help_text="For published figures that are restated from one edition to the next.",
        required=False,
    )

    def __init__(self, data=None, uploaded=None, *, too_big=False):
        super().__init__(data, uploaded, initial={"known_from": today()})
        names = [(name, name) for name in SourceMap.objects.values_list("name", flat=True)]
        self.fields["source"].choices = [("", "A new source"), *names]
        if not names:
            del self.fields["source"]
        if too_big:
            self.fields["file"].error_messages = dict.fromkeys(("required", "missing"), TOO_BIG)

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.content = file.read()
        try:
            files.sheets(self.content, file.name)
        except files.Refused as why:
            raise forms.ValidationError(str(why)) from None
        return file

    def clean_known_from(self):
        day = self.cleaned_data["known_from"]
        if day > today():
            raise forms.ValidationError(f"The day must be {day_words(today())} or earlier")
        return day

    def clean(self):
        source, new = self.cleaned_data.get("source", ""), self.cleaned_data.get("new_source", "")
        if not source and not new and "new_source" not in self.errors:
            self.add_error("new_source", "Enter where the file comes from")
        elif source and new:
            self.add_error("new_source", "Choose a source from the list or name a new one, not both")

    @property
    def file_name(self):
        """What is left of a long name keeps its ending, which says what kind of file it is."""
        path = PurePath(self.cleaned_data["file"].name)
        return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix

    @property
    def terms(self):
        said = self.cleaned_data
        return Terms(
            source=said.get("source") or said["new_source"],
            status=said["status"],
            known_from=said["known_from"],
            vintage=said["vintage"],
        )


LEAVE_OUT = "Leave out"
ASKED = 200  # names of a kind, each a question


class Choices(NamedTuple):
    """Indicators and areas as they are offered in a list."""

    indicators: list[tuple[str, str]]
    areas: list[tuple[str, str]]

    @classmethod
    def of(cls, names):
        return cls(
            [(code, each.name) for code, each in names.indicators.items()],
            [(code, each.name) for code, each in names.areas.items()],
        )


class NamesForm(forms.Form):
    """Which of ours each unknown name is. Nothing is guessed: what is not chosen is left out."""

    def __init__(self, data=None, *, indicators, areas, layout, choices):
        super().__init__(data)
        self.layout, self.indicators, self.areas = layout, indicators, areas
        self.asked = {}
        self._ask("indicator", indicators[:ASKED], layout.indicators, choices.indicators)
        self._ask("area", areas[:ASKED], layout.areas, choices.areas)

    @property
    def more(self):
        """How many names are not asked about."""
        return len(self.indicators) + len(self.areas) - len(self.asked)

    def _ask(self, kind, names, chosen, choices):
        for number, name in enumerate(names):
            self.asked[f"{kind}_{number}"] = name
            self.fields[f"{kind}_{number}"] = forms.ChoiceField(
                label=name,
                choices=[("", LEAVE_OUT), *choices],
                initial=chosen.get(name, ""),
                required=False,
                error_messages={"invalid_choice": f"Choose one of the {kind}s in the list, or leave it out"},
            )

    @property
    def about_indicators(self):
        return [self[field] for field in self.asked if field.startswith("indicator")]

    @property
    def about_areas(self):
        return [self[field] for field in self.asked if field.startswith("area")]

    @property
    def chosen(self):
        """The layout with what was said of each name, and of those that were too many to ask about: left out."""
        return replace(
            self.layout,
            indicators=self.layout.indicators | self._said("indicator", self.indicators),
            areas=self.layout.areas | self._said("area", self.areas),
        )

    def _said(self, kind, names):
        return {name: self.cleaned_data.get(f"{kind}_{number}", "") for number, name in enumerate(names)}


class ConfirmForm(forms.Form):
    """The last word: a reason for revisions, an answer for unusual values. `seen` is the digest of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = Prose(called="The reason", label="Why are figures revised?", required=False, limit=500)
    right = forms.BooleanField(label="I have looked at the unusual values and they are right", required=False)
    answer = Prose(called="The answer", label="They are right because", required=False, limit=500)

    def __init__(self, data=None, *, preview):
        super().__init__(data, initial={"seen": preview.digest})
        self.preview = preview
        if not preview.needs_reason:
            del self.fields["reason"]
        if not preview.unusual.count:
            del self.fields["right"], self.fields["answer"]

    def clean(self):
        said = self.cleaned_data
        if "reason" in self.fields and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why figures are revised")
        if "right" in self.fields and not said.get("right"):
            self.add_error("right", "Look at the unusual values, and tick the box if they are right")
        if "answer" in self.fields and not said.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Say why the unusual values are right")

    @property
    def agreed(self):
        return {name: self.cleaned_data.get(name, "") for name in ("seen", "reason", "answer")}
