"""The paper about a month for the scrutiny committee, in the order and under the headings of the council’s template.

It is public: it prints the plan’s own words and computed facts, never what owners, checkers or the Board wrote in
between. Figures of few children are withheld.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from actionplan.reports.document import MonthDocument
from actionplan.reports.scrutiny_appendix import appendix
from actionplan.reports.scrutiny_detail import background, plan_itself
from actionplan.reports.scrutiny_facts import Block, Heading, Paper, Sources, Texts, Words
from actionplan.reports.scrutiny_monitoring import monitoring
from kpis.periods import day_words

NOT_FROZEN = "Draft: the month is not frozen yet"


def paper(document: MonthDocument, sources: Sources, texts: Texts) -> Paper:
    """Pure: the same facts and texts make the same paper."""
    report = document.report
    return Paper(
        slug=document.slug,
        month=report.month,
        committee=texts.committee,
        meets_on=texts.meets_on,
        head=(
            ("Subject Heading:", (texts.subject,)),
            ("SLT Lead:", (texts.lead,)),
            ("Report Author and contact details:", (texts.author, *_lines(texts.contact))),
            ("Policy context:", tuple(_lines(texts.policy_context))),
        ),
        body=tuple(_numbered(_body(document, sources, texts))),
        appendix=tuple(appendix(document, sources)),
        draft="" if report.is_frozen else NOT_FROZEN,
        is_sample=report.is_sample or texts.is_sample,
    )


def _body(document: MonthDocument, sources: Sources, texts: Texts) -> Iterator[Block]:
    yield Heading("SUMMARY", 1)
    yield from prose(texts.summary)
    yield Heading("RECOMMENDATIONS", 1)
    yield from prose(texts.recommendations)
    yield Heading("REPORT DETAIL", 1)
    yield from background(document, sources)
    yield from _services(texts.services)
    yield from plan_itself(document, sources)
    yield from monitoring(document, sources)
    yield Heading("Next steps", 2)
    yield from (Words(line, number=1) for line in _lines(texts.next_steps))
    yield Heading("IMPLICATIONS AND RISKS", 1)
    for heading, text in (
        ("Financial implications and risks:", texts.financial),
        ("Legal implications and risks:", texts.legal),
        ("Human Resources implications and risks:", texts.human_resources),
        ("Equalities implications and risks:", texts.equalities),
    ):
        yield Heading(heading, 2)
        yield from prose(text)
    yield Heading("BACKGROUND PAPERS", 1)
    yield Words(f"Appendix A: {document.report.plan}, as it stood on {day_words(sources.on)}")
    yield Words(f"Ofsted: {sources.inspected.name}, published {day_words(sources.inspected.published_on)}")


def prose(text: str) -> Iterator[Words]:
    """What people typed: each line a paragraph, lines that begin with a dash a list under the one before."""
    waiting: Words | None = None
    for line in _lines(text):
        if line.startswith(("- ", "• ")):
            before = waiting or Words("")
            waiting = replace(before, items=(*before.items, line[2:].strip()))
            continue
        if waiting:
            yield waiting
        waiting = Words(line)
    if waiting:
        yield waiting


def _services(text: str) -> Iterator[Words]:
    """The first paragraph is numbered, with its list in letters; the others belong to it."""
    first, *others = prose(text) if text.strip() else [Words("")]
    if first != Words(""):
        yield replace(first, number=1, is_lettered=True)
        yield from others


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Numbers run through all parts, from 1."""
    number = 0
    for block in blocks:
        if isinstance(block, Words) and block.number:
            number += 1
            block = replace(block, number=number)
        yield block
