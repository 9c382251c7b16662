"""Evidence: all of a plan’s against its five sources, one more piece of it, its file, its withdrawal."""

import logging
import re

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.assurance.evidence import evidence_in_plan, pieces
from actionplan.changes.evidence import AlreadyAdded, AlreadyWithdrawn, NoRoom, NotStored
from actionplan.forms.evidence import AGAIN, EvidenceFilter, EvidenceForm, WithdrawForm
from actionplan.models import Action, ActionPlan, Evidence
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import day_words, today

log = logging.getLogger(__name__)

LENGTH = 25


def index(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent", "inspection"), slug=plan)
    on = today()
    found = evidence_in_plan(plan, on)
    filters = EvidenceFilter(request.GET, lines=found.lines)
    page = Paginator(pieces(plan, on, **filters.chosen), LENGTH).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "lines": found.lines,
        "short": found.short,
        "filters": filters,
        "page": page,
        "is_all_sample": all(each.is_sample for each in page),
    }
    return TemplateResponse(request, "actionplan/evidence.html", context)


def new(request, plan, ref):
    _check_ref(ref)
    action = get_object_or_404(
        Action.objects.select_related("plan__inspection", "owner"), plan__slug=plan, ref=ref
    )
    if not permissions.can_add_evidence(request.user, action):
        raise PermissionDenied(
            f"Evidence is added by the {action.owner} and those who contribute to the action, by assurers and by the "
            "improvement team."
        )
    form = EvidenceForm(action=action)
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES, action=action, too_big=_too_big(request))
        if form.is_valid() and _kept(form, request.user):
            messages.success(request, "Evidence added. It counts from today.")
            return redirect(f"{action.get_absolute_url()}#evidence")
    context = {"action": action, "form": form}
    return TemplateResponse(request, "actionplan/evidence_new.html", context)


def _kept(form, by):
    """Keep what the form says, or put at its field why it was not."""
    try:
        form.save(by=by)
    except AlreadyAdded as known:
        before = known.evidence
        form.add_error(
            "file", f"This file was added on {day_words(before.added_on)}, as “{before}”. Choose another file"
        )
    except NoRoom:
        form.add_error(
            "file",
            f"The files of this plan take all of the {settings.EVIDENCE_MAX_MEGABYTES:,} MB that they may. "
            "Add a link instead, and tell an administrator",
        )
    except NotStored:
        log.exception("Evidence could not be stored")
        form.add_error(
            "file", f"The file could not be stored. Try again later. {AGAIN.format(form.received.name)}"
        )
    else:
        return True
    return False


def file(request, plan, ref, evidence):
    """The file itself, to be saved and never shown: it came from somebody’s computer."""
    evidence = _get(plan, ref, evidence)
    if not evidence.file:
        raise Http404
    try:
        return _attached(request, evidence)
    except FileNotFoundError:
        log.error("The file of evidence %s is gone", evidence.pk)
        return TemplateResponse(request, "actionplan/evidence_gone.html", {"evidence": evidence}, status=404)


@csp_update({"sandbox": True})
def _attached(request, evidence):
    return FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.name)


def withdraw(request, plan, ref, evidence):
    """Say why it no longer counts. It stays on the page of its action, among what was withdrawn."""
    evidence = _get(plan, ref, evidence)
    if not permissions.can_withdraw(request.user, evidence):
        raise PermissionDenied(
            f"Evidence is withdrawn by whoever added it, by the {evidence.action.owner} and by the improvement team."
        )
    if evidence.withdrawn_on:
        return _withdrawn(request, evidence)
    form = WithdrawForm(request.POST if request.method == "POST" else None, evidence=evidence)
    context = {"evidence": evidence, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            form.save(by=request.user)
        except AlreadyWithdrawn:
            return _withdrawn(request, _get(plan, ref, evidence.pk))
        except StaleEdit:
            stored = _get(plan, ref, evidence.pk)
            return both_texts(
                request,
                "actionplan/evidence_withdraw.html",
                context,
                lambda data: WithdrawForm(data, evidence=stored),
            )
        messages.success(
            request, "Evidence withdrawn. It no longer counts, and stays on this page with the reason."
        )
        return redirect(f"{evidence.action.get_absolute_url()}#evidence")
    return TemplateResponse(request, "actionplan/evidence_withdraw.html", context)


def _check_ref(ref):
    """404 for what is not the number of an action, whatever was typed."""
    if not re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", ref):
        raise Http404


def _get(plan, ref, pk):
    _check_ref(ref)
    found = Evidence.objects.select_related("action__plan", "action__owner", "made_by")
    return get_object_or_404(found, action__plan__slug=plan, action__ref=ref, pk=pk)


def _withdrawn(request, evidence):
    typed = request.POST.get("reason", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": f"Evidence on action {evidence.action.ref}",
            "heading": "This evidence is withdrawn",
            "why": f"It was withdrawn on {day_words(evidence.withdrawn_on)}: {evidence.withdrawn_because}",
            "back": evidence.action.get_absolute_url(),
            "back_words": "Back to the action",
            "typed": [("Why is it withdrawn?", typed)] if typed else [],
        },
    )


def _too_big(request):
    """A request that is larger than may be received: its file was passed over unread."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
