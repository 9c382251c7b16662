from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.enums import MonthState
from actionplan.models import Action, ActionPlan, Post
from actionplan.reports.frozen import frozen_page, versions
from actionplan.reports.month import month_report, report_day
from actionplan.rounds import rounds, takes_updates
from actionplan.rows import rows
from havering_ofsted.forms import SignInForm
from havering_ofsted.work import tasks as work
from havering_ofsted.work.answers import answers_owed, reviews_due
from havering_ofsted.work.comments import comments_to_answer
from havering_ofsted.work.new_dates import new_dates
from havering_ofsted.work.waits import waits
from kpis.entry import returns
from kpis.models import Indicator
from kpis.periods import today
from kpis.readings import readings


def home(request):
    """My work. Somebody in two groups sees what both of them owe."""
    on = today()
    plans = ActionPlan.objects.select_related("parent", "inspection", "senior_responsible", "author")
    plan = plans.filter(parent=None).first()
    if plan is None:
        return TemplateResponse(request, "home_empty.html")
    month, board = rounds(plan, on)
    owed = month if takes_updates(month, on) else None
    context = {"plan": plan, "month": month, "owed": owed, "board": board, "on": on}
    everything = rows(work.in_plan(plan), on, month=owed, board=board) if _sees_all(request.user) else None
    roles = {
        "officer": _officer(request.user, plan, owed, board, on, everything),
        "team": _team(request.user, plan, everything, on),
        "assurer": _assurer(request.user, plan, everything, on),
        "administrator": _administrator(request.user, everything),
    }
    roles["reader"] = _reader(request.user, plan, month, on, others=any(roles.values()))
    context["dates"] = new_dates(plan, request.user, on)
    return TemplateResponse(request, "home.html", context | roles)


class SignIn(LoginView):
    authentication_form = SignInForm

    def form_valid(self, form):
        # The time of the last sign-in is noted on the person, which is no change that their history should show.
        form.get_user().skip_history_when_saving = True
        return super().form_valid(form)


@login_not_required
def health(request):
    """Alive, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _sees_all(user):
    """Whether the person's work is about every action, and not only their own."""
    groups = (permissions.IMPROVEMENT_TEAM, permissions.ASSURER, permissions.ADMINISTRATOR)
    return any(permissions.in_group(user, group) for group in groups)


def _officer(user, plan, month, board, on, everything):
    """Work that the person owns or contributes to; None for somebody who does neither and is no officer.

    `everything` are the rows of the whole plan, where they are read already.
    """
    posts = list(Post.objects.filter(holder=user))
    if not posts and not permissions.in_group(user, permissions.OFFICER):
        return None
    mine = Q(owner__in=posts) | Q(
        pk__in=Action.contributors.through.objects.filter(post__in=posts).values("action")
    )
    found = rows(work.in_plan(plan).filter(mine), on, month=month, board=board)
    held = {post.pk for post in posts}
    owned = [row for row in found if row.action.owner_id in held]
    indicators = Indicator.objects.filter(actions__in=[row.action.pk for row in owned]).distinct()
    return {
        "posts": posts,
        "first": [
            *work.do_first(owned, month, on),
            *answers_owed(posts, on),
            *reviews_due(posts, on),
        ],
        "waits": waits(plan, owned, everything or found, on),
        "next": work.coming_up(owned, on),
        "owned": owned,
        "helped": [row for row in found if row.action.owner_id not in held],
        "readings": list(readings(indicators, on).values()),
    }


def _team(user, plan, everything, on):
    if not permissions.in_group(user, permissions.IMPROVEMENT_TEAM):
        return None
    return {
        "waiting": work.waiting_updates(plan, user, on),
        "comments": comments_to_answer(plan, on),
        "silent": work.silent(everything),
        "late": work.late(everything),
        "returns": returns(on),
    }


def _assurer(user, plan, everything, on):
    if not permissions.in_group(user, permissions.ASSURER):
        return None
    if plan.follows_id:
        everything = everything + rows(work.done_before(), on, month=None, board=None)
    return {
        "delivered": work.awaiting_assurance(everything, user, on),
        "rechecks": work.rechecks(everything, user, on),
    }


def _administrator(user, everything):
    if not permissions.in_group(user, permissions.ADMINISTRATOR):
        return None
    return {"posts": work.posts_without_holder(everything)}


def _reader(user, plan, month, on, *, others):
    """The newest report, for the Board and for everybody who has no other work here."""
    if month is None or (others and not permissions.in_group(user, permissions.BOARD_MEMBER)):
        return None
    month.plan = plan
    frozen = versions(plan, month) if month.state == MonthState.FROZEN else []
    return {"report": frozen_page(frozen[0]) if frozen else month_report(plan, month, report_day(month, on))}
