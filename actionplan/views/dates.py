"""Due dates: their story, a request for another one, what was decided, and the register of a plan."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.dates import AlreadyDecided, is_overtaken
from actionplan.dates.moves import Move, dates_of, dates_of_steps, moves_of
from actionplan.dates.moves import register as register_of
from actionplan.forms.dates import AskForm, DecideForm, RegisterFilter
from actionplan.models import Action, ActionPlan, DateChange
from actionplan.standing import standings
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import day_words, today

ANSWERING = ("plan__senior_responsible", "plan__parent__senior_responsible")


def register(request, plan):
    """Every request of a plan and those beneath it, what waits first, and how far its dates have slipped."""
    plans = ActionPlan.objects.select_related("parent")
    plan = get_object_or_404(plans, slug=plan)
    whole = register_of(plan, today())
    filters = RegisterFilter(request.GET, moves=whole.moves)
    context = {
        "plan": plan,
        "totals": whole.totals,
        "moved": whole.moved,
        "waiting": whole.waiting,
        "moves": filters.filter(whole.moves),
        "all_moves": whole.moves,
        "filters": filters,
        "to_decide": _to_decide_by(request.user, whole.waiting),
        "is_all_sample": all(move.change.is_sample for move in whole.moves),
    }
    return TemplateResponse(request, "actionplan/dates_register.html", context)


def of_action(request, plan, ref):
    on = today()
    action = _get_action(plan, ref)
    moves = moves_of(action, on)
    is_open = standings([action], on)[action.pk].is_open
    context = {
        "action": action,
        "dates": [dates_of(action, moves), *dates_of_steps(action, moves)],
        "moves": moves,
        "may_ask": is_open and permissions.can_update(request.user, action),
        "to_decide": _to_decide_by(request.user, moves),
    }
    return TemplateResponse(request, "actionplan/dates.html", context)


def new(request, plan, ref):
    """Ask for another date. It stays as it is until the request is agreed."""
    action = _get_action(plan, ref)
    if not permissions.can_update(request.user, action):
        raise PermissionDenied(
            f"New dates are asked for by the {action.owner}, by posts that contribute and by the improvement team."
        )
    standing = standings([action], today())[action.pk]
    if not standing.is_open:
        return _no_longer(request, action, standing)
    chosen = request.GET.get("milestone", "")
    form = AskForm(request.POST if request.method == "POST" else None, action=action, number=chosen)
    moves = moves_of(action, today())
    context = {
        "action": action,
        "form": form,
        "waiting": [move for move in moves if move.is_waiting],
        "is_stale": False,
        "differences": [],
    }
    if form.is_valid():
        try:
            change = form.save(by=request.user)
        except StaleEdit:
            stored = _get_action(plan, ref)
            context["action"] = stored
            return both_texts(
                request, "actionplan/date_new.html", context, lambda data: AskForm(data, action=stored)
            )
        if change:
            messages.success(
                request,
                f"You have asked for {day_words(change.to_date)}. "
                "The date and the rating stay as they are until it is agreed.",
            )
            return redirect("actionplan:dates", plan, ref)
    return TemplateResponse(request, "actionplan/date_new.html", context)


def decide(request, plan, ref, change):
    """Agree or refuse. A request that was decided is not decided again."""
    change = _get_change(plan, ref, change)
    if not permissions.can_decide_date(request.user, change):
        raise PermissionDenied(
            f"New dates are agreed or refused by the {change.action.plan.senior_responsible}. What a meeting decided "
            "is recorded by members of the Board and by the improvement team."
        )
    if request.method != "POST" and (change.agreed_on or change.refused_on):
        return _decided(request, change)
    context = _shown(change) | {"is_stale": False, "differences": []}
    data = request.POST if request.method == "POST" else None
    # Agreeing can be posted from a page that was read before the date moved: that is a conflict, not a wrong answer.
    may_agree = data is not None or not context["is_overtaken"]
    form = context["form"] = _form(request, context, data, may_agree=may_agree)
    if form.is_valid():
        try:
            decided = form.save(by=request.user)
        except AlreadyDecided:
            return _decided(request, _get_change(plan, ref, change.pk))
        except StaleEdit:
            context |= _shown(_get_change(plan, ref, change.pk))
            return both_texts(
                request,
                "actionplan/date_decide.html",
                context,
                lambda data: _form(request, context, data, may_agree=not context["is_overtaken"]),
            )
        if decided:
            messages.success(request, _done(decided))
            return redirect("actionplan:dates", plan, ref)
    elif change.agreed_on or change.refused_on:
        return _decided(request, change)
    return TemplateResponse(request, "actionplan/date_decide.html", context)


def _get_action(plan, ref):
    """404 for one that does not exist, whatever was typed."""
    if not re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", ref):
        raise Http404
    found = Action.objects.select_related("owner", *ANSWERING).prefetch_related("milestones", "contributors")
    return get_object_or_404(found, plan__slug=plan, ref=ref)


def _get_change(plan, ref, pk):
    action = _get_action(plan, ref)
    found = DateChange.objects.select_related(
        "milestone", "asked_by", "made_by", "decided_by", "decision_made_by", "meeting__plan"
    )
    change = get_object_or_404(found, action=action, pk=pk)
    change.action = action
    return change


def _to_decide_by(user, moves):
    """Keys of the requests that the person may decide about."""
    waiting = [move.change for move in moves if move.is_waiting]
    return {change.pk for change in waiting if permissions.can_decide_date(user, change)}


def _shown(change):
    """What the page says of the request, as it is stored now."""
    return {
        "action": change.action,
        "change": change,
        "move": Move(change, today()),
        "is_overtaken": is_overtaken(change),
    }


def _form(request, context, data, *, may_agree):
    return DecideForm(data, change=context["change"], user=request.user, may_agree=may_agree)


def _done(change):
    if change.agreed_on:
        return f"New date agreed: {day_words(change.to_date)}."
    return (
        f"New date refused. It stays {day_words(change.target.due_on)}, and the owner reads why on My work."
    )


def _decided(request, change):
    move = Move(change, today())
    typed = request.POST.get("because", "").replace("\0", "")
    why = f"{move.words} by: {move.decided}."
    if change.refused_because:
        why += f" “{change.refused_because}”"
    return too_late(
        request,
        {
            "caption": f"Action {change.action.ref}, {change.action.title}",
            "heading": "This new date was already decided",
            "why": why,
            "back": reverse("actionplan:dates", args=[change.action.plan.slug, change.action.ref]),
            "back_words": "Back to the dates",
            "typed": [("If it is refused, why?", typed)] if typed else [],
        },
    )


def _no_longer(request, action, standing):
    typed = request.POST.get("reason", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": f"Action {action.ref}, {action.title}",
            "heading": "The dates of this action no longer move",
            "why": f"Action {action.ref} is {standing.state.label.lower()}. "
            "New dates are asked for only while work is still owed.",
            "back": action.get_absolute_url(),
            "back_words": "Back to the action",
            "typed": [("Why does the date have to move?", typed)] if typed else [],
        },
    )
