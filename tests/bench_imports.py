"""How long the pages of an import take for the largest file there may be: `python -m tests.bench_imports`.

200,000 rows of 10 columns go through the real pages of a server with one worker, from the upload to the last
confirmation: nearly every row is a new figure, which no council has, so these are the longest times there are.
gunicorn’s threads are not stopped at its timeout; a proxy in front of it may be less patient.
"""

import tempfile
from itertools import islice, product
from pathlib import Path
from threading import Event, Thread

from tests import bench
from tests.imports.made_files import workbook_of
from tests.imports.visitor import Visitor

ROWS = 199_999  # and the headings
GOAL = 60  # seconds that proxies wait for an answer
INDICATORS = ["assess-45", "icpc-15", "rhi-72", "cl-contact", "pathway-good", "iha-28", "rha", "supervision"]
INDICATORS += ["eh-timely", "mash-24"]
AREAS = ["bexley", "bury", "england", "essex", "kent", "lancashire", "london", "medway", "milton-keynes"]
AREAS += ["outer-london", "southend-on-sea", "swindon", "thurrock", "west-northamptonshire", "west-sussex"]
MONTHS = [f"{year}-{month:02}" for year in range(1900, 2017) for month in range(1, 13)]
HEADINGS = ["Indicator", "Area", "Period", "Value", *(f"Other {number}" for number in range(6))]
FILE = {"new_source": "Bench", "status": "validated"} | {
    f"known_from_{part}": value for part, value in [("day", 27), ("month", 6), ("year", 2017)]
}
COLUMNS = {f"role_{place}": "ignore" for place in range(10)} | {
    "role_0": "indicator",
    "role_1": "area",
    "role_2": "period",
    "role_3": "value",
}


def table(rows=ROWS):
    everything = product(MONTHS, AREAS, INDICATORS)
    for number, (month, area, indicator) in enumerate(islice(everything, rows)):
        yield [indicator, area, month, number % 1000 / 10, *(["x"] * 6)]


def as_text(rows=ROWS):
    return "\n".join(",".join(map(str, row)) for row in [HEADINGS, *table(rows)]).encode()


def as_workbook(rows=ROWS):
    return workbook_of([HEADINGS, *table(rows)], constant_memory=True)


def pages(server, name, content):
    """The seconds of each page on the way, and the worker’s growth in megabytes."""
    visitor = Visitor(server.connection.port, server.team)
    worker = server.process.children()[0]
    before = worker.memory_info().rss
    times = {}
    with peak_of(worker) as peak:
        visitor.get("/kpis/import/")
        answer = _go(times, "upload", visitor.upload("/kpis/import/", name, content, FILE))
        address = answer.location
        _go(times, "columns shown", visitor.get(address))
        place = {"sheet": Path(name).stem if name.endswith("csv") else "Sheet1", "first": 1, "last": 1}
        answer = _go(times, "columns said", visitor.post(address, COLUMNS | place))
        answer = _go(times, "names", visitor.get(answer.location))
        check = answer.location or address + "check/"
        shown = _go(times, "check", visitor.get(check))
        seen = shown.text.split('name="seen" value="')[1].split('"')[0]
        said = {"seen": seen, "reason": "Measured", "right": "on", "answer": "Measured"}
        answer = _go(times, "taken", visitor.post(check, said))
        if not answer.location:
            raise SystemExit(f"Nothing was taken: {answer.text[:3000]}")
        visitor.get(answer.location)
    return times, (peak[0] - before) / 1e6


class peak_of:  # noqa: N801  a context manager
    """The largest memory of a process while something goes on."""

    def __init__(self, process):
        self.process, self.over, self.peak = process, Event(), [0]

    def __enter__(self):
        self.thread = Thread(target=self._watch)
        self.thread.start()
        return self.peak

    def _watch(self):
        while not self.over.wait(0.05):
            self.peak[0] = max(self.peak[0], self.process.memory_info().rss)

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def _go(times, page, answer):
    if answer.status >= 400:
        raise SystemExit(f"{page} answered {answer.status}: {answer.text[:2000]}")
    times[page] = answer.seconds
    return answer


def main():
    for name, content in [("figures.csv", as_text()), ("figures.xlsx", as_workbook())]:
        with tempfile.TemporaryDirectory() as folder, bench.serving(Path(folder), "small") as server:
            times, growth = pages(server, name, content)
        print(
            f"{name}, {ROWS:,} rows of 10 columns, {len(content) / 1e6:.1f} MB; worker grew by {growth:.0f} MB"
        )
        for page, seconds in times.items():
            print(f"  {page:20}{seconds:6.1f} s{f'<= {GOAL}':>10}")


if __name__ == "__main__":
    main()
