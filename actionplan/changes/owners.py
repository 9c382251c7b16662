"""Actions pass from one accountable post to another."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from actionplan.models import Action, Post


@transaction.atomic
def hand_over(*, versions: Mapping[int, int], to: Post, by: Any) -> list[Action]:
    """Make `to` the owner of the actions with these keys, each with the version it was read with.

    Returns those that changed hands. Raises StaleEdit, and changes none, when somebody else has changed one since.
    """
    handed = []
    for pk in sorted(
        versions
    ):  # one order for everybody, so that two at once wait for each other instead of blocking
        action = Action.objects.claim(pk, versions[pk])
        if action.owner_id == to.pk:
            continue
        action.owner = to
        action._change_reason, action._history_user = "Handed over to another post", by
        action.save(update_fields=["owner", "version"])
        handed.append(action)
    return handed
