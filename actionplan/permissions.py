"""Who may do what: predicates used by views and templates alike. A superuser passes none without being in its group."""

from actionplan.models import Action, ProgressUpdate
from kpis.permissions import (
    ADMINISTRATOR,
    ASSURER,
    BOARD_MEMBER,
    GROUPS,
    IMPROVEMENT_TEAM,
    OFFICER,
    User,
    in_group,
)

__all__ = [
    "ADMINISTRATOR",
    "ASSURER",
    "BOARD_MEMBER",
    "GROUPS",
    "IMPROVEMENT_TEAM",
    "OFFICER",
    "can_assure",
    "can_check",
    "can_update",
    "in_group",
]


def can_update(user: User, action: Action) -> bool:
    """The person who holds the owning post or a contributing post, or the improvement team. One query at most."""
    if not user.is_active:
        return False
    if action.owner.holder_id == user.pk or in_group(user, IMPROVEMENT_TEAM):
        return True
    return action.contributors.filter(holder=user).exists()


def can_check(user: User, update: ProgressUpdate) -> bool:
    """The improvement team accepts or returns, but nobody checks their own words or the action they own."""
    return (
        in_group(user, IMPROVEMENT_TEAM)
        and update.made_by_id != user.pk
        and update.action.owner.holder_id != user.pk
    )


def can_assure(user: User, action: Action) -> bool:
    return in_group(user, ASSURER) and action.owner.holder_id != user.pk
