"""The pages of an import: the file, what its columns mean, names nobody knows, and the last word before it is taken."""

from collections import deque
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
            deque(
                files.rows(self.content, file.name), maxlen=0
            )  # to the last row: better refused now than later
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
    """Which of ours each name in the file is. Nothing is guessed: a name nobody knows is left out unless it is chosen.

    Open questions come first. Names that are known, or were decided for an earlier file, can be looked at and changed.
    """

    def __init__(self, data=None, *, indicators, areas, layout, names):
        super().__init__(data)
        self.layout = layout
        self.asked = {}
        choices = Choices.of(names)
        self._ask("indicator", indicators, lambda name: names.indicator(name, layout.indicators), choices[0])
        self._ask("area", areas, lambda name: names.area(name, layout.areas), choices[1])

    def _ask(self, kind, written, code_of, choices):
        codes = {name: code_of(name) for name in written}
        open_first = sorted(written, key=lambda name: codes[name] is not None)
        for number, name in enumerate(open_first):
            self.asked[f"{kind}_{number}"] = (kind, name, codes[name] is None)
            if number < ASKED:
                self.fields[f"{kind}_{number}"] = forms.ChoiceField(
                    label=name,
                    choices=[("", LEAVE_OUT), *choices],
                    initial=codes[name] or "",
                    required=False,
                    error_messages={
                        "invalid_choice": f"Choose one of the {kind}s in the list, or leave it out"
                    },
                )

    @property
    def has_questions(self):
        return any(is_open for _, _, is_open in self.asked.values())

    @property
    def open_indicators(self):
        return self._of("indicator", is_open=True)

    @property
    def open_areas(self):
        return self._of("area", is_open=True)

    @property
    def decided(self):
        return self._of("indicator", is_open=False) + self._of("area", is_open=False)

    @property
    def more(self):
        """How many open names are not asked about."""
        return sum(is_open for field, (_, _, is_open) in self.asked.items() if field not in self.fields)

    def _of(self, kind, *, is_open):
        return [
            self[field]
            for field, (of, _, was_open) in self.asked.items()
            if field in self.fields and of == kind and was_open == is_open
        ]

    @property
    def chosen(self):
        """The layout with what was said of each name. Open names that were not asked about are left out."""
        said = {"indicator": dict(self.layout.indicators), "area": dict(self.layout.areas)}
        for field, (kind, name, is_open) in self.asked.items():
            if field in self.fields or is_open:
                said[kind][name] = self.cleaned_data.get(field, "")
        return replace(self.layout, indicators=said["indicator"], areas=said["area"])


class ConfirmForm(forms.Form):
    """The last word: a reason for revisions, an answer for unusual values. `seen` is the digest of what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = Prose(called="The reason", label="Why are figures revised?", required=False, limit=500)
    right = forms.BooleanField(label="I have looked at the unusual values and they are right", required=False)
    answer = Prose(called="The answer", label="They are right because", required=False, limit=500)

    def __init__(self, data=None, *, preview, typed=None):
        texts = {name: (typed or {}).get(name, "").replace("\0", "") for name in ("reason", "answer")}
        super().__init__(data, initial=texts | {"seen": preview.digest})
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
