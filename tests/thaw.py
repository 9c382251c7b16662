"""Frozen reports of a test are taken away after it, which the database refuses as long as its triggers stand."""

from django.db import connection

from actionplan.models import BoardReport, ReportFile
from actionplan.unchangeable import keep_unchangeable

TRIGGERS = {
    "sqlite": ["no_update", "no_delete", "no_replace"],
    "postgresql": ["no_change", "no_truncate"],
}


def thaw():
    """Take off the triggers, delete every report, put the triggers back."""
    on = " ON {}" if connection.vendor == "postgresql" else ""
    tables = [ReportFile._meta.db_table, BoardReport._meta.db_table]
    with connection.cursor() as cursor:
        for table in tables:
            for name in TRIGGERS[connection.vendor]:
                cursor.execute(f"DROP TRIGGER {table}_{name}{on.format(table)}")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608, our own names
    keep_unchangeable()
