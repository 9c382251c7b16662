"""How long a page of charts takes, when nothing is drawn yet and when all of it is: `python -m tests.bench_charts`.

Every measurement is a process of its own with a cache on disk, as a worker has it.
"""

import json
import os
import subprocess
import sys
import tempfile

MEASURE = """
import json, time
import django
django.setup()
from kpis.charts.drawing import svgs
from kpis.charts import engine
from tests.charted import aims, made_facts
charts = [
    made_facts([(each * 7 + month * 5) % 40 + 40 for month in range(26)], name=f"Chart {each}", target=aims()[-1],
               trajectory=aims())
    for each in range(COUNT)
]
if STARTED:
    engine.draw(made_facts([]), 1000, "chart")
start = time.perf_counter()
svgs(charts)
print(json.dumps(time.perf_counter() - start))
"""


def seconds_cold(count=30, *, started=False):
    """Until `count` charts are drawn that nobody drew before; with the engine `started`, or started on the way."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(folder, count, started)


def seconds_warm(count=30):
    """Until `count` charts are found drawn, by a process that has never drawn."""
    with tempfile.TemporaryDirectory() as folder:
        _measured(folder, count)
        return _measured(folder, count)


def _measured(folder, count, started=False):
    found = subprocess.run(
        [sys.executable, "-c", MEASURE.replace("COUNT", str(count)).replace("STARTED", str(started))],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "havering_ofsted.settings",
            "SECRET_KEY": "made-up-to-measure-0123456789-abcdefghijklmnopqrstuvwxyz",
            "CHART_CACHE_URL": f"filecache://{folder}/charts",
        },
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(found.stdout)


if __name__ == "__main__":
    print(f"30 charts, nothing drawn:        {seconds_cold():7.2f} s (goal 2 s)")
    print(f"30 charts, with engine started:  {seconds_cold(started=True):7.2f} s")
    print(f"30 charts, all drawn:            {seconds_warm() * 1000:7.1f} ms (goal 50 ms)")
