"""Who may write figures. The names of the groups stand here because the ground floor needs one of them too."""

from typing import Any

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


def can_enter_figures(user: User) -> bool:
    """The improvement team enters and imports figures and records what the Board agreed about them."""
    return in_group(user, IMPROVEMENT_TEAM)
