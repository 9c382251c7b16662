"""How long the files of a month take, and to freeze 1,000 actions: `python -m tests.bench_reports`.

The month is June of the sample plan. Cold is the first file of a process, warm one of other words after it: the same
words again are not set a second time. Memory is that of the process which writes the files.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile

COLD = {"pdf": 1.5, "docx": 1, "xlsx": 1, "html": None}  # goals in seconds
WARM = {"pdf": 0.3, "docx": 1, "xlsx": 1, "html": None}  # with the charts drawn
FREEZE, MEMORY = 5, 50
ACTIONS, RENDERS = 1_000, 200


def figures():
    """Name, figure and goal of each line; every figure comes from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="havering-ofsted-bench-") as folder:
        settings = os.environ | {
            "BENCH_STATIC_ROOT": f"{folder}/static",
            "DATABASE_URL": f"sqlite:///{folder}/reports.sqlite3",
            "CHART_CACHE_URL": f"filecache://{folder}/charts",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DEBUG": "0",
            "DEMO": "1",
            "OFSTED_TODAY": "2017-06-27",
        }

        def measured(*what):
            command = [sys.executable, "-m", "tests.bench_freezing", *map(str, what)]
            return json.loads(
                subprocess.run(command, env=settings, stdout=subprocess.PIPE, check=True).stdout
            )

        measured("sample")
        for kind, goal in COLD.items():
            cold, warm = measured("file", kind)
            yield f"{kind.upper()} of a month, cold, s", f"{cold:.2f}", goal
            yield f"{kind.upper()} of a month, warm, s", f"{warm:.2f}", WARM[kind]
        yield f"memory after {RENDERS} x PDF, DOCX, XLSX, MB", f"{measured('grow', RENDERS):.1f}", MEMORY
        yield f"{ACTIONS:,} actions frozen, s", f"{measured('freeze', ACTIONS):.1f}", FREEZE


def main():
    for name, figure, goal in figures():
        print(f"{name:40}{figure:>8}{f'<= {goal}' if goal else '':>10}", flush=True)


if __name__ == "__main__":
    main()
