"""The pages of the committee’s papers: who writes them, what they refuse, what the Word document is made from."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from actionplan.changes import papers
from actionplan.enums import FileKind, Grade, MonthState
from actionplan.forms.scrutiny import ScrutinyForm, posts
from actionplan.models import ScrutinyPaper
from actionplan.reports import freezing
from actionplan.reports.facts import Stamp
from actionplan.reports.files import RENDERERS
from actionplan.reports.plain import to_json
from actionplan.reports.scrutiny_sources import paper_of, texts_of
from kpis.models import StaleEdit
from tests.claims import months
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    BaselineFactory,
    BoardReportFactory,
    DependencyFactory,
    JudgementFactory,
    MeasurementFactory,
    PostFactory,
    ProgrammeFactory,
    ProgressUpdateFactory,
    ReportFileFactory,
    ReportingMonthFactory,
    ScrutinyPaperFactory,
)
from tests.forms import assert_error_summary, typed
from tests.month_document import month_document
from tests.test_one_instant import Everything

TODAY = date(2017, 6, 27)


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016", inspection__key="HAV-SIF-2016")


@pytest.fixture
def june(plan):
    return ReportingMonthFactory(plan=plan, next_month="Power BI comes.")


def address(name, *args):
    return reverse(f"actionplan:{name}", args=["ofsted-2016", *args])


PAPERS, PAPER, WORD = "scrutiny_papers", "scrutiny", "scrutiny_word"


def posted(plan, month, paper=None, **changes):
    """What a browser posts of the form as it was drawn; None leaves a field out."""
    form = ScrutinyForm(plan=plan, month=month, paper=paper, posts=posts())
    words = {name: form[name].value() or "Words." for name in form.fields if name != "meets_on"}
    day = {"meets_on_day": "6", "meets_on_month": "7", "meets_on_year": "2017"}
    found = {**words, "version": form["version"].value(), **day, **changes}
    return {name: value for name, value in found.items() if value is not None}


def text_of(response):
    file = docx.Document(BytesIO(response.content))
    header = file.sections[0].header.paragraphs
    return "\n".join(each.text for each in [*header, *file.paragraphs])


def test_team_begins_a_paper_with_the_standard_texts_and_stores_its_own(client, manager, plan, june):
    client.force_login(manager)

    begun = typed(client.get(address(PAPER, "2017-06")))
    response = client.post(address(PAPER, "2017-06"), posted(plan, june, summary="Mine.\r\nAnd more."))

    assert begun["financial"].strip() == "None arising directly from this report."
    assert "section 149 of the Equality Act 2010" in begun["equalities"]
    assert begun["next_steps"].strip() == "Power BI comes."
    assert (response.status_code, response.url) == (302, address(PAPER, "2017-06"))
    paper = ScrutinyPaper.objects.get()
    assert (paper.plan, paper.month, paper.summary) == (plan, june, "Mine.\nAnd more.")
    assert (paper.lead, paper.author, paper.meets_on) == (
        plan.senior_responsible,
        plan.author,
        date(2017, 7, 6),
    )
    assert paper.history.get().history_user == manager
    assert "Mine." in client.get(address(PAPER, "2017-06")).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"committee": " "}, "Enter the committee"),
        ({"committee": "x" * 121}, "The committee must be 120 characters or fewer. It has 121"),
        (
            {"subject": "a\0b"},
            "The subject heading held a hidden character that cannot be stored. It is removed: check the text",
        ),
        ({"meets_on_day": "32"}, "Enter a real date, for example 20 7 2017"),
        ({"meets_on_day": ""}, "The day it meets must include a day"),
        ({"lead": "0"}, "Choose the leading post"),
        ({"author": ""}, "Choose the post that writes the report"),
        ({"contact": "x" * 201}, "The contact details must be 200 characters or fewer. It has 201"),
        ({"recommendations": None}, "Write what the committee is asked to do"),
        ({"next_steps": "\n"}, "Write the next steps"),
        ({"equalities": "x" * 4001}, "The text must be 4,000 characters or fewer. It has 4001"),
    ],
)
def test_bad_texts_say_what_to_do_and_lose_nothing(changes, message, client, manager, plan, june):
    client.force_login(manager)

    response = client.post(address(PAPER, "2017-06"), posted(plan, june, summary="Mine.", **changes))

    assert_error_summary(response, message)
    assert typed(response)["summary"].strip() == "Mine."
    assert not ScrutinyPaper.objects.exists()


@pytest.mark.parametrize("is_begun", [False, True], ids=["both begin it", "both change it"])
def test_of_two_who_write_at_once_one_is_told_with_both_texts(is_begun, client, manager, plan, june):
    client.force_login(manager)
    paper = ScrutinyPaperFactory(plan=plan, month=june) if is_begun else None
    theirs = posted(plan, june, paper, summary="Theirs.")
    mine = posted(plan, june, paper, summary="Mine.")
    client.post(address(PAPER, "2017-06"), theirs)

    again = client.post(address(PAPER, "2017-06"), theirs)
    response = client.post(address(PAPER, "2017-06"), mine)

    assert again.status_code == 302  # a double click
    assert response.status_code == 409
    assert "Theirs." in response.text
    assert "Mine." in response.text
    assert ScrutinyPaper.objects.get().summary == "Theirs."
    client.post(address(PAPER, "2017-06"), typed(response) | mine | {"version": typed(response)["version"]})
    assert ScrutinyPaper.objects.get().summary == "Mine."


def test_stale_version_is_refused_whoever_calls(manager, plan, june):
    paper = ScrutinyPaperFactory(plan=plan, month=june, version=2)
    texts = papers.PaperTexts(**{name: getattr(paper, name) for name in papers.WRITTEN})

    with pytest.raises(StaleEdit):
        papers.write(plan=plan, month=june, version=1, texts=replace(texts, summary="Mine"), by=manager)


def test_paper_that_does_not_exist_and_month_that_has_not_opened_are_not_found(client, manager, plan, june):
    client.force_login(manager)
    ReportingMonthFactory(
        plan=plan,
        month=date(2017, 7, 1),
        opens_on=date(2017, 7, 3),
        updates_due_on=date(2017, 7, 21),
        data_as_at=date(2017, 6, 30),
        board_on=date(2017, 7, 27),
    )

    asked = [(WORD, "2017-06"), (PAPER, "2017-07"), (WORD, "2017-07"), (PAPER, "2017-13"), (WORD, "2016-01")]

    assert [client.get(address(*each)).status_code for each in asked] == [404] * len(asked)


def test_list_offers_the_team_what_is_not_written_and_others_what_is(client, manager, reader, plan, june):
    client.force_login(reader)
    none = client.get(address(PAPERS)).text
    client.force_login(manager)
    to_write = client.get(address(PAPERS)).text
    ScrutinyPaperFactory(plan=plan, month=june)
    client.force_login(reader)
    written = client.get(address(PAPERS)).text

    assert "No paper has been written yet." in none
    assert "Write it" in to_write
    assert address(WORD, "2017-06") in written
    assert address(PAPER, "2017-06") not in written


def test_word_document_of_a_frozen_month_is_made_from_what_was_frozen(client, reader, plan, june):
    ScrutinyPaperFactory(plan=plan, month=june)
    document = month_document()
    stamp = Stamp(version=1, frozen_on=date(2017, 6, 29), frozen_by="Head of Innovation and Improvement")
    frozen = replace(document, report=replace(document.report, stamp=stamp))
    report = BoardReportFactory(plan=plan, month=june, on=TODAY)
    ReportFileFactory(report=report, content=to_json(frozen))
    june.state = MonthState.FROZEN
    june.save(update_fields=["state"])
    ActionFactory(plan=plan)  # after the month was frozen
    client.force_login(reader)

    response = client.get(address(WORD, "2017-06"))

    assert response["Content-Disposition"] == (
        'attachment; filename="Scrutiny paper ofsted-2016 2017-06.docx"'
    )
    text = text_of(response)
    assert "Draft" not in text
    assert document.report.counted in text


def test_paper_of_a_frozen_month_is_told_from_it_alone(plan, june, manager, monkeypatch):
    for kind in set(FileKind) - {FileKind.JSON}:
        monkeypatch.delitem(RENDERERS, kind)
    measure = months([60, 61, 60, 62, 61, 60, 61, 60, 62, 61, 60, 62], early_measure=8)
    programme = ProgrammeFactory(name="Innovation Programme", summary="Money that was won.")
    DependencyFactory(action=ActionFactory(plan=plan), on_programme=programme)
    grade = JudgementFactory(inspection=plan.inspection, grade=Grade.GOOD)
    texts = texts_of(ScrutinyPaperFactory(plan=plan, month=june))
    freezing.freeze(month=june, version=june.version, accepted=Everything(), by=manager, on=TODAY)
    before = paper_of(plan, june, texts, TODAY)

    programme.summary, measure.name, grade.grade = "Money that was lost.", "Another name", Grade.INADEQUATE
    for each in (programme, measure, grade):
        each.save()
    MeasurementFactory(indicator=measure, value=5)

    assert "Money that was won" in str(before)
    assert paper_of(plan, june, texts, TODAY) == before


def test_early_measures_of_few_children_are_withheld(plan, june):
    few = months([2, 3, 2, 4, 3, 2, 3, 2, 4, 3, 2, 4], early_measure=8)
    BaselineFactory(indicator=few, value=3)
    paper = paper_of(plan, june, texts_of(ScrutinyPaperFactory(plan=plan, month=june)), TODAY)

    table = next(each for each in paper.body if getattr(each, "caption", "").startswith("The early"))

    [row] = [row for row in table.rows if row[0].startswith("Increase in allocation")]
    assert row[1] == "Not shown"
    assert row[2].split(": ")[1].startswith("Withheld (")
    assert row[2].endswith(", then Withheld (May 2017)")


def test_programme_is_told_with_how_many_actions_need_it(plan, june):
    programme = ProgrammeFactory(
        name="Innovation Programme", summary="Money that was won.", funding_note="Unknown."
    )
    beneath = ActionPlanFactory(parent=plan, inspection=plan.inspection)
    for action in (ActionFactory(plan=plan), ActionFactory(plan=beneath)):
        DependencyFactory(action=action, on_programme=programme)

    paper = paper_of(plan, june, texts_of(ScrutinyPaperFactory(plan=plan, month=june)), TODAY)

    assert (
        "Innovation Programme: Money that was won. Funding: Unknown. 2 actions of this plan and the plans under it "
        "need something of it."
    ) in [getattr(block, "text", "") for block in paper.body]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_plan(count, client, manager, plan, june, django_assert_num_queries):
    for at in range(count):
        action = ActionFactory(plan=plan)
        ProgressUpdateFactory(action=action, accepted=True)
        DependencyFactory(action=action, on_programme=ProgrammeFactory())
        BaselineFactory(indicator=months([60, 70], early_measure=at + 1, headline_order=at + 1))
        PostFactory()
    for back in range(count):
        earlier = ReportingMonthFactory(
            plan=plan,
            month=date(2017, 3 + back, 1),
            opens_on=date(2017, 3 + back, 3),
            updates_due_on=date(2017, 3 + back, 20),
            data_as_at=date(2017, 2 + back, 28),
            board_on=date(2017, 3 + back, 27),
        )
        ScrutinyPaperFactory(plan=plan, month=earlier)
    ScrutinyPaperFactory(plan=plan, month=june)
    client.force_login(manager)

    with django_assert_num_queries(6):
        client.get(address(PAPERS))
    with django_assert_num_queries(61):
        client.get(address(WORD, "2017-06"))
    with django_assert_num_queries(63):
        client.get(address(PAPER, "2017-06"))
