"""The process that sets papers: it is kept, it may end at any time, and what it set before changes no paper."""

import json
import os
import signal

import pytest

from actionplan.reports import typesetter, typesetting
from actionplan.reports.typesetter import Ended, NotSet, Typesetter


@pytest.fixture
def kept():
    kept = Typesetter()
    yield kept
    kept.end()


def asked(markup):
    paper = {
        "paper": f'#set document(title: "A paper")\n{markup}',
        "root": str(typesetting.LAYOUTS),
        "font_folders": [str(folder) for folder in typesetting.FOLDERS],
        "pdf_standards": ["ua-1"],
        "timestamp": 0,
    }
    return json.dumps(paper).encode()


def test_process_is_kept_from_paper_to_paper(kept):
    first = kept.set(asked("= June"))
    child = kept.child
    kept.set(asked("= July"))

    assert [file[:4] for file in first] == [b"%PDF"]
    assert kept.set(asked("= June")) == first
    assert kept.child is child


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGALRM])
def test_process_that_has_ended_is_begun_again(kept, end):
    first = kept.set(asked("= June"))
    child = kept.child
    os.kill(child.pid, end)
    child.wait()

    assert kept.set(asked("= June")) == first
    assert kept.child is not child


def test_wrong_layout_is_told_and_the_next_paper_is_set(kept):
    with pytest.raises(NotSet, match="unknown variable: june"):
        kept.set(asked("#june"))

    assert [file[:4] for file in kept.set(asked("= June"))] == [b"%PDF"]


def test_paper_that_takes_too_long_is_given_up(kept, monkeypatch):
    monkeypatch.setattr(typesetter, "LONGEST", 0.5)

    with pytest.raises(Ended):
        kept.set(asked("#let many = range(100000)\n#for i in many { for j in many {} }"))


def test_process_ends_with_the_one_that_asked(kept):
    kept.set(asked("= June"))

    kept.child.communicate(timeout=10)  # closes what it reads from, and waits

    assert kept.child.returncode == 0
    kept.child = None
