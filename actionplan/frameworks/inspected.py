"""What the pages of inspections show, as plain rows."""

from dataclasses import dataclass

from actionplan.enums import DatePrecision
from actionplan.models import Inspection, Judgement, MonitoringVisit
from kpis.periods import Period, day_words

# The inspections of the whole of children's services. The others looked at a part, or at the safeguarding board.
MAIN_FRAMEWORKS = {"sif", "ilacs-2018", "ilacs-2023"}

# Areas change with the framework; these judged about the same.
ABOUT_THE_SAME = [
    ("Overall", {"overall"}),
    ("Help and protection", {"help-and-protection"}),
    ("Looked after, in care", {"looked-after", "care", "in-care"}),
    ("Adoption", {"adoption"}),
    ("Care leavers", {"care-leavers"}),
    ("Leadership", {"leadership", "leaders"}),
]


@dataclass(frozen=True)
class Cell:
    inspection: Inspection
    judgement: Judgement | None  # None where the framework did not judge this by itself

    @property
    def label(self) -> str:
        return f"{self.inspection.start.year}"

    @property
    def called(self) -> str:
        """What the framework called a wider area: in 2018 care leavers were judged with children in care."""
        area = self.judgement.area if self.judgement else None
        return area.short_name if area and area.code.endswith("/care") else ""


def side_by_side(inspections: list[Inspection]) -> list[tuple[str, list[Cell]]]:
    """The areas that were judged, each with its grade in each inspection."""
    lines = []
    for name, codes in ABOUT_THE_SAME:
        cells = [Cell(each, _judged(each, codes)) for each in inspections]
        if any(cell.judgement for cell in cells):
            lines.append((name, cells))
    return lines


def _judged(inspection: Inspection, codes: set[str]) -> Judgement | None:
    return next(
        (each for each in inspection.judgements.all() if each.area.code.split("/")[-1] in codes), None
    )


def when(visit: Inspection | MonitoringVisit) -> str:
    """The days of the visit; only the month where no more is known."""
    if visit.start_precision == DatePrecision.MONTH:
        return f"{visit.start:%B %Y}"
    return Period(visit.start, visit.end).label if visit.end else day_words(visit.start)


def sources_of(inspection: Inspection) -> list[str]:
    """Where the facts of an inspection and its grades come from, each once."""
    cited = [inspection.source, *(each.source for each in inspection.judgements.all())]
    return list(dict.fromkeys(part.strip() for source in cited for part in source.split("|")))
