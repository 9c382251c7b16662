"""A member of the Board comments on an exception of the draft; the improvement team answers; the member reads it."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import follow, press, read_june, sign_in

pytestmark = pytest.mark.browser

COMMENT = "Ninety is a long way off. Which month do you expect to reach it?"
ANSWER = "The remedy now names June 2018."


def test_the_board_comments_and_the_team_answers(browse):
    board = sign_in(browse(), "board")
    when_the_board_comments_on_an_exception(board)

    team = sign_in(browse(), "manager")
    when_the_team_answers_from_its_to_do_list(team)

    then_the_board_reads_the_answer(board)


def when_the_board_comments_on_an_exception(board):
    read_june(board)
    follow(board, "Comment on Exceptions")
    follow(board, "7.1 Recruit foster carers")
    expect(board.locator("main")).to_contain_text("77 carers against a target of 90.")
    board.get_by_label("What is your comment?").fill(COMMENT)
    press(board, "Save comment")
    expect(board.get_by_role("alert")).to_contain_text("Comment saved.")
    expect(board.get_by_role("row").filter(has_text=COMMENT)).to_contain_text("Not yet answered")


def when_the_team_answers_from_its_to_do_list(team):
    follow(team, f"Answer: {COMMENT}")
    expect(team.locator("main")).to_contain_text("77 carers against a target of 90.")
    team.get_by_label("What is the answer?").fill(ANSWER)
    press(team, "Save answer")
    expect(team.get_by_role("alert")).to_contain_text("Answer saved.")


def then_the_board_reads_the_answer(board):
    read_june(board)
    follow(board, "Comments on the draft")
    expect(board.get_by_role("row").filter(has_text=COMMENT)).to_contain_text(ANSWER)
