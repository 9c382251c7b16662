"""The sample programmes and what the sample plan leans on, from `sample/plan.toml`, each marked as sample."""

from collections.abc import Mapping
from typing import Any

from actionplan.models import Action, Dependency, Milestone, Post, Programme, ProgrammeMilestone, Strand
from kpis.tables import by


def load_programmes(rows: list[dict[str, Any]], posts: Mapping[str, Post]) -> None:
    """Each with its strands and its milestones, which name their strand."""
    plain = ("slug", "name", "funder", "summary", "source", "funding_note", "starts_on", "ends_on")
    for row in rows:
        programme = Programme.objects.create(
            owner=posts[row["owner"]],
            funding=row.get("funding"),
            is_sample=True,
            **{name: row[name] for name in plain},
        )
        strands = {
            each["name"]: Strand.objects.create(programme=programme, order=order, is_sample=True, **each)
            for order, each in enumerate(row["strand"], 1)
        }
        for each in row["milestone"]:
            strand = strands[each["strand"]] if each.get("strand") else None
            ProgrammeMilestone.objects.create(
                programme=programme,
                is_sample=True,
                **{"original_due_on": each["due_on"]} | each | {"strand": strand},
            )


def load_dependencies(rows: list[dict[str, Any]], actions: Mapping[str, Action]) -> None:
    """What is leaned on is named by the number of an action or milestone, or by the slug of a programme."""
    programmes = by(Programme, "slug")
    steps = by(ProgrammeMilestone, "title")
    for row in rows:
        Dependency.objects.create(
            action=actions[row["action"]],
            on_action=actions[row["on_action"]] if row.get("on_action") else None,
            on_milestone=_milestone(row["on_milestone"], actions) if row.get("on_milestone") else None,
            on_programme=programmes[row["on_programme"]] if row.get("on_programme") else None,
            on_programme_milestone=steps[row["on_step"]] if row.get("on_step") else None,
            what=row["what"],
            needed_by=row.get("needed_by"),
            is_sample=True,
        )


def _milestone(ref: str, actions: Mapping[str, Action]) -> Milestone:
    """4.2.3 is the third milestone of action 4.2."""
    action, _, number = ref.rpartition(".")
    return Milestone.objects.get(action=actions[action], number=int(number))
