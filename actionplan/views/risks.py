"""Risks and issues of a plan: everybody reads them, the improvement team keeps them."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.forms.risks import CloseForm, RiskForm, ScoreForm
from actionplan.models import ActionPlan, Risk
from actionplan.risks import compared_with, heat_map, levels, risk_rows, score_story
from actionplan.rollup import summary
from actionplan.rounds import rounds
from actionplan.rows import rows
from kpis.forms.conflicts import differences
from kpis.models import StaleEdit
from kpis.periods import today


def newest(request):
    """The risks of the plan people work on; the navigation links here."""
    plan = ActionPlan.objects.filter(parent=None).first()
    if plan:
        return redirect("actionplan:risks", plan.slug)
    return TemplateResponse(request, "actionplan/plan_none.html")


def index(request, plan):
    """The risks of a plan and of those beneath it, as a list and as a heat map."""
    plan = _get_plan(plan)
    on = today()
    _, board = rounds(plan, on)
    since = compared_with(board, on)
    found = risk_rows(Risk.objects.under(plan), on, since)
    kinds = _kinds(found)
    kind = next((each for each in kinds if each.key == request.GET.get("show")), kinds[0])
    context = {
        "plan": plan,
        "is_all_sample": bool(found) and all(row.is_sample for row in found),
        "kinds": kinds,
        "kind": kind,
        "rows": kind.rows,
        "since": since,
        "bands": [] if kind.key == "closed" else heat_map(kind.rows),
        "unscored": [row for row in kind.rows if row.is_open and row.after is None],
        "levels": levels(),
        "may_write": permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/risks.html", context)


@dataclass(frozen=True)
class Kind:
    """What a reader may ask to see, and the risks that fit."""

    key: str
    name: str
    rows: list


def _kinds(found):
    is_open = [row for row in found if row.is_open]
    return [
        Kind("open", "Open", is_open),
        Kind("issues", "Issues only", [row for row in is_open if row.is_issue]),
        Kind("late", "Late for review", [row for row in is_open if row.days_late]),
        Kind("closed", "Closed", [row for row in found if not row.is_open]),
    ]


def detail(request, plan, number):
    """A risk with its scores, and where the actions stand that it concerns."""
    on = today()
    risk = _get_risk(plan, number)
    plan = risk.plan
    month, board = rounds(plan, on)
    since = compared_with(board, on)
    [row] = risk_rows(Risk.objects.filter(pk=risk.pk), on, since)
    actions = rows(risk.actions.prefetch_related("shared_with"), on, month=month, board=board)
    context = {
        "plan": plan,
        "risk": risk,
        "row": row,
        "since": since,
        "story": score_story(risk),
        "recommendations": list(risk.recommendations.order_by("number")),
        "rows": actions,
        "summary": summary(each.now for each in actions),
        "is_all_sample": all(each.action.is_sample for each in actions),
        "has_plans": any(each.action.plan_id != plan.pk for each in actions),
        "board": board,
        "may_write": row.is_open and permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/risk.html", context)


def new(request, plan):
    """Open a risk or an issue."""
    _check_may_write(request.user)
    plan = _get_plan(plan)
    form = RiskForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        risk = form.save(by=request.user)
        messages.success(
            request, f"{risk.get_kind_display()} R{risk.number} opened. Score it as it stands now."
        )
        return redirect(risk)
    return TemplateResponse(request, "actionplan/risk_new.html", {"plan": plan, "form": form})


def edit(request, plan, number):
    """Put a risk in other words."""
    return _asked(request, plan, number, RiskForm, "actionplan/risk_edit.html", "saved")


def score(request, plan, number):
    """Score a risk as it stands today."""
    return _asked(request, plan, number, ScoreForm, "actionplan/risk_score.html", "scored")


def close(request, plan, number):
    return _asked(request, plan, number, CloseForm, "actionplan/risk_close.html", "closed")


def _asked(request, plan, number, ask, template, done):
    """Ask what the form `ask` asks of an open risk, and write it. Nobody writes over what somebody else just wrote."""
    _check_may_write(request.user)
    risk = _get_risk(plan, number)
    form = ask(request.POST if request.method == "POST" else None, risk=risk)
    if risk.closed_on:
        return _closed(request, risk, form)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except StaleEdit:
            return _conflict(request, ask, _get_risk(plan, number))
        messages.success(request, f"{risk.get_kind_display()} R{risk.number} {done}.")
        return redirect(risk)
    return TemplateResponse(request, template, _context(risk, form))


def _conflict(request, ask, risk):
    """Somebody wrote first: both texts, and the form to go on from what is stored now."""
    typed = request.POST.copy()
    typed["version"] = str(risk.version)
    form = ask(typed, risk=risk)
    if risk.closed_on:
        return _closed(request, risk, form)
    said = differences(form, ask(risk=risk, stored=True))
    context = _context(risk, form) | {"differences": said}
    return TemplateResponse(request, "actionplan/risk_conflict.html", context, status=409)


def _closed(request, risk, form):
    """Nothing is written any more. What was typed meanwhile is shown, so that it can be kept elsewhere."""
    typed = differences(form, type(form)(risk=risk)) if form.is_bound else []
    context = {"risk": risk, "typed": [each for each in typed if each.yours]}
    status = 409 if form.is_bound else 200
    return TemplateResponse(request, "actionplan/risk_closed.html", context, status=status)


def _context(risk, form):
    newest = next(iter(score_story(risk)), None)
    return {"risk": risk, "plan": risk.plan, "form": form, "newest": newest}


def _check_may_write(user):
    if not permissions.can_govern(user):
        raise PermissionDenied("Risks are kept by the improvement team.")


def _get_plan(slug):
    return get_object_or_404(ActionPlan.objects.select_related("parent"), slug=slug)


def _get_risk(plan, number):
    return get_object_or_404(Risk.objects.select_related("plan", "owner"), plan__slug=plan, number=number)
