"""Which areas of a framework the work of a plan reaches: of its own inspection’s, or of one that follows."""

from collections import defaultdict
from dataclasses import dataclass

from actionplan.enums import Grade
from actionplan.models import (
    AreaMapping,
    Framework,
    Inspection,
    Judgement,
    JudgementArea,
    RecommendationParagraph,
)

SHORT_NAMES = {"sif": "SIF", "ilacs-2018": "ILACS 2018", "ilacs-2023": "ILACS 2023"}

GRADES_WORST_FIRST = [
    *(Grade.INADEQUATE, Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING)
]


@dataclass(frozen=True)
class Reached:
    """An area, the recommendations (by key) whose paragraphs lead to it, and what Ofsted last judged of it."""

    area: JudgementArea
    recommendations: frozenset[int]
    judged: tuple[Judgement, ...]

    @property
    def grade(self) -> str:
        """The worst grade among what was judged, and how many have it: Inadequate, 1 of 3. Never an average."""
        grades = [judgement.grade for judgement in self.judged if judgement.grade]
        if not grades:
            return ""
        worst = min(grades, key=GRADES_WORST_FIRST.index)
        label = Grade(worst).label
        return label if len(grades) == 1 else f"{label}, {grades.count(worst)} of {len(grades)}"


def short_name(framework: Framework) -> str:
    return SHORT_NAMES.get(framework.code, framework.name)


def mapped_frameworks(inspection: Inspection) -> list[Framework]:
    """The later frameworks under which the areas of an inspection can be read, oldest first. One query."""
    mapped = AreaMapping.objects.filter(from_area__framework=inspection.framework_id)
    return list(Framework.objects.filter(pk__in=mapped.values("to_area__framework")))


def reached(inspection: Inspection, framework: int) -> list[Reached]:
    """Every area of a framework (by its key) in its order, and what of an inspection leads there.

    Overall effectiveness is left out: it is judged from the others. Four queries, three for the inspection’s own.
    """
    areas = list(
        JudgementArea.objects.filter(framework=framework).exclude(code__endswith="/overall").order_by("order")
    )
    leads = _leads(inspection, framework, areas)
    recommendations, judged = defaultdict(set), defaultdict(list)
    paragraphs = RecommendationParagraph.objects.filter(recommendation__inspection=inspection)
    for area, recommendation in paragraphs.values_list("area_id", "recommendation_id"):
        for to in leads[area]:
            recommendations[to].add(recommendation)
    for judgement in inspection.judgements.select_related("area").order_by("area__order"):
        for to in leads[judgement.area_id]:
            judged[to].append(judgement)
    return [Reached(area, frozenset(recommendations[area.pk]), tuple(judged[area.pk])) for area in areas]


def _leads(inspection: Inspection, framework: int, areas: list[JudgementArea]) -> dict[int, list[int]]:
    """To which areas each area of the inspection leads, by their keys."""
    leads = defaultdict(list)
    if framework == inspection.framework_id:
        leads |= {area.pk: [area.pk] for area in areas}
        return leads
    mapped = AreaMapping.objects.filter(
        from_area__framework=inspection.framework_id, to_area__framework=framework
    )
    for area, to in mapped.values_list("from_area_id", "to_area_id"):
        leads[area].append(to)
    return leads
