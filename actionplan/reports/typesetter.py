"""The process that sets papers, kept from one paper to the next."""

import json
import subprocess
import sys
from threading import Timer
from typing import IO, cast

from django.conf import settings

LONGEST = 60  # seconds; a month takes less than one


class NotSet(Exception):
    """The layout does not work with these facts, and says why."""


class Ended(NotSet):
    """The process ended before it was done."""


class Typesetter:
    """Asked by one thread at a time."""

    child: subprocess.Popen[bytes] | None = None

    def set(self, asked: bytes) -> list[bytes]:
        """What a line of JSON asks for: the PDF, or a PNG for each page. Where the process ended after the last one,
        a new one takes over."""
        if self.child:
            try:
                return self._ask(self.child, asked)
            except Ended:
                self.end()
        self.child = self._begin()
        return self._ask(self.child, asked)

    def end(self) -> None:
        if self.child:
            self.child.kill()
            self.child.communicate()
            self.child = None

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "actionplan.reports.typeset_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env={},
        )

    def _ask(self, child: subprocess.Popen[bytes], asked: bytes) -> list[bytes]:
        stdin, stdout = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
        limit = Timer(LONGEST, child.kill)
        limit.start()
        try:
            stdin.write(asked + b"\n")
            stdin.flush()
            head = json.loads(stdout.readline())
            files = [stdout.read(length) for length in head["lengths"]]
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise Ended from error
        finally:
            limit.cancel()
        if head["fault"]:
            raise NotSet(head["fault"])
        if [len(file) for file in files] != head["lengths"]:
            raise Ended
        return files
