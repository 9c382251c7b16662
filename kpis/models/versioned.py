from typing import Any

from django.db import models


class StaleEdit(Exception):
    """Somebody else saved `current` after the editor had loaded it; nothing was written."""

    def __init__(self, current):
        super().__init__(f"{current} was changed by somebody else")
        self.current = current


class VersionedQuerySet(models.QuerySet):
    def claim(self, pk, version):
        """Lock the row and return it with its version raised by one, not yet saved.

        Call inside a transaction. Raises StaleEdit when `version` is not the stored one: PostgreSQL needs the lock as
        well as the comparison, SQLite's immediate transactions are already alone.
        """
        current = self.select_for_update(of=("self",)).get(pk=pk)
        if current.version != version:
            raise StaleEdit(current)
        current.version += 1
        return current


class Versioned(models.Model):
    """A record that two people may edit at once. Its version rises with each accepted edit."""

    _history_user: Any  # whom django-simple-history names for a save
    skip_history_when_saving: bool  # once set to anything, it writes no row

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
