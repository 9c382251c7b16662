"""Frozen reports never change: the database itself refuses, whoever asks and by whatever program.

Triggers are put in place after every migration, because SQLite forgets them when a migration makes a table anew.
On PostgreSQL the owner of a table may take its triggers off: run the application as another role (docs/deploy.md).
"""

from typing import Any

from django.db import connections

from actionplan.models import BoardReport, ReportFile

WORDS = "A frozen report never changes"
# What tells a row from all others: SQLite's REPLACE deletes it without firing a trigger for that.
UNIQUE = {BoardReport: [("plan_id", "month_id", "version")], ReportFile: [("report_id", "kind")]}


def keep_unchangeable(using: str = "default", **kwargs: Any) -> None:
    """Put every trigger in place that is not there yet, in the database called `using`."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for table, statement in statements:
            if table in tables:
                cursor.execute(statement)


def _sqlite() -> list[tuple[str, str]]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    found = []
    for model, keys in UNIQUE.items():
        table = model._meta.db_table
        same = " OR ".join(
            "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in [("id",), *keys]
        )
        found += [
            (table, f"CREATE TRIGGER IF NOT EXISTS {table}_{what} BEFORE {event} {refuse}")
            for what, event in [
                ("no_update", f"UPDATE ON {table}"),
                ("no_delete", f"DELETE ON {table}"),
                (
                    "no_replace",
                    f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608, our own names
                ),
            ]
        ]
    return found


def _postgresql() -> list[tuple[str, str]]:
    """An empty table may be truncated: nothing is lost."""
    raised = f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'"
    found = []
    for model in UNIQUE:
        table = model._meta.db_table
        found += [
            (
                table,
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF TG_OP = 'TRUNCATE' AND NOT EXISTS (TABLE {table}) THEN RETURN NULL; END IF; "
                f"{raised}; END $$",
            ),
            (
                table,
                f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            ),
            (
                table,
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
            ),
        ]
    return found
