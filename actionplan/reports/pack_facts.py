"""The pack for the quarterly meeting with Ofsted as plain data: three months, by judgement area. No records."""

from dataclasses import dataclass
from datetime import date

from actionplan.reports.annex_facts import IndicatorSheet, StepSheet
from actionplan.reports.facts import ActionLink, Difference, Exceptional, Stamp


@dataclass(frozen=True)
class KnownArea:
    """An area that Ofsted judges, with its grade in the inspection that the plan answers."""

    name: str
    short_name: str
    grade: str


@dataclass(frozen=True)
class Piece:
    """Evidence that stood at the end of the quarter. `action` is the address of the action it is of."""

    action: str
    ref: str
    source: str
    title: str
    shows: str
    dated_on: date


@dataclass(frozen=True)
class Question:
    """What the council was asked in these months or had not closed before, with the recommendations it is about.

    `days_late` counts only while there is no answer.
    """

    recommendations: tuple[int, ...]
    question: str
    source: str
    raised_on: date
    owner: str
    due_on: date
    answer: str
    answered_on: date | None
    days_late: int


@dataclass(frozen=True)
class Found:
    """What the reports of the months do not hold."""

    areas: tuple[KnownArea, ...]
    pieces: tuple[Piece, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Told:
    """A month and the report that tells it: frozen, or live with the day it was read."""

    month: date
    stamp: Stamp
    as_at: str
    indicators_as_at: str


@dataclass(frozen=True)
class Tally:
    """How many actions were in each state when a month was reported, in the order of DELIVERIES and IMPACTS."""

    month: date
    total: int
    deliveries: tuple[int, ...]
    impacts: tuple[int, ...]


@dataclass(frozen=True)
class Move:
    """What happened to an action in one of the months: red, now green; `was` is empty where the kind says it all."""

    kind: str
    action: ActionLink
    month: date
    words: str


@dataclass(frozen=True)
class FromSource:
    """One of the five sources: how many pieces came from it, and what the newest show."""

    source: str
    count: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Area:
    """What the pack tells of one area. What leads to several is told in full once; the others point there, in
    `elsewhere`: the name of the area and what is told under it."""

    name: str
    grade: str
    recommendations: tuple[tuple[int, str], ...]
    tallies: tuple[Tally, ...]
    moves: tuple[Move, ...]
    indicators: tuple[IndicatorSheet, ...]
    differences: tuple[Difference, ...]
    sources: tuple[FromSource, ...]
    thin: tuple[ActionLink, ...]
    questions: tuple[Question, ...]
    exceptions: tuple[Exceptional, ...]
    steps: tuple[StepSheet, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Pack:
    """`missing` are months of the quarter without a report; `beyond` is what no area holds, with the next month."""

    slug: str
    plan: str
    month: date
    marking: str
    is_sample: bool
    author: str
    senior_responsible: str
    board_on: date
    months: tuple[Told, ...]
    missing: tuple[date, ...]
    headline: str
    confidence: str
    confidence_reason: str
    plans: tuple[tuple[str, int], ...]
    tallies: tuple[Tally, ...]
    areas: tuple[Area, ...]
    beyond: Area
    next_month: tuple[str, ...]

    @property
    def is_frozen(self) -> bool:
        return all(each.stamp.version for each in self.months)
