"""The sample plan of the demonstration, from the TOML files in `actionplan/sample`. Every row is marked as sample.

The council's plan of March 2017 was never published; this one was written for the project, and its owners are posts.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model

from actionplan import rag
from actionplan.enums import DeliveryState, Finding, Impact, Priority, Stage, UpdateStatus
from actionplan.enums import Rag as Colour
from actionplan.models import (
    Action,
    ActionPlan,
    Assurance,
    DateChange,
    Inspection,
    Milestone,
    Post,
    ProgressUpdate,
    Recommendation,
    ReportingMonth,
    Service,
)
from actionplan.sample.comments import load_comments
from actionplan.sample.dependencies import load_dependencies, load_programmes
from actionplan.sample.evidence import load_evidence
from actionplan.sample.governance import Meetings, load_governance, load_meetings
from actionplan.sample.reminders import load_reminders
from actionplan.sample.risks import load_risks
from actionplan.sample.scrutiny import load_scrutiny
from kpis.models import Indicator
from kpis.tables import by, keep, one_of, read, required, whole

SAMPLE = Path(__file__).parent
DATED = ("from_date", "to_date", "reason", "asked_on", "agreed_on", "refused_on")  # of a date change
IMPROVEMENT_TEAM_POST = "Head of Innovation and Improvement"


class BrokenSample(Exception):
    def __init__(self, where: str, what: str):
        super().__init__(f"{where}: {what}")


def load_sample() -> bool:
    """Load the plan with everything that happened to it; False, and nothing done, when it is there already.

    Call inside a transaction. Raises BrokenSample naming the file and the action.
    """
    head = _parse("plan.toml")
    if ActionPlan.objects.filter(slug__in=[plan["slug"] for plan in head["plan"]]).exists():
        return False
    posts = _posts(head["post"])
    plans = _plans(head["plan"], posts)
    whole_plan = next(plan for plan in plans.values() if plan.parent is None)
    _priorities(posts)
    _months(head["month"], whole_plan)
    governance = _parse("governance.toml")
    meetings = load_meetings(governance["meeting"], whole_plan, posts)
    loader = _Actions(posts, plans, meetings)
    for path in sorted(SAMPLE.glob("recommendation-*.toml")):
        loader.load(path, whole_plan, number=int(path.stem.rpartition("-")[2]))
    loader.load(SAMPLE / "leaving-care.toml", plans["leaving-care-2016"])
    load_programmes(head["programme"], posts)
    load_dependencies(head["dependency"], loader.actions)
    load_evidence(_parse("evidence.toml")["evidence"], posts, loader.actions, loader.team)
    load_risks(_parse("risks.toml")["risk"], plans=plans, posts=posts, actions=loader.actions, by=loader.team)
    load_governance(governance, whole_plan, posts, loader.actions, meetings)
    load_comments(_parse("comments.toml"), whole_plan, posts, loader.team)
    load_reminders()
    load_scrutiny(_parse("scrutiny.toml")["paper"], plans, posts)
    return True


def _parse(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenSample(name, str(error)) from error


def _posts(rows: list[dict]) -> dict[str, Post]:
    """A post each, held by an account that cannot sign in until it is given a password, or never again where somebody
    left."""
    services, people = by(Service, "name"), get_user_model().objects
    for row in rows:
        service = services[row["service"]] if row.get("service") else None
        holder = None
        if row.get("email"):
            holder = people.filter(email=row["email"]).first() or people.create_user(
                row["email"], job_title=row["title"], service=service, is_active=not row.get("left", False)
            )
        Post.objects.get_or_create(title=row["title"], defaults={"service": service, "holder": holder})
    return by(Post, "title")


def _plans(rows: list[dict], posts: dict[str, Post]) -> dict[str, ActionPlan]:
    plans: dict[str, ActionPlan] = {}
    for row in rows:
        plans[row["slug"]] = ActionPlan.objects.create(
            slug=row["slug"],
            name=row["name"],
            inspection=Inspection.objects.get(key=row["inspection"]),
            parent=plans.get(row.get("parent")),
            senior_responsible=posts[row["senior_responsible"]],
            author=posts[row["author"]],
            board=row["board"],
            summary=row.get("summary", ""),
            agreed_on=row.get("agreed_on"),
            submitted_on=row.get("submitted_on"),
            is_sample=True,
        )
    return plans


def _priorities(posts: dict[str, Post]) -> None:
    rows = read(
        SAMPLE / "priorities.csv",
        {
            "inspection": one_of(by(Inspection, "key")),
            "recommendation": whole,
            "priority": one_of(Priority.values),
            "lead": one_of(posts),
            "source": required,
        },
        ("inspection", "recommendation"),
    )
    for row in rows:
        recommendation = Recommendation.objects.get(
            inspection=row["inspection"], number=row["recommendation"]
        )
        recommendation.priority, recommendation.lead = row["priority"], row["lead"]
        recommendation.save(update_fields=["priority", "lead"])


def _months(rows: list[dict], plan: ActionPlan) -> None:
    keep(
        ReportingMonth,
        [
            row | {"plan": plan, "next_month": "\n".join(row.get("next_month", [])), "is_sample": True}
            for row in rows
        ],
        ("plan", "month"),
    )


class _Actions:
    """Loads the actions of one file after the other, remembering what they refer to."""

    def __init__(self, posts: dict[str, Post], plans: dict[str, ActionPlan], meetings: Meetings):
        self.posts = posts
        self.plans = plans
        self.meetings = meetings
        self.services = by(Service, "name")
        self.indicators = by(Indicator, "code")
        self.team = posts[IMPROVEMENT_TEAM_POST].holder
        self.actions: dict[str, Action] = {}

    def load(self, path: Path, plan: ActionPlan, number: int | None = None) -> None:
        for order, row in enumerate(_parse(path.name)["action"], 1):
            try:
                self._action(row, plan, number or row["recommendation"], order)
            except (KeyError, ValueError) as error:
                raise BrokenSample(f"{path.name}, action {row.get('ref', order)}", repr(error)) from error

    def _action(self, row: dict, plan: ActionPlan, number: int, order: int) -> None:
        plain = (
            "ref",
            "title",
            "short_title",
            "why",
            "outcome",
            "measure",
            "starts_on",
            "original_due_on",
            "due_on",
        )
        action = Action.objects.create(
            plan=plan,
            recommendation=Recommendation.objects.get(inspection=plan.inspection, number=number),
            order=order,
            owner=self.posts[row["owner"]],
            service=self.services[row["service"]],
            priority=Priority(row["priority"]),
            is_sample=True,
            **{name: row[name] for name in plain},
        )
        action.contributors.set(self.posts[title] for title in row.get("contributors", []))
        action.indicators.set(self.indicators[code] for code in row.get("indicators", []))
        action.shared_with.set(self.plans[slug] for slug in row.get("shared_with", []))
        self.actions[action.ref] = action
        milestones = [
            Milestone.objects.create(action=action, number=n, is_sample=True, **each)
            for n, each in enumerate(row.get("milestone", []), 1)
        ]
        changes = [self._date_change(each, action, milestones) for each in row.get("date_change", [])]
        for each in row.get("update", []):
            self._update(each, action, milestones, changes)
        for each in row.get("assurance", []):
            Assurance.objects.create(
                action=action,
                stage=Stage(each.get("stage", Stage.FIRST)),
                finding=Finding(each["finding"]),
                assurer=self.posts[each["assurer"]],
                made_by=self.posts[each["assurer"]].holder or self.team,
                is_sample=True,
                **{name: each.get(name) for name in ("summary", "made_on", "recheck_due_on")},
            )

    def _date_change(self, row: dict, action: Action, milestones: list[Milestone]) -> DateChange:
        return DateChange.objects.create(
            action=action,
            milestone=milestones[row["milestone"] - 1] if row.get("milestone") else None,
            asked_by=self.posts[row["asked_by"]],
            meeting=self.meetings[row["meeting"]["body"], row["meeting"]["held_on"]]
            if row.get("meeting")
            else None,
            decided_by=self.posts[row["decided_by"]] if row.get("decided_by") else None,
            refused_because=row.get("refused_because", ""),
            made_by=self.posts[row["asked_by"]].holder or self.team,
            is_sample=True,
            **{name: row.get(name) for name in DATED},
        )

    def _update(
        self, row: dict, action: Action, milestones: list[Milestone], changes: list[DateChange]
    ) -> None:
        on, state = row["submitted_on"], DeliveryState(row["state"])
        proposal = None
        if state == DeliveryState.IN_PROGRESS:
            proposal = _proposal(action, milestones, changes, on, row.get("forecast_on"))
            if rag.is_better(Colour(row["rag"]), proposal.rag) and not row.get("rag_reason"):
                raise ValueError(
                    f"update of {row['month']:%B} is better than the facts ({proposal}) and gives no reason"
                )
        status = UpdateStatus.SUBMITTED
        if row.get("accepted_on"):
            status = UpdateStatus.ACCEPTED
        elif row.get("returned_on"):
            status = UpdateStatus.RETURNED
        words = (
            "rag",
            "rag_reason",
            "done",
            "standstill",
            "difference",
            "cause",
            "remedy",
            "next_steps",
            "return_reason",
        )
        ProgressUpdate.objects.create(
            action=action,
            month=row["month"],
            state=state,
            impact=Impact(row["impact"]),
            proposed_rag=proposal.rag if proposal else "",
            proposed_because=proposal.because if proposal else "",
            status=status,
            made_by=action.owner.holder or self.team,
            checked_by=None if status == UpdateStatus.SUBMITTED else self.team,
            is_sample=True,
            **{name: row.get(name, "") for name in words},
            **{name: row.get(name) for name in ("forecast_on", "submitted_on", "returned_on", "accepted_on")},
        )


def _proposal(
    action: Action, milestones: list[Milestone], changes: list[DateChange], on: date, forecast_on: date | None
) -> rag.Proposal:
    """What the facts proposed on a past day: against the dates as they were agreed by then."""

    def due(now: date, milestone: Milestone | None) -> date:
        later = [c for c in changes if c.milestone == milestone and c.agreed_on and c.agreed_on > on]
        return min(later, key=lambda c: c.agreed_on).from_date if later else now

    steps = [rag.Step(m.ref, due(m.due_on, m), m.completed_on) for m in milestones]
    return rag.propose(due_on=due(action.due_on, None), steps=steps, on=on, forecast_on=forecast_on)


def accounts() -> list[dict[str, Any]]:
    """The accounts of the demonstration: e-mail, job title, groups."""
    return _parse("plan.toml")["account"]
