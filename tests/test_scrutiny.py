"""The public paper for the scrutiny committee: its order, its numbers, and what it never prints."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from actionplan.enums import Grade, Verdict
from actionplan.frameworks.national import Count, Line, NationalTable
from actionplan.reports.facts import Stamp
from actionplan.reports.scrutiny import paper, prose
from actionplan.reports.scrutiny_facts import Heading, Inspected, Judged, Sources, Table, Texts, Words
from actionplan.reports.scrutiny_withheld import gives_away
from actionplan.reports.scrutiny_word import docx as word
from kpis.enums import Unit
from tests.month_document import NASTY, month_document

JUNE_27 = date(2017, 6, 27)
FROZEN = Stamp(version=1, frozen_on=date(2017, 6, 29), frozen_by="Head of Innovation and Improvement")

# The paper of 6 July 2017, heading by heading.
IN_THE_COUNCILS_ORDER = [
    "Subject Heading:",
    "SLT Lead:",
    "Report Author and contact details:",
    "Policy context:",
    "SUMMARY",
    "RECOMMENDATIONS",
    "REPORT DETAIL",
    "Ofsted Action Plan",
    "Monitoring progress",
    "Next steps",
    "IMPLICATIONS AND RISKS",
    "Financial implications and risks:",
    "Legal implications and risks:",
    "Human Resources implications and risks:",
    "Equalities implications and risks:",
    "BACKGROUND PAPERS",
]

TEXTS = Texts(
    committee="Children and Learning Overview and Scrutiny Sub-Committee",
    meets_on=date(2017, 7, 6),
    subject="Ofsted Improvement",
    lead="Director of Children’s Services",
    author="Head of Innovation and Improvement",
    contact="team@havering.example",
    policy_context="Improvement after Ofsted’s inspection.",
    summary="What members should know.",
    recommendations="That the Committee:\n- notes the paper\n- says what it wants to see next",
    services="Two services:\n- Early Help\n- Care Resources\nAll of them are to be Good.",
    next_steps="Power BI comes in August.\n\nOfsted comes in autumn.",
    financial="None arising directly from this report.",
    legal="None arising directly from this report.",
    human_resources="None arising directly from this report.",
    equalities="The duty:\n- fairness",
)

SHARES = {Grade.OUTSTANDING: 2, Grade.GOOD: 39, Grade.REQUIRES_IMPROVEMENT: 62, Grade.INADEQUATE: 33}
NATIONAL = NationalTable(
    on=JUNE_27,
    lines=[Line(grade, Count(count, 136), Count(count, 136)) for grade, count in SHARES.items()],
    reports=136,
    authorities=136,
    first=None,
    last=None,
)

SOURCES = Sources(
    on=JUNE_27,
    inspected=Inspected(
        name="Inspection of services for children",
        published_on=date(2016, 12, 9),
        grades=(("Overall effectiveness", "Requires improvement"), ("Care leavers", "Inadequate")),
        worse=(("Care leavers", "Inadequate"),),
        is_limiting=False,
    ),
    national=NATIONAL,
    measures=(
        Judged("More contact", Verdict.NOT_SHOWN, "64%, then 66%", "No change beyond chance.", "How often"),
    ),
)


def made(document=None, sources=SOURCES, texts=TEXTS):
    return paper(document or month_document(), sources, texts)


def read(paper):
    return docx.Document(BytesIO(word(paper)))


def all_text(file):
    """Everything a reader sees: paragraphs, cells, the head of each page."""
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    header = [each.text for each in file.sections[0].header.paragraphs]
    return "\n".join([*header, *(each.text for each in file.paragraphs), *cells])


def table_of(paper, caption):
    return next(each for each in paper.body if isinstance(each, Table) and each.caption.startswith(caption))


def numbered(paper):
    return {each.number: each.text for each in paper.body if isinstance(each, Words) and each.number}


def said(paper, beginning):
    return next(text for text in numbered(paper).values() if text.startswith(beginning))


def test_headings_stand_in_the_order_of_the_council():
    file = read(made())

    labels = [
        each.runs[0].text if each.style.name == "Normal" else each.text
        for each in file.paragraphs
        if each.style.name.startswith("Heading")
        or (
            each.style.name == "Normal"
            and each.runs
            and each.runs[0].bold
            and each.runs[0].text.endswith(":")
        )
    ]

    appendix = next(at for at, label in enumerate(labels) if label.startswith("Appendix A"))
    assert labels[:appendix] == IN_THE_COUNCILS_ORDER
    assert [each.text for each in file.paragraphs[:2]] == [TEXTS.committee, "6 July 2017"]


def test_numbers_run_through_from_1_in_the_facts_and_in_word():
    found = made()

    numbers = list(numbered(found))
    in_word = [
        each._p.pPr.numPr.numId.val
        for each in read(found).paragraphs
        if each.style.name == "List Number" and each._p.pPr.find(qn("w:numPr")) is not None
    ]

    assert numbers == list(range(1, len(numbers) + 1))
    assert (len(in_word), len(set(in_word))) == (len(numbers), 1)
    assert list(numbered(found).values())[-2:] == ["Power BI comes in August.", "Ofsted comes in autumn."]


def test_figures_are_those_of_the_month():
    document = month_document()
    report = document.report
    found = made(document)

    counts = [(int(now), int(was)) for _, now, was in table_of(found, "Where the").rows]
    indicators = {row[0]: row[2] for row in table_of(found, "Headline").rows}

    assert counts == [(each.now, each.before) for each in (*report.deliveries, *report.impacts)]
    assert indicators == {each.name: f"{each.latest}, {each.latest_when}" for each in report.indicators}
    assert report.counted in numbered(found).values()
    assert said(found, "Nationally").endswith(
        "136 reports under the same framework by 27 June 2017. Overall grades: 46% Requires improvement, "
        "24% Inadequate, 29% Good and 1% Outstanding (2 in all)."
    )
    assert "Of the 1: 1 not shown." in said(found, "Early measures")
    assert table_of(found, "The early").rows == (
        ("More contact", "Not shown", "64%, then 66%", "No change beyond chance.", "How often"),
    )


def test_appendix_holds_every_action_under_its_recommendation():
    document = month_document()
    tables = [each for each in made(document).appendix if isinstance(each, Table)]

    named = [row[0].split()[0] for table in tables for row in table.rows]

    assert sorted(named) == sorted(each.link.ref for each in document.annexes.actions)
    assert [each.text for each in made(document).appendix if isinstance(each, Heading)][1:] == [
        f"Recommendation {each.number}: {each.title}" for each in document.annexes.recommendations
    ]


@pytest.mark.parametrize(
    ("unit", "value", "numerator", "denominator", "is_hidden"),
    [
        (Unit.NUMBER, 1, None, None, True),
        (Unit.NUMBER, 5, None, None, True),
        (Unit.NUMBER, 6, None, None, False),
        (Unit.NUMBER, 0, None, None, False),
        (Unit.PERCENT, 10, 5, 50, True),
        (Unit.PERCENT, 12, 6, 50, False),
        (Unit.PERCENT, 90, 45, 50, True),  # five are not in it
        (Unit.PERCENT, 100, 50, 50, False),
        (Unit.PERCENT, 0, 0, 4, True),
        (Unit.PERCENT, 70, None, None, False),
        (Unit.RATE_10K, 1, 5, 50000, True),
        (Unit.WEEKS, 4, 40, 10, False),
        (Unit.WEEKS, 30, 90, 3, True),
    ],
)
def test_figures_that_give_away_few_children_are_known(unit, value, numerator, denominator, is_hidden):
    counts = [each if each is None else Decimal(each) for each in (value, numerator, denominator)]

    assert gives_away(unit, *counts) is is_hidden


def of_few(sheet, unit, **counts):
    """The same indicator of few children, with every word on it marked."""
    line = replace(
        sheet.line,
        **dict.fromkeys(
            ("baseline", "previous", "latest", "latest_counts", "to_go", "change", "so_what"), "4 FEW"
        ),
        origin="sample",
    )
    values = [replace(each, words="4 FEW", comment="FEW", **counts) for each in sheet.values]
    return replace(
        *(sheet,),
        line=line,
        unit=unit,
        values=tuple(values),
        chart_words="FEW",
        variation="FEW",
        assurance="FEW",
    )


def full_of_secrets(document):
    """Internal words everywhere, and few children behind every figure."""
    few = [
        (Unit.NUMBER, {"value": Decimal(4), "numerator": None, "denominator": None}),
        (Unit.PERCENT, {"value": None, "numerator": Decimal(3), "denominator": Decimal(4)}),
        (Unit.PERCENT, {"value": Decimal(96), "numerator": Decimal(96), "denominator": Decimal(100)}),
    ]
    annexes, report = document.annexes, document.report
    inner = {"cause": "SECRET", "remedy": "SECRET"}
    return replace(
        document,
        annexes=replace(
            annexes,
            indicators=tuple(
                of_few(sheet, unit, **counts)
                for sheet, (unit, counts) in zip(annexes.indicators, few, strict=True)
            ),
            actions=tuple(
                replace(
                    each,
                    said=each.said
                    and replace(each.said, done="SECRET", difference="SECRET", next_steps="SECRET", **inner),
                )
                for each in annexes.actions
            ),
        ),
        report=replace(
            report,
            headline="SECRET",
            confidence_reason="SECRET",
            next_month=("SECRET",),
            exceptions=tuple(replace(each, by_when="SECRET", **inner) for each in report.exceptions),
            differences=tuple(replace(each, how_we_know="SECRET") for each in report.differences),
            risks=tuple(replace(each, title="SECRET", mitigation="SECRET") for each in report.risks),
            decisions=tuple(replace(each, question="SECRET", why="SECRET") for each in report.decisions),
            date_requests=tuple(replace(each, reason="SECRET") for each in report.date_requests),
            challenges=report.challenges
            and replace(
                report.challenges,
                shown=tuple(
                    replace(each, question="SECRET", source="Ofsted") for each in report.challenges.shown
                ),
            ),
        ),
    )


def test_public_paper_withholds_few_children_and_internal_words():
    document = full_of_secrets(month_document())
    hidden = replace(SOURCES, hidden_baselines=tuple(each.code for each in document.annexes.indicators))

    found = made(document, hidden)

    text = all_text(read(found))
    assert "FEW" not in text
    assert "SECRET" not in text
    rows = table_of(found, "Headline").rows
    assert [(row[1].split(",")[0], row[2].split(",")[0], row[4]) for row in rows] == [
        ("Withheld", "Withheld", "Withheld")
    ] * 3


def test_only_questions_that_the_committee_asked_are_printed_and_all_of_those():
    document = month_document()
    asked = document.report.challenges.shown[0]
    ours = replace(asked, source="Overview and Scrutiny Sub-Committee", question="Ours?")
    theirs = replace(asked, source="Ofsted", question="Theirs?")
    beyond = replace(ours, question="One the Board’s page has no room for?")
    challenges = replace(document.report.challenges, shown=(ours, theirs), others=(beyond, theirs))

    text = all_text(read(made(replace(document, report=replace(document.report, challenges=challenges)))))

    assert "“Ours?”" in text
    assert "“One the Board’s page has no room for?”" in text
    assert "Theirs?" not in text


def test_live_month_makes_a_draft_and_a_frozen_one_does_not():
    document = month_document()
    frozen = replace(document, report=replace(document.report, stamp=FROZEN))

    draft, final = made(document), made(frozen)

    assert draft.file_name == "Scrutiny paper ofsted-2016 2017-06 draft.docx"
    assert final.file_name == "Scrutiny paper ofsted-2016 2017-06.docx"
    heads = [[each.text for each in read(each).sections[0].header.paragraphs] for each in (draft, final)]
    committee = f"{TEXTS.committee} · 6 July 2017"
    assert heads == [
        [f"Draft: the month is not frozen yet · Sample data · {committee}"],
        [f"Sample data · {committee}"],
    ]


def test_lines_become_paragraphs_and_dashes_lists():
    assert list(prose("One.\n\nTwo:\n- a\n• b\nThree.")) == [
        Words("One."),
        Words("Two:", items=("a", "b")),
        Words("Three."),
    ]
    assert list(prose("- a")) == [Words("", items=("a",))]
    assert list(prose(" \n")) == []


def test_whatever_is_typed_becomes_plain_text():
    nasty = replace(TEXTS, summary=NASTY, services=NASTY, next_steps=NASTY, subject=NASTY, contact=NASTY)

    text = all_text(read(made(texts=nasty)))

    assert "<script>&amp; {{ x }} {% now %} #let" in text
