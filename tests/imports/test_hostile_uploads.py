"""Files that are broken, lie or mean harm, through the page that everybody uses: a sentence, in time, and no trace."""

import os
import re
import resource
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urlsplit

import psutil
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from kpis.imports.limits import TOO_BIG
from kpis.models import Benchmark, Measurement, Upload
from tests.bench import free_port, wait_for
from tests.forms import assert_error_summary

from .corpus import BAD
from .importing import FILE, IMPORT, post_file
from .visitor import Visitor

MEGABYTE = 1024**2
SOAK = bool(os.environ.get("SOAK"))
UPLOADED = [name for name, made in BAD.items() if not made.sheet]
# What fills the memory or takes its time, where all of them would take too long.
WORST = [
    "10 MB of commas",
    "10 MB of quotation marks",
    "unpacks to 300 MB",
    "size in its directory is a lie",
    "last cell of all",
    "too many cells in a workbook",
    "whole sheet merged a thousand times",
    "billion laughs",
    "long text in 100,000 cells",
    "opendocument row a million times",
    "opendocument merged without end",
    "opendocument unpacks to 300 MB",
]
# That each file has its sentence is asked without a page, in test_files.py: here, each sentence has its place on it.
ONE_OF_EACH = sorted({*WORST, *{BAD[name].expected: name for name in UPLOADED}.values()})
LIMIT, GROWTH = 512, 200
SECONDS = 5 if SOAK else 30  # a machine that runs the whole suite at once answers late


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """The folder for temporary files, empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def nothing_is_kept():
    return not (Upload.objects.exists() or Measurement.objects.exists() or Benchmark.objects.exists())


def test_there_are_enough_of_them():
    assert len(UPLOADED) >= 60
    assert set(WORST) <= set(UPLOADED)


@pytest.mark.soak
@pytest.mark.once
@pytest.mark.parametrize("name", UPLOADED if SOAK else ONE_OF_EACH)
def test_bad_file_is_refused_at_its_box(team, disk, name):
    made = BAD[name]
    content = made.content
    began = monotonic()

    response = post_file(team, made.name, content)

    assert monotonic() - began < SECONDS
    assert_error_summary(response, made.expected)
    assert nothing_is_kept()
    assert list(disk.iterdir()) == []


def test_request_that_is_too_large_is_read_and_thrown_away(team, disk):
    began = monotonic()

    response = post_file(team, "figures.csv", b"1,2\n" * (4 * MEGABYTE))

    assert monotonic() - began < SECONDS
    assert_error_summary(response, TOO_BIG)
    assert nothing_is_kept()
    assert list(disk.iterdir()) == []


def test_ten_megabytes_are_not_too_large(team, disk):
    content = b"Indicator,Period,Value\n" + b"seen,May 2017,70,%s\n" % (b"x" * 100) * 80_000

    response = post_file(team, "figures.csv", content)

    assert 9 * MEGABYTE < len(content) < 10 * MEGABYTE
    assert response.status_code == 302
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        *("../../../etc/passwd.csv", "..\\..\\x.csv", "a\r\nSet-Cookie: a=b.csv"),
        *("<script>.csv", "\u202evsc.csv", ".csv", " "),
    ],
)  # fmt: skip
def test_name_of_a_file_leads_nowhere(team, disk, name):
    response = post_file(team, name, b"Indicator,Period,Value\nseen,May 2017,70\n")

    assert response.status_code in (200, 302)
    for upload in Upload.objects.all():
        assert not re.search(r"[/\\\r\n\0]", upload.file_name)
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("part", ["new_source", "status", "known_from_year", "source"])
@pytest.mark.parametrize("nasty", ["\0", "x" * 100_000, "²", "9" * 31, "[]", "\u202e"])
def test_anything_beside_the_file_is_answered(team, part, nasty):
    file = SimpleUploadedFile("figures.csv", b"Indicator,Period,Value\nseen,May 2017,70\n")

    response = team.post(IMPORT, FILE | {"file": file, part: nasty})

    assert response.status_code in (200, 302)


@pytest.mark.once
@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_worker_with_little_memory_stays_small(client, manager, tmp_path):
    """The real server, told by the system that it may have half a gigabyte: `make soak` sends it every file."""
    client.force_login(manager)
    session = client.cookies["sessionid"].value

    with one_worker(tmp_path) as (port, worker):
        visitor = Visitor(port, session)
        visitor.get(IMPORT)
        visitor.upload(
            IMPORT, "figures.csv", b"Indicator,Period,Value\n", FILE
        )  # everything is loaded by now
        before = worker.memory_info().rss
        answers = {}
        for name in UPLOADED if SOAK else WORST:
            made = BAD[name]
            answers[name] = visitor.upload(IMPORT, made.name, made.content, FILE)
            assert worker.is_running(), name
        growth = (worker.memory_info().rss - before) / MEGABYTE

    assert {name: answer.status for name, answer in answers.items() if answer.status != 200} == {}
    assert [name for name, answer in answers.items() if BAD[name].expected not in answer.text] == []
    assert {name: answer.seconds for name, answer in answers.items() if answer.seconds > SECONDS} == {}
    assert growth < GROWTH
    assert Measurement.objects.count() == 0
    assert [
        each.name for each in (tmp_path / "temporary").iterdir() if not each.name.startswith("wgunicorn")
    ] == []


@contextmanager
def one_worker(folder):
    """One gunicorn worker on the tests’ database, whose data may not grow beyond LIMIT; its port and its process."""
    (folder / "temporary").mkdir()
    port = free_port()
    name = str(connection.settings_dict["NAME"])
    database = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "havering_ofsted.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--threads", "4", "--no-control-socket", "--log-level", "warning"),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database}
        | {"TMPDIR": str(folder / "temporary")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (LIMIT * MEGABYTE, LIMIT * MEGABYTE)),
    )
    try:
        wait_for(port, "/healthz", process)
        (worker,) = psutil.Process(process.pid).children()
        yield port, worker
    finally:
        process.terminate()
        process.wait()
