"""Every address of the site, and one row of everything to open it with."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver

from actionplan import permissions
from havering_ofsted.administrators import give_administrators_their_permissions
from havering_ofsted.models import User
from tests.factories import (
    FACTORIES,
    ActionFactory,
    ActionPlanFactory,
    ChallengeFactory,
    DateChangeFactory,
    DecisionFactory,
    DependencyFactory,
    DraftCommentFactory,
    EvidenceFactory,
    MeetingFactory,
    MilestoneFactory,
    PostFactory,
    ProgrammeMilestoneFactory,
    ProgressUpdateFactory,
    ReportingMonthFactory,
    RiskFactory,
    ScrutinyPaperFactory,
    UploadFactory,
    UserFactory,
)

SECRET = "Words that are nobody else’s to read yet"


@dataclass(frozen=True)
class Route:
    """An address with its gaps, such as /plans/<slug:plan>/. One without a name goes by its path."""

    name: str
    path: str

    def __str__(self):
        return self.name


def routes():
    """Every pattern of the URLconf, Django admin's included."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns, path, namespace):
    for each in patterns:
        here = path + re.sub(r"\^?\(\?P(<\w+>)[^)]*\)|\$$", r"\1", str(each.pattern))
        if isinstance(each, URLPattern):
            yield Route(f"{namespace}{each.name}" if each.name else here, here)
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, here, inner)


@dataclass(frozen=True)
class World:
    """One row of every model, tied together, and somebody in each role. A draft and a title hold the SECRET."""

    people: dict[str, User | None]
    gaps: dict[str, str]

    def address(self, route, **gaps):
        """The route's address with its gaps filled; name a gap to put something else into it."""
        known = self.gaps | _of_its_model(route) | gaps
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(known[gap[1]]), route.path)


def make_world():
    owner = UserFactory(group=permissions.OFFICER)
    action = ActionFactory(
        plan=ActionPlanFactory(slug="ofsted-2016", inspection__key="HAV-SIF-2016"),
        owner=PostFactory(holder=owner),
        title=f"Title: {SECRET}",
    )
    MilestoneFactory(action=action)
    month = ReportingMonthFactory(plan=action.plan)
    ProgressUpdateFactory(action=action, made_by=owner, accepted=True, month="2017-05-01")
    waiting = ProgressUpdateFactory(action=action, made_by=owner)
    ProgressUpdateFactory(action=action, made_by=owner, draft=True, done=f"Draft: {SECRET}")
    RiskFactory(plan=action.plan, number=action.recommendation.number)
    ScrutinyPaperFactory(plan=action.plan, month=month)
    for factory in FACTORIES:
        if not factory._meta.model.objects.exists():
            factory()
    assurer = UserFactory(group=permissions.ASSURER)
    PostFactory(holder=assurer)
    challenge = ChallengeFactory(plan=action.plan, owner=action.owner)
    step = ProgrammeMilestoneFactory()
    decision, meeting = DecisionFactory(plan=action.plan), MeetingFactory(plan=action.plan)
    people = {
        "stranger": None,
        "owner": owner,
        "officer": UserFactory(group=permissions.OFFICER),
        "team": UserFactory(group=permissions.IMPROVEMENT_TEAM),
        "board": UserFactory(group=permissions.BOARD_MEMBER),
        "assurer": assurer,
        "administrator": UserFactory(group=permissions.ADMINISTRATOR, is_staff=True),
    }
    give_administrators_their_permissions()
    gaps = {
        "plan": action.plan.slug,
        "ref": action.ref,
        "number": action.recommendation.number,
        "pk": waiting.pk,
        "challenge": challenge.pk,
        "comment": DraftCommentFactory(plan=action.plan, month=month).pk,
        "change": DateChangeFactory(action=action, from_date=action.due_on, to_date="2017-10-31").pk,
        "need": DependencyFactory(action=action).pk,
        "decision": decision.pk,
        "evidence": EvidenceFactory(action=action, as_file=True).pk,
        "meeting": meeting.pk,
        "month": f"{month.month:%Y-%m}",
        "kind": "action",
        "ending": "json",
        "record": action.ref,
        "key": action.plan.inspection.key,
        "programme": step.programme.slug,
        "step": step.pk,
        "code": apps.get_model("kpis", "Indicator").objects.first().code,
        "uidb64": "MQ",
        "token": "used-before",
        "upload": UploadFactory(made_by=people["team"]).pk,
        "app_label": "actionplan",
        "url": "nowhere/",
        "content_type_id": ContentType.objects.get_for_model(action).pk,
        "object_id": action.pk,
    }
    return World(people, gaps)


def _of_its_model(route):
    """In Django admin, the first row of the model whose pages these are."""
    found = re.match(r"/admin/(\w+)/(\w+)/<", route.path)
    if not found:
        return {}
    row = apps.get_model(*found.groups()).objects.order_by("pk").first()
    return {"object_id": row.pk, "id": row.pk}
