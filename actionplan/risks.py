"""How grave risks are and which way they move, from the scores that were recorded by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from actionplan.enums import Likelihood, Movement, RiskImpact, RiskKind, RiskLevel
from actionplan.models import ReportingMonth, Risk
from actionplan.rounds import days_late
from kpis.addresses import address
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
    """A risk on a day: its scores before mitigation, after it, and after it on an earlier day.

    `because` is what the score after mitigation rests on.
    """

    ref: str
    title: str
    url: str
    plan_id: int
    plan: str
    is_issue: bool
    owner: str
    mitigation: str
    review_on: date
    closed_on: date | None
    is_sample: bool
    before: Score
    after: Score | None
    was: Score | None
    because: str
    on: date

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
    def is_open(self) -> bool:
        return self.closed_on is None or self.closed_on > self.on

    @property
    def days_late(self) -> int:
        """Days since the review was due, 0 for a risk that is closed."""
        return days_late(self.review_on, self.on) if self.is_open else 0

    @property
    def gravity(self) -> tuple[int, int]:
        """For sorting: by the score after mitigation, then before. Until one is scored, no mitigation counts."""
        return (self.after or self.before).value, self.before.value


def compared_with(board: ReportingMonth | None, on: date) -> date:
    """The day from which movement is counted: that of the last Board, or a month back where none has met."""
    return board.read_on if board else months_later(on, -1)


# Of a risk, then of each of its scores. Joined, because four subqueries take Django longer to write than to run.
COLUMNS = (
    *("pk", "plan_id", "plan__slug", "plan__name", "number", "title", "kind", "likelihood", "impact"),
    *("mitigation", "owner__title", "review_on", "closed_on", "is_sample"),
    *("scores__scored_on", "scores__likelihood", "scores__impact", "scores__note"),
)


def risk_rows(risks: Any, on: date, since: date) -> list[RiskRow]:
    """The risks of a queryset with their newest scores by the end of two days, gravest first. One query."""
    lines = risks.order_by("plan_id", "number", "scores__scored_on", "scores__pk")
    found = groupby(lines.values_list(*COLUMNS, named=True), attrgetter("pk"))
    return sorted((_row(list(each), on, since) for _, each in found), key=attrgetter("gravity"), reverse=True)


def _row(lines: list, on: date, since: date) -> RiskRow:
    """From the lines of one risk, one for each of its scores or a single one without."""
    risk, now = lines[0], _newest(lines, on)
    return RiskRow(
        ref=f"R{risk.number}",
        title=risk.title,
        url=address("actionplan:risk", risk.plan__slug, risk.number),
        plan_id=risk.plan_id,
        plan=risk.plan__name,
        is_issue=risk.kind == RiskKind.ISSUE,
        owner=risk.owner__title,
        mitigation=risk.mitigation,
        review_on=risk.review_on,
        closed_on=risk.closed_on,
        is_sample=risk.is_sample,
        before=Score(risk.likelihood, risk.impact),
        after=_score(now),
        was=_score(_newest(lines, since)),
        because=now.scores__note if now else "",
        on=on,
    )


def _newest(lines: list, day: date) -> Any:
    known = [line for line in lines if line.scores__scored_on and line.scores__scored_on <= day]
    return known[-1] if known else None


def _score(line: Any) -> Score | None:
    return Score(line.scores__likelihood, line.scores__impact) if line else None


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
