"""Who may do what: predicates used by views and templates alike. A superuser passes none without being in its group."""

from typing import Any

from actionplan.models import Action, ProgressUpdate

User = Any  # the roof's user: naming its class here would turn the imports around

OFFICER = "Officer"
IMPROVEMENT_TEAM = "Improvement team"
BOARD_MEMBER = "Board member"
ASSURER = "Assurer"
ADMINISTRATOR = "Administrator"
GROUPS = [OFFICER, IMPROVEMENT_TEAM, BOARD_MEMBER, ASSURER, ADMINISTRATOR]


def in_group(user: User, name: str) -> bool:
    """Whether an active user is in a group. The names are read once for each request's user object."""
    if not user.is_active:
        return False
    names = getattr(user, "_group_names", None)
    if names is None:
        names = user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return name in names


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
