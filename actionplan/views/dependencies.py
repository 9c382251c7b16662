"""What an action needs from others: said, changed and removed by its owner and the improvement team."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.changes.dependencies import Removed
from actionplan.forms.dependencies import NeedForm, RemoveForm
from actionplan.models import Action, Dependency
from actionplan.views.claims import both_texts, too_late
from kpis.forms.conflicts import differences
from kpis.models import StaleEdit
from kpis.periods import day_words

ENDS = ("on_action__plan", "on_milestone__action", "on_programme", "on_programme_milestone__programme")


def new(request, plan, ref):
    action = _get_action(request.user, plan, ref)
    form = NeedForm(request.POST if request.method == "POST" else None, action=action)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, f"Added to what {action.ref} needs.")
        return redirect(action)
    return TemplateResponse(request, "actionplan/need_new.html", {"action": action, "form": form})


def edit(request, plan, ref, need):
    action = _get_action(request.user, plan, ref)
    dependency = _get_need(action, need)
    form = NeedForm(request.POST if request.method == "POST" else None, action=action, dependency=dependency)
    if dependency.removed_on:
        return _gone(request, action, dependency, form)
    context = {
        "action": action,
        "dependency": dependency,
        "form": form,
        "is_stale": False,
        "differences": [],
    }
    if form.is_valid():
        try:
            if form.save(by=request.user):
                messages.success(request, f"What {action.ref} needs is saved.")
                return redirect(action)
        except Removed:
            return _gone(request, action, _get_need(action, need), form)
        except StaleEdit:
            stored = _get_need(action, need)
            return both_texts(
                request,
                "actionplan/need_edit.html",
                context,
                lambda data: NeedForm(data, action=action, dependency=stored),
            )
    return TemplateResponse(request, "actionplan/need_edit.html", context)


def remove(request, plan, ref, need):
    action = _get_action(request.user, plan, ref)
    dependency = _get_need(action, need)
    form = RemoveForm(request.POST if request.method == "POST" else None, dependency=dependency)
    if dependency.removed_on:
        return _gone(request, action, dependency)
    is_stale = False
    if form.is_valid():
        try:
            form.save(by=request.user)
        except Removed:
            return _gone(request, action, _get_need(action, need))
        except StaleEdit:
            dependency, is_stale = _get_need(action, need), True
            form = RemoveForm(dependency=dependency)
        else:
            messages.success(request, f"Removed from what {action.ref} needs.")
            return redirect(action)
    context = {"action": action, "dependency": dependency, "form": form, "is_stale": is_stale}
    return TemplateResponse(request, "actionplan/need_remove.html", context, status=409 if is_stale else 200)


def _get_action(user, plan, ref):
    """The action, for those who may say what it needs."""
    actions = Action.objects.select_related("plan__parent", "owner")
    action = get_object_or_404(actions, plan__slug=plan, ref=ref.replace("\0", ""))
    if not permissions.can_set_needs(user, action):
        raise PermissionDenied(
            f"Action {action.ref} is owned by the {action.owner}. Only they and the improvement team say what it needs."
        )
    return action


def _get_need(action, pk):
    if pk > 2**63 - 1:  # no database has such a number
        raise Http404
    dependency = get_object_or_404(Dependency.objects.select_related(*ENDS), action=action, pk=pk)
    dependency.action = action
    return dependency


def _gone(request, action, dependency, form=None):
    """Somebody removed it. What was typed meanwhile is shown, so that it can be kept elsewhere."""
    typed = differences(form, NeedForm(action=action)) if form and form.is_bound else []
    context = {
        "caption": f"Action {action.ref}",
        "heading": "This was removed",
        "why": f"It was removed from what {action.ref} needs on {day_words(dependency.removed_on)}. "
        "If it is needed after all, add it again.",
        "back": action.get_absolute_url(),
        "back_words": "Back to the action",
        "typed": [(each.label, each.yours) for each in typed if each.yours],
    }
    return too_late(request, context)
