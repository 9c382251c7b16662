"""Published facts about inspections: frameworks, grades, recommendations, the national table. Safe to load again."""

from pathlib import Path

from actionplan.enums import DatePrecision, Grade
from actionplan.models import (
    AreaMapping,
    Framework,
    Inspection,
    Judgement,
    JudgementArea,
    MonitoringVisit,
    PublishedOutcome,
    Recommendation,
    RecommendationParagraph,
    Service,
)
from kpis.tables import by, day, keep, one_of, optional, read, required, text, whole, yes_no

REFERENCE = Path(__file__).parent / "reference"

# The seed report's paragraph 3 lists them in this order.
SERVICES = [
    "Early Help",
    "MASH and Assessment",
    "Intervention and Support",
    "Care Resources",
    "Systemic Practice",
]

GRADE = one_of(["", *Grade.values])


def load_reference() -> None:
    """Everything published. Recommendations that people may have edited since are left as they are."""
    keep(Service, [{"name": name, "order": order} for order, name in enumerate(SERVICES, 1)], ("name",))
    _frameworks()
    _inspections()
    _recommendations()
    _national_table()


def _frameworks() -> None:
    columns = {
        "code": required,
        "name": required,
        "from_date": optional(day),
        "to_date": optional(day),
        "source": required,
    }
    keep(Framework, read(REFERENCE / "frameworks.csv", columns, ("code",)), ("code",))
    rows = read(
        REFERENCE / "judgement_areas.csv",
        {
            "framework": one_of(by(Framework, "code")),
            "code": required,
            "number": text,
            "name": required,
            "short_name": required,
            "parent": text,
            "order": whole,
            "source": required,
        },
        ("code",),
    )
    # A parent stands above its parts in the file; they are stored in two steps so that it exists first.
    tops = [row for row in rows if not row["parent"]]
    keep(JudgementArea, [row | {"parent": None} for row in tops], ("code",))
    known = by(JudgementArea, "code")
    keep(JudgementArea, [row | {"parent": known[row["parent"]]} for row in rows if row["parent"]], ("code",))
    _mappings()


def _mappings() -> None:
    """Our reading of where an area’s work is judged under later frameworks; Ofsted prints no such table.

    Each pair of frameworks has rows of its own. Going through 2018 would spread the work for care leavers over children
    in care, whom 2018 judged together with them.
    """
    areas = one_of(by(JudgementArea, "code"))
    rows = read(
        REFERENCE / "area_mappings.csv",
        {"from_area": areas, "to_area": areas, "basis": required, "source": required},
        ("from_area", "to_area"),
    )
    keep(AreaMapping, rows, ("from_area", "to_area"))


def _inspections() -> None:
    dated = {
        "start": day,
        "start_precision": one_of(DatePrecision.values),
        "end": optional(day),
        "source": required,
    }
    rows = read(
        REFERENCE / "inspections.csv",
        {
            **dated,
            "key": required,
            "framework": one_of(by(Framework, "code")),
            "name": required,
            "published_on": day,
            "lead_inspector": text,
        },
        ("key",),
    )
    keep(Inspection, rows, ("key",))
    inspections = one_of(by(Inspection, "key"))
    rows = read(
        REFERENCE / "judgements.csv",
        {
            "inspection": inspections,
            "area": one_of(by(JudgementArea, "code")),
            "grade": GRADE,
            "printed": text,
            "limiting": optional(yes_no),
            "note": text,
            "source": required,
        },
        ("inspection", "area"),
    )
    for row in rows:
        row["is_limiting"] = row.pop("limiting")
    keep(Judgement, rows, ("inspection", "area"))
    rows = read(
        REFERENCE / "monitoring_visits.csv",
        {
            **dated,
            "key": required,
            "inspection": inspections,
            "name": required,
            "published_on": optional(day),
            "note": text,
        },
        ("key",),
    )
    keep(MonitoringVisit, rows, ("key",))


def _recommendations() -> None:
    inspections = by(Inspection, "key")
    rows = read(
        REFERENCE / "recommendations.csv",
        {
            "inspection": one_of(inspections),
            "number": whole,
            "short_title": required,
            "wording": required,
            "council_wording": text,
            "page": optional(whole),
            "note": text,
            "source": required,
        },
        ("inspection", "number"),
    )
    keep(Recommendation, rows, ("inspection", "number"), overwrite=False)
    known = {
        (each.inspection, each.number): each for each in Recommendation.objects.select_related("inspection")
    }
    rows = read(
        REFERENCE / "recommendation_paragraphs.csv",
        {
            "inspection": one_of(inspections),
            "recommendation": whole,
            "paragraph": whole,
            "area": one_of(by(JudgementArea, "code")),
            "about": required,
            "confidence": required,
            "basis": required,
            "source": required,
        },
        ("inspection", "recommendation", "paragraph"),
    )
    for row in rows:
        row["recommendation"] = known[row.pop("inspection"), row["recommendation"]]
    keep(RecommendationParagraph, rows, ("recommendation", "paragraph"))


def _national_table() -> None:
    grades = ["help_and_protection", "looked_after", "adoption", "care_leavers", "leadership", "lscb"]
    rows = read(
        REFERENCE / "published_outcomes.csv",
        {
            "authority": required,
            "area_code": text,
            "region": text,
            "round": whole,
            "published_on": day,
            "overall": one_of(Grade.values),
            "source": required,
            **dict.fromkeys(grades, GRADE),
        },
        ("authority", "published_on"),
    )
    keep(PublishedOutcome, rows, ("authority", "published_on"))
