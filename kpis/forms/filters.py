"""Narrowing the list of indicators. The form owns the filtering: from the address’s query and rows to rows."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlencode

from django import forms

from kpis.enums import Direction, Rating, Variation
from kpis.lists import Row

TESTS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "red": (
        "Not met, no open action",
        lambda row: row.reading.rating == Rating.NOT_MET and not row.has_open_action,
    ),
    "worsening": ("Worsening, more than chance", lambda row: row.analysis.variation == Variation.WORSENING),
    "worse": ("Worse than the figure before", lambda row: row.reading.direction == Direction.WORSE),
    "old": ("No recent data", lambda row: row.reading.is_old or not row.reading.has_data),
}


class FilterForm(forms.Form):
    """What a reader asks to see, each choice with the number of indicators it finds.

    A value that means nothing is named at its field, and everything is shown.
    """

    show = forms.ChoiceField(
        required=False,
        widget=forms.Select(attrs={"class": "app-filters__wide"}),
        error_messages={"invalid_choice": "Choose what to show from the list"},
    )

    def __init__(self, data, *, rows: Sequence[Row]):
        # No choice holds a NUL, and a page that gives one back is not HTML.
        super().__init__({name: value.replace("\0", "") for name, value in data.items()}, auto_id="filter-%s")
        self.fields["show"].choices = [
            ("", f"All indicators ({len(rows)})"),
            *((key, f"{words} ({sum(map(test, rows))})") for key, (words, test) in TESTS.items()),
        ]
        self.full_clean()

    @property
    def chosen(self) -> str:
        """The filter that is on and makes sense."""
        return self.cleaned_data.get("show", "")

    @property
    def words(self) -> str:
        return TESTS[self.chosen][0] if self.chosen else ""

    def query(self, **more: str) -> str:
        """The filter that is on as the tail of an address, with `more` of the page’s own."""
        return f"?{urlencode(more | ({'show': self.chosen} if self.chosen else {}))}"

    def filter(self, rows: Iterable[Row]) -> list[Row]:
        _, test = TESTS[self.chosen] if self.chosen else ("", None)
        return [row for row in rows if test is None or test(row)]
