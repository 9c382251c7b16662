"""The dates of a reporting month, for one that is opened and for one that is not frozen yet."""

from django import forms

from actionplan.changes import months
from actionplan.changes.months import WrongDates
from actionplan.forms.claims import ClaimForm
from actionplan.rhythm import Dates
from kpis.forms.dates import GovukDateField


class DatesForm(ClaimForm):
    """The five days of a round. Whether they fit each other is said when they are saved."""

    opens_on = GovukDateField(
        called="The day the month opens",
        label="When does the month open?",
        help_text="From this day owners can write their updates.",
        error_messages={"required": "Enter the day the month opens"},
    )
    updates_due_on = GovukDateField(
        called="The day updates are due",
        label="By when are updates due?",
        help_text="Owners are reminded three working days before, on this day, and after it until the Board meets.",
        error_messages={"required": "Enter the day updates are due"},
    )
    data_as_at = GovukDateField(
        called="The day of the indicators",
        label="As at what day are the indicators?",
        help_text="The report shows the newest figure of each indicator up to this day.",
        error_messages={"required": "Enter the day of the indicators"},
    )
    comments_by = GovukDateField(
        called="The day comments are due",
        label="By when are comments on the draft due?",
        error_messages={"required": "Enter the day comments on the draft are due"},
    )
    board_on = GovukDateField(
        called="The day the Board meets",
        label="When does the Board meet?",
        error_messages={"required": "Enter the day the Board meets"},
    )

    @property
    def dates(self):
        return Dates(**{name: self.cleaned_data[name] for name in Dates.__dataclass_fields__})

    def keep(self, write):
        """What `write(dates)` returns, or None with what is wrong at its date."""
        try:
            return write(self.dates)
        except WrongDates as wrong:
            for name, fault in wrong.faults.items():
                self.add_error(name, fault)


class OpenForm(DatesForm):
    """A new month, with the dates that are proposed for it by name."""

    month = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, plan, month, proposed):
        self.plan, self.opened = plan, month
        super().__init__(data, initial=proposed | {"month": f"{month:%Y-%m}"})

    def save(self, *, by):
        """The month, or None with what is wrong at its date. Raises AlreadyOpened and NotOpened."""
        return self.keep(
            lambda dates: months.open_month(plan=self.plan, month=self.opened, dates=dates, by=by)
        )


class SetDatesForm(DatesForm):
    """Other dates for a month that stands."""

    def __init__(self, data=None, *, month):
        self.month = month
        super().__init__(data, initial={"version": month.version} | vars(Dates.of(month)))

    def save(self, *, by):
        """The month, or None with what is wrong at its date. Raises MonthFrozen and StaleEdit."""
        version = self.cleaned_data["version"]
        return self.keep(
            lambda dates: months.set_dates(month=self.month, version=version, dates=dates, by=by)
        )
