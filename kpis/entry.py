"""What is asked of a month: which figures, beside what was returned before, and what a new one makes one ask."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, Model, OuterRef, Subquery

from kpis import arithmetic, wording
from kpis.arithmetic import Rule
from kpis.enums import Coverage, Direction, Frequency, Kind, Rating
from kpis.figures import Aim, Figure, Measure, measured, next_aim
from kpis.models import Indicator, Measurement
from kpis.periods import Period, month_end, month_start, months_later
from kpis.readings import readings
from kpis.recording import NewFigure
from kpis.rules import Rated, in_force, rated
from kpis.unusual import Question, unusual

MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.ANNUAL: 12}
FAR_BACK = 120  # months: older figures come from files
BESIDE = 3  # earlier values shown
HISTORY = 12  # earlier values that say what is usual: what was long ago may not be now
LATELY = 13  # months back: before each of them, what a list reads holds as much history


@dataclass(frozen=True)
class Line:
    """One figure that a month asks for. `stands` is what is known of it already, `before` what came before it."""

    indicator: Indicator
    period: Period
    stands: Measurement | None
    before: tuple[Figure, ...]  # periods of the same kind, oldest first
    aim: Aim | None  # the point of the trajectory that is next
    rules: tuple[Rule, ...]

    @property
    def figure(self) -> Figure | None:
        return measured(self.stands, Measure.of(self.indicator)) if self.stands else None

    @property
    def beside(self) -> tuple[Figure, ...]:
        return self.before[-BESIDE:]

    @property
    def known(self) -> Hashable:
        """All that its form shows while nothing is typed into it: what is asked, and what stands already."""
        return _columns(self.indicator), self.stands and (_columns(self.stands), str(self.stands.made_by))

    @property
    def content(self) -> Hashable:
        """All that is shown of it while nothing is typed into it."""
        return self.known, self.period, self.beside, self.aim, self.rating

    @property
    def is_all_sample(self) -> bool:
        """Whether everything beside the form was written for the demonstration."""
        shown = [*self.beside, *([self.aim] if self.aim else [])]
        return bool(shown) and all(each.is_sample for each in shown)

    @property
    def target(self) -> str:
        """80% by 30 June 2017; nothing where no target is set."""
        if self.aim is None:
            return ""
        return f"{wording.aim_words(self.aim.words, self.indicator.polarity)} by {self.aim.by_words}"

    @property
    def rating(self) -> Rating | None:
        """What the rule says of the figure that stands, where it says anything."""
        found = self.rated(self.figure).rating if self.figure else None
        return found if found and found.is_coloured else None

    @property
    def rule(self) -> str:
        """The name of the rule by which this period is judged; none where it is the plain one."""
        return in_force(self.rules, self.period.end).name

    def of(self, new: NewFigure) -> Figure:
        """A figure as it would be shown."""
        value, numerator, denominator, marker = new.numbers
        row = Measurement(
            start=self.period.start,
            end=self.period.end,
            value=value,
            numerator=numerator,
            denominator=denominator,
            marker=marker,
        )
        return measured(row, Measure.of(self.indicator))

    def rated(self, new: Figure) -> Rated:
        return rated(new, self.aim, among=self.before, rules=self.rules)

    def question(self, new: Figure) -> Question | None:
        """Whether a figure is so far from those before it that somebody should look twice."""
        if new.value is None:
            return None
        history = [each.value for each in self.before if each.value is not None]
        return unusual(new.value, history[-HISTORY:], self.indicator.decimals)

    def against(self, new: Figure) -> list[str]:
        """What speaks against a figure, so that a comment is asked for: it misses its target, it is worse."""
        found = []
        if self.rated(new).rating == Rating.NOT_MET and self.aim:
            found.append(f"misses the target of {self.aim.words} by {self.aim.by_words}")
        previous = self.before[-1] if self.before else None
        if previous and self._direction(new.value, previous.value) == Direction.WORSE:
            found.append(f"is worse than {previous.words} in {previous.label}")
        return found

    def _direction(self, now: Decimal | None, before: Decimal | None) -> Direction:
        return arithmetic.direction(
            now, before, polarity=self.indicator.polarity, decimals=self.indicator.decimals
        )


class Returns(NamedTuple):
    """How many figures of a month are in."""

    month: date
    missing: int
    asked: int


def newest_month(on: date) -> date:
    """The first day of the newest month that is over."""
    return months_later(month_start(on), -1)


def is_over(month: date, on: date) -> bool:
    return month_end(month) < on


def lines(month: date, on: date) -> list[Line]:
    """The council’s own figures that a month asks for, by the post that returns them.

    DfE’s figures are published, and come from files. Six queries, and one more when a figure has long been silent.
    """
    end, is_long_ago = month_end(month), months_later(month, LATELY) < on
    found = readings(Indicator.objects.filter(kind=Kind.COUNCIL), on, whole=is_long_ago).values()
    stands = {
        (row.indicator_id, row.period): row
        for row in Measurement.objects.filter(indicator__kind=Kind.COUNCIL, end=end)
        .as_at(on)
        .select_related("made_by")
    }
    asked = []
    for reading in found:
        indicator, newest = reading.indicator, reading.figures[-1].period if reading.figures else None
        if not is_due(indicator.frequency, newest and newest.end, month):
            continue
        period = period_of(indicator, newest, end)
        row = stands.get((indicator.pk, period))
        if row:
            row.indicator = indicator  # spares a query for each row
        before = tuple(
            each for each in reading.figures if each.period.end < end and alike(each.period, period)
        )
        asked.append(Line(indicator, period, row, before, next_aim(reading.aims, end), reading.rules))
    return sorted(asked, key=lambda line: (line.indicator.owner, line.indicator.name))


def returns(on: date) -> Returns:
    """How many figures of the newest month that is over are in. One query."""
    month = newest_month(on)
    known = Measurement.objects.filter(indicator=OuterRef("pk"), recorded_on__lte=on, end__lte=on)
    rows = Indicator.objects.filter(kind=Kind.COUNCIL).values_list(
        "frequency",
        Subquery(known.order_by("-end").values("end")[:1]),
        Exists(known.filter(end=month_end(month))),
    )
    asked = [is_in for frequency, newest, is_in in rows if is_due(frequency, newest, month)]
    return Returns(month, asked.count(False), len(asked))


def is_due(frequency: str, newest: date | None, month: date) -> bool:
    """Whether a figure’s period ends in this month: a yearly one ends where the newest did, else with March."""
    if frequency == Frequency.ANNUAL:
        return month.month == (newest.month if newest else 3)
    return frequency == Frequency.MONTHLY or month.month % 3 == 0


def period_of(indicator: Indicator, newest: Period | None, end: date) -> Period:
    """The period of a figure that ends on a day: of the kind of the newest one, else as the definition says."""
    if newest and (newest.is_day or newest.months in MONTHS.values()):
        months = newest.months
    elif indicator.covers == Coverage.LAST_DAY:
        months = None
    else:
        months = 12 if indicator.covers == Coverage.YEAR else MONTHS[Frequency(indicator.frequency)]
    return Period(end if months is None else month_start(months_later(end, 1 - months)), end)


def alike(one: Period, other: Period) -> bool:
    return (one.is_day, one.months) == (other.is_day, other.months)


def _columns(row: Model) -> tuple:
    """What the database holds of a row: two of the same number are equal for Django, whatever they say."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)
