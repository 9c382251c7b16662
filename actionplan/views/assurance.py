"""The check of delivered work by somebody other than its owner."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.assurance.assured import climb_of
from actionplan.changes.assurance import NothingToCheck, NotIndependent, Unmet, Withdrawn
from actionplan.enums import DeliveryState, Finding, Stage
from actionplan.forms.assurance import AssureForm
from actionplan.models import Action
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import day_words, today


def assure(request, plan, ref):
    """Say what was found: adequate, or sent back with reasons."""
    action, climb = _get(plan, ref)
    if why := _why_not(request.user, action, climb.now.update):
        raise PermissionDenied(why)
    if not climb.can_be_checked:
        return _nothing_to_check(request, action, climb)
    form = _form(request.POST if request.method == "POST" else None, action, climb)
    context = _context(action, climb, form)
    if form.is_valid():
        try:
            found = form.save(by=request.user)
        except StaleEdit:
            return _changed(request, plan, ref)
        except (NothingToCheck, NotIndependent):
            return _nothing_to_check(request, *_get(plan, ref))
        except Withdrawn:
            form.add_withdrawn()
        except Unmet as failed:
            form.add_unmet(failed.tests)
        else:
            messages.success(request, _what_was_found(action, found))
            return redirect(action)
    return TemplateResponse(request, "actionplan/assure.html", context)


def _get(plan, ref):
    """The action and where it stands; 404 for one that does not exist, whatever was typed."""
    if not re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", ref):
        raise Http404
    actions = Action.objects.select_related("plan", "owner").prefetch_related("milestones")
    action = get_object_or_404(actions, plan__slug=plan, ref=ref)
    return action, climb_of(action, today())


def _form(data, action, climb, **initial):
    evidence = action.evidence.standing_on(climb.on)
    return AssureForm(data, action=action, climb=climb, evidence=evidence, initial=initial)


def _context(action, climb, form):
    last = action.assurances.select_related("assurer", "indicator").last()
    return {
        "action": action,
        "climb": climb,
        "form": form,
        "last": last,
        "is_stale": False,
        "differences": [],
    }


def _why_not(user, action, update):
    """Why this person does not check this action, or nothing."""
    if not permissions.in_group(user, permissions.ASSURER):
        return "Delivered work is checked by assurers."
    if action.owner.holder_id == user.pk:
        return f"You own action {action.ref}, so somebody else must check it."
    if not permissions.can_assure(user, action, update):
        return f"You wrote the update that says what was done for action {action.ref}, so somebody else must check it."
    if not user.posts.exists():
        return "You hold no post, and every check names one. Ask an administrator to name you as holder of your post."
    return ""


def _changed(request, plan, ref):
    """The action was updated, or somebody else said what they found: nothing typed is lost."""
    action, climb = _get(plan, ref)
    if not climb.can_be_checked:
        return _nothing_to_check(request, action, climb)
    context = _context(action, climb, None)
    theirs = context["last"] if context["last"] and context["last"].made_on == climb.on else None

    def make(data):
        if data is not None or theirs is None:
            return _form(data, action, climb)
        said = {name: getattr(theirs, name) for name in ("summary", "finding", "recheck_due_on")}
        return _form(None, action, climb, evidence=[each.pk for each in theirs.evidence.all()], **said)

    context["theirs"] = theirs
    return both_texts(request, "actionplan/assure.html", context, make)


def _nothing_to_check(request, action, climb):
    typed = request.POST.get("summary", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": f"Action {action.ref}, {action.owner}",
            "heading": "There is nothing to check",
            "why": _why_nothing(climb),
            "back": action.get_absolute_url(),
            "back_words": "Back to the action",
            "typed": [(AssureForm.base_fields["summary"].label, typed)] if typed else [],
        },
    )


def _why_nothing(climb):
    last = climb.now.assurance
    if climb.now.state == DeliveryState.IN_PROGRESS and last and last.finding == Finding.NOT_ADEQUATE:
        return (
            f"It was sent back to its owner on {day_words(last.made_on)}. It can be checked again when the owner has "
            "said anew that it is delivered, and the improvement team has accepted that."
        )
    if climb.now.state == DeliveryState.SUPERSEDED:
        return "The Board decided that other work takes this action’s place."
    return (
        "The work is not delivered yet. It can be checked when the owner has said that it is, and the improvement "
        "team has accepted that."
    )


def _what_was_found(action, found):
    if found.finding == Finding.NOT_ADEQUATE:
        return (
            f"Action {action.ref} is sent back with your reasons. The {action.owner} sees them in My work, and the "
            "Board on its page."
        )
    reached = "embedded" if found.stage == Stage.TWELVE_MONTHS else "assured"
    again = (
        f" It is to be checked again by {day_words(found.recheck_due_on)}." if found.recheck_due_on else ""
    )
    return f"Found adequate: action {action.ref} is {reached}.{again}"
