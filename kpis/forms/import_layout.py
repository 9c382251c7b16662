"""What the columns of a file mean: a question for each column, and what holds for the file as a whole."""

from dataclasses import dataclass, replace

from django import forms

from kpis.imports import dates
from kpis.imports.cells import Unreadable, clean
from kpis.imports.files import cell_name
from kpis.imports.groups import faults
from kpis.imports.layout import Column, Layout, Role, YearMeans
from kpis.imports.limits import MAX_ROWS

SHOWN = 200  # columns; each has four questions, and a form may hold no more than a thousand
TOP, SAMPLES = 8, 3  # rows shown of the sheet’s top, and of each column
LONGEST_PERIOD = 100
TOO_LONG = {"max_length": f"The period must be {LONGEST_PERIOD} characters or fewer"}
ORDERS = {"": None, "day": True, "month": False}
SHARES = {"": None, "parts": True, "printed": False}


@dataclass(frozen=True)
class Line:
    """A column as the page shows it: its letter, its heading, what stands in it, and the questions about it."""

    letter: str
    heading: str
    samples: list[str]
    role: forms.BoundField
    about: list[forms.BoundField]
    is_narrowed: bool


class PlaceForm(forms.Form):
    """Which sheet, and which rows of it hold the headings. Without rows they are looked for.

    `shown` is the sheet that the numbers were shown for: they say nothing of another one.
    """

    sheet = forms.ChoiceField(
        label="Sheet",
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choose a sheet of this file"),
    )
    first = forms.IntegerField(label="First heading row", required=False, min_value=0, max_value=MAX_ROWS)
    last = forms.IntegerField(label="Last heading row", required=False, min_value=0, max_value=MAX_ROWS)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sheets, initial=None):
        super().__init__(data, initial=initial)
        self.fields["sheet"].choices = [
            (each.name, f"{each.name} (hidden)" if each.is_hidden else each.name) for each in sheets
        ]
        for name in ("first", "last"):
            wrong = f"Enter the number of a row, from 0 to {MAX_ROWS:,}"
            self.fields[name].error_messages["invalid"] = wrong
            for limit in self.fields[name].validators:
                limit.message = wrong

    def clean(self):
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last heading row must be the same as the first, or below it")

    @property
    def rows(self):
        """The first and the last row; None where they are to be looked for."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        if (first is None and last is None) or self.cleaned_data["shown"] not in (
            "",
            self.cleaned_data["sheet"],
        ):
            return None
        return (first or last or 0, last or first or 0)


class LayoutForm(forms.Form):
    """Starts from `layout`: what was said of this file before, is remembered of its source, or proposed."""

    indicator = forms.ChoiceField(
        label="Which indicator is the file about?",
        help_text="Only if the whole file is about one and no column names it.",
        required=False,
    )
    period = forms.CharField(
        label="Which period is the file about?",
        help_text="Only if no column says. For example: May 2017, 2017-18 Q1 or 2016-17.",
        required=False,
        max_length=LONGEST_PERIOD,
        error_messages=TOO_LONG,
    )
    area = forms.ChoiceField(
        label="Which area is the file about?",
        help_text="Only if no column says, or where the cell of the area is blank.",
        required=False,
    )
    year_means = forms.ChoiceField(
        label="What does a year such as 2016 on its own mean?",
        help_text="Only for indicators without earlier figures: the others go on with the year they had.",
        choices=[
            ("", "No such years, or I do not know"),
            *((each.value, each.label[0].upper() + each.label[1:]) for each in YearMeans),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    day_first = forms.ChoiceField(
        label="What is 1/4/2017 in this file?",
        choices=[
            ("", "The file has no such dates"),
            ("day", "1 April: the day comes first"),
            ("month", "4 January: the month comes first"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    shares = forms.ChoiceField(
        label="What does a percentage of 0.609 mean in this file?",
        choices=[
            ("", "The file has no such percentages"),
            ("parts", "60.9%: they are stored as parts of 1"),
            ("printed", "0.609%: less than one percent"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    fill_down = forms.BooleanField(
        label="A blank indicator, period or area repeats the one above", required=False
    )
    past_only = forms.BooleanField(
        label="Leave out periods that are not over yet",
        help_text="Otherwise a file that has figures for them is refused.",
        required=False,
    )

    def __init__(self, data=None, *, layout, terms, choices, head=()):
        super().__init__(data, initial=_initial(layout, terms))
        self.layout, self.terms, self.head = layout, terms, head
        self.shown = layout.columns[:SHOWN]
        self.fields["indicator"].choices = [("", "The columns say"), *choices.indicators]
        self.fields["area"].choices = [("", "The columns say; without one, this council"), *choices.areas]
        for place, column in enumerate(self.shown):
            self._ask(place, column, choices)

    def _ask(self, place, column, choices):
        letter = cell_name(1, place)[:-1]
        called = column.heading or f"column {letter}"
        self.fields[f"role_{place}"] = forms.ChoiceField(
            label=f"What {called} means",
            choices=Role.choices,
            initial=column.role,
            error_messages=dict.fromkeys(
                ["required", "invalid_choice"], f"Choose from the list what {called} means"
            ),
        )
        self.fields[f"indicator_{place}"] = forms.ChoiceField(
            label="Only about the indicator",
            choices=[("", "Not only one"), *choices.indicators],
            initial=column.indicator,
            required=False,
        )
        self.fields[f"period_{place}"] = forms.CharField(
            label="Only about the period",
            initial=column.period,
            required=False,
            max_length=LONGEST_PERIOD,
            error_messages=TOO_LONG,
        )
        self.fields[f"area_{place}"] = forms.ChoiceField(
            label="Only about the area",
            choices=[("", "Not only one"), *choices.areas],
            initial=column.area,
            required=False,
        )

    @property
    def lines(self):
        last = self.layout.heading_rows[1]
        below = [row for number, row in self.head if number > last][:SAMPLES]
        for place, column in enumerate(self.shown):
            about = [self[f"{name}_{place}"] for name in ("indicator", "period", "area")]
            role = self[f"role_{place}"]
            yield Line(
                letter=cell_name(1, place)[:-1],
                heading=column.heading,
                samples=[_short(row[place]) for row in below if place < len(row)],
                role=role,
                about=about,
                is_narrowed=any(
                    each.errors or (each.value() and role.value() != Role.IGNORE) for each in about
                ),
            )

    @property
    def top(self):
        """The first rows of the sheet, to find the headings by."""
        return [(number, [_short(cell) for cell in row[:SHOWN]]) for number, row in self.head[:TOP]]

    @property
    def whole(self):
        """The questions about the file as a whole."""
        return [
            self[name]
            for name in (
                "indicator",
                "period",
                "area",
                "year_means",
                "day_first",
                "shares",
                "fill_down",
                "past_only",
            )
        ]

    def clean(self):
        for name in ["period", *(f"period_{place}" for place in range(len(self.shown)))]:
            self._check_period(name)
        if not self.errors:
            for where, sentence in faults(self.chosen):
                self.add_error(f"role_{where}" if isinstance(where, int) else where, sentence)

    def _check_period(self, name):
        """What a bare year means may be left to the indicator’s earlier figures: here any meaning will do."""
        if text := self.cleaned_data.get(name):
            year_means = self.cleaned_data.get("year_means") or YearMeans.FINANCIAL
            try:
                dates.period(text, year_means=year_means, day_first=self._day_first)
            except Unreadable as why:
                self.add_error(name, str(why))

    @property
    def _day_first(self):
        return ORDERS[self.cleaned_data.get("day_first", "")]

    @property
    def chosen(self):
        """The layout as it was said; columns that are not shown are left out."""
        said = self.cleaned_data
        columns = [
            Column(
                column.heading,
                said[f"role_{place}"],
                clean(said[f"period_{place}"]),
                said[f"indicator_{place}"],
                said[f"area_{place}"],
            )
            for place, column in enumerate(self.shown)
        ]
        rest = [Column(column.heading) for column in self.layout.columns[SHOWN:]]
        return replace(
            self.layout,
            columns=(*columns, *rest),
            indicator=said["indicator"],
            area=said["area"],
            period=clean(said["period"]),
            year_means=said["year_means"],
            day_first=self._day_first,
            fill_down=said["fill_down"],
            shares=SHARES[said["shares"]],
        )

    @property
    def chosen_terms(self):
        return replace(self.terms, past_only=self.cleaned_data["past_only"])


def _initial(layout: Layout, terms) -> dict:
    order = next(word for word, means in ORDERS.items() if means is layout.day_first)
    shares = next(word for word, means in SHARES.items() if means is layout.shares)
    return {
        "indicator": layout.indicator,
        "period": layout.period,
        "area": layout.area,
        "year_means": layout.year_means,
        "day_first": order,
        "fill_down": layout.fill_down,
        "shares": shares,
        "past_only": terms.past_only,
    }


def _short(cell) -> str:
    text = "" if cell is None else clean(f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell))
    return text if len(text) <= 60 else f"{text[:59]}…"
