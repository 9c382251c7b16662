"""Everything CI runs, each step whatever became of the one before: `make test`.

The last line says how many checks and tests passed, failed and were left out, and a sentence before it says
why any were left out. Leaving out is never silent, and a step that finds no test at all has failed.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
POSTGRES = [PYTHON, "-W", "ignore:XDG_RUNTIME_DIR", "-m", "tests.postgres"]
PYTEST = [PYTHON, "-m", "pytest", "--quiet", "--show-capture=no", "-p", "no:cacheprovider"]
BOTH_CORES = ["-n", "2", "--dist", "worksteal"]
LIVE_SETTINGS = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "plan.council.example",
}

CHECKS = {
    "Types": [PYTHON, "-m", "mypy"],  # the two long ones first, one on each core
    "Migrate from nothing": [*MANAGE, "migrate", "--verbosity", "0"],
    "Lint": [PYTHON, "-m", "ruff", "check", "--output-format", "concise"],
    "Format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise"],
    "Migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "Deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}
# Migrations are run from nothing by a step of their own and by the suite on PostgreSQL; the others make their tables
# from the models, which is quicker by a quarter of a minute for each of two workers.
FROM_MODELS = "--nomigrations"
SUITES = {
    "Tests on SQLite": [*PYTEST, *BOTH_CORES, FROM_MODELS, "-m", "not browser"],
    "Tests on PostgreSQL": [*POSTGRES, *PYTEST, *BOTH_CORES, "-m", "not browser"],
    "Browser tests on SQLite": [*PYTEST, *BOTH_CORES, FROM_MODELS, "-m", "browser"],
}


def main():
    """Run every step and return the exit code."""
    counts, left_out = Counter(passed=0, failed=0, skipped=0), Counter()
    install_chromium()
    with tempfile.TemporaryDirectory(prefix="havering-ofsted-results-") as folder:

        def check(name):
            database = {"DATABASE_URL": f"sqlite:///{folder}/{name.replace(' ', '-')}.sqlite3"}
            return run_quietly(name, CHECKS[name], LIVE_SETTINGS | database)

        with ThreadPoolExecutor(2) as cores:
            counts.update("failed" if code else "passed" for code in cores.map(check, CHECKS))
        for number, (name, command) in enumerate(SUITES.items()):
            results = Path(folder) / f"{number}.xml"
            code = run(name, [*command, f"--junit-xml={results}"], {"DATABASE_URL": ""})
            found = read(results, left_out)
            if code and not found["failed"]:
                print(f"{name}: stopped with exit code {code}; that counts as one failure.")
                found["failed"] = 1
            counts.update(found)
    print()
    for reason, number in left_out.items():
        print(f"Left out: {number} {'test' if number == 1 else 'tests'}, because: {reason}.")
    if not left_out:
        print("Nothing was left out.")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)
    return 1 if counts["failed"] else 0


def run(name, command, settings):
    """Run a step before the reader’s eyes and return its exit code."""
    print(f"\n== {name}", flush=True)
    start = time.monotonic()
    code = subprocess.call(command, env=surroundings(settings))
    print(last_line(name, code, start), flush=True)
    return code


def run_quietly(name, command, settings):
    """Run a step beside others, and say all that it said when it has ended."""
    start = time.monotonic()
    ended = subprocess.run(
        command, env=surroundings(settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(f"\n== {name}\n{ended.stdout}{last_line(name, ended.returncode, start)}", flush=True)
    return ended.returncode


def surroundings(settings):
    return {key: value for key, value in (os.environ | settings).items() if value}


def last_line(name, code, start):
    return f"== {name}: {'failed' if code else 'passed'} in {time.monotonic() - start:.0f} s"


def read(results, left_out):
    """Count the outcomes in pytest's own report, and note why tests were left out."""
    found = Counter(passed=0, failed=0, skipped=0)
    if not results.exists():
        return found
    for case in ElementTree.parse(results).iter("testcase"):  # noqa: S314, written by our own pytest
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            found["failed"] += 1
        elif skipped is not None:
            found["skipped"] += 1
            left_out[skipped.get("message", "no reason given").rstrip(".")] += 1
        else:
            found["passed"] += 1
    return found


def install_chromium():
    """Fetch Chromium through apt-get where it is missing and that is allowed.

    Its headless shell comes first: it shows the same pages for half the work of the whole browser.
    """
    if os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell"):
        return
    outcome = f"the browser tests will {'take longer' if shutil.which('chromium') else 'be left out'}"
    if not shutil.which("apt-get"):
        print(f"Chromium’s headless shell is missing and this machine has no apt-get: {outcome}.")
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and (not shutil.which("sudo") or subprocess.call([*root, "true"], stderr=subprocess.DEVNULL)):
        print(f"Chromium’s headless shell is missing and may not be installed here: {outcome}.")
        return
    print("== Installing Chromium", flush=True)
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    install = [*quiet, "install", "--no-install-recommends"]
    subprocess.call([*quiet, "update"], stdout=subprocess.DEVNULL)
    packages = ("chromium-headless-shell", "chromium")
    if all(subprocess.call([*install, each], stdout=subprocess.DEVNULL) for each in packages):
        print(f"apt-get could not install Chromium: {outcome}.")


if __name__ == "__main__":
    sys.exit(main())
