"""What waits for what: circles, and why work is late. Pure: the facts of a day in, words out.

Nothing here calls itself, so that a chain may be as long as a plan. Every need is looked at once.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kpis.periods import day_words, days_words

SAID = 4  # links of a chain that are said one by one, before the last
BESIDE = 3  # other needs that are said after it

Key = tuple[str, int]  # its kind and its number
Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Thing:
    """What may be needed: an action, one of its milestones, a programme or one of its milestones. On a day."""

    key: Key
    name: str  # 13.2; ‘Grant agreement signed’ (Innovation Programme)
    title: str
    url: str
    is_open: bool
    due_on: date | None = None
    forecast_on: date | None = None  # when its owner expects it
    of: Key | None = None  # the action of a milestone: what that needs, the milestone needs

    @property
    def node(self) -> Key:
        return self.of or self.key

    def days_late(self, on: date) -> int:
        return max((on - self.due_on).days, 0) if self.is_open and self.due_on else 0


@dataclass(frozen=True)
class Need:
    """That an action needs a thing, by a day where one is agreed."""

    pk: int
    action: Key
    on: Key
    what: str = ""
    needed_by: date | None = None


@dataclass(frozen=True)
class Hold:
    """A need that holds its action up: by how many days, 0 where nobody can tell, and what is to be said of it."""

    need: Need
    thing: Thing
    said: str  # is 38 days late
    days: int

    @property
    def words(self) -> str:
        return f"{self.thing.name} {self.said}"


def circle(edges: Iterable[tuple[Node, Node]], action: Node, on: Node) -> list[Node]:
    """The circle that the need of `on` by `action` would close, from `action` back to it; empty when it closes none.

    Edges lead from an action to what it needs. The shortest way, in time that grows with their number.
    """
    needs = defaultdict(list)
    for needing, needed in edges:
        needs[needing].append(needed)
    came_from: dict[Node, Node | None] = {on: None}
    waiting = deque([on])
    while waiting and action not in came_from:
        here = waiting.popleft()
        for needed in needs[here]:
            if needed not in came_from:
                came_from[needed] = here
                waiting.append(needed)
    way: list[Node] = []
    step: Node | None = action if action in came_from else None
    while step is not None:
        way.append(step)
        step = came_from[step]
    return [action, *reversed(way)] if way else []


def circle_words(names: Sequence[str]) -> str:
    """4.2 needs 13.2, which needs 1.2, which needs 4.2. A long circle is cut in its middle."""
    first, *others = names
    if len(others) > 2 * SAID:
        left_out = len(others) - 2 * SAID
        others = [*others[:SAID], f"{left_out} others in turn", *others[-SAID:]]
    return f"{first} needs {', which needs '.join(others)}"


class Chains:
    """Everything that is needed in a plan and those beneath it, as it stood on a day."""

    def __init__(self, things: Mapping[Key, Thing], needs: Iterable[Need], on: date):
        self.things, self.on = things, on
        self.needs = sorted(needs, key=lambda need: (need.needed_by or date.max, need.pk))
        self._by_action: dict[Key, list[Need]] = defaultdict(list)
        for need in self.needs:
            self._by_action[need.action].append(need)
        self._held: dict[Key, list[Hold]] = {}
        for action in self._causes_first():
            holds = [hold for need in self._by_action[action] if (hold := self._hold(need))]
            self._held[action] = sorted(holds, key=lambda hold: (-hold.days, hold.need.pk))

    def of(self, action: Key) -> list[Need]:
        """What an action needs, soonest first."""
        return self._by_action.get(action, [])

    def waiting_for(self, action: Key) -> list[Need]:
        """The needs of others that an action or one of its milestones answers."""
        return [need for need in self.needs if self.things[need.on].node == action]

    def is_open(self, need: Need) -> bool:
        """The action is still being worked on, and does not have what it needs."""
        return self.things[need.action].is_open and self.things[need.on].is_open

    def holds(self, action: Key) -> list[Hold]:
        """What holds an action up, the worst first."""
        return self._held.get(action, [])

    def hold(self, need: Need) -> Hold | None:
        return next((hold for hold in self.holds(need.action) if hold.need == need), None)

    def explained(self, action: Key) -> list[Hold]:
        """Everything that holds the action up, and what holds that up, down to the first causes: each need once."""
        found, seen, waiting = [], {action}, deque([action])
        while waiting:
            for hold in self.holds(waiting.popleft()):
                found.append(hold)
                if hold.thing.node not in seen:
                    seen.add(hold.thing.node)
                    waiting.append(hold.thing.node)
        return found

    def because(self, action: Key) -> str:
        """4.2 is late because 13.2 is 38 days late, because ‘Grant agreement signed’ is 27 days late.

        Then what else holds up anything in that chain, up to a few. Empty for an action that nothing holds up.
        """
        chain = list(self._worst(action))
        if not chain:
            return ""
        needing = self.things[action]
        late = needing.days_late(self.on)
        start = f"{needing.name} {f'is {days_words(late)} late' if late else 'may be late'}"
        links = [hold.words for hold in chain]
        if len(links) > SAID + 1:
            links = [*links[:SAID], f"of {len(links) - SAID - 1} more in turn, down to this: {links[-1]}"]
        others = [hold for hold in self.explained(action) if hold not in chain]
        sentences = [f"{start} because {', because '.join(links)}"]
        sentences += [
            f"{self.things[each.need.action].name} also needs {each.thing.name}, which {each.said}"
            for each in others[:BESIDE]
        ]
        if others[BESIDE:]:
            more = len(others) - BESIDE
            sentences.append(f"{more} more {'need is' if more == 1 else 'needs are'} late in the same way")
        return f"{'. '.join(sentences)}."

    def _worst(self, action: Key) -> Iterator[Hold]:
        """From the action to the first cause, at each step along the worst need."""
        seen = {action}
        while holds := self.holds(action):
            yield holds[0]
            action = holds[0].thing.node
            if action in seen:
                return
            seen.add(action)

    def _hold(self, need: Need) -> Hold | None:
        action, thing = self.things[need.action], self.things[need.on]
        if not self.is_open(need):
            return None
        if late := thing.days_late(self.on):
            return Hold(need, thing, f"is {days_words(late)} late", late)
        is_forecast = thing.forecast_on is not None and thing.forecast_on >= self.on
        expected = thing.forecast_on if is_forecast else thing.due_on
        wanted = need.needed_by or action.due_on
        if expected and wanted and expected > wanted:
            too_late = (expected - wanted).days
            said = "is expected on" if is_forecast else "is due"
            return Hold(
                need, thing, f"{said} {day_words(expected)}, {days_words(too_late)} too late", too_late
            )
        if expected is None and need.needed_by and need.needed_by < self.on:
            missed = (self.on - need.needed_by).days
            return Hold(need, thing, f"was needed by {day_words(need.needed_by)}", missed)
        return Hold(need, thing, "may be late", 0) if self.holds(thing.node) else None

    def _causes_first(self) -> list[Key]:
        """The actions that need something, each after those that it needs. A circle, if there were one, is cut."""
        order, begun = [], set()
        for start in sorted(self._by_action):
            waiting = [(start, False)]
            while waiting:
                action, is_done = waiting.pop()
                if is_done:
                    order.append(action)
                elif action not in begun:
                    begun.add(action)
                    waiting.append((action, True))
                    waiting.extend(
                        (self.things[need.on].node, False)
                        for need in reversed(self._by_action.get(action, []))
                    )
        return [action for action in order if action in self._by_action]
