"""The ladder from delivered to embedded, by table: no database."""

from datetime import date

import pytest

from actionplan.assurance.ladder import (
    Check,
    Work,
    exit_tests,
    holding,
    latest_recheck,
    next_due,
    rechecks,
    source_words,
    stage_on,
    unmet,
)
from actionplan.enums import EvidenceSource, Finding, Stage

DATA, VOICE = EvidenceSource.DATA, EvidenceSource.VOICE
TODAY = date(2017, 6, 27)
SAID = Work(done="Nine of ten visits were made.", difference="Children know whom to call.")


def check(made_on, stage=Stage.FIRST, finding=Finding.ADEQUATE, recheck_due_on=None):
    return Check(stage, finding, date.fromisoformat(made_on), recheck_due_on)


FIRST = check("2017-01-10")
EARLY = check("2017-04-10", Stage.EARLY)
SIX = check("2017-08-01", Stage.SIX_MONTHS)
TWELVE = check("2018-02-01", Stage.TWELVE_MONTHS)


@pytest.mark.parametrize(
    ("held", "on", "stage"),
    [
        ([], "2017-06-27", Stage.FIRST),
        ([FIRST], "2017-01-10", Stage.EARLY),
        ([FIRST], "2017-07-09", Stage.EARLY),
        ([FIRST], "2017-07-10", Stage.SIX_MONTHS),
        ([FIRST], "2019-01-01", Stage.SIX_MONTHS),  # late is not twice
        ([FIRST, EARLY], "2017-07-10", Stage.SIX_MONTHS),  # an early check moves nothing
        ([FIRST, EARLY, SIX], "2018-01-31", Stage.EARLY),
        ([FIRST, EARLY, SIX], "2018-02-01", Stage.TWELVE_MONTHS),
        ([FIRST, SIX, TWELVE], "2018-02-02", Stage.TWELVE_MONTHS),  # embedded work stays so
        ([check("2017-08-31")], "2018-02-27", Stage.EARLY),
        ([check("2017-08-31")], "2018-02-28", Stage.SIX_MONTHS),
    ],
)
def test_which_check_it_is(held, on, stage):
    assert stage_on(held, date.fromisoformat(on)) == stage


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ([], None),
        ([FIRST], date(2017, 7, 10)),
        ([check("2017-01-10", recheck_due_on=date(2017, 3, 1))], date(2017, 3, 1)),
        ([check("2017-01-10", recheck_due_on=date(2018, 3, 1))], date(2017, 7, 10)),  # never later
        ([FIRST, EARLY], date(2017, 7, 10)),
        ([FIRST, SIX], date(2018, 2, 1)),
        ([check("2017-08-31")], date(2018, 2, 28)),
        ([FIRST, SIX, TWELVE], None),
        (
            [FIRST, SIX, check("2018-02-01", Stage.TWELVE_MONTHS, recheck_due_on=date(2019, 1, 1))],
            date(2019, 1, 1),
        ),
    ],
)
def test_when_the_next_check_is_due(held, due):
    assert next_due(held) == due


@pytest.mark.parametrize(
    ("held", "made", "latest"),
    [
        ([], check("2017-06-27"), date(2017, 12, 27)),
        ([FIRST], EARLY, date(2017, 7, 10)),
        ([FIRST], SIX, date(2018, 2, 1)),
        ([FIRST, SIX], TWELVE, None),
        ([FIRST], check("2017-06-27", Stage.EARLY, Finding.NOT_ADEQUATE), date(2017, 12, 27)),
    ],
)
def test_the_latest_day_of_the_check_after(held, made, latest):
    assert latest_recheck(held, made) == latest


FAILED = check("2017-05-02", Stage.EARLY, Finding.NOT_ADEQUATE)
WATCHED = check("2017-05-02", Stage.WATCH, Finding.NOT_ADEQUATE)
ANEW = check("2017-06-01")


@pytest.mark.parametrize(
    ("checks", "in_progress_on", "held"),
    [
        ([FIRST, EARLY], None, [FIRST, EARLY]),
        ([FIRST, EARLY], date(2017, 1, 9), [FIRST, EARLY]),
        ([FIRST], date(2017, 1, 10), []),  # of one day it cannot be told which came first
        ([FIRST, FAILED], None, []),
        ([FIRST, EARLY, FAILED, ANEW], None, [ANEW]),
        ([FIRST, WATCHED, ANEW], None, [ANEW]),
        ([FIRST, ANEW], date(2017, 3, 1), [ANEW]),
    ],
)
def test_which_checks_still_count(checks, in_progress_on, held):
    assert holding(checks, in_progress_on) == held


@pytest.mark.parametrize(
    ("change", "sources", "about", "words"),
    [
        ({"done": " "}, {DATA, VOICE}, "done", "The accepted update does not say what was done."),
        (
            {"difference": ""},
            {DATA, VOICE},
            "difference",
            "The accepted update does not say what difference it made.",
        ),
        (
            {"is_unchecked": True},
            {DATA, VOICE},
            "update",
            "The newest update waits to be checked by the improvement team.",
        ),
        (
            {"in_progress_on": TODAY},
            {DATA, VOICE},
            "update",
            "An update of today called it in progress. Check it from tomorrow.",
        ),
        ({"open_milestones": ("4.2.3",)}, {DATA, VOICE}, "milestones", "Milestone 4.2.3 is still open."),
        (
            {"open_milestones": ("4.2.1", "4.2.2", "4.2.3")},
            {DATA, VOICE},
            "milestones",
            "Milestones 4.2.1, 4.2.2 and 4.2.3 are still open.",
        ),
        ({}, {DATA}, "sources", "Evidence of impact from at least two sources: data only."),
        ({}, {}, "sources", "Evidence of impact from at least two sources: none."),
    ],
)
def test_each_exit_test_on_its_own(change, sources, about, words):
    work = Work(**{"done": SAID.done, "difference": SAID.difference} | change)

    assert [tuple(test) for test in unmet(exit_tests(work, sources, TODAY))] == [(about, False, words)]


def test_all_exit_tests_met():
    tests = exit_tests(SAID, {DATA, VOICE}, TODAY)

    assert unmet(tests) == ()
    assert [test.words for test in tests] == [
        "The accepted update says what was done.",
        "The accepted update says what difference it made.",
        "The improvement team has checked the newest update.",
        "No milestone is open.",
        "Evidence of impact from at least two sources: data, child’s or family’s voice.",
    ]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (
            [FIRST],
            [
                "To be checked again at six months, due by 10 July 2017.",
                "To be checked again at twelve months.",
            ],
        ),
        (
            [FIRST, SIX],
            [
                "Found adequate again at six months, on 1 August 2017.",
                "To be checked again at twelve months, due by 1 February 2018.",
            ],
        ),
        (
            [FIRST, SIX, TWELVE],
            [
                "Found adequate again at six months, on 1 August 2017.",
                "Found adequate again at twelve months, on 1 February 2018.",
            ],
        ),
    ],
)
def test_what_embedded_still_asks_for(held, words):
    assert [test.words for test in rechecks(held)] == words


def test_sources_are_named_in_their_order():
    assert (
        source_words([VOICE, EvidenceSource.AUDIT, VOICE]) == "audit of practice, child’s or family’s voice"
    )
