"""One measurement for tests/bench_reports.py in a process of its own: `python -m tests.bench_freezing WHAT ...`.

It prints JSON: nothing of interest for `sample`, seconds cold and warm for `file KIND`, megabytes for `grow TIMES`,
seconds for `freeze ACTIONS`.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import date
from functools import partial
from statistics import median

import django
import psutil

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench_settings"
django.setup()

from django.core.management import call_command  # noqa: E402

from actionplan.enums import FileKind  # noqa: E402
from actionplan.models import ActionPlan, Post, ReportingMonth, Service  # noqa: E402
from actionplan.reports import freezing  # noqa: E402
from actionplan.reports.document import month_document  # noqa: E402
from actionplan.reports.facts import Stamp  # noqa: E402
from actionplan.reports.files import render, render_all  # noqa: E402
from actionplan.reports.gathered import gather  # noqa: E402
from havering_ofsted.models import User  # noqa: E402
from tests import bench_data  # noqa: E402
from tests.test_one_instant import Everything  # noqa: E402

WARM_UP = 10  # renders after which memory has settled


def sample():
    for command in ("migrate", "load_reference", "load_sample"):
        call_command(command, verbosity=0, stdout=sys.stderr)


def file(kind):
    document = june()
    taken = [seconds(partial(render, each, FileKind(kind))) for each in with_other_words(document, 6)]
    return taken[0], median(taken[1:])


def grow(times):
    for number, document in enumerate(with_other_words(june(), int(times) + WARM_UP)):
        if number == WARM_UP:
            before = memory()
        for kind in (FileKind.PDF, FileKind.DOCX, FileKind.XLSX):
            render(document, kind)
    return memory() - before


def memory():
    """Megabytes of this process and of that which sets its papers."""
    process = psutil.Process()
    return sum(each.memory_info().rss for each in (process, *process.children(recursive=True))) / 1e6


def freeze(actions):
    """A new plan of so many actions with ten updates each, frozen with every kind of file in a worker that has made
    another plan's before: it has its addresses, templates and engines, but no chart of this plan."""
    render_all(june())
    people = {"post": list(Post.objects.all()), "service": list(Service.objects.all())}
    plan = bench_data.another_plan(people)
    bench_data.top_up(plan, people, actions=int(actions))
    month = ReportingMonth.objects.get(plan=plan, month=date(2017, 6, 1))
    team = User.objects.get(email="manager@havering.example")
    facts = {"month": month, "version": month.version, "accepted": Everything(), "by": team}
    return seconds(partial(freezing.freeze, **facts))


def june():
    plan = ActionPlan.objects.get(slug="ofsted-2016")
    month = ReportingMonth.objects.get(plan=plan, month=date(2017, 6, 1))
    return month_document(gather(plan, month, date(2017, 6, 27)), Stamp())


def with_other_words(document, times):
    """Each time a headline, what one action is for, and what is said of one indicator are others."""
    report, annexes = document.report, document.annexes
    for number in range(times):
        action, *actions = annexes.actions
        line, *lines = report.indicators
        yield replace(
            document,
            report=replace(
                report,
                headline=f"Headline number {number}.",
                indicators=(replace(line, so_what=f"So what {number}."), *lines),
            ),
            annexes=replace(annexes, actions=(replace(action, outcome=f"Outcome {number}."), *actions)),
        )


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    print(json.dumps({"sample": sample, "file": file, "grow": grow, "freeze": freeze}[what](*more)))
