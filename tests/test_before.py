"""What was done before a series shifted: pure, by table."""

from datetime import date

import pytest

from kpis.before import Done, came_before, everything_done, lettered, shift_day
from kpis.linked import LinkedAction, Step
from kpis.periods import Period

SHIFT = date(2017, 2, 1)


def linked(ref, *steps):
    return LinkedAction(
        ref=ref,
        title=f"Do {ref}",
        url=f"/{ref}/",
        owner="Head of Care Resources",
        service="Care Resources",
        recommendation=6,
        recommendation_title="Return home interviews",
        due_on=date(2017, 9, 30),
        state="in_progress",
        rag="green",
        impact="none",
        is_open=True,
        is_sample=True,
        steps=steps,
    )


def step(day, words="Rota agreed", *, is_whole=False):
    return Step(day, words, "/6.1/", is_whole=is_whole)


def done(day, words="Rota agreed", *, is_whole=False):
    return Done(day, "6.1", words, "/6.1/", is_whole, is_sample=True)


@pytest.mark.parametrize(
    ("periods", "first", "day"),
    [
        ([Period.month(date(2017, 1, 5)), Period.month(date(2017, 2, 5))], 1, date(2017, 2, 1)),
        ([Period.month(date(2016, 10, 5)), Period.month(date(2017, 2, 5))], 1, date(2017, 2, 1)),
        ([Period.month(date(2017, 1, 5)), Period.month(date(2017, 2, 5))], 0, date(2017, 1, 1)),
        (
            [Period(date(2017, 1, 31), date(2017, 1, 31)), Period(date(2017, 2, 28), date(2017, 2, 28))],
            1,
            date(2017, 2, 28),
        ),
        (
            [Period(date(2016, 2, 1), date(2017, 1, 31)), Period(date(2016, 3, 1), date(2017, 2, 28))],
            1,
            date(2017, 2, 1),
        ),
    ],
    ids=["months", "after a gap", "from the first figure", "days", "years counted anew each month"],
)
def test_shift_day(periods, first, day):
    assert shift_day(periods, first) == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2016, 7, 31), None),
        (date(2016, 8, 1), "26 weeks before"),
        (date(2017, 1, 18), "2 weeks before"),
        (date(2017, 1, 24), "1 week before"),
        (date(2017, 1, 26), "less than a week before"),
        (date(2017, 1, 31), "less than a week before"),
        (date(2017, 2, 1), None),
        (date(2017, 5, 1), None),
    ],
)
def test_what_came_before_is_of_the_six_months_up_to_the_day(day, words):
    assert [each.words for each in came_before([done(day)], SHIFT)] == ([words] if words else [])


def test_what_came_before_keeps_its_order():
    steps = [
        done(date(2016, 9, 1), "first"),
        done(date(2016, 12, 1), "then"),
        done(date(2017, 3, 1), "after"),
    ]

    assert [each.done.words for each in came_before(steps, SHIFT)] == ["first", "then"]


def test_nothing_done_is_nothing_before():
    assert came_before([], SHIFT) == []


def test_everything_done_is_oldest_first_and_milestones_before_the_whole():
    actions = [
        linked("6.1", step(date(2017, 1, 10)), step(date(2017, 1, 20), "Same-day notice", is_whole=True)),
        linked("6.2", step(date(2017, 1, 20), "Evening rota"), step(date(2016, 12, 1), "Staff told")),
        linked("6.3"),
    ]

    assert [(each.ref, each.words) for each in everything_done(actions)] == [
        ("6.2", "Staff told"),
        ("6.1", "Rota agreed"),
        ("6.2", "Evening rota"),
        ("6.1", "Same-day notice"),
    ]


def letters(steps, shift=None):
    marked = lettered(steps, first=date(2016, 4, 1), last=date(2017, 5, 31), shift=shift)
    return [(each.words, each.letter) for each in marked]


def test_letters_stand_in_order_of_the_days():
    steps = [done(date(2016, 11, 14), "one"), done(date(2017, 1, 9), "two", is_whole=True)]

    assert letters(steps) == [("one", "A"), ("two", "B")]


def test_what_lies_outside_the_chart_has_no_letter():
    steps = [
        done(date(2016, 3, 31), "early"),
        done(date(2016, 4, 1), "on it"),
        done(date(2017, 6, 1), "late"),
    ]

    assert letters(steps) == [("early", ""), ("on it", "A"), ("late", "")]


def test_whole_actions_are_marked_before_milestones_and_newer_before_older():
    steps = [done(date(2016, 5, 1), "whole", is_whole=True)]
    steps += [done(date(2016, month, 1), f"step {month}") for month in range(6, 13)]

    assert letters(steps) == [
        ("whole", "A"),
        ("step 6", ""),
        ("step 7", ""),
        *((f"step {month}", letter) for month, letter in zip(range(8, 13), "BCDEF", strict=True)),
    ]


def test_what_came_before_a_shift_is_marked_before_newer_steps():
    steps = [done(date(2016, 12, 1), "before")]
    steps += [done(date(2017, 3, day), f"after {day}") for day in range(1, 7)]

    assert letters(steps, SHIFT) == [
        ("before", "A"),
        ("after 1", ""),
        *((f"after {day}", letter) for day, letter in zip(range(2, 7), "BCDEF", strict=True)),
    ]
