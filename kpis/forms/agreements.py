"""What is asked when the Board has agreed something about an indicator."""

from datetime import date

from django import forms

from kpis import agreements, wording
from kpis.agreements import AlreadyAgreed, Points, Step
from kpis.enums import Frequency, Unit
from kpis.forms.amounts import Amount
from kpis.forms.dates import GovukDateField
from kpis.forms.prose import Prose
from kpis.models import Indicator
from kpis.periods import Period, day_words, today
from kpis.readings import Reading

MOST_POINTS = 40  # ten years of quarters
UNITS = {
    Unit.PERCENT: "In percent",
    Unit.NUMBER: "A number",
    Unit.RATE_10K: "Per 10,000 children",
    Unit.WEEKS: "In weeks",
    Unit.DAYS: "In days",
}
PERIOD_WORDS = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter", Frequency.ANNUAL: "year"}


class LineForm(forms.Form):
    """Where a trajectory is to end, from which a line to it is offered."""

    def __init__(self, data=None, *, reading: Reading):
        self.reading, self.indicator = reading, reading.indicator
        final = reading.aims[-1] if reading.aims else None
        ahead = final.by if final and final.by > today() else None
        super().__init__(
            data,
            initial={
                "target": final.value if final else None,
                "by": ahead,
                "step": Step.QUARTER,
                "tolerance": final.tolerance if final else None,
            },
        )
        unit = self.indicator.unit
        better = f"{self.indicator.get_polarity_display()}: a value equal to the target meets it"
        self.fields |= {
            "target": Amount(
                called="The target", unit=unit, label="Final target", help_text=f"{UNITS[unit]}; {better}"
            ),
            "by": GovukDateField(
                label="To be reached by",
                help_text="For example, 31 3 2018",
                error_messages={"required": "Enter the day by which the target is to be reached"},
            ),
            "step": forms.ChoiceField(
                label="How often is there a target on the way?",
                choices=Step.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choose how often there is a target on the way",
                    "invalid_choice": "Choose how often there is a target on the way",
                },
            ),
            "tolerance": Amount(
                called="The tolerance",
                unit=unit,
                label="Tolerance",
                help_text="How far from a target still counts as near, in the same unit. Enter 0 for none",
            ),
        }

    def clean_by(self) -> date:
        if self.cleaned_data["by"] <= today():
            raise forms.ValidationError(f"The target must be for a day after {day_words(today())}")
        return self.cleaned_data["by"]

    def clean(self):
        if not self.errors and len(self.points()) > MOST_POINTS:
            self.add_error("step", f"Choose quarters, or a nearer day: {MOST_POINTS} targets are the most")

    def points(self) -> Points:
        """The line offered: from the baseline, or the newest value, to the target; only the target without either."""
        asked, start = self.cleaned_data, agreements.origin(self.reading)
        if start is None:
            return [(asked["by"], asked["target"])]
        return agreements.offered(
            start.value,
            start.on,
            asked["target"],
            asked["by"],
            asked["step"],
            decimals=self.indicator.decimals,
            after=today(),
        )


class AgreementForm(forms.Form):
    """The trajectory as the Board agreed it: the points of a line that was offered, each of which may be changed."""

    def __init__(self, data=None, *, line: LineForm):
        super().__init__(data)
        self.indicator, self.tolerance = line.indicator, line.cleaned_data["tolerance"]
        self.days = [day for day, _ in line.points()]
        for day, value in line.points():
            self.fields[_point(day)] = Amount(
                called=f"The target for {day_words(day)}",
                unit=self.indicator.unit,
                label=day_words(day),
                initial=value,
                required=day == self.days[-1],
            )
        self.fields |= {
            "agreed_on": GovukDateField(
                called="The day of the agreement",
                label="When was it agreed?",
                help_text="The trajectory counts from this day. Reports of earlier days keep the one before.",
                error_messages={"required": "Enter the day on which it was agreed"},
            ),
            "agreed_by": Prose(
                called="Who agreed it",
                limit=130,  # with “Agreed by” before it, it is the source
                rows=2,
                label="Who agreed it?",
                help_text="The meeting and its date, for example “Transformation and Improvement Board, 27 June 2017”",
            ),
        }
        self.fields["agreed_by"].error_messages["required"] = "Enter who agreed it"

    @property
    def point_fields(self):
        return [self[_point(day)] for day in self.days]

    @property
    def tolerance_words(self) -> str:
        return wording.tolerance_words(self.tolerance, self.indicator.unit)

    def clean_agreed_on(self) -> date:
        agreed_on = self.cleaned_data["agreed_on"]
        _check_not_ahead(agreed_on)
        newest = agreements.newest_agreement(self.indicator)
        if newest and agreed_on <= newest:
            raise forms.ValidationError(_held(newest))
        return agreed_on

    def save(self, *, by) -> bool:
        """Whether it was stored; else somebody stored another meanwhile, and the form says so."""
        asked = self.cleaned_data
        points = [(day, asked[_point(day)]) for day in self.days if asked[_point(day)] is not None]
        try:
            agreements.agree_trajectory(
                indicator=self.indicator,
                points=points,
                agreed_on=asked["agreed_on"],
                agreed_at=asked["agreed_by"],
                tolerance=self.tolerance,
                by=by,
            )
        except AlreadyAgreed as earlier:
            self.add_error("agreed_on", _held(earlier.held))
            return False
        return True


class LimitsForm(forms.Form):
    """From which day the mean and the limits are worked out anew, and why."""

    starts_on = GovukDateField(
        called="The first day",
        label="Work out the limits anew from",
        error_messages={"required": "Enter the day from which the limits are worked out anew"},
    )
    reason = Prose(
        called="The reason",
        limit=200,
        rows=2,
        label="What changed?",
        help_text="In how the work is done or counted, for example “New form from January”",
    )
    agreed_on = GovukDateField(
        called="The day of the agreement",
        label="When was it agreed?",
        error_messages={"required": "Enter the day on which it was agreed"},
    )

    def __init__(self, data=None, *, indicator: Indicator, known: Period | None):
        super().__init__(data)
        self.indicator, self.known = indicator, known
        example = day_words(known.start) if known else "1 April 2017"
        of_what = PERIOD_WORDS[Frequency(indicator.frequency)]
        self.first_day = f"the first day of a {of_what}, for example {example}"
        self.fields["starts_on"].help_text = f"This must be {self.first_day}"
        self.fields["reason"].error_messages["required"] = "Say what changed"

    def clean_starts_on(self) -> date:
        day = self.cleaned_data["starts_on"]
        if not agreements.starts_a_period(day, self.known, self.indicator.frequency):
            raise forms.ValidationError(f"The limits must start on {self.first_day}")
        if self.indicator.rebases.filter(starts_on=day).exists():
            raise forms.ValidationError(_starts(day))
        return day

    def clean_agreed_on(self) -> date:
        _check_not_ahead(self.cleaned_data["agreed_on"])
        return self.cleaned_data["agreed_on"]

    def save(self, *, by) -> bool:
        """Whether it was stored; else somebody stored the same day meanwhile, and the form says so."""
        try:
            agreements.agree_rebase(indicator=self.indicator, by=by, **self.cleaned_data)
        except AlreadyAgreed as earlier:
            self.add_error("starts_on", _starts(earlier.held))
            return False
        return True


def _point(day: date) -> str:
    return f"point_{day.isoformat()}"


def _check_not_ahead(agreed_on: date) -> None:
    if agreed_on > today():
        raise forms.ValidationError("The day of the agreement must be today or in the past")


def _held(newest: date) -> str:
    return f"The trajectory in force was agreed on {day_words(newest)}. A new one must have been agreed after that day"


def _starts(day: date) -> str:
    return f"The limits already start anew on {day_words(day)}"
