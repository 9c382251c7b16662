"""What is done about an indicator.

kpis stands below the plan and imports nothing of it: `settings.KPIS_LINKED_ACTIONS` names the function that knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from kpis.models import Indicator


@dataclass(frozen=True)
class Step:
    """Something done for an indicator: a milestone completed or a whole action delivered."""

    on: date
    words: str
    url: str
    is_whole: bool  # the action itself, not one of its milestones


@dataclass(frozen=True)
class LinkedAction:
    """An action that should move an indicator, as it stood on a day. `steps` are what was done by then, in order."""

    ref: str
    title: str
    url: str
    owner: str
    service: str
    recommendation: int
    recommendation_title: str
    due_on: date
    state: str
    rag: str
    impact: str
    is_open: bool
    is_sample: bool
    steps: tuple[Step, ...]


def linked_actions(indicators: Iterable[Indicator], on: date) -> dict[int, tuple[LinkedAction, ...]]:
    """The actions that name each indicator, in the plan’s order, by the indicator’s key; empty for none.

    A constant number of queries, whatever the number of indicators and actions.
    """
    return import_string(settings.KPIS_LINKED_ACTIONS)(indicators, on)
