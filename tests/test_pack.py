"""The pack for the quarterly meeting with Ofsted: three months by area, under three questions."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import outloud
import pymupdf
import pytest
from django.urls import reverse

from actionplan.enums import MonthState
from actionplan.reports import pack_files
from actionplan.reports.annex_facts import Annexes
from actionplan.reports.facts import ActionLink, Changed, Stamp, Turn
from actionplan.reports.pack import pack
from actionplan.reports.pack_facts import Found, KnownArea, Piece, Question
from actionplan.reports.pack_places import BEYOND, Month
from actionplan.reports.paper.area import HOW, KNOW, NEXT
from actionplan.reports.paper.pack import blocks
from actionplan.reports.plain import to_json
from kpis.charts import drawing
from tests.factories import (
    ActionFactory,
    ActionPlanFactory,
    BoardReportFactory,
    ChallengeFactory,
    EvidenceFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    ReportFileFactory,
    ReportingMonthFactory,
)
from tests.month_document import NASTY, month_document
from tests.test_word import DOT

HELP, LOOKED_AFTER, ADOPTION, LEAVERS, LEADERSHIP = (
    KnownArea("Children who need help and protection", "Help and protection", "Requires improvement"),
    KnownArea("Children looked after and achieving permanence", "Looked after", "Requires improvement"),
    KnownArea("Adoption performance", "Adoption", "Requires improvement"),
    KnownArea("Experiences and progress of care leavers", "Care leavers", "Inadequate (not limiting)"),
    KnownArea("Leadership, management and governance", "Leadership", "Requires improvement"),
)
AREAS = (HELP, LOOKED_AFTER, ADOPTION, LEAVERS, LEADERSHIP)
NOTHING = Found(AREAS, (), ())
MAY, JUNE, JULY = date(2017, 5, 1), date(2017, 6, 1), date(2017, 7, 1)
BOTH = "/plans/ofsted-2016/actions/{}/"
NO_CHANGE = Changed((), (), (), (), (), (), ())


def of_june():
    document = month_document()
    return Month(replace(document, report=replace(document.report, changed=NO_CHANGE)))


def of_may(**states):
    """The same month a month before: what was in another state then, by the number of the action."""
    whole = of_june().whole
    then = {ref.removeprefix("a").replace("_", "."): state for ref, state in states.items()}
    actions = [
        replace(each, state=then[each.link.ref], rag="") if each.link.ref in then else each
        for each in whole.annexes.actions
    ]
    stamp = Stamp(version=1, frozen_on=date(2017, 5, 25), frozen_by="Head of Innovation")
    return Month(
        replace(
            whole,
            report=replace(whole.report, month=MAY, stamp=stamp, exceptions=(), differences=()),
            annexes=replace(whole.annexes, actions=tuple(actions)),
        )
    )


def told(*months, missing=(), found=NOTHING):
    made = pack(months or [of_june()], missing, found)
    return made, {each.name: each for each in (*made.areas, made.beyond)}


def test_actions_count_in_every_month_under_each_area_they_lead_to():
    made, areas = told(of_may(a2_3="assured", a13_1="not_started"), of_june())

    assert [each.name for each in made.areas] == [each.name for each in AREAS]
    assert [each.deliveries for each in made.tallies] == [(1, 0, 0, 1, 1, 2, 0), (0, 2, 0, 1, 1, 1, 0)]
    assert [each.deliveries for each in areas[HELP.name].tallies] == [
        (0, 0, 0, 0, 0, 1, 0),
        (0, 1, 0, 0, 0, 0, 0),
    ]
    assert areas[LEADERSHIP.name].tallies[1].deliveries == (0, 1, 0, 1, 1, 0, 0)
    assert areas[LOOKED_AFTER.name].tallies[1].impacts == (0, 1, 1, 0, 0)


def test_what_leads_to_several_areas_is_told_in_full_once():
    _, areas = told()

    assert [each.action.ref for each in areas[ADOPTION.name].exceptions] == ["13.1"]
    assert areas[LEADERSHIP.name].exceptions == ()
    elsewhere = dict(areas[LEADERSHIP.name].elsewhere)
    assert elsewhere[ADOPTION.name] == ("13.1 New recording system, red",)
    assert elsewhere[HELP.name] == ("Children subject of a child protection plan, 272",)
    named = [sheet.code for each in areas.values() for sheet in each.indicators]
    assert sorted(named) == ["cl-eet", "cp-plans", "rhi-72"]
    assert [each.code for each in areas[HELP.name].indicators] == ["cp-plans"]


def test_plan_beneath_leads_to_the_area_that_it_is_about():
    whole = of_june().whole
    shared, own = whole.annexes.actions[4], whole.annexes.actions[0]
    link = ActionLink("L1.1", "Keep in touch", "/plans/leaving-care-2016/actions/L1.1/")
    child = replace(
        whole,
        slug="leaving-care-2016",
        report=replace(whole.report, plan="Leaving Care plan", parent="Ofsted action plan", exceptions=()),
        annexes=Annexes(
            (),
            (
                replace(shared, link=replace(shared.link, shared="Ofsted action plan")),
                replace(own, link=link),
            ),
            (),
            (),
        ),
    )

    made, areas = told(Month(whole, (child,)))

    assert made.tallies[0].total == 6
    assert made.plans == (("Ofsted action plan", 5), ("Leaving Care plan", 1))
    assert [areas[each.name].tallies[0].total for each in AREAS] == [1, 2, 1, 2, 3]
    assert [each.action.ref for each in areas[LEAVERS.name].exceptions] == ["13.1"]


def test_moves_of_all_months_are_told_worst_first():
    link = month_document().report.exceptions[1].action
    early, late = of_may(), of_june()
    turned = replace(NO_CHANGE, worse=(Turn(link, "green", "amber"),), delivered=(link,))
    early = Month(replace(early.whole, report=replace(early.whole.report, changed=turned)))
    again = replace(NO_CHANGE, worse=(Turn(link, "amber", "red"),))
    late = Month(replace(late.whole, report=replace(late.whole.report, changed=again)))

    _, areas = told(early, late)

    assert [(each.kind, each.month, each.words) for each in areas[ADOPTION.name].moves] == [
        ("Turned worse", JUNE, "amber, now red"),
        ("Delivered", MAY, ""),
    ]
    assert [each.kind for each in areas[HELP.name].moves] == ["Relapsed"]


def test_each_source_says_how_much_and_what_the_newest_show():
    pieces = tuple(
        Piece(BOTH.format("9.1"), "9.1", source, title, "It shows.", date(2017, 6, day))
        for source, title, day in (
            ("voice", "Old", 1),
            ("voice", "Newer", 3),
            ("voice", "Newest", 9),
            ("staff", "Later", 9),
        )
    )

    _, areas = told(found=replace(NOTHING, pieces=pieces))

    sources = {each.source: each for each in areas[LOOKED_AFTER.name].sources}
    assert [(name, each.count) for name, each in sources.items()] == [
        ("Data", 0),
        ("Audit of practice", 1),
        ("Child’s or family’s voice", 2),
        ("Staff or partner", 0),
        ("External", 0),
    ]
    assert [each.title for each in sources["Child’s or family’s voice"].pieces] == ["Newest", "Newer"]
    assert sources["Staff or partner"].pieces == ()  # it came after the month was told
    said = str(blocks(told(found=replace(NOTHING, pieces=pieces))[0]))
    assert "Nothing yet from: data; staff or partner; external." in said


def test_question_stands_under_the_first_area_it_is_about():
    asked = Question((8, 1), "Who looks?", "Ofsted", MAY, "Head of Practice", JUNE, "", None, 26)

    _, areas = told(found=replace(NOTHING, questions=(asked, replace(asked, recommendations=()))))

    assert [name for name, each in areas.items() if each.questions] == [LOOKED_AFTER.name, BEYOND]


def test_missing_months_and_live_ones_are_named():
    made, _ = told(of_june(), missing=(date(2017, 4, 1), MAY))

    assert pack_files.heading(made) == "Meeting with Ofsted: April to June 2017"
    assert pack_files.version(made) == "Draft: June live at 27 June 2017"
    assert "there is no report of April 2017 and May 2017" in str(blocks(made))
    assert (
        pack_files.file_name(made, "pdf")
        == "OFFICIAL-SENSITIVE ofsted-2016 meeting with Ofsted 2017-06 draft.pdf"
    )
    frozen = told(of_may())[0]
    assert pack_files.version(frozen) == "From frozen reports, the last of 25 May 2017"


def test_word_has_the_three_questions_under_every_area(monkeypatch):
    monkeypatch.setattr(drawing, "svgs", lambda charts, across: ["" for _ in charts])
    monkeypatch.setattr(pack_files, "pictures", lambda named, dots: dict.fromkeys(named, DOT))
    asked = Question((2,), NASTY, "Ofsted", MAY, "Head of Practice", JUNE, NASTY, JUNE, 0)
    made, _ = told(found=replace(NOTHING, questions=(asked,)))

    file = docx.Document(BytesIO(pack_files.docx(made)))

    heads = [
        (each.style.name, each.text) for each in file.paragraphs if each.style.name.startswith("Heading")
    ]
    assert heads == [
        ("Heading 1", "The quarter at a glance"),
        *(
            head
            for name in [*(each.name for each in AREAS), BEYOND]
            for head in (("Heading 1", name), *(("Heading 2", question) for question in (KNOW, HOW, NEXT)))
        ),
    ]
    assert [each.text for each in file.sections[0].header.paragraphs] == [
        "OFFICIAL-SENSITIVE",
        "Ofsted action plan · Meeting with Ofsted: June to June 2017 · Draft: June live at 27 June 2017 · Sample data",
    ]


def test_pdf_is_heard_and_marked_on_every_page(tmp_path):
    content = pack_files.pdf(told(of_may(), of_june())[0])
    (tmp_path / "pack.pdf").write_bytes(content)

    result = outloud.check(str(tmp_path / "pack.pdf"))

    assert [each.to_dict() for each in result.findings if each.severity == "error"] == []
    with pymupdf.open(stream=content) as opened:
        words = [" ".join(page.get_text().split()) for page in opened]
        depths = [depth for depth, *_ in opened.get_toc()]
    assert [
        each for each in words if each.count("OFFICIAL-SENSITIVE") != 2 or "Sample data" not in each
    ] == []
    assert depths == [1, 2, *([2, 3, 3, 3] * 6)]


@pytest.fixture
def plan(db):
    return ActionPlanFactory(slug="ofsted-2016", inspection__key="HAV-SIF-2016")


def address(name, month="2017-06"):
    return reverse(f"actionplan:{name}", args=["ofsted-2016", month])


@pytest.fixture
def months(plan):
    """May as it was frozen, June live."""
    may = ReportingMonthFactory(
        plan=plan,
        month=MAY,
        opens_on=date(2017, 5, 2),
        updates_due_on=date(2017, 5, 19),
        data_as_at=date(2017, 4, 30),
        board_on=date(2017, 5, 25),
        state=MonthState.FROZEN,
        told_on=date(2017, 5, 25),
    )
    report = BoardReportFactory(plan=plan, month=may, on=may.board_on, frozen_on=may.board_on)
    document = of_may().whole
    ReportFileFactory(report=report, content=to_json(document))
    return ReportingMonthFactory(plan=plan)


def test_page_says_which_months_are_frozen_live_or_missing(client, reader, months):
    client.force_login(reader)

    page = client.get(address("pack")).text

    assert "Meeting with Ofsted: April to June 2017" in page
    told_of = [
        page.index(words)
        for words in ("No report. The pack tells", "Version 1, frozen 25 May 2017", "Live, not yet")
    ]
    assert told_of == sorted(told_of)
    assert "The pack is a draft until June 2017 is frozen." in page
    assert "The pack is a draft" not in client.get(address("pack", "2017-05")).text
    for name, args in (("month", ["ofsted-2016", "2017-06"]), ("months", ["ofsted-2016"])):
        assert address("pack") in client.get(reverse(f"actionplan:{name}", args=args)).text


@pytest.mark.parametrize("month", ["2017-04", "2017-07", "2017-13", "x"])
@pytest.mark.parametrize("name", ["pack", "pack_pdf", "pack_docx"])
def test_months_that_have_no_round_have_no_pack(name, month, client, reader, months):
    client.force_login(reader)
    opens = date(2017, 7, 3)
    ReportingMonthFactory(plan=months.plan, month=JULY, opens_on=opens, updates_due_on=opens, board_on=opens)

    assert client.get(address(name, month)).status_code == 404


def test_file_tells_frozen_months_as_they_were_frozen(client, reader, months):
    client.force_login(reader)

    response = client.get(address("pack_docx"))

    assert response["Content-Disposition"] == (
        'attachment; filename="OFFICIAL-SENSITIVE ofsted-2016 meeting with Ofsted 2017-06 draft.docx"'
    )
    text = "\n".join(each.text for each in docx.Document(BytesIO(response.content)).paragraphs)
    assert "May 2017: as the Board read it: version 1, frozen 25 May 2017." in text
    assert "June 2017: a draft, live at 27 June 2017, which may still change." in text


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_plan(count, client, reader, months, django_assert_num_queries):
    for _ in range(count):
        action = ActionFactory(plan=months.plan)
        MilestoneFactory(action=action)
        ProgressUpdateFactory(action=action, accepted=True)
        EvidenceFactory(action=action)
        ChallengeFactory(plan=months.plan).actions.add(action)
        MeasurementFactory(indicator=IndicatorFactory(headline_order=action.pk))
    client.force_login(reader)

    with django_assert_num_queries(6):
        client.get(address("pack"))
    with django_assert_num_queries(52):
        client.get(address("pack_docx"))
