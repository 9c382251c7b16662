from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.changes.succession import AlreadyStarted, OpenActionsChanged
from actionplan.forms.succession import StartPlanForm
from actionplan.frameworks.succession import open_rows, plan_to_follow
from actionplan.models import Inspection
from actionplan.views.claims import too_late
from kpis.periods import day_words, today


def start(request, key):
    """Start the plan that answers an inspection: where each open action of the last plan goes."""
    inspection = get_object_or_404(Inspection.objects.select_related("framework"), key=key)
    if not permissions.can_start_plan(request.user):
        raise PermissionDenied("Plans are started by the improvement team.")
    follows = plan_to_follow(inspection, today())
    if follows is None:
        return _not_now(request, inspection)
    form = _form(request, inspection, follows)
    changed = form.changed
    if not changed and form.is_valid():
        try:
            plan = form.save(by=request.user)
        except AlreadyStarted:
            return _not_now(request, inspection)
        except OpenActionsChanged:
            form = _form(request, inspection, follows)
            changed = form.changed or ["The open actions changed"]
        else:
            messages.success(request, _what_happened(plan, follows))
            return redirect(plan)
    context = {"inspection": inspection, "follows": follows, "form": form, "changed": changed}
    status = 409 if changed else 200
    return TemplateResponse(request, "actionplan/start_plan.html", context, status=status)


def _form(request, inspection, follows):
    data = request.POST if request.method == "POST" else None
    return StartPlanForm(data, follows=follows, inspection=inspection, rows=open_rows(follows, today()))


def _what_happened(plan, follows):
    carried = plan.actions.count()
    return (
        f"{plan} started with {carried} action{'' if carried == 1 else 's'} carried over. The {follows} is closed. "
        "An administrator opens its first month."
    )


def _not_now(request, inspection):
    context = {
        "heading": "No plan can be started for this inspection",
        "caption": f"Ofsted, {inspection.start.year}",
        "why": _why_not(inspection),
        "back": inspection.get_absolute_url(),
        "back_words": "Back to the inspection",
        "typed": [("Name of the plan", name)]
        if (name := request.POST.get("name", "").replace("\0", ""))
        else [],
    }
    return too_late(request, context)


def _why_not(inspection):
    if inspection.published_on > today():
        return f"Its report is published on {day_words(inspection.published_on)}."
    plan = inspection.plans.filter(parent=None).first()
    if plan:
        return f"It has its plan already: the {plan}."
    return "No open plan of an earlier inspection is there to take over from. An administrator adds the first plan."
