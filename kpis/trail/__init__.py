"""Who changed what, and when, in people’s words.

Read from the history tables, which are evidence: nothing else is worked out from them. `kinds` says what is told of
each model, `reading` finds and pairs the rows, `words` puts them into words. The plan brings kinds of its own.
"""

from .kinds import Branch, Kind, branches
from .reading import SYSTEM, Asked, Trail, events, trail
from .words import Change, Event

__all__ = ["SYSTEM", "Asked", "Branch", "Change", "Event", "Kind", "Trail", "branches", "events", "trail"]
