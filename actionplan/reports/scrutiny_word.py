"""The committee’s paper as a Word document. It is public and bears no marking."""

from actionplan.reports.scrutiny_facts import Block, Heading, Paper, Table
from actionplan.reports.word import paper as word
from actionplan.reports.word.markup import Cell, Strong
from kpis.periods import day_words

SAMPLE = "Sample data"


def docx(paper: Paper) -> bytes:
    """Numbered paragraphs are numbered by Word, so that they stay right when somebody adds one there."""
    subject = dict(paper.head)["Subject Heading:"][0]
    running = [
        *([paper.draft] if paper.draft else []),
        *([SAMPLE] if paper.is_sample else []),
        paper.committee,
        day_words(paper.meets_on),
    ]
    author = dict(paper.head)["Report Author and contact details:"][0]
    file = word.Paper(
        f"{subject}: {paper.committee}, {day_words(paper.meets_on)}",
        on=paper.meets_on,
        author=author,
        subject=subject,
        running=running,
    )
    file.title(paper.committee)
    file.paragraph(day_words(paper.meets_on), style="Subtitle")
    for warning in filter(None, [paper.draft, _sample(paper)]):
        file.paragraph(Strong(warning))
    for label, lines in paper.head:
        file.paragraph(Strong(label), "\n".join(["", *lines]))
    numbering = file.numbering()
    for block in paper.body:
        _block(file, block, numbering)
    for at, block in enumerate(paper.appendix):
        _block(file, block, numbering, new_page=at == 0)
    return file.content()


def _sample(paper: Paper) -> str:
    return f"{SAMPLE}, written for a demonstration. Not the council’s plan." if paper.is_sample else ""


def _block(file: word.Paper, block: Block, numbering: int, *, new_page: bool = False) -> None:
    if isinstance(block, Heading):
        file.heading(block.text, block.level, new_page=new_page)
        return
    if isinstance(block, Table):
        rows = (_cells(row) for row in block.rows)
        file.table(block.columns, rows, block.widths, caption=block.caption)
        return
    if block.text:
        file.paragraph(block.text, numbering=numbering if block.number else None)
    if block.items:
        (file.letters if block.is_lettered else file.bullets)(block.items)


def _cells(row: tuple[str, ...]) -> list[Cell]:
    return [Strong(row[0]), *row[1:]]
