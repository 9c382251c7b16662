"""What is asked of one figure, and whether the answers make one that can be."""

from django import forms

from kpis import wording
from kpis.entry import Line
from kpis.enums import Marker, Status, Unit
from kpis.forms.amounts import Amount
from kpis.forms.prose import Prose
from kpis.models import Measurement

NO_FIGURE = {
    "": "There is a figure",
    Marker.WITHHELD.value: "Withheld to protect children’s identity",
    Marker.MISSING.value: "Not provided",
}
ALONE = {
    Unit.PERCENT: "Percentage, if the counts are not known",
    Unit.RATE_10K: "Rate per 10,000, if the counts are not known",
    Unit.WEEKS: "Average in weeks, if the counts are not known",
    Unit.DAYS: "Average in days, if the counts are not known",
    Unit.NUMBER: "Average, if the counts are not known",
}
CHOOSE_STATUS = "choose provisional or validated"


class FigureQuestions(forms.Form):
    """The questions of one line, filled with the row that stood when the page was drawn. Its name begins each error."""

    status = forms.ChoiceField(
        label="Provisional or validated?",
        choices=[(status.value, status.label.capitalize()) for status in Status],
        widget=forms.RadioSelect({"class": "govuk-radios--small govuk-radios--inline"}),
        required=False,
    )
    leave = forms.BooleanField(label="Leave this figure alone for now", required=False)

    def __init__(self, data=None, *, line: Line, drawn: Measurement | None):
        self.line, self.name = line, line.indicator.short_name
        self.has_counts = bool(line.indicator.denominator)
        super().__init__(data, prefix=line.indicator.code, initial=_initial(drawn))
        self.fields["status"].error_messages["invalid_choice"] = f"{self.name}: {CHOOSE_STATUS}"
        self.fields |= self._numbers(line.indicator) | self._words()

    def _numbers(self, indicator):
        value = ALONE[indicator.unit] if self.has_counts else indicator.numerator or "Value"
        found = {
            "value": Amount(
                called=f"{self.name}: what you typed", label=value, unit=indicator.unit, required=False
            ),
            "marker": forms.ChoiceField(
                label="Is there a figure?",
                choices=_markers(self.initial["marker"]),
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": f"{self.name}: choose whether there is a figure"},
            ),
        }
        if not self.has_counts:
            return found
        of = "Of: " if indicator.unit == Unit.PERCENT else ""
        return found | {
            name: Amount(called=f"{self.name}: what you typed", label=label, unit=Unit.NUMBER, required=False)
            for name, label in (
                ("numerator", indicator.numerator or "How many"),
                ("denominator", f"{of}{indicator.denominator}"),
            )
        }

    def _words(self):
        def ask(called, label, **how):
            return Prose(called=f"{self.name}: {called}", label=label, rows=2, required=False, **how)

        return {
            "comment": ask("the comment", "So what? Say what is behind the figure"),
            "reason": ask("the reason", "Why is it revised?", limit=1000),
            "answer": ask("the answer", "It is right, because", limit=1000),
        }

    def clean(self):
        if not self.errors and not self.cleaned_data["status"]:
            self.say("status", CHOOSE_STATUS)
        if not self.errors:
            self._check_that_it_is_one()
        if not self.errors:
            self._check_that_it_can_be()

    @property
    def spot(self) -> str:
        """Where the figure was typed, or would be: what is said of it stands there."""
        if self.cleaned_data.get("marker"):
            return "marker"
        is_alone = self.cleaned_data.get("value") is not None or not self.has_counts
        return "value" if is_alone else "numerator"

    def say(self, field, message):
        self.add_error(field, f"{self.name}: {message}")

    def _check_that_it_is_one(self):
        counts = {name: self.cleaned_data.get(name) for name in ("numerator", "denominator")}
        value, marker = self.cleaned_data["value"], self.cleaned_data["marker"]
        missing = [name for name, number in counts.items() if number is None]
        if marker and (len(missing) < 2 or value is not None):
            self.say("marker", "clear the numbers, or choose that there is a figure")
        elif len(missing) == 1:
            self.say(missing[0], "enter both numbers")
        elif not missing and value is not None:
            self.say("value", "enter the two numbers or what comes of them, not both")
        elif missing and value is None and not marker:
            self.say(self.spot, "enter the figure, or say why there is none")

    def _check_that_it_can_be(self):
        numerator, denominator = self.cleaned_data.get("numerator"), self.cleaned_data.get("denominator")
        if denominator is None:
            return
        unit = self.line.indicator.unit
        if unit == Unit.PERCENT and numerator > denominator:
            counts = wording.counts_words(numerator, denominator, unit)
            self.say("numerator", f"{counts} cannot be right, the first number is part of the second")
        elif denominator == 0 and numerator:
            self.say("numerator", "enter 0 where there are no cases")


def _initial(drawn: Measurement | None) -> dict:
    """What stands, as it would be typed. Where counts are known, the printed value follows from them."""
    if drawn is None:
        return {"marker": "", "status": Status.PROVISIONAL}
    return {
        "numerator": drawn.numerator,
        "denominator": drawn.denominator,
        "value": drawn.value if drawn.numerator is None else None,
        "marker": drawn.marker,
        "status": drawn.status,
        "comment": drawn.comment,
    }


def _markers(stands: str) -> list[tuple[str, str]]:
    more = {} if stands in NO_FIGURE else {stands: Marker(stands).label.capitalize()}
    return [*(NO_FIGURE | more).items()]
