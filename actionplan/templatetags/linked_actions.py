"""The plan's part of an indicator's page.

kpis stands below the plan and may not import it, so its view hands over no actions. Templates belong to the whole site:
the page itself asks the plan for them here.
"""

from dataclasses import dataclass
from datetime import date

from django import template

from actionplan.models import Action
from actionplan.standing import Standing, standings
from kpis.periods import today

register = template.Library()


@dataclass(frozen=True)
class LinkedAction:
    ref: str
    title: str
    url: str
    owner: str
    due_on: date
    is_sample: bool
    standing: Standing


@register.simple_tag
def actions_that_should_move(indicator):
    """The actions that name an indicator, in the plan's order, as they stand today. Four queries, however many."""
    actions = list(Action.objects.filter(indicators=indicator).select_related("plan", "owner").in_order())
    now = standings(actions, today()) if actions else {}
    return [
        LinkedAction(
            ref=action.ref,
            title=action.title,
            url=action.get_absolute_url(),
            owner=action.owner.title,
            due_on=action.due_on,
            is_sample=action.is_sample,
            standing=now[action.pk],
        )
        for action in actions
    ]
