"""Programmes that the plan leans on: everybody reads them, the improvement team keeps their milestones and money."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.changes.programmes import AlreadyCompleted
from actionplan.forms.programmes import FundingForm, StepForm
from actionplan.governance import decisions_about
from actionplan.models import Programme, ProgrammeMilestone, Risk
from actionplan.needs.programmes import leaners, progress, with_steps
from actionplan.risks import risk_rows
from actionplan.views.claims import both_texts, too_late
from kpis.models import StaleEdit
from kpis.periods import day_words, today


def index(request):
    """Every programme, with what is next and what is late."""
    found = progress(with_steps(Programme.objects.all()), today())
    context = {
        "found": found,
        "is_all_sample": all(each.programme.is_sample for each in found),
    }
    return TemplateResponse(request, "actionplan/programmes.html", context)


def detail(request, programme):
    """Its strands and milestones, what leans on it, and what changes if it slips."""
    on = today()
    [found] = progress([get_object_or_404(with_steps(Programme.objects.all()), slug=programme)], on)
    leaning = leaners(found.programme, on)
    actions = {each.row.action.pk for each in leaning}
    context = {
        "programme": found.programme,
        "progress": found,
        "parts": found.parts(),
        "leaners": leaning,
        "waiting": sum(each.is_open for each in leaning),
        "held": sum(bool(each.is_open and each.line.hold) for each in leaning),
        "risks": risk_rows(Risk.objects.open_on(on).filter(actions__in=actions).distinct(), on, on),
        "decisions": decisions_about(on, actions__in=actions),
        "challenges": [],
        "may_write": permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/programme.html", context)


def funding(request, programme):
    """Say what is known of the money."""
    _check_may_write(request.user)
    programme = _get(programme)
    form = FundingForm(request.POST if request.method == "POST" else None, programme=programme)
    context = {"programme": programme, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            form.save(by=request.user)
        except StaleEdit:
            stored = _get(programme.slug)
            return both_texts(
                request,
                "actionplan/programme_funding.html",
                context,
                lambda data: FundingForm(data, programme=stored),
            )
        messages.success(request, "Funding saved.")
        return redirect(programme)
    return TemplateResponse(request, "actionplan/programme_funding.html", context)


def milestone(request, programme, step):
    """Say that a milestone is completed, or give it a new date."""
    _check_may_write(request.user)
    step = _get_step(programme, step)
    form = StepForm(request.POST if request.method == "POST" else None, step=step)
    if step.completed_on:
        return _completed(request, step)
    context = {"step": step, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            saved = form.save(by=request.user)
        except AlreadyCompleted:
            return _completed(request, _get_step(programme, step.pk))
        except StaleEdit:
            stored = _get_step(programme, step.pk)
            context["step"] = stored
            return both_texts(
                request,
                "actionplan/programme_milestone.html",
                context,
                lambda data: StepForm(data, step=stored),
            )
        said = (
            f"completed on {day_words(saved.completed_on)}"
            if saved.completed_on
            else f"now due on {day_words(saved.due_on)}"
        )
        messages.success(request, f"{saved.title}: {said}.")
        return redirect(step.programme)
    return TemplateResponse(request, "actionplan/programme_milestone.html", context)


def _completed(request, step):
    asked = StepForm(request.POST if request.method == "POST" else None, step=step)
    reason = request.POST.get("reason", "").replace("\0", "")
    return too_late(
        request,
        {
            "caption": step.programme.name,
            "heading": "This milestone is completed",
            "why": f"It was completed on {day_words(step.completed_on)}. A wrong day is put right in the admin site.",
            "back": step.programme.get_absolute_url(),
            "back_words": "Back to the programme",
            "typed": [(asked.fields["reason"].label, reason)] if reason else [],
        },
    )


def _check_may_write(user):
    if not permissions.can_govern(user):
        raise PermissionDenied("Programmes are kept by the improvement team.")


def _get(slug):
    return get_object_or_404(Programme, slug=slug)


def _get_step(programme, pk):
    found = ProgrammeMilestone.objects.select_related("programme", "strand")
    return get_object_or_404(found, programme__slug=programme, pk=pk)
