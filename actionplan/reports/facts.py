"""A month as plain data: words, numbers, dates and addresses, no records. It is all that renderers see."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from kpis.periods import day_words


@dataclass(frozen=True)
class Tile:
    """How many actions are in a state, and how many were at the last Board; `was` is empty when nothing changed."""

    value: str
    state: str
    rag: str
    now: int
    before: int | None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.now


@dataclass(frozen=True)
class ActionLink:
    """An action by number, title and address. `shared` names its plan, on the page of another that it serves."""

    ref: str
    title: str
    url: str
    shared: str = ""


@dataclass(frozen=True)
class Unchecked:
    """An update that came in and does not count yet."""

    action: ActionLink
    state: str
    rag: str
    submitted_on: date


@dataclass(frozen=True)
class Exceptional:
    """An action the Board must look at: why, what is done about it, who, by when."""

    kind: str
    colour: str
    action: ActionLink
    was: str
    cause: str
    remedy: str
    owner: str
    by_when: str


@dataclass(frozen=True)
class Line:
    """A recommendation, or a plan beneath the whole: its worst delivery and impact with how many have them."""

    ref: str
    title: str
    url: str
    priority: str
    lead: str
    state: str
    rag: str
    delivery_count: int
    delivery_was: str
    impact: str
    impact_count: int
    impact_was: str
    total: int
    direction: str
    next_step: str


@dataclass(frozen=True)
class IndicatorLine:
    """A headline indicator in words, ready to print; `spark` is its drawing, made from the same values."""

    name: str
    url: str
    origin: str
    baseline: str
    baseline_when: str
    baseline_origin: str
    previous: str
    previous_when: str
    latest: str
    latest_counts: str
    latest_when: str
    spark: SafeString
    due: str
    rating: str
    rule: str
    target: str
    to_go: str
    direction: str
    change: str
    benchmark: str
    so_what: str


@dataclass(frozen=True)
class Difference:
    """What changed for children this month, and how we know."""

    action: ActionLink
    how_we_know: str
    impact: str
    was: str


@dataclass(frozen=True)
class Beneath:
    """A plan under the whole one, with Ofsted's grade for what it is about.

    `total` and `summary` speak of all its actions, of which `shared` are the whole plan's; `exceptions` are its own.
    """

    name: str
    url: str
    grade: str
    area: str
    total: int
    shared: int
    summary: str
    changed: tuple[str, ...]
    exceptions: tuple[Exceptional, ...]
    shared_exceptions: tuple[ActionLink, ...]
    line: Line

    @property
    def own(self) -> int:
        return self.total - self.shared


@dataclass(frozen=True)
class Leaning:
    """What an action needs from elsewhere: an action, a milestone, a programme or one of its milestones.

    `days_late` counts from the day it was needed by. `too_late` says how it holds the action up, `because` the whole
    chain down to the first cause; both are empty where nothing is late.
    """

    action: ActionLink
    needs: str
    on: str
    on_url: str
    needed_by: date | None
    days_late: int
    owner: str
    state: str
    too_late: str
    because: str


@dataclass(frozen=True)
class TopRisk:
    """One of the gravest open risks; `plan` is named for one of a plan beneath.

    Mitigation and review date are written over, so they are known of today only. Of a past day there is `because`,
    what the score then rested on.
    """

    ref: str
    title: str
    url: str
    plan: str
    is_issue: bool
    before: int
    score: int | None
    was: int | None
    movement: str
    owner: str
    mitigation: str
    because: str
    review_on: date | None
    days_late: int


@dataclass(frozen=True)
class DateRequest:
    """A date change that nobody has decided yet, of an action or of the milestone that `step` names."""

    action: ActionLink
    step: str
    original: date
    now: date
    asked: date
    reason: str


@dataclass(frozen=True)
class AskedDecision:
    """A decision that is asked for and was not made yet."""

    question: str
    url: str
    why: str
    asked_by: str
    asked_on: date
    needed_by: date | None
    days_late: int
    is_new: bool


@dataclass(frozen=True)
class OpenChallenge:
    """A question put to the council that nobody has closed yet."""

    question: str
    url: str
    source: str
    owner: str
    raised_on: date
    due_on: date
    answered_on: date | None
    days_late: int
    is_new: bool


@dataclass(frozen=True)
class OpenChallenges:
    """Those that the Board reads first, the others, and how many there are of all."""

    shown: tuple[OpenChallenge, ...]
    total: int
    unanswered: int
    late: int
    url: str
    others: tuple[OpenChallenge, ...] = ()


@dataclass(frozen=True)
class Turn:
    """An action whose delivery is another than at the last Board, in words: red, now green."""

    action: ActionLink
    was: str
    now: str


@dataclass(frozen=True)
class DateMove:
    """A due date that was agreed to move, of an action or of the milestone that `step` names."""

    action: ActionLink
    step: str
    original: date
    was: date
    now: date
    agreed_on: date
    reason: str


@dataclass(frozen=True)
class NewThing:
    """What was not there at the last Board: work taken up, a challenge, a decision asked for, a risk."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class NewSignal:
    """An indicator whose newest figure came in since the last Board and is more than chance."""

    name: str
    url: str
    words: str


@dataclass(frozen=True)
class Changed:
    """What is different since the last Board. Computed from how things stood then and stand now, never typed.

    An action that was delivered or assured is named there, and not among those that turned.
    """

    new: tuple[NewThing, ...]
    worse: tuple[Turn, ...]
    better: tuple[Turn, ...]
    delivered: tuple[ActionLink, ...]
    assured: tuple[ActionLink, ...]
    moved: tuple[DateMove, ...]
    signals: tuple[NewSignal, ...]

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.new, self.worse, self.better, self.delivered, self.assured, self.moved, self.signals)
        )


@dataclass(frozen=True)
class Stamp:
    """Which version of a month a report is. The live month is version 0; nobody has frozen it.

    `gaps` are what was missing when it was frozen all the same; `reason` says why a version follows another.
    """

    version: int = 0
    frozen_on: date | None = None
    frozen_by: str = ""
    reason: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        if self.frozen_on is None:
            return "Live, not yet frozen"
        return f"{self.version}, frozen {day_words(self.frozen_on)}"

    @property
    def words(self) -> str:
        return f"Version {self.short} by {self.frozen_by}" if self.frozen_on else self.short


@dataclass(frozen=True)
class MonthReport:
    """The Board's page. `since` is the Board it counts changes from; None before the first one."""

    title: str
    month: date
    plan: str
    plan_url: str
    parent: str
    parent_url: str
    board: str
    board_on: date
    is_sample: bool
    facts: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    since: date | None
    since_month: str
    latest_month: str
    total: int
    counted: str
    headline: str
    confidence: str
    confidence_was: str
    confidence_reason: str
    deliveries: tuple[Tile, ...]
    impacts: tuple[Tile, ...]
    slipped: str
    dates_url: str
    unchecked: tuple[Unchecked, ...]
    exceptions: tuple[Exceptional, ...]
    lines: tuple[Line, ...]
    indicators: tuple[IndicatorLine, ...]
    differences: tuple[Difference, ...]
    beneath: tuple[Beneath, ...]
    risks: tuple[TopRisk, ...]
    open_risks: int
    leanings: tuple[Leaning, ...]
    open_leanings: int
    timeline_url: str
    decisions: tuple[AskedDecision, ...]
    date_requests: tuple[DateRequest, ...]
    challenges: OpenChallenges | None
    next_month: tuple[str, ...]
    changed: Changed | None = None
    stamp: Stamp = Stamp()

    @property
    def is_frozen(self) -> bool:
        return self.stamp.version > 0

    @property
    def rules(self) -> tuple[str, ...]:
        """The RAG rules that made the ratings of the indicators, each once."""
        return tuple(dict.fromkeys(line.rule for line in self.indicators if line.rule))
