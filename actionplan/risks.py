"""How grave risks are and which way they move, from the scores that were recorded by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse

from actionplan.enums import Likelihood, Movement, RiskImpact, RiskKind, RiskLevel
from actionplan.models import ReportingMonth, Risk
from actionplan.rounds import days_late
from kpis.periods import months_later

HIGHEST = {RiskLevel.LOW: 4, RiskLevel.MODERATE: 9, RiskLevel.HIGH: 15, RiskLevel.SEVERE: 25}


@dataclass(frozen=True)
class Score:
    likelihood: int
    impact: int

    @property
    def value(self) -> int:
        return self.likelihood * self.impact

    @property
    def level(self) -> RiskLevel:
        return level(self.value)

    @property
    def impact_word(self) -> str:
        return RiskImpact(self.impact).label.lower()

    @property
    def words(self) -> str:
        """Likely (4) × large (4)"""
        return f"{Likelihood(self.likelihood).label} ({self.likelihood}) × {self.impact_word} ({self.impact})"


def level(value: int) -> RiskLevel:
    return next(each for each, highest in HIGHEST.items() if value <= highest)


def levels() -> list[tuple[RiskLevel, int, int]]:
    """Each word with the lowest and the highest score it stands for."""
    lowest = [1, *(highest + 1 for highest in HIGHEST.values())]
    return [(each, start, highest) for (each, highest), start in zip(HIGHEST.items(), lowest, strict=False)]


def movement(now: int | None, was: int | None) -> Movement | None:
    """From one score to the other; None while there is no score."""
    if now is None:
        return None
    if was is None:
        return Movement.NEW
    if now == was:
        return Movement.SAME
    return Movement.UP if now > was else Movement.DOWN


@dataclass(frozen=True)
class RiskRow:
    """A risk on a day: its scores before mitigation, after it, and after it on an earlier day."""

    risk: Risk
    before: Score
    after: Score | None
    was: Score | None
    on: date
    url: str

    @property
    def after_value(self) -> int | None:
        return self.after.value if self.after else None

    @property
    def was_value(self) -> int | None:
        return self.was.value if self.was else None

    @property
    def movement(self) -> Movement | None:
        return movement(self.after_value, self.was_value)

    @property
    def is_issue(self) -> bool:
        return self.risk.kind == RiskKind.ISSUE

    @property
    def is_open(self) -> bool:
        return self.risk.closed_on is None or self.risk.closed_on > self.on

    @property
    def days_late(self) -> int:
        """Days since the review was due, 0 for a risk that is closed."""
        return days_late(self.risk.review_on, self.on) if self.is_open else 0


def compared_with(board: ReportingMonth | None, on: date) -> date:
    """The day from which movement is counted: that of the last Board, or a month back where none has met."""
    return board.board_on if board else months_later(on, -1)


def risk_rows(risks: Any, on: date, since: date) -> list[RiskRow]:
    """The risks of a queryset, gravest first. One query."""
    found = risks.scored(on, since).gravest_first().select_related("plan", "owner")
    return [_row(risk, on) for risk in found]


def _row(risk: Any, on: date) -> RiskRow:
    return RiskRow(
        risk=risk,
        before=Score(risk.likelihood, risk.impact),
        after=_score(risk.now_likelihood, risk.now_impact),
        was=_score(risk.was_likelihood, risk.was_impact),
        on=on,
        url=address(risk.plan.slug, risk.number),
    )


def _score(likelihood: int | None, impact: int | None) -> Score | None:
    return Score(likelihood, impact) if likelihood and impact else None


def address(plan: str, number: int) -> str:
    """The page of a risk, its address reversed once a plan."""
    return f"{_list_address(plan)}{number}/"


@cache
def _list_address(plan: str) -> str:
    return reverse("actionplan:risks", args=[plan])


@dataclass(frozen=True)
class Cell:
    """One place of the heat map, with the risks that stand there."""

    score: Score
    rows: tuple[RiskRow, ...]


@dataclass(frozen=True)
class Band:
    """A line of the heat map: how likely, and a cell for each impact from the smallest."""

    likelihood: Likelihood
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.rows for cell in self.cells)


def heat_map(rows: Iterable[RiskRow]) -> list[Band]:
    """From the most likely down. A risk stands where its score after mitigation puts it, unscored ones nowhere."""
    rows = list(rows)
    return [
        Band(
            likelihood,
            tuple(
                Cell(score, tuple(row for row in rows if row.after == score))
                for score in (Score(likelihood, impact) for impact in RiskImpact)
            ),
        )
        for likelihood in reversed(Likelihood)
    ]


@dataclass(frozen=True)
class Scored:
    """A score as it was recorded, beside the one before it."""

    on: date
    score: Score
    was_value: int | None
    note: str
    by: str

    @property
    def movement(self) -> Movement | None:
        return movement(self.score.value, self.was_value)


def score_story(risk: Risk) -> list[Scored]:
    """Every score after mitigation, newest first. One query."""
    told: list[Scored] = []
    for row in risk.scores.select_related("made_by").order_by("scored_on", "pk"):
        was = told[-1].score.value if told else None
        told.append(Scored(row.scored_on, Score(row.likelihood, row.impact), was, row.note, str(row.made_by)))
    return told[::-1]
