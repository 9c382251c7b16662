"""The committee’s paper as plain data: what it is made from, and the blocks that it is made of. No records."""

from dataclasses import dataclass
from datetime import date

from actionplan.enums import Verdict
from actionplan.frameworks.national import NationalTable


@dataclass(frozen=True)
class Texts:
    """The head of a paper and the prose that people wrote for it. Of prose, each line is a paragraph."""

    committee: str
    meets_on: date
    subject: str
    lead: str
    author: str
    contact: str
    policy_context: str
    summary: str
    recommendations: str
    services: str
    next_steps: str
    financial: str
    legal: str
    human_resources: str
    equalities: str
    is_sample: bool = False


@dataclass(frozen=True)
class Inspected:
    """What Ofsted published: areas with their grades, overall first; `worse` are those below the overall grade.

    `is_limiting` says whether those pulled the overall grade down; None where Ofsted did not say.
    """

    name: str
    published_on: date
    grades: tuple[tuple[str, str], ...]
    worse: tuple[tuple[str, str], ...]
    is_limiting: bool | None


@dataclass(frozen=True)
class ProgrammeFacts:
    """A programme that actions of the plan need something of, as it stood on the day."""

    name: str
    summary: str
    funding: str
    steps: int
    completed: int
    late: int
    actions: int


@dataclass(frozen=True)
class Judged:
    """An early measure with what its figures say. `found` and `figures` hold nothing that must be withheld."""

    claim: str
    verdict: Verdict
    figures: str
    found: str
    leaves_open: str


@dataclass(frozen=True)
class Sources:
    """What a paper says beyond the month’s report. `on` is the day all of it is told of.

    `national` is None where Ofsted’s table is of another framework. `hidden_baselines` are the codes of indicators
    whose baseline rests on few children.
    """

    on: date
    inspected: Inspected
    agreed_on: date | None = None
    submitted_on: date | None = None
    programmes: tuple[ProgrammeFacts, ...] = ()
    national: NationalTable | None = None
    measures: tuple[Judged, ...] = ()
    hidden_baselines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    text: str
    level: int
    kind: str = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph. One with a number counts through the whole paper; `items` stand below it."""

    text: str
    number: int = 0
    items: tuple[str, ...] = ()
    is_lettered: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page. The first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = "table"

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each row’s name, with its other cells under the names of their columns."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


Block = Heading | Words | Table


@dataclass(frozen=True)
class Paper:
    """`head` are the labels above the summary with their lines. `draft` says why a paper may not go out yet."""

    slug: str
    month: date
    committee: str
    meets_on: date
    head: tuple[tuple[str, tuple[str, ...]], ...]
    body: tuple[Block, ...]
    appendix: tuple[Block, ...]
    draft: str
    is_sample: bool

    @property
    def file_name(self) -> str:
        """Scrutiny paper ofsted-2016 2017-06 draft.docx"""
        draft = " draft" if self.draft else ""
        return f"Scrutiny paper {self.slug} {self.month:%Y-%m}{draft}.docx"
