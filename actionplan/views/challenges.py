"""Questions put to the council: the list, one of them, its answer, its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.changes.challenges import AlreadyClosed, NotAnswered
from actionplan.forms.challenges import AnswerForm, ChallengeForm, CloseForm
from actionplan.governance import Raised, by_recommendation, by_source, by_standing, challenges
from actionplan.models import ActionPlan, Challenge
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import day_words, today

LENSES = {
    "standing": ("How they stand", by_standing),
    "source": ("Who asked", by_source),
    "recommendation": ("Recommendation", by_recommendation),
}


def newest(request):
    """Those of the plan people work on; the navigation links here."""
    plan = ActionPlan.objects.filter(parent=None).first()
    if plan is None:
        return TemplateResponse(request, "actionplan/plan_none.html")
    return redirect("actionplan:challenges", plan.slug)


def index(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    rows = challenges(plan, today())
    asked = request.GET.get("group")
    lens = asked if asked in LENSES else "standing"
    context = {
        "plan": plan,
        "rows": rows,
        "groups": LENSES[lens][1](plan, rows),
        "lens": lens,
        "lenses": [(key, name) for key, (name, _) in LENSES.items()],
        "waiting": sum(not row.is_answered for row in rows),
        "late": sum(row.days_late > 0 for row in rows),
        "answered": sum(row.is_answered and not row.is_closed for row in rows),
        "is_all_sample": all(row.challenge.is_sample for row in rows),
        "may_raise": permissions.can_raise(request.user),
    }
    return TemplateResponse(request, "actionplan/challenges.html", context)


def new(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("inspection"), slug=plan)
    if not permissions.can_raise(request.user):
        raise PermissionDenied(
            "Challenges are raised by members of the Board, and by the improvement team for others who ask."
        )
    form = ChallengeForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        challenge = form.save(by=request.user)
        messages.success(
            request,
            f"Challenge raised. The {challenge.owner} answers it by {day_words(challenge.due_on)}. "
            "It stands on the Board’s page until it is closed.",
        )
        return redirect(challenge)
    return TemplateResponse(request, "actionplan/challenge_new.html", {"plan": plan, "form": form})


def detail(request, plan, challenge):
    challenge = _get(plan, challenge)
    row = Raised(challenge, today())
    is_open = challenge.closed_on is None
    context = {
        "challenge": challenge,
        "row": row,
        "recommendations": list(challenge.recommendations.order_by("number")),
        "actions": list(challenge.actions.select_related("plan").in_order()),
        "may_answer": is_open and permissions.can_answer(request.user, challenge),
        "may_close": is_open and challenge.answered_on and permissions.can_close(request.user),
    }
    return TemplateResponse(request, "actionplan/challenge.html", context)


def answer(request, plan, challenge):
    """Write the answer, or a better one."""
    challenge = _get(plan, challenge)
    if not permissions.can_answer(request.user, challenge):
        raise PermissionDenied(
            f"This challenge is answered by the {challenge.owner}. Only they and the improvement team can answer it."
        )
    if challenge.closed_on:
        return _closed(request, challenge)
    form = AnswerForm(request.POST if request.method == "POST" else None, challenge=challenge)
    context = {"challenge": challenge, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            challenge = form.save(by=request.user)
        except AlreadyClosed:
            return _closed(request, _get(plan, challenge.pk))
        except StaleEdit:
            return both_texts(
                request, "actionplan/challenge_answer.html", context, _on_stored(AnswerForm, plan, challenge)
            )
        messages.success(request, "Answer saved. The challenge stays open until it is closed.")
        return redirect(challenge)
    return TemplateResponse(request, "actionplan/challenge_answer.html", context)


def close(request, plan, challenge):
    """Say that the answer is enough."""
    challenge = _get(plan, challenge)
    if not permissions.can_close(request.user):
        raise PermissionDenied("Challenges are closed by members of the Board and by the improvement team.")
    if challenge.closed_on:
        return _closed(request, challenge)
    if not challenge.answered_on:
        return _unanswered(request, challenge)
    form = CloseForm(request.POST if request.method == "POST" else None, challenge=challenge)
    context = {"challenge": challenge, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            challenge = form.save(by=request.user)
        except AlreadyClosed:
            return _closed(request, _get(plan, challenge.pk))
        except NotAnswered:
            return _unanswered(request, challenge)
        except StaleEdit as stale:
            context["challenge"] = stale.current
            return both_texts(
                request, "actionplan/challenge_close.html", context, _on_stored(CloseForm, plan, challenge)
            )
        messages.success(request, "Challenge closed.")
        return redirect(challenge)
    return TemplateResponse(request, "actionplan/challenge_close.html", context)


def _get(plan, pk):
    found = Challenge.objects.select_related("plan__parent", "owner", "meeting__plan")
    return get_object_or_404(found, plan__slug=plan, pk=pk)


def _on_stored(form_class, plan, challenge):
    stored = _get(plan, challenge.pk)
    return lambda data: form_class(data, challenge=stored)


def _closed(request, challenge):
    typed = request.POST.get("answer", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": challenge.get_source_display(),
            "heading": "This challenge is closed",
            "why": f"It was closed on {day_words(challenge.closed_on)}. Its answer stays as it was then.",
            "back": challenge.get_absolute_url(),
            "back_words": "Back to the challenge",
            "typed": [("What is the answer?", typed)] if typed else [],
        },
    )


def _unanswered(request, challenge):
    return too_late(
        request,
        {
            "caption": challenge.get_source_display(),
            "heading": "This challenge has no answer yet",
            "why": f"Answer the challenge before you close it. The {challenge.owner} answers it by "
            f"{day_words(challenge.due_on)}.",
            "back": challenge.get_absolute_url(),
            "back_words": "Back to the challenge",
        },
    )
