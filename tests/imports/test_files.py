"""Every good file gives its rows, every bad one its sentence, and none of them harms the process that asked."""

import random
import tempfile
from contextlib import suppress
from itertools import islice
from time import monotonic

import psutil
import pytest

from kpis.imports import files

from .corpus import BAD, GOOD
from .made_files import published


@pytest.mark.parametrize("name", GOOD)
def test_good_file_gives_its_rows(name):
    made = GOOD[name]

    assert list(files.rows(made.content, made.name, made.sheet)) == made.expected


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_a_sentence(name):
    made = BAD[name]
    content = made.content
    began = monotonic()

    with pytest.raises(files.Refused) as refused:
        list(files.rows(content, made.name, made.sheet))

    assert str(refused.value) == made.expected
    assert monotonic() - began < 5


def test_published_file_of_the_department_gives_all_its_rows():
    rows = list(files.rows(published("lait_havering_rows_as_published.csv"), "lait.csv"))

    assert len(rows) == 1397
    assert rows[17] == (
        18,
        ["PrevRegCPR", None, "2022", "Havering", "22.5", "311.0", "Outer London"],
    )


def test_sheets_are_listed_with_the_hidden_ones():
    made = GOOD["first sheet that is seen and filled"]

    assert files.sheets(made.content, made.name) == [
        files.SheetInfo("Lists", 1, 1, is_hidden=True),
        files.SheetInfo("Cover", 0, 0, is_hidden=False),
        files.SheetInfo("Q1 & “Q2”", 1, 1, is_hidden=False),
        files.SheetInfo("Last", 1, 1, is_hidden=False),
    ]


def test_sheets_of_an_opendocument_spreadsheet_are_listed():
    made = GOOD["opendocument hidden sheet"]

    assert files.sheets(made.content, made.name) == [
        files.SheetInfo("Lists", 1, 1, is_hidden=True),
        files.SheetInfo("Q1", 1, 1, is_hidden=False),
    ]


def test_text_file_is_one_sheet_of_its_own_name():
    assert files.sheets(b"\na,b\n1,2,3,,\n\n", "Q1 2017.csv") == [
        files.SheetInfo("Q1 2017", 3, 3, is_hidden=False)
    ]


@pytest.mark.parametrize("name", ["empty", "only blank rows", "only a chart", "only a hidden sheet", "pdf"])
def test_file_without_a_sheet_to_choose_is_refused(name):
    made = BAD[name]

    with pytest.raises(files.Refused) as refused:
        files.sheets(made.content, made.name)

    assert str(refused.value) == made.expected


def test_head_gives_the_first_filled_rows():
    assert files.head(b"a\n\nb\nc\nd\n", "x.csv", limit=3) == [(1, ["a"]), (3, ["b"]), (4, ["c"])]


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 0, "A1"), (7, 1, "B7"), (9, 25, "Z9"), (10, 26, "AA10"), (3, 999, "ALL3")]
)
def test_cell_name_is_that_of_the_spreadsheet(row, column, name):
    assert files.cell_name(row, column) == name


@pytest.fixture
def readers():
    """Lists the processes that read files; another one, which sets papers, may have been kept by a test before."""
    before = psutil.Process().children()
    return lambda: [each for each in psutil.Process().children() if each not in before]


def test_reading_that_nobody_finishes_ends_the_process(readers):
    rows = files.rows(b"1,2\n" * 150_000, "x.csv")
    next(rows)
    running = readers()

    rows.close()

    assert len(running) == 1
    assert readers() == []


def test_process_that_reads_is_told_nothing_of_ours(readers, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "kept from it")
    rows = files.rows(b"1,2\n" * 150_000, "x.csv")
    next(rows)

    environment = readers()[0].environ()

    rows.close()
    assert "SECRET_KEY" not in environment


def test_process_that_says_nothing_is_not_waited_for(readers, monkeypatch):
    monkeypatch.setattr(files, "MAX_SILENCE", 0.001)

    with pytest.raises(files.Refused, match="too large or too complicated"):
        files.head(b"1,2\n" * 150_000, "x.csv")

    assert readers() == []


@pytest.mark.parametrize(
    "made", [GOOD["merged cells"], GOOD["scorecard of Havering"], BAD["last cell of all"]]
)
def test_nothing_is_left_on_the_disk(made, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with suppress(files.Refused):
        list(files.rows(made.content, made.name))

    assert list(tmp_path.iterdir()) == []


def test_worker_does_not_grow_with_the_file():
    content = b"RHI72,Havering,2016,12.5\n" * 200_000
    ours = psutil.Process()
    before = ours.memory_info().rss
    grown = 0

    for number, _ in files.rows(content, "x.csv"):
        if number % 20_000 == 0:
            grown = max(grown, ours.memory_info().rss - before)

    assert number == 200_000
    assert grown < 20 * 1024**2


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", ["merged cells", "opendocument merged cells"])
def test_file_with_changed_bytes_is_read_or_refused(name, seed):
    made = GOOD[name]
    chance = random.Random(seed)  # noqa: S311 it only has to be the same each time
    content = bytearray(made.content)
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)

    rows = made.expected
    with suppress(files.Refused):
        rows = list(islice(files.rows(bytes(content), made.name), 10))

    assert rows == made.expected
