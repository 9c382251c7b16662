"""The rating that the facts propose, rule by rule."""

from datetime import date

import pytest

from actionplan.enums import Rag
from actionplan.rag import Step, is_better, propose

ON = date(2017, 6, 27)
DUE = date(2017, 7, 27)

OPEN = Step("4.2.4", date(2017, 7, 14))
LATE = Step("4.2.3", date(2017, 6, 15))
LATER = Step("4.2.2", date(2017, 6, 26))
DONE = Step("4.2.1", date(2017, 6, 15), completed_on=date(2017, 6, 20))
DONE_TOMORROW = Step("4.2.1", date(2017, 6, 15), completed_on=date(2017, 6, 28))


@pytest.mark.parametrize(
    ("due_on", "steps", "forecast_on", "says"),
    [
        (DUE, [], None, "Green: no milestone is late and the action is due in 30 days."),
        (DUE, [OPEN, DONE], None, "Green: no milestone is late and the action is due in 30 days."),
        (DUE, [Step("4.2.4", ON)], None, "Green: no milestone is late and the action is due in 30 days."),
        (DUE, [], DUE, "Green: no milestone is late and the action is due in 30 days."),
        (date(2017, 7, 12), [OPEN], None, "Green: no milestone is late and the action is due in 15 days."),
        (date(2017, 7, 11), [DONE], None, "Green: no milestone is late and the action is due in 14 days."),
        (date(2017, 7, 11), [OPEN], None, "Amber: the action is due in 14 days and 1 milestone is open."),
        (ON, [OPEN, OPEN], None, "Amber: the action is due today and 2 milestones are open."),
        (date(2017, 6, 28), [OPEN], None, "Amber: the action is due in 1 day and 1 milestone is open."),
        (DUE, [LATE], None, "Amber: milestone 4.2.3 is 12 days late and the action is due in 30 days."),
        (
            DUE,
            [LATER, LATE],
            None,
            "Amber: milestone 4.2.3 is 12 days late, 1 more is late and the action is due in 30 days.",
        ),
        (
            DUE,
            [LATER, LATE, LATER],
            None,
            "Amber: milestone 4.2.3 is 12 days late, 2 more are late and the action is due in 30 days.",
        ),
        (DUE, [LATER], None, "Amber: milestone 4.2.2 is 1 day late and the action is due in 30 days."),
        (
            DUE,
            [DONE_TOMORROW],
            None,
            "Amber: milestone 4.2.1 is 12 days late and the action is due in 30 days.",
        ),
        (DUE, [], date(2017, 7, 28), "Red: it is expected to finish 1 day after its date."),
        (DUE, [LATE], date(2017, 8, 1), "Red: it is expected to finish 5 days after its date."),
        (date(2017, 6, 26), [DONE], None, "Red: the action is 1 day past its date."),
        (date(2017, 5, 31), [], date(2017, 7, 31), "Red: the action is 27 days past its date."),
    ],
)
def test_proposal(due_on, steps, forecast_on, says):
    assert str(propose(due_on=due_on, steps=steps, on=ON, forecast_on=forecast_on)) == says


@pytest.mark.parametrize(
    ("chosen", "proposed", "better"),
    [
        (Rag.GREEN, Rag.GREEN, False),
        (Rag.GREEN, Rag.AMBER, True),
        (Rag.GREEN, Rag.RED, True),
        (Rag.AMBER, Rag.GREEN, False),
        (Rag.AMBER, Rag.AMBER, False),
        (Rag.AMBER, Rag.RED, True),
        (Rag.RED, Rag.GREEN, False),
        (Rag.RED, Rag.AMBER, False),
        (Rag.RED, Rag.RED, False),
    ],
)
def test_better_than_proposed(chosen, proposed, better):
    assert is_better(chosen, proposed) is better


def test_days_late_counts_from_the_day_after():
    assert [LATE.days_late(date(2017, 6, day)) for day in (14, 15, 16, 27)] == [0, 0, 1, 12]
    assert DONE.days_late(date(2017, 6, 18)) == 3
    assert DONE.days_late(date(2017, 6, 20)) == 0
