"""The annexes of a month as plain data: every action, every indicator and every date that moved. No records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actionplan.reports.facts import ActionLink, DateMove, IndicatorLine
from kpis.charts.facts import ChartFacts


@dataclass(frozen=True)
class StepSheet:
    """A milestone; `days_late` counts only while it is open."""

    number: str
    title: str
    original_due_on: date
    due_on: date
    completed_on: date | None
    days_late: int


@dataclass(frozen=True)
class Said:
    """What the owner said in the newest update that counts. Either `done` or `standstill` is empty."""

    month: date
    submitted_on: date | None
    accepted_on: date | None
    done: str
    standstill: str
    difference: str
    cause: str
    remedy: str
    next_steps: str
    forecast_on: date | None


@dataclass(frozen=True)
class ActionSheet:
    """Everything of one action on the day. `rag` is empty unless it is in progress; `pending` says that a newer update
    is not yet checked or was returned; `evidence` counts what stood, by source."""

    link: ActionLink
    recommendation: int
    title: str
    outcome: str
    measure: str
    owner: str
    contributors: tuple[str, ...]
    service: str
    priority: str
    starts_on: date
    original_due_on: date
    due_on: date
    days_late: int
    state: str
    rag: str
    impact: str
    delivery_was: str
    impact_was: str
    pending: str
    said: Said | None
    assured_on: date | None
    recheck_due_on: date | None
    evidence: tuple[tuple[str, int], ...]
    steps: tuple[StepSheet, ...]
    is_sample: bool


@dataclass(frozen=True)
class RecommendationSheet:
    """Ofsted's wording and the judgement areas it is about, over the actions that answer it (by their numbers)."""

    number: int
    title: str
    wording: str
    council_wording: str
    areas: tuple[str, ...]
    priority: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ValueSheet:
    """One figure. `value` is None where there is none or where only counts may be shown; `words` is never empty."""

    label: str
    start: date
    end: date
    value: Decimal | None
    words: str
    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    origin: str
    comment: str


@dataclass(frozen=True)
class IndicatorSheet:
    """An indicator with its figures, oldest first, and the facts of its chart. `chart_words` says what the chart shows.

    `variation` and `assurance` are sentences, empty where nothing can be said.
    """

    code: str
    line: IndicatorLine
    definition: str
    why: str
    unit: str
    polarity: str
    recommendations: tuple[int, ...]
    variation: str
    assurance: str
    chart: ChartFacts
    chart_title: str
    chart_words: str
    values: tuple[ValueSheet, ...]


@dataclass(frozen=True)
class Annexes:
    recommendations: tuple[RecommendationSheet, ...]
    actions: tuple[ActionSheet, ...]
    indicators: tuple[IndicatorSheet, ...]
    moves: tuple[DateMove, ...]
