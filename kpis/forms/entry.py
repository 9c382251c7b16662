"""The monthly page: a form for each figure, of which those are taken that something was typed into."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpis import wording
from kpis.entry import Line
from kpis.figures import Figure
from kpis.forms.figure import FigureQuestions
from kpis.models import Measurement
from kpis.recording import NewFigure, has_same_numbers, says_nothing_new

NOTHING_TYPED = {"answer", "leave"}
ROW = re.compile("[0-9]{1,18}")  # more is no number of a row, and more than a database takes


class FigureForm(FigureQuestions):
    """One figure that was typed, against what stands and what came before. `new` is what to record of it.

    `drawn` is the row that stood when the page was drawn. `is_stale` says that somebody else recorded another figure
    since: nobody overwrites what they have not seen. `question` is what is asked about an unusual value; words given
    to that very question answer it.
    """

    def __init__(self, data=None, *, line: Line, drawn: Measurement | None, by: Any = None):
        super().__init__(data, line=line, drawn=drawn)
        self.drawn, self.by = drawn, by
        self.new, self.question, self.is_stale = None, None, False

    @property
    def is_typed(self) -> bool:
        """Whether there is anything to take. A status alone says nothing of a figure that is not there."""
        passive = NOTHING_TYPED if self.drawn else NOTHING_TYPED | {"status"}
        return not self["leave"].data and bool(set(self.changed_data) - passive)

    @property
    def opens_comment(self) -> bool:
        return self._is_used("comment")

    @property
    def opens_rest(self) -> bool:
        return self._is_used("marker") or (self.has_counts and self._is_used("value"))

    def _is_used(self, name):
        """Whether a question that is folded away was answered, or answered wrongly."""
        return self.is_bound and bool(self[name].data or self[name].errors)

    @property
    def asked(self) -> str:
        """The value that the question is about, which the page sends back with the answer."""
        return f"{self.question.value:f}" if self.question else ""

    def clean(self):
        super().clean()
        if self.errors:
            return
        self.new, stands = self._new(), self.line.stands
        figure = self.line.of(self.new)
        is_revision = stands is not None and not has_same_numbers(self.new, stands)
        if stands != self.drawn and not says_nothing_new(self.new, stands):
            self.is_stale = True
            self.say(self.spot, self._what_stands())
            return
        if is_revision or stands is None:
            self._ask_about(figure)
        if not self.errors:
            self._check_comment(figure)
            if is_revision and not self.cleaned_data["reason"]:
                before = _words(self.line.figure)
                self.say("reason", f"say why {before} becomes {_words(figure)}")

    def _new(self):
        numbers = {name: self.cleaned_data.get(name) for name in ("value", "numerator", "denominator")}
        said = {name: self.cleaned_data[name] for name in ("marker", "status", "comment", "reason")}
        return NewFigure(
            indicator=self.line.indicator,
            period=self.line.period,
            source=f"Entered by {self.by}",
            known_newest=self.line.stands and self.line.stands.pk,
            **numbers,
            **said,
        )

    def _ask_about(self, figure: Figure):
        self.question, answer = self.line.question(figure), self.cleaned_data["answer"]
        if self.question is None:
            return
        if answer and self.data.get(self.add_prefix("asked")) == self.asked:
            self.new = replace(self.new, answer=answer)
        else:
            self.say(self.spot, self._what_is_unusual(figure))

    def _check_comment(self, figure: Figure):
        if against := self.line.against(figure) if not self.new.comment else []:
            self.say("comment", f"say what is behind {figure.words}: it {' and '.join(against)}")

    def _what_stands(self):
        who = self.line.stands.made_by or "a file"
        return (
            f"{_words(self.line.figure)} came in from {who} while this page was open. "
            "Say why yours replaces it, or leave it alone"
        )

    def _what_is_unusual(self, figure: Figure):
        unit, decimals = self.line.indicator.unit, self.line.indicator.decimals
        low, high = (
            wording.value_words(each, unit, decimals) for each in (self.question.low, self.question.high)
        )
        meant = self.question.instead if self.spot == "value" else None
        instead = f" Did you mean {wording.target_words(meant, unit, decimals)}?" if meant is not None else ""
        return (
            f"{_words(figure)} is far from the values before it, {low} to {high}.{instead} "
            "Correct it, or say why it is right"
        )


def figure_forms(lines: list[Line], data: Mapping, *, by: Any) -> dict[str, FigureForm]:
    """A form for each line that something was typed into, by its indicator’s code."""
    drawn = _drawn(lines, data)
    forms = {
        line.indicator.code: FigureForm(data, line=line, drawn=drawn[line.indicator.code], by=by)
        for line in lines
        if line.indicator.code in drawn
    }
    return {code: form for code, form in forms.items() if form.is_typed}


def _drawn(lines: list[Line], data: Mapping) -> dict[str, Measurement | None]:
    """The row that each line of the posted page was drawn with, by its indicator’s code.

    Rows never change, so the page only names them; a name that fits nothing counts as no row. No query where all of
    them still stand, else one.
    """
    named = {
        line.indicator.code: data[f"{line.indicator.code}-known"]
        for line in lines
        if f"{line.indicator.code}-known" in data
    }
    numbers = {code: int(name) for code, name in named.items() if ROW.fullmatch(name)}
    rows = {line.stands.pk: line.stands for line in lines if line.stands}
    rows |= Measurement.objects.in_bulk(set(numbers.values()) - set(rows))
    return {code: rows.get(numbers.get(code)) for code in named}


def _words(figure: Figure) -> str:
    """70% (19 of 27)"""
    return f"{figure.words} ({figure.counts})" if figure.counts else figure.words
