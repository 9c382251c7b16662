"""What is told of risks, challenges, meetings and decisions."""

from textwrap import shorten
from typing import Any

from actionplan.enums import Body, RiskKind
from actionplan.models import Attendance, Challenge, Decision, Meeting, Risk, RiskScore
from kpis.periods import day_words
from kpis.trail import Kind


def brief(text: str) -> str:
    return shorten(text, 90, placeholder=" …")


def _risk(row: Any) -> str:
    return f"{RiskKind(row.kind).label} R{row.number}, {row.title}"


def _attendance(row: Any, meeting: Meeting | None, post: Any) -> str:
    return f"Attendance of {post or 'a post since removed'} at {meeting or 'a meeting since removed'}"


KINDS = (
    Kind(
        "risk",
        Risk,
        "Risk or issue",
        of={"plan": "plan", "risk": "id"},
        named=_risk,
        lists=("actions", "recommendations"),
        live=Risk.objects.select_related("plan"),
    ),
    Kind(
        "score",
        RiskScore,
        "Risk score",
        of={"plan": "risk__plan", "risk": "risk"},
        named=lambda row, risk: _risk(risk),
        needs=("risk",),
        done=lambda row, was: "scored",
        told=("scored_on", "likelihood", "impact", "note"),
    ),
    Kind(
        "challenge",
        Challenge,
        "Challenge",
        of={"plan": "plan", "challenge": "id"},
        named=lambda row: f"Challenge, {brief(row.question)}",
        lists=("recommendations", "actions"),
        live=Challenge.objects.select_related("plan"),
    ),
    Kind(
        "meeting",
        Meeting,
        "Meeting",
        of={"plan": "plan", "meeting": "id"},
        named=lambda row: f"Meeting of the {Body(row.body).label}, {day_words(row.held_on)}",
        live=Meeting.objects.select_related("plan"),
    ),
    Kind(
        "attendance",
        Attendance,
        "Attendance",
        of={"plan": "meeting__plan", "meeting": "meeting"},
        named=_attendance,
        needs=("meeting", "post"),
        untold=frozenset({"post"}),
    ),
    Kind(
        "decision",
        Decision,
        "Decision",
        of={"plan": "plan", "decision": "id"},
        named=lambda row: f"Decision, {brief(row.question)}",
        lists=("actions",),
        live=Decision.objects.select_related("plan"),
    ),
)
