"""Evidence on an action: what is asked of those who add it and of those who withdraw it."""

import hashlib
import re
from urllib.parse import urlsplit

from django import forms
from django.utils.html import format_html

from actionplan.assurance import files
from actionplan.assurance.child_traces import traces
from actionplan.changes import evidence as changes
from actionplan.enums import EvidenceSource
from actionplan.forms.claims import ClaimForm
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.periods import day_words, today

COUNTS = {
    EvidenceSource.DATA: "a return, a performance report, a count",
    EvidenceSource.AUDIT: "files or plans read against a standard",
    EvidenceSource.VOICE: "what children, parents or carers say, in a survey, a forum or notes",
    EvidenceSource.STAFF: "what staff, schools, health, police or other partners say",
    EvidenceSource.EXTERNAL: "an inspection, a peer review, a court, a published figure",
}
AGAIN = "Choose “{}” again: browsers do not keep a file when a page comes back with questions"


class EvidenceForm(forms.Form):
    """Where it comes from, what it shows, and one file or one link.

    What looks like the record of a child is asked about: it is taken out, or somebody vouches that it is none. The tick
    counts only for what the page quoted (`seen`).
    """

    source = forms.ChoiceField(
        label="Where does it come from?",
        choices=[
            (each, format_html("{} <span class='app-quiet'>{}</span>", each.label, COUNTS[each]))
            for each in EvidenceSource
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose where it comes from"),
    )
    title = forms.CharField(
        label="What is it?",
        help_text="For example, Audit of 40 pathway plans, May 2017",
        max_length=120,
        error_messages={
            "required": "Enter what it is",
            "max_length": "What it is must be 120 characters or fewer. It has %(show_value)d",
            "null_characters_not_allowed": "Enter what it is without hidden characters",
        },
    )
    shows = Prose(
        called="What it shows",
        limit=500,
        label="What does it show?",
        help_text="What has changed for children: numbers first, and how many were asked or read. Leave out names.",
    )
    dated_on = GovukDateField(
        called="The date of the evidence",
        label="What date is it from?",
        help_text="When it was written or counted, for example, 31 5 2017",
        error_messages={"required": "Enter the date of the evidence"},
    )
    file = forms.FileField(
        label="File",
        help_text="PDF, PNG, JPEG, Word, Excel, PowerPoint, OpenDocument or CSV. At most 10 MB.",
        required=False,
        widget=forms.FileInput({"accept": files.ALL_ENDINGS}),
        error_messages={"empty": files.EMPTY, "missing": "Choose a file", "invalid": "Choose a file"},
    )
    link = forms.CharField(
        label="Or link",
        help_text="Its address on the intranet or the web, which begins with https://",
        required=False,
        max_length=500,
        error_messages={
            "max_length": "The link must be 500 characters or fewer. It has %(show_value)d",
            "null_characters_not_allowed": "Enter the link without hidden characters",
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    vouched = forms.BooleanField(label="This is not a child’s record", required=False)

    def __init__(self, data=None, uploaded=None, *, action, too_big=False):
        super().__init__(data.copy() if data else data, uploaded)
        self.action = action
        self.too_big = too_big
        self.received = None
        self.found = []
        self.fields["shows"].error_messages["required"] = "Enter what it shows"
        if not self.is_bound:
            self._drop_the_tick()

    def clean_dated_on(self):
        day, inspection = self.cleaned_data["dated_on"], self.action.plan.inspection
        if day > today():
            raise forms.ValidationError("The date of the evidence must be today or in the past")
        inspected = inspection.end or inspection.start
        if day < inspected:
            raise forms.ValidationError(
                f"The date of the evidence must be {day_words(inspected)} or later. What is older, inspectors saw"
            )
        return day

    def clean_file(self):
        file = self.cleaned_data["file"]
        if self.too_big:
            raise forms.ValidationError(files.TOO_BIG)
        if file:
            try:
                self.received = files.receive(file.name, file.read())
                self.text = self.received.text
            except files.Refused as why:
                self.received = None
                raise forms.ValidationError(str(why)) from None
        return file

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link:
            wrong = _wrong_with(link)
            if wrong:
                raise forms.ValidationError(wrong)
        return link

    def clean(self):
        has_file, has_link = (
            bool(self.files.get("file")) or self.too_big,
            bool(self.data.get("link", "").strip()),
        )
        if has_file and has_link and "file" not in self.errors and "link" not in self.errors:
            self.add_error("link", "Give a file or a link, not both. Take the link out, or choose no file")
        elif not has_file and not has_link and "file" not in self.errors:
            self.add_error("file", "Choose a file or enter a link")
        self._look_for_children()
        if self.errors and self.received and "file" not in self.errors:
            self.add_error("file", AGAIN.format(self.received.name))

    def _look_for_children(self):
        said = self.cleaned_data
        texts = {
            "“What is it?”": said.get("title", ""),
            "“What does it show?”": said.get("shows", ""),
            "the link": said.get("link", ""),
            "the name of the file": self.received.name if self.received else "",
            "the file": self.text if self.received else "",
        }
        self.found = [
            (where, trace) for where, text in texts.items() if text for trace in traces(text, today())
        ]
        if not self.found:
            self._drop_the_tick()
            return
        quoted = "\n".join(f"{where} {trace.quote}" for where, trace in self.found)
        digest = hashlib.sha256(quoted.encode()).hexdigest()
        if said.get("seen") != digest:
            self.data["seen"] = digest
            self.data.pop("vouched", None)
            said["vouched"] = False
        if not said.get("vouched"):
            self.add_error(
                "vouched", "Take out what tells of one child, or tick that this is not a child’s record"
            )

    def _drop_the_tick(self):
        del self.fields["seen"], self.fields["vouched"]

    def save(self, *, by):
        words = {name: self.cleaned_data[name] for name in ("source", "title", "shows", "dated_on", "link")}
        return changes.add(
            action=self.action, **words, file=self.received, is_vouched_for=bool(self.found), by=by
        )


class EvidenceFilter(forms.Form):
    """Which evidence of a plan a reader asks to see. A value that means nothing is named at its field."""

    source = forms.ChoiceField(
        required=False,
        choices=[("", "All sources"), *EvidenceSource.choices],
        error_messages={"invalid_choice": "Choose a source from the list"},
    )
    recommendation = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a recommendation from the list"}
    )

    def __init__(self, data, *, lines):
        super().__init__({name: value.replace("\0", "") for name, value in data.items()}, auto_id="filter-%s")
        found = [(str(line.recommendation.number), str(line.recommendation)) for line in lines]
        self.fields["recommendation"].choices = [("", "All recommendations"), *found]
        self.full_clean()

    @property
    def chosen(self):
        """The filters that are on and make sense, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self):
        """What turns a page and keeps the filters: page=2 is put before it."""
        return "".join(f"&{name}={value}" for name, value in self.chosen.items())


class WithdrawForm(ClaimForm):
    reason = Prose(called="The reason", limit=500, label="Why is it withdrawn?")

    def __init__(self, data=None, *, evidence):
        super().__init__(data, initial={"version": evidence.version})
        self.evidence = evidence
        self.fields["reason"].error_messages["required"] = "Say why it is withdrawn"

    def save(self, *, by):
        return changes.withdraw(evidence=self.evidence, **self.cleaned_data, by=by)


def _wrong_with(link):
    """What is wrong with an address that people will follow; "" when nothing is."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", link)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return f"A link must begin with https:// or http://. This one begins with {scheme[1][:20]}:"
    if not re.match(r"https?://", link, re.IGNORECASE):
        return "Enter the whole address, which begins with https://"
    if re.search(r"[\s\\<>\"\x00-\x1f\x7f]", link):
        return "Enter the link without spaces, quotation marks or backslashes"
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        return "Enter the whole address, with the name of the website after https://"
    if "@" in parts.netloc:
        return "Take the user name or password out of the link"
    return ""
