"""Circles and chains of what is needed: plain facts in, words out."""

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.needs.chains import Chains, Need, Thing, circle, circle_words

ON = date(2017, 6, 27)
IN_TIME, LATE = date(2017, 9, 30), date(2017, 5, 20)
EXAMPLES = 2_000 if os.environ.get("SOAK") else 50


def action(number, due_on=IN_TIME, **facts):
    key = ("action", number)
    return Thing(key, f"A{number}", f"A{number} Do it", f"/{number}/", is_open=True, due_on=due_on, **facts)


def programme_step(due_on):
    return Thing(
        ("step", 1), "‘Grant signed’ (Programme)", "Grant signed", "/p/", is_open=True, due_on=due_on
    )


def chains(things, *needs):
    """`needs` are pairs of an action’s number and what it needs, or triples with a day."""
    made = [
        Need(pk, ("action", needing), on if isinstance(on, tuple) else ("action", on), "", *by)
        for pk, (needing, on, *by) in enumerate(needs, 1)
    ]
    return Chains({thing.key: thing for thing in things}, made, ON)


def because(number, things, *needs):
    return chains(things, *needs).because(("action", number))


@pytest.mark.parametrize(
    ("edges", "new", "expected"),
    [
        ([], (1, 2), []),
        ([], (1, 1), [1, 1]),
        ([(2, 1)], (1, 2), [1, 2, 1]),
        ([(2, 3), (3, 1)], (1, 2), [1, 2, 3, 1]),
        ([(2, 3), (3, 4), (4, 1), (2, 1)], (1, 2), [1, 2, 1]),
        ([(1, 3), (2, 3), (3, 4)], (1, 2), []),
    ],
    ids=["nothing", "itself", "two", "three", "shortest", "diamond"],
)
def test_circle_leads_back_to_where_it_began(edges, new, expected):
    assert circle(edges, *new) == expected


def test_circle_is_told_from_its_start_and_cut_when_long():
    assert circle_words(["4.2", "13.2", "4.2"]) == "4.2 needs 13.2, which needs 4.2"
    long = circle_words([f"A{number}" for number in range(1_000)])
    assert "which needs 991 others in turn, which needs A996" in long


@pytest.mark.soak
@pytest.mark.once
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
@settings(max_examples=EXAMPLES)
def test_edges_that_were_let_in_never_close_a_circle(asked):
    edges = []
    for needing, needed in asked:
        if not circle(edges, needing, needed):
            edges.append((needing, needed))

    left = set(edges)
    while ready := {edge for edge in left if edge[1] not in {needing for needing, _ in left}}:
        left -= ready
    assert left == set()


@pytest.mark.parametrize(
    ("needed", "by", "expected"),
    [
        (action(2, LATE), None, "A1 may be late because A2 is 38 days late."),
        (
            action(2),
            date(2017, 7, 14),
            "A1 may be late because A2 is due 30 September 2017, 78 days too late.",
        ),
        (
            action(2, date(2017, 10, 1)),
            None,
            "A1 may be late because A2 is due 1 October 2017, 1 day too late.",
        ),
        (
            action(2, date(2017, 7, 14), forecast_on=IN_TIME),
            date(2017, 7, 14),
            "A1 may be late because A2 is expected on 30 September 2017, 78 days too late.",
        ),
        (action(2, None), date(2017, 6, 26), "A1 may be late because A2 was needed by 26 June 2017."),
        (action(2, None), date(2017, 6, 27), ""),
        (action(2, date(2017, 7, 14)), date(2017, 7, 14), ""),
        (action(2, date(2017, 7, 14), forecast_on=LATE), None, ""),
    ],
    ids=[
        "overdue",
        "after it is needed",
        "after its own date",
        "forecast",
        "no date",
        "today",
        "same day",
        "old",
    ],
)
def test_what_holds_an_action_up(needed, by, expected):
    assert because(1, [action(1), needed], (1, 2, by)) == expected


def test_what_is_done_holds_nobody_up():
    late, open_action = action(2, LATE), action(1)
    done = Thing(late.key, late.name, late.title, late.url, is_open=False, due_on=LATE)
    delivered = Thing(open_action.key, "A1", "", "", is_open=False)

    assert because(1, [open_action, done], (1, 2)) == ""
    assert because(1, [delivered, late], (1, 2)) == ""


def test_chain_leads_down_to_the_first_cause_through_a_milestone():
    milestone = Thing(
        ("milestone", 7), "milestone A2.3", "", "", is_open=True, due_on=date(2017, 7, 14), of=("action", 2)
    )
    things = [action(1, LATE), action(2), milestone, programme_step(date(2017, 5, 31))]

    assert because(1, things, (1, milestone.key), (2, ("step", 1))) == (
        "A1 is 38 days late because milestone A2.3 is due 14 July 2017, 55 days too late, "
        "because ‘Grant signed’ (Programme) is 27 days late."
    )


def test_other_needs_are_told_after_the_worst_each_once():
    things = [action(1), action(2, LATE), action(3, date(2017, 6, 26)), action(4, date(2017, 6, 25))]

    told = because(1, things, (1, 2), (1, 3), (2, 4), (3, 4))

    assert told == (
        "A1 may be late because A2 is 38 days late, because A4 is 2 days late. "
        "A1 also needs A3, which is 1 day late. A3 also needs A4, which is 2 days late."
    )


def test_a_thousand_in_a_row_are_told_in_a_few_words():
    things = [*(action(number) for number in range(1_000)), action(1_000, LATE)]
    row = chains(things, *((number, number + 1) for number in range(1_000)))

    assert len(row.explained(("action", 0))) == 1_000
    assert row.because(("action", 0)) == (
        "A0 may be late because A1 may be late, because A2 may be late, because A3 may be late, "
        "because A4 may be late, because of 995 more in turn, down to this: A1000 is 38 days late."
    )


@pytest.mark.soak
@pytest.mark.once
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30),
    st.lists(st.sampled_from([IN_TIME, LATE, ON, ON - timedelta(1)]), min_size=8, max_size=8),
)
@settings(max_examples=EXAMPLES)
def test_every_chain_ends_whatever_needs_what(needs, days):
    """Even circles, which only a broken database could hold."""
    found = chains([action(number, day) for number, day in enumerate(days)], *needs)

    for number in range(8):
        told = found.explained(("action", number))
        assert len({hold.need.pk for hold in told}) == len(told)
        assert found.because(("action", number)).count(", because ") <= 6
