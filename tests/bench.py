"""Measure the pages as people meet them, over HTTP, beside the least that a page can cost: `make bench`.

Two servers run side by side, on 100 actions’ worth of data and on 100 times as much. Every request of a page stands
between two others in an interleaved round, so that a busy moment of the machine falls on all of them alike; the
figures are medians. Nothing here fails: the figures stand beside their goals, for people to read.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import psutil

from tests import bench_charts, bench_reports, bench_variation

ROUNDS, WARM_UP = 100, 10
TIMES = {"small": 1, "large": 100}
FLOOR_GOAL, FROZEN_GOAL, GROWTH_GOAL, START_GOAL, MEMORY_GOAL, CLONE_GOAL = 8, 3, 1.3, 3, 120, 180
FROZEN = "a frozen month"


@dataclass
class Server:
    rows: dict
    session: str  # a Board member’s
    team: str  # of the improvement team, which alone enters figures
    ref: str
    connection: HTTPConnection
    started_in: float
    process: psutil.Process

    def fetch(self, path):
        """Milliseconds until the whole page has arrived, on the connection that stays open."""
        start = time.perf_counter()
        session = self.team if path.startswith("/kpis/entry/") else self.session
        self.connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = self.connection.getresponse()
        page = response.read()
        taken = (time.perf_counter() - start) * 1000
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}: {page[:200]!r}")
        return taken

    def memory(self):
        """Megabytes of the worker."""
        return max(child.memory_info().rss for child in self.process.children()) / 1e6


def main():
    with tempfile.TemporaryDirectory(prefix="havering-ofsted-bench-") as folder:
        with serving(Path(folder), "small") as small, serving(Path(folder), "large") as large:
            report_pages(small, large)
            report_lists(small)
            report(f"{'server start, s':28}{small.started_in:8.1f}", START_GOAL)
            report(f"{'worker memory, MB':28}{small.memory():8.0f}", MEMORY_GOAL)
            report(f"{'the same, 100 x the data':28}{large.memory():8.0f}", MEMORY_GOAL)
        report(f"{'clone to first page, s':28}{clone_to_first_page(Path(folder)):8.0f}", CLONE_GOAL)
    report_figures()
    print()
    bench_reports.main()


def report_figures():
    """What the indicators cost that is not a page."""
    print()
    report(f"{'10,000 series analysed, s':28}{bench_variation.seconds_for_many():8.2f}", 2)
    report(f"{'30 charts, none drawn, s':28}{bench_charts.seconds_cold():8.2f}", 2)
    report(f"{'30 charts, all drawn, ms':28}{bench_charts.seconds_warm() * 1000:8.1f}", 50)


def report_pages(small, large):
    pages = {
        "plan grid, 100 actions": "/plans/ofsted-2016/",
        "action with 10 updates": f"/plans/ofsted-2016/actions/{small.ref}/",
        "monthly page": "/plans/ofsted-2016/reports/2017-06/",
        "history of the whole plan": "/plans/ofsted-2016/history/",
        "history of an action": f"/plans/ofsted-2016/actions/{small.ref}/history/",
    }
    print(f"small: {words(small.rows)}\nlarge: {words(large.rows)}\n")
    first = {path: small.fetch(path) for path in pages.values()}
    times = interleaved({"small": small, "large": large}, ["/floor", *pages.values()])
    floor = median(times["/floor"]["small"])
    print(
        f"{'':28}{'ms':>8}{'x floor':>10}{'goal':>8}{'large ms':>12}{'x small':>10}{'goal':>8}{'first ms':>12}"
    )
    print(f"{'floor: one indexed SELECT':28}{floor:8.2f}")
    for name, path in pages.items():
        here, there = median(times[path]["small"]), median(times[path]["large"])
        print(
            f"{name:28}{here:8.2f}{here / floor:10.1f}{f'<= {FLOOR_GOAL}':>8}"
            f"{there:12.2f}{there / here:10.2f}{f'<= {GROWTH_GOAL}':>8}{first[path]:12.1f}"
        )
    print("\nfirst: the worker’s first answer, before anything is cached")


def report_lists(small):
    """Pages that are as long as there are indicators, or actions for one of them: nobody has a hundred plans’."""
    pages = {
        "an indicator with its chart": "/kpis/rhi-72/",
        "indicators, 34 rows": "/kpis/",
        "indicators, 17 charts": "/kpis/charts/",
        "entry of a month": "/kpis/entry/2017-05/",
        "evidence of a plan": "/plans/ofsted-2016/evidence/",
        "programme": "/programmes/dfe-innovation/",
        "month of the plan beneath": "/plans/leaving-care-2016/reports/2017-06/",
        FROZEN: "/plans/ofsted-2016/reports/2017-05/",
        "archive of months": "/plans/ofsted-2016/reports/",
        "eight early measures": "/plans/ofsted-2016/early-measures/",
        "date changes": "/plans/ofsted-2016/dates/",
        "timeline of the plan": "/plans/ofsted-2016/timeline/",
    }
    first = {path: small.fetch(path) for path in pages.values()}
    times = interleaved({"small": small}, ["/floor", *pages.values()])
    floor = median(times["/floor"]["small"])
    print(f"\n{'':28}{'ms':>8}{'x floor':>10}{'goal':>8}{'first ms':>12}")
    for name, path in pages.items():
        here = median(times[path]["small"])
        goal = FROZEN_GOAL if name == FROZEN else FLOOR_GOAL
        print(f"{name:28}{here:8.2f}{here / floor:10.1f}{f'<= {goal}':>8}{first[path]:12.1f}")
    print()


def interleaved(servers, paths):
    """Every path on every server, in turn, round after round; the times of each after the rounds that warm up."""
    times = {path: {size: [] for size in servers} for path in paths}
    for number in range(WARM_UP + ROUNDS):
        for path in paths:
            for size, server in servers.items():
                taken = server.fetch(path)
                if number >= WARM_UP:
                    times[path][size].append(taken)
    return times


@contextmanager
def serving(folder, size):
    """One gunicorn worker on a new database with TIMES[size] the data."""
    port = free_port()
    settings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench_settings",
        "BENCH_STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": f"sqlite:///{folder / size}.sqlite3",
        "CHART_CACHE_URL": f"filecache://{folder / size}-charts",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "0",
        "DEMO": "1",
        "OFSTED_TODAY": "2017-06-27",
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench_data", str(TIMES[size])],
        env=settings,
        stdout=subprocess.PIPE,
        check=True,
    )
    gunicorn = [sys.executable, "-m", "gunicorn", "havering_ofsted.wsgi", "--bind", f"127.0.0.1:{port}"]
    start = time.monotonic()
    process = subprocess.Popen(
        [*gunicorn, "--threads", "4", "--keep-alive", "60", "--no-control-socket", "--log-level", "warning"],
        env=settings,
    )
    try:
        wait_for(port, "/healthz", process)
        yield Server(
            **json.loads(made.stdout),
            connection=HTTPConnection("127.0.0.1", port),
            started_in=time.monotonic() - start,
            process=psutil.Process(process.pid),
        )
    finally:
        process.terminate()
        process.wait()


def clone_to_first_page(folder):
    """Seconds from `git clone` to a sign-in page served by `make run`, with the packages in the clients’ caches."""
    port, clone = free_port(), folder / "clone"
    start = time.monotonic()
    subprocess.run([shutil.which("git"), "clone", "--quiet", ".", str(clone)], check=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    process = subprocess.Popen(
        [shutil.which("make"), "run", f"PORT={port}"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port, "/account/login/", process, seconds=600)
        return time.monotonic() - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(port, path, process, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"The server did not answer {path} within {seconds} s")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def report(line, goal):
    print(f"{line}{f'<= {goal}':>18}", flush=True)


def words(rows):
    return ", ".join(f"{number:,} {name}" for name, number in rows.items())


if __name__ == "__main__":
    main()
