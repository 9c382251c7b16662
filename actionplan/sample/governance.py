"""The sample meetings, decisions and challenges, from `actionplan/sample/governance.toml`, each marked as sample."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actionplan.enums import Attendance as Present
from actionplan.enums import Body
from actionplan.models import Action, ActionPlan, Attendance, Challenge, Decision, Meeting, Post

Meetings = dict[tuple[str, date], Meeting]


def load_governance(
    head: dict[str, Any],
    plan: ActionPlan,
    posts: Mapping[str, Post],
    actions: Mapping[str, Action],
    meetings: Meetings,
) -> None:
    """Add the decisions and challenges of the file to a plan that has just been made."""
    for row in head["decision"]:
        words = ("question", "why", "asked_on", "needed_by")
        decision = Decision.objects.create(
            plan=plan,
            asked_by=posts[row["asked_by"]],
            meeting=_meeting(row.get("made_at"), meetings),
            outcome=row.get("outcome", ""),
            is_sample=True,
            **{name: row[name] for name in words},
        )
        decision.actions.set(actions[ref] for ref in row["actions"])
    for row in head["challenge"]:
        words = ("question", "raised_on", "due_on")
        challenge = Challenge.objects.create(
            plan=plan,
            source=Body(row["source"]),
            meeting=_meeting(row.get("meeting"), meetings),
            owner=posts[row["owner"]],
            answer=row.get("answer", ""),
            answered_on=row.get("answered_on"),
            closed_on=row.get("closed_on"),
            is_sample=True,
            **{name: row[name] for name in words},
        )
        challenge.recommendations.set(
            plan.inspection.recommendations.filter(number__in=row["recommendations"])
        )
        challenge.actions.set(actions[ref] for ref in row["actions"])


def load_meetings(rows: list[dict[str, Any]], plan: ActionPlan, posts: Mapping[str, Post]) -> Meetings:
    """Those of the plan, found again by whose meeting it was and on which day."""
    found = {}
    for row in rows:
        meeting = Meeting.objects.create(
            plan=plan,
            body=Body(row["body"]),
            held_on=row["held_on"],
            chair=row["chair"],
            summary=row["summary"],
            is_sample=True,
        )
        for status in Present:
            for title in row.get(status.value, []):
                Attendance.objects.create(meeting=meeting, post=posts[title], status=status)
        found[row["body"], row["held_on"]] = meeting
    return found


def _meeting(named: dict[str, Any] | None, meetings: Meetings) -> Meeting | None:
    return meetings[named["body"], named["held_on"]] if named else None
