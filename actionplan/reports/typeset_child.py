"""The process that sets papers. It reads what typesetter.py asks, a line of JSON each, and answers with the PDF.

Typst remembers what it has laid out, so a paper of which little has changed takes half the time. It would remember
70 MB for each paper, and so forgets what the last ones did not need; where that is not enough, or nobody asks for long,
the process ends. It knows nothing of Django, of the database or of any secret, and reads no file but layouts and fonts.
"""

import json
import resource
import signal
import sys
from functools import cache
from typing import Any

import typst

IDLE = 300  # seconds
LARGEST = 300 * 1024  # kilobytes
FORGET = 5  # typst forgets what ten papers did not need; with so many empty ones after each, it is two


def main() -> None:
    begun = _memory()
    while _memory() - begun < LARGEST:
        signal.alarm(IDLE)
        line = sys.stdin.buffer.readline()
        signal.alarm(0)
        if not line:
            return
        _answer(*_set(**json.loads(line)))
        for _ in range(FORGET):
            typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)


def _memory() -> int:
    """The most it ever had, in kilobytes; at its beginning, that of the process which began it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _set(paper: str, font_folders: list[str], **how: Any) -> tuple[str, list[bytes]]:
    """What is wrong with the paper, or its files."""
    try:
        made = typst.compile(
            paper.encode(), font_paths=_fonts(*font_folders), ignore_system_fonts=True, **how
        )
    except typst.TypstError as error:
        return str(error), []
    return "", made if isinstance(made, list) else [made]


@cache
def _fonts(*folders: str) -> Any:  # mypy makes too much of how typst says that it takes them
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def _answer(fault: str, files: list[bytes]) -> None:
    """A line that says how many bytes each file has, or why there are none, and the files."""
    head = json.dumps({"fault": fault, "lengths": [len(file) for file in files]})
    sys.stdout.buffer.write(b"".join([head.encode(), b"\n", *files]))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
