"""Narrowing the plan grid. The form owns the filtering: it takes the address’s query and rows, and returns rows."""

from datetime import timedelta
from urllib.parse import urlencode

from django import forms

from actionplan.enums import DeliveryState, Impact, Rag
from kpis.periods import day_words

SOON = timedelta(days=30)
DATE_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]


class FilterForm(forms.Form):
    """What a reader asks to see. A value that means nothing is named at its field, and the other filters still work."""

    owner = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose an owner from the list"}
    )
    service = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a service from the list"}
    )
    state = forms.ChoiceField(
        label="Delivery",
        required=False,
        choices=[
            ("", "Any"),
            (DeliveryState.NOT_STARTED, DeliveryState.NOT_STARTED.label),
            (DeliveryState.IN_PROGRESS, DeliveryState.IN_PROGRESS.label),
            *((rag, f"In progress, {rag.label.lower()}") for rag in Rag),
            *((state, state.label) for state in list(DeliveryState)[2:]),
        ],
        error_messages={"invalid_choice": "Choose a delivery state from the list"},
    )
    impact = forms.ChoiceField(
        required=False,
        choices=[("", "Any"), *Impact.choices],
        error_messages={"invalid_choice": "Choose an impact from the list"},
    )
    due = forms.ChoiceField(
        label="Date",
        required=False,
        choices=[
            ("", "Any"),
            ("overdue", "Overdue"),
            ("soon", "Due in the next 30 days"),
            ("moved", "Date moved"),
            ("silent", "No update this month"),
        ],
        error_messages={"invalid_choice": "Choose a date filter from the list"},
    )
    due_by = forms.DateField(
        label="Due by, such as 31/7/2017",
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Enter the date as day, month and year, for example 31/7/2017"},
    )
    q = forms.CharField(
        label="Words in the action",
        required=False,
        max_length=200,
        error_messages={"max_length": "Search for 200 characters or fewer"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "search"}),
    )

    def __init__(self, data, *, rows):
        # No word holds a NUL, and a page that gives one back is not HTML.
        typed = {name: value.replace("\0", "") for name, value in data.items()}
        super().__init__(typed, auto_id="filter-%s")
        owners = sorted({(row.action.owner.title, str(row.action.owner_id)) for row in rows})
        services = sorted(
            {(row.action.service.order, row.action.service.name, str(row.action.service_id)) for row in rows}
        )
        self.fields["owner"].choices = [("", "Everyone"), *((pk, title) for title, pk in owners)]
        self.fields["service"].choices = [("", "All services"), *((pk, name) for _, name, pk in services)]
        self.full_clean()

    @property
    def chosen(self):
        """The filters that are on and make sense, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def shows(self):
        """Everything the drawn form depends on: its choices, what was typed, and what was wrong with it."""
        return tuple(
            (name, self[name].value(), tuple(self.errors.get(name, ())), tuple(getattr(field, "choices", ())))
            for name, field in self.fields.items()
        )

    def query(self, **more):
        """The filters that are on as the tail of an address, with `more` of the page's own; "" when there are none."""
        parts = more | self.chosen
        if "due_by" in parts:
            parts["due_by"] = parts["due_by"].isoformat()
        return f"?{urlencode(parts)}" if parts else ""

    def filter(self, rows):
        tests = [getattr(self, f"_{name}")(value) for name, value in self.chosen.items()]
        return [row for row in rows if all(test(row) for test in tests)]

    def _owner(self, pk):
        return lambda row: str(row.action.owner_id) == pk

    def _service(self, pk):
        return lambda row: str(row.action.service_id) == pk

    def _state(self, state):
        return lambda row: state in (row.now.state, row.now.delivery)

    def _impact(self, impact):
        return lambda row: row.now.impact == impact

    def _due(self, choice):
        return {
            "overdue": lambda row: row.days_late > 0,
            "soon": lambda row: row.now.is_open and row.on <= row.action.due_on <= row.on + SOON,
            "moved": lambda row: row.is_moved,
            "silent": lambda row: row.owes_update,
        }[choice]

    def _due_by(self, day):
        return lambda row: row.now.is_open and row.action.due_on <= day

    def _q(self, text):
        words = _plain(text).split()

        def has_every_word(row):
            said = _plain(f"{row.action.ref} {row.action.title} {row.action.why} {row.action.outcome}")
            return all(word in said for word in words)

        return has_every_word

    @property
    def words(self):
        """What is on, in a sentence’s words: owner “Head of Leaving Care”, date “Overdue”."""
        called = {"state": "delivery", "due": "date", "due_by": "due by", "q": "words"}
        return ", ".join(f"{called.get(name, name)} {self._word(name)}" for name in self.chosen)

    def _word(self, name):
        value = self.cleaned_data[name]
        if name == "due_by":
            return day_words(value)
        choices = getattr(self.fields[name], "choices", None)
        return f"“{dict(choices)[value] if choices else value}”"


def _plain(text):
    """Case and the kind of apostrophe do not matter to somebody who searches."""
    return text.casefold().replace("’", "'")
