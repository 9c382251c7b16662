"""The owner's monthly update: each question beside what was said of it last month."""

from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.html import format_html

from actionplan import rag
from actionplan.changes import progress
from actionplan.checks import COPIED, same_words
from actionplan.enums import DeliveryState, Rag
from actionplan.forms.ask import Ask, Passage
from actionplan.forms.questions import Questions
from actionplan.forms.said import answers, completed, day
from kpis.forms.dates import GovukDateField
from kpis.periods import today

ANSWERS = list(Questions.base_fields)
WAYS_OUT = {
    "done": "Say what is new, or why there was no progress; or tick that they still hold for {month}",
    "standstill": "Say what is in the way now, or tick that they still hold for {month}",
    "difference": "Say what is new, or tick that they still hold for {month}",
}
TICK_HINT = format_html(
    '<div class="govuk-hint">{}</div>', "Tick only what is finished, and give the day it was."
)


class UpdateForm(Questions):
    """One month's update of one action, as a draft or handed in; the button `do` says which.

    A draft may be half written, but a date in it is a real one. `words` fills a form that was not posted yet.

    Words of an earlier month are pointed out: they are written anew, or a box is ticked that says they still hold.
    """

    version = forms.Field(widget=forms.HiddenInput, required=False)
    form_id = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, action, month, last=None, words=None):
        initial = {"version": action.version, "form_id": uuid4()}
        self.before = words or progress.Words()
        super().__init__(data, initial=initial | _initial(self.before))
        self.action, self.month, self.last = action, month, last
        self.submitting = data is not None and data.get("do") != "draft"
        self.copied = self._copied()
        for name in self.copied:
            label = f"{self.last.month:%B}’s words still hold for {month:%B}"
            self.fields[_holds(name)] = forms.BooleanField(label=label, required=False)
        self.open_milestones = [each for each in action.milestones.all() if not each.completed_on]
        for milestone in self.open_milestones:
            ref = f"{action.ref}.{milestone.number}"
            self.fields[_tick(milestone)] = forms.BooleanField(
                label=f"{ref} {milestone.title}, due {day(milestone.due_on)}", required=False
            )
            self.fields[_when(milestone)] = GovukDateField(
                called=f"The date {ref} was completed", label=f"When was {ref} completed?", required=False
            )

    @property
    def proposal(self):
        """What the facts propose with the forecast and the ticks that stand in the form, as far as they can be read."""
        if self.is_bound:
            self.errors  # noqa: B018 - cleans the form
            forecast_on, ticked = self.cleaned_data.get("forecast_on"), self._ticked()
        else:
            forecast_on, ticked = self.before.forecast_on, self.before.ticked
        return progress.propose(self.action, on=today(), forecast_on=forecast_on, ticked=ticked)

    @property
    def helper(self):
        said = answers(self.last) if self.last else {}
        when = f"In {self.last.month:%B}" if self.last else ""

        def ask(question, *questions):
            return Ask(*self._with_ticks(questions), said=said.get(question, ""), when=when)

        def then(name):
            return Field(name, wrapper_class="govuk-!-margin-top-4")

        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(
            "version",
            "form_id",
            ask("state", "state"),
            ask("rag", Passage(_proposed(self.proposal)), "rag", then("rag_reason")),
            ask("done", "done", then("standstill")),
            ask("impact", "impact", then("difference")),
            ask("remedy", "cause", then("remedy")),
            ask("next_steps", "next_steps"),
            ask("forecast_on", "forecast_on"),
        )
        if self.open_milestones:
            names = [name(each) for each in self.open_milestones for name in (_tick, _when)]
            questions = Fieldset("Milestones completed since the last update", Passage(TICK_HINT), *names)
            helper.layout.append(Ask(questions, said=completed(self.action), when="Already done"))
        return helper

    def clean_version(self):
        """A version that is missing or broken counts as an old one, so that nothing is overwritten."""
        text = self.cleaned_data["version"] or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def clean_form_id(self):
        try:
            return UUID(self.cleaned_data["form_id"] or "")
        except ValueError:
            return uuid4()

    def clean(self):
        self._check_milestones()
        if self.submitting:
            self._check_state()
            self._check_words()
            if self.cleaned_data.get("state") == DeliveryState.IN_PROGRESS:
                self._check_rating()
                self._check_forecast()

    def _check_milestones(self):
        for milestone in self.open_milestones:
            ref = f"{self.action.ref}.{milestone.number}"
            ticked, when = self.cleaned_data.get(_tick(milestone)), self.cleaned_data.get(_when(milestone))
            if ticked and not when and self.submitting:
                self._say(_when(milestone), f"Enter the date {ref} was completed")
            elif when and not ticked:
                self._say(_tick(milestone), f"Tick {ref} if it is finished, or clear its date")
            elif when and when > today():
                self._say(_when(milestone), f"The date {ref} was completed must be today or in the past")
            elif when and when < self.action.starts_on:
                started = day(self.action.starts_on)
                self._say(
                    _when(milestone),
                    f"The date {ref} was completed must be on or after {started}, when the action starts",
                )

    def _check_state(self):
        state, ticked = self.cleaned_data.get("state"), self._ticked()
        still_open = [
            f"{self.action.ref}.{each.number}" for each in self.open_milestones if each.number not in ticked
        ]
        if not state:
            self._say("state", "Choose where the action is")
        elif state == DeliveryState.DELIVERED and still_open:
            self._say("state", f"{_and(still_open)} still open. Tick what is finished, or choose In progress")
        elif state == DeliveryState.NOT_STARTED and ticked:
            self._say("state", "An action with a completed milestone has started. Choose In progress")

    def _check_words(self):
        self._check_done()
        for name in self.copied:
            if not self.cleaned_data.get(_holds(name)):
                way_out = WAYS_OUT[name].format(month=f"{self.month:%B}")
                self._say(name, f"These are {self.last.month:%B}’s words. {way_out}")
        if self.cleaned_data.get("state") == DeliveryState.NOT_STARTED:
            return
        self._need("impact", "Choose what it has changed for children")
        self._need("difference", "Enter what difference it has made, or write “too early to say” and why")

    def _check_done(self):
        """Something was done or nothing was, and never both."""
        state, ticked = self.cleaned_data.get("state"), self._ticked()
        if not self.cleaned_data.get("standstill"):
            if "standstill" not in self.errors:
                self._need("done", f"Say what was done in {self.month:%B}, or why there was no progress")
        elif self.cleaned_data.get("done"):
            self._say(
                "standstill", "Say what was done or why there was no progress, not both. Clear one of them"
            )
        elif ticked:
            refs = [f"{self.action.ref}.{number}" for number in ticked]
            self._say("standstill", f"{_and(refs)} ticked as completed, so something was done. Say what")
        elif state == DeliveryState.DELIVERED:
            self._say("standstill", "The action is delivered, so something was done. Say what")

    def _check_rating(self):
        chosen = self.cleaned_data.get("rag")
        self._need("rag", "Choose green, amber or red for an action in progress")
        self._need("next_steps", "Say what happens next and who does it")
        if not chosen:
            return
        proposal = self.proposal
        if rag.is_better(chosen, proposal.rag):
            because = proposal.because.rstrip(".")
            self._need(
                "rag_reason", f"Give a reason for {chosen} when the facts point to {proposal.rag}: {because}"
            )
        if chosen in (Rag.AMBER, Rag.RED):
            self._need("cause", f"Say why the action is {chosen}")
            self._need("remedy", "Say what will bring the action back")

    def _check_forecast(self):
        self._need("forecast_on", "Enter the date you expect to finish")
        forecast_on = self.cleaned_data.get("forecast_on")
        if forecast_on and forecast_on < today():
            self._say("forecast_on", "The date you expect to finish must be today or later")

    def _copied(self):
        """The texts that were handed in as they stand in the newest update of an earlier month."""
        if not self.submitting or not self.last:
            return []
        return [name for name in COPIED if same_words(self.data.get(name, ""), getattr(self.last, name))]

    def _with_ticks(self, questions):
        """Beneath each text that was copied, the box that says that it still holds."""
        for question in questions:
            yield question
            for name in [question] if isinstance(question, str) else question.fields:
                if name in self.copied:
                    yield _holds(name)

    def _need(self, name, message):
        if name not in self.errors and not self.cleaned_data.get(name):
            self._say(name, message)

    def _say(self, name, message):
        if name not in self.errors:
            self.add_error(name, message)

    def _ticked(self):
        """The day of completion, None where it is missing or wrong, by number of each ticked milestone."""
        return {
            each.number: self.cleaned_data.get(_when(each))
            for each in self.open_milestones
            if self.cleaned_data.get(_tick(each))
        }

    def words(self):
        """What was written. On handing in, what is asked of work in progress only is dropped for other states."""
        words = {name: self.cleaned_data[name] for name in ANSWERS}
        if self.submitting and words["state"] != DeliveryState.IN_PROGRESS:
            words |= {"rag": "", "rag_reason": ""}
        if self.submitting and words["state"] == DeliveryState.DELIVERED:
            words["forecast_on"] = None
        return progress.Words(**words, ticked=self._ticked())

    def save(self, *, by):
        write = progress.submit if self.submitting else progress.save_draft
        return write(
            action=self.action,
            version=self.cleaned_data["version"],
            form_id=self.cleaned_data["form_id"],
            month=self.month,
            words=self.words(),
            by=by,
        )


def _initial(words):
    ticks = {f"tick_{number}": True for number in words.ticked}
    return vars(words) | ticks | {f"completed_{number}": when for number, when in words.ticked.items()}


def _tick(milestone):
    return f"tick_{milestone.number}"


def _holds(name):
    return f"{name}_holds"


def _when(milestone):
    return f"completed_{milestone.number}"


def _proposed(proposal):
    return format_html(
        '<p class="govuk-body"><strong>Proposed from the facts: {}.</strong> {}</p>',
        proposal.rag.label.lower(),
        f"{proposal.because[0].upper()}{proposal.because[1:]}",
    )


def _and(refs):
    """4.2.4 is; 4.2.4 and 4.2.5 are; 4.2.3, 4.2.4 and 4.2.5 are"""
    if len(refs) == 1:
        return f"{refs[0]} is"
    return f"{', '.join(refs[:-1])} and {refs[-1]} are"
