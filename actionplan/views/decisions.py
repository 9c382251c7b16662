"""What meetings are asked to decide, and what they decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.changes.decisions import AlreadyMade
from actionplan.forms.decisions import DecisionForm, RecordForm
from actionplan.governance import Asked, decisions
from actionplan.models import ActionPlan, Decision
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import today


def index(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    rows = decisions(plan, today())
    context = {
        "plan": plan,
        "rows": rows,
        "waiting": [row for row in rows if not row.is_made],
        "made": [row for row in rows if row.is_made],
        "is_all_sample": all(row.decision.is_sample for row in rows),
        "may_ask": permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/decisions.html", context)


def new(request, plan):
    plan = get_object_or_404(ActionPlan, slug=plan)
    if not permissions.can_govern(request.user):
        raise PermissionDenied("Decisions are put to the Board by the improvement team.")
    form = DecisionForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        decision = form.save(by=request.user)
        messages.success(request, "Decision asked for. It stands on the Board’s page until it is made.")
        return redirect(decision)
    return TemplateResponse(request, "actionplan/decision_new.html", {"plan": plan, "form": form})


def detail(request, plan, decision):
    decision = _get(plan, decision)
    row = Asked(decision, today())
    context = {
        "decision": decision,
        "row": row,
        "actions": list(decision.actions.select_related("plan").in_order()),
        "may_record": decision.meeting is None and permissions.can_record(request.user),
    }
    return TemplateResponse(request, "actionplan/decision.html", context)


def record(request, plan, decision):
    """Write down what was decided. A decision once made is not edited."""
    decision = _get(plan, decision)
    if not permissions.can_record(request.user):
        raise PermissionDenied("Decisions are recorded by members of the Board and by the improvement team.")
    if decision.meeting and request.method != "POST":
        return _made(request, decision)
    form = RecordForm(request.POST if request.method == "POST" else None, decision=decision)
    context = {"decision": decision, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            saved = form.save(by=request.user)
        except AlreadyMade:
            return _made(request, _get(plan, decision.pk))
        except StaleEdit:
            stored = _get(plan, decision.pk)
            return both_texts(
                request,
                "actionplan/decision_record.html",
                context,
                lambda data: RecordForm(data, decision=stored),
            )
        if saved:
            messages.success(request, f"Decision recorded as made at the {saved.meeting}.")
            return redirect(saved)
    elif decision.meeting:
        return _made(request, decision)
    return TemplateResponse(request, "actionplan/decision_record.html", context)


def _get(plan, pk):
    found = Decision.objects.select_related("plan__parent", "asked_by", "meeting__plan")
    return get_object_or_404(found, plan__slug=plan, pk=pk)


def _made(request, decision):
    typed = request.POST.get("outcome", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": "Decision",
            "heading": "This decision was already made",
            "why": f"{decision.meeting}: {decision.outcome}",
            "back": decision.get_absolute_url(),
            "back_words": "Back to the decision",
            "typed": [("What was decided?", typed)] if typed else [],
        },
    )
