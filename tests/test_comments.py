"""Comments on a month’s draft: who says what of which paragraph, and what the improvement team answers."""

from datetime import date

import pytest
from django.urls import reverse

from actionplan.changes import comments
from actionplan.changes.drafts import MonthFrozen
from actionplan.enums import MonthState
from actionplan.models import DraftComment
from actionplan.reports.month import month_report
from actionplan.reports.paragraphs import paragraphs
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    DraftCommentFactory,
    IndicatorFactory,
    MeasurementFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
)
from tests.forms import assert_error_summary, typed

TODAY = date(2017, 6, 27)


@pytest.fixture
def month(db):
    """June’s draft: action 4.2 is red and stands among the exceptions."""
    month = ReportingMonthFactory(plan=ActionPlanFactory(slug="ofsted-2016"), headline="Plans are late.")
    action = ActionFactory(plan=month.plan, ref="4.2", short_title="Pathway plans")
    ProgressUpdateFactory(
        action=action, accepted=True, rag="red", cause="Two posts are vacant.", remedy="A second advert."
    )
    return month


def url(month, name, *more):
    return reverse(f"actionplan:{name}", args=[month.plan.slug, f"{month.month:%Y-%m}", *more])


def about(month, part, line=""):
    return f"{url(month, 'comment_new')}?part={part}&line={line}"


def freeze(month):
    month.state = MonthState.FROZEN
    month.save()


def page_of(response):
    return response.content.decode()


def test_each_part_of_the_page_leads_to_a_comment_on_it(client, reader, month):
    client.force_login(reader)

    page = page_of(client.get(month.get_absolute_url()))

    assert f"{url(month, 'comment_new')}?part=exceptions" in page
    assert url(month, "comments") in page


def test_frozen_page_leads_to_no_new_comment(client, reader, month):
    freeze(month)
    client.force_login(reader)

    for name in ("month", "comments"):
        response = client.get(url(month, name), raise_request_exception=False)
        assert url(month, "comment_new") not in page_of(response)


def test_new_comment_chooses_a_part_then_a_line_and_shows_what_stands_there(client, reader, month):
    client.force_login(reader)

    parts = page_of(client.get(url(month, "comment_new")))
    part = page_of(client.get(about(month, "exceptions")))
    line = page_of(client.get(about(month, "exceptions", "4.2")))

    assert "?part=exceptions" in parts
    assert "?part=exceptions&amp;line=4.2" in part
    assert "Two posts are vacant." in line
    assert "A second advert." in line


def test_line_of_each_sort_is_a_paragraph(month):
    ActionFactory(plan=month.plan, ref="1.1", recommendation__number=1)
    MeasurementFactory(indicator=IndicatorFactory(code="cl-contact", headline_order=1))

    found = paragraphs(month_report(month.plan, month, TODAY))

    lines = {each.key for each in found.values() if each.line}
    assert lines >= {("exceptions", "4.2"), ("recommendations", "1"), ("indicators", "cl-contact")}


@pytest.mark.parametrize("who", ["reader", "officer", "assurer", "manager"])
def test_board_and_those_who_work_on_the_plan_comment(who, client, month, request):
    person = request.getfixturevalue(who)
    client.force_login(person)

    for _ in range(2):  # sent twice, kept once
        response = client.post(about(month, "exceptions", "4.2"), {"text": "Since when\r\nare they?"})

    assert response.url == url(month, "comments")
    comment = DraftComment.objects.get()
    assert (comment.plan, comment.month, comment.part, comment.line) == (
        month.plan,
        month,
        "exceptions",
        "4.2",
    )
    assert (comment.text, comment.made_by, comment.made_on) == ("Since when\nare they?", person, TODAY)
    assert [row.history_user for row in comment.history.all()] == [person]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "Enter your comment"),
        ("x" * 1001, "The comment must be 1,000 characters or fewer. It has 1001"),
        ("a\0b", "The comment held a hidden character that cannot be stored. It is removed: check the text"),
    ],
)
def test_comment_that_cannot_be_kept_is_refused_with_one_sentence(text, message, client, reader, month):
    client.force_login(reader)

    assert_error_summary(client.post(about(month, "headline"), {"text": text}), message)

    assert not DraftComment.objects.exists()


@pytest.mark.parametrize(("part", "line"), [("weather", ""), ("exceptions", "99.9"), ("headline", "4.2")])
def test_paragraph_that_is_not_there_takes_no_comment_and_loses_none(part, line, client, reader, month):
    client.force_login(reader)

    posted = client.post(about(month, part, line), {"text": "Since when?"})

    assert client.get(about(month, part, line)).status_code == 404
    assert posted.status_code == 409
    assert "Since when?" in page_of(posted)
    assert not DraftComment.objects.exists()


def test_list_follows_the_page_and_says_what_has_left_it(client, reader, month):
    gone = {"part": "exceptions", "line": "99.9", "text": "Third"}
    for said in (gone, {"part": "exceptions", "line": "4.2", "text": "Second"}, {"text": "First"}):
        DraftCommentFactory(plan=month.plan, month=month, **said)
    DraftCommentFactory(month=month, text="Of another plan")
    client.force_login(reader)

    response = client.get(url(month, "comments"))

    assert [row.comment.text for row in response.context_data["rows"]] == ["First", "Second", "Third"]
    assert page_of(response).count("Not in the report any more") == 1
    assert "3 of 3 wait for an answer." in page_of(response)


def test_late_comment_is_taken_and_told_so(client, reader, month):
    month.comments_by = date(2017, 6, 26)
    month.save()
    client.force_login(reader)

    for page in (url(month, "comments"), about(month, "headline")):
        assert "Comments were due by 26 June 2017. You can still comment" in page_of(client.get(page))
    assert client.post(about(month, "headline"), {"text": "Late"}).status_code == 302


def test_team_answers_and_the_commenter_reads_it(client, manager, reader, month):
    comment = DraftCommentFactory(plan=month.plan, month=month, made_by=reader)
    client.force_login(manager)

    response = client.post(
        url(month, "comment_answer", comment.pk), {"version": 1, "answer": "There are 12."}
    )

    assert response.url == url(month, "comments")
    comment.refresh_from_db()
    assert (comment.answer, comment.answered_by, comment.answered_on) == ("There are 12.", manager, TODAY)
    client.force_login(reader)
    page = page_of(client.get(url(month, "comments")))
    assert "There are 12." in page
    assert "It is answered." in page


def test_writer_says_it_in_other_words_until_it_is_answered(client, reader, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month, made_by=reader, text="Since wen?")
    client.force_login(reader)
    edit = url(month, "comment_edit", comment.pk)
    linked = edit in page_of(client.get(url(month, "comments")))

    response = client.post(edit, {"version": 1, "text": "Since when?"})

    assert (linked, response.url) == (True, url(month, "comments"))
    comment.refresh_from_db()
    assert (comment.text, comment.history.latest().history_user) == ("Since when?", reader)
    stale = client.post(edit, {"version": 1, "text": "Mine"})
    assert (stale.status_code, typed(stale)["text"]) == (409, "Mine")
    comments.answer(comment=comment, version=2, answer="Since May.", by=manager)
    late = client.post(edit, {"version": 2, "text": "Too late?"})
    assert (late.status_code, "Too late?" in page_of(late)) == (409, True)
    assert edit not in page_of(client.get(url(month, "comments")))
    comment.refresh_from_db()
    assert comment.text == "Since when?"


@pytest.mark.parametrize("version", [1, 2])
def test_answer_that_came_first_wins_over_new_words(version, reader, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month, made_by=reader)
    comments.answer(comment=comment, version=1, answer="Since May.", by=manager)

    with pytest.raises(comments.Answered):
        comments.reword(comment=comment, version=version, text="Other words", by=reader)


def test_writer_who_may_not_comment_any_more_changes_nothing(client, reader, month):
    comment = DraftCommentFactory(plan=month.plan, month=month, made_by=reader)
    reader.groups.clear()
    client.force_login(reader)

    response = client.post(url(month, "comment_edit", comment.pk), {"version": 1, "text": "Other words"})

    assert response.status_code == 403


def test_empty_answer_is_refused(client, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month)
    client.force_login(manager)

    response = client.post(url(month, "comment_answer", comment.pk), {"version": 1, "answer": " "})

    assert_error_summary(response, "Write the answer")


@pytest.mark.parametrize("version", [1, "", "two"])
def test_stale_answer_shows_both_texts_and_writes_nothing(version, client, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month)
    comments.answer(comment=comment, version=1, answer="Theirs: 14.", by=manager)
    client.force_login(manager)

    response = client.post(
        url(month, "comment_answer", comment.pk), {"version": version, "answer": "Mine: 12."}
    )

    assert response.status_code == 409
    assert page_of(response).index("Mine: 12.") < page_of(response).index("Theirs: 14.")
    assert (typed(response)["answer"], typed(response)["version"]) == ("Mine: 12.", "2")
    comment.refresh_from_db()
    assert comment.answer == "Theirs: 14."


def test_answer_sent_twice_is_no_conflict(client, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month)
    client.force_login(manager)
    said = {"version": 1, "answer": "There are 12."}

    answers = [client.post(url(month, "comment_answer", comment.pk), said).status_code for _ in range(2)]

    assert answers == [302, 302]


def test_frozen_month_takes_neither_comment_nor_answer(client, manager, month):
    comment = DraftCommentFactory(plan=month.plan, month=month)
    client.force_login(manager)
    freeze(month)

    commented = client.post(about(month, "headline"), {"text": "Too late?"})
    answered = client.post(url(month, "comment_answer", comment.pk), {"version": 1, "answer": "Too late!"})

    assert (commented.status_code, answered.status_code) == (409, 409)
    assert "Too late?" in page_of(commented)
    assert "Too late!" in page_of(answered)
    assert "1 of 1 was not answered." in page_of(client.get(url(month, "comments")))
    with pytest.raises(MonthFrozen):
        comments.put(plan=month.plan, month=month, part="headline", line="", text="Late", by=manager)
    with pytest.raises(MonthFrozen):
        comments.answer(comment=comment, version=1, answer="Late", by=manager)


def test_comment_of_another_month_is_not_answered_here(client, manager, month):
    client.force_login(manager)

    response = client.get(url(month, "comment_answer", DraftCommentFactory().pk))

    assert response.status_code == 404


def test_team_sees_on_my_work_what_waits_for_an_answer(client, manager, month):
    waiting = DraftCommentFactory(plan=month.plan, month=month, text="Since when?")
    DraftCommentFactory(plan=month.plan, month=month, text="Settled", answered=True)
    client.force_login(manager)

    [task] = client.get(reverse("home")).context_data["team"]["comments"]

    assert (task.text, task.url) == ("Answer: Since when?", url(month, "comment_answer", waiting.pk))
    assert task.mark == "Due in 2 days"


OF_THE_REPORT = 14


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("comments", 6),  # session, user, plan, months, comments, groups
        ("comment_new", 5),  # session, user, plan, months, groups
        ("comment_answer", 6),  # session, user, plan, months, comment, groups
    ],
)
def test_page_takes_the_same_queries_for_any_number_of_rows(
    name, queries, count, client, manager, month, django_assert_num_queries
):
    for _ in range(count):
        comment = DraftCommentFactory(plan=month.plan, month=month)
    client.force_login(manager)
    address = {
        "comments": url(month, "comments"),
        "comment_new": about(month, "headline"),
        "comment_answer": url(month, "comment_answer", comment.pk),
    }[name]

    with django_assert_num_queries(queries + OF_THE_REPORT):
        client.get(address)
