"""Programmes that the plan leans on: how far they are, who waits for them, and what a slip would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q

from actionplan.models import Action, Dependency, Programme, ProgrammeMilestone, Strand
from actionplan.needs.chains import Chains, Thing
from actionplan.needs.dependencies import PROGRAMME, STEP, Line, action_key, chains, lines
from actionplan.rounds import days_late
from actionplan.rows import Row, rows
from kpis.periods import day_words, days_words

MILLION = Decimal(1_000_000)


def pounds(amount: Decimal | None) -> str:
    """£1.2 million, £250,000. Never rounded: a sum that is not short in millions is written out. Empty when unknown."""
    if amount is None:
        return ""
    millions = amount / MILLION
    if millions >= 1 and millions == round(millions, 2):
        return f"£{millions.normalize():f} million"
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


@dataclass(frozen=True)
class Step:
    """A milestone of a programme as it stands on a day."""

    milestone: ProgrammeMilestone
    on: date

    @property
    def is_open(self) -> bool:
        return self.milestone.is_open(self.on)

    @property
    def days_late(self) -> int:
        """Days past its date: so far, or on the day it was completed."""
        milestone = self.milestone
        return days_late(milestone.due_on, self.on if self.is_open else milestone.completed_on)

    @property
    def is_moved(self) -> bool:
        return self.milestone.due_on != self.milestone.original_due_on

    @property
    def words(self) -> str:
        """Grant agreement signed, 31 May 2017"""
        return f"{self.milestone.title}, {day_words(self.milestone.due_on)}"


@dataclass(frozen=True)
class Part:
    """A strand with its milestones; without a strand, the milestones of the whole programme."""

    strand: Strand | None
    steps: list[Step]

    @property
    def name(self) -> str:
        return self.strand.name if self.strand else "The whole programme"

    @property
    def funding(self) -> str:
        return pounds(self.strand.funding) if self.strand else ""


@dataclass(frozen=True)
class Progress:
    """A programme with its milestones on a day."""

    programme: Programme
    steps: list[Step]

    @property
    def funding(self) -> str:
        return pounds(self.programme.funding)

    @property
    def completed(self) -> int:
        return sum(not step.is_open for step in self.steps)

    @property
    def late(self) -> list[Step]:
        return [step for step in self.steps if step.is_open and step.days_late]

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.is_open), None)

    def parts(self) -> list[Part]:
        """What concerns the whole programme first, then strand by strand."""
        whole = Part(None, self._steps_of(None))
        strands = [Part(strand, self._steps_of(strand.pk)) for strand in self.programme.strands.all()]
        return [whole, *strands] if whole.steps else strands

    def _steps_of(self, strand: int | None) -> list[Step]:
        return [step for step in self.steps if step.milestone.strand_id == strand]


@dataclass(frozen=True)
class Leaner:
    """An action that needs something of the programme, and what would change if that came late."""

    row: Row
    line: Line
    in_turn: list[Thing]

    @property
    def is_open(self) -> bool:
        """The action is still being worked on and does not have what it needs."""
        return self.row.now.is_open and not self.line.is_met

    @property
    def source(self) -> str:
        """Which part of the programme it needs."""
        return self.line.thing.title if self.line.thing.due_on else "From the programme as a whole"

    @property
    def room(self) -> str:
        """How long it can still wait: 34 days to spare. Empty for what holds it up already, or has no date."""
        wanted = self.line.need.needed_by or self.row.action.due_on
        expected = max(self.line.thing.due_on or self.line.on, self.line.on)
        days = (wanted - expected).days
        if not self.is_open or self.line.hold or days < 0:
            return ""
        return f"{days_words(days)} to spare" if days else "No day to spare"


def progress(found: Iterable[Programme], on: date) -> list[Progress]:
    """Programmes whose milestones are read already."""
    return [Progress(each, [Step(step, on) for step in each.milestones.all()]) for each in found]


def with_steps(found):
    """Milestones in the order of their dates, and strands. Two queries."""
    milestones = ProgrammeMilestone.objects.order_by("due_on", "pk")
    return found.select_related("owner").prefetch_related(Prefetch("milestones", milestones), "strands")


def needs_of(programme: Programme):
    """Everything that actions need of a programme or of one of its milestones."""
    return Dependency.objects.filter(
        Q(on_programme=programme) | Q(on_programme_milestone__programme=programme)
    )


def leaners(programme: Programme, on: date) -> list[Leaner]:
    """Who needs the programme, in the order in which they need it. The queries grow with families of plans only."""
    keys = needs_of(programme).standing(on).values("action")
    found = rows(Action.objects.filter(pk__in=keys), on, month=None, board=None)
    families = {row.action.plan.parent_id or row.action.plan_id: row.action.plan for row in found}
    told = []
    for plan in families.values():
        family = chains(plan, on, found)
        mine = {
            (PROGRAMME, programme.pk),
            *((STEP, step.pk) for step in programme.milestones.all()),
        }
        by_key = {action_key(row.action): row for row in found}
        needs = [need for need in family.needs if need.on in mine]
        told += [
            Leaner(by_key[line.need.action], line, _in_turn(family, line.need.action))
            for line in lines(family, needs)
        ]
    return sorted(told, key=lambda each: (not each.is_open, each.line.need.needed_by or date.max))


def _in_turn(family: Chains, action) -> list[Thing]:
    """Open actions that wait for this one, and those that wait for them."""
    found, waiting = {}, [action]
    while waiting:
        for need in family.waiting_for(waiting.pop(0)):
            if need.action != action and need.action not in found and family.is_open(need):
                found[need.action] = family.things[need.action]
                waiting.append(need.action)
    return list(found.values())
