"""The improvement team checks what was submitted: one update, or together those of a month that are on track."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.checks import AlreadyChecked
from actionplan.changes.drafts import MonthFrozen
from actionplan.checks import of_the_month, waiting
from actionplan.enums import MonthState, UpdateStatus
from actionplan.forms.check import AcceptForm, CheckForm
from actionplan.forms.said import Answer, compared, status_words, steps
from actionplan.models import ProgressUpdate
from actionplan.rounds import months_of
from actionplan.views.rounds import get_round
from actionplan.views.updates import get_action, last_before

BY_THE_TEAM = "Updates are checked by the improvement team."


def check(request, plan, ref, pk):
    """Accept an update, or return it to its owner with a reason."""
    action = get_action(plan, ref)
    updates = list(action.updates.newest_first().select_related("made_by", "checked_by"))
    update = _find(updates, pk)
    if not permissions.can_check(request.user, update):
        raise PermissionDenied(_why_not(request.user, update))
    month = months_of(action.plan).filter(month=update.month).first()
    if update.status != UpdateStatus.SUBMITTED or _is_frozen(month):
        return _too_late(request, update, updates, month)

    form = CheckForm(request.POST if request.method == "POST" else None, update=update)
    if form.is_valid():
        try:
            update = form.save(by=request.user)
        except (AlreadyChecked, MonthFrozen):
            return check(request, plan, ref, pk)
        messages.success(request, _what_was_decided(update))
        return redirect(action)
    last = last_before(updates, update.month)
    context = _context(update, updates, month) | {
        "last": last,
        "form": form,
        "answers": compared(update, last, last),
    }
    return TemplateResponse(request, "actionplan/check.html", context)


def check_month(request, plan, month):
    """All that waits of a round, with what is new in it. What is on track can be accepted together."""
    plan, month, _ = get_round(plan, month)
    if not permissions.can_run_month(request.user):
        raise PermissionDenied(BY_THE_TEAM)
    form = AcceptForm(request.POST if request.method == "POST" else None, plan=plan, month=month)
    if not _is_frozen(month) and form.is_valid():
        try:
            outcome = form.save(by=request.user)
        except MonthFrozen:
            month.refresh_from_db()
        else:
            _say_what_was_accepted(request, outcome)
            return redirect(request.path)
    status = 409 if request.method == "POST" and _is_frozen(month) else 200
    context = _month_context(request.user, plan, month, form)
    return TemplateResponse(request, "actionplan/check_month.html", context, status=status)


def _find(updates, pk):
    for update in updates:
        if update.pk == pk and update.status != UpdateStatus.DRAFT:
            return update
    raise Http404


def _is_frozen(month):
    return month is not None and month.state == MonthState.FROZEN


def _context(update, updates, month):
    return {
        "action": update.action,
        "update": update,
        "month": month,
        "steps": steps([each for each in updates if each.month == update.month]),
    }


@dataclass(frozen=True)
class Line:
    """An update in the list of those that wait. `own` is why this person may not check it, `why` why it is checked
    alone."""

    update: ProgressUpdate
    accepted: ProgressUpdate | None
    answers: list[Answer]
    own: str
    why: str
    is_ticked: bool

    @property
    def url(self):
        action = self.update.action
        return reverse("actionplan:check", args=[action.plan.slug, action.ref, self.update.pk])


def _month_context(user, plan, month, form):
    """What waits, and nothing of a frozen month: those to accept together, and those to be checked alone."""
    updates = of_the_month(plan, month).prefetch_related("action__milestones")
    ticked = form.ticked if form.is_bound else ()
    lines = [] if _is_frozen(month) else [_line(each, user, ticked) for each in waiting(updates)]
    together = [line for line in lines if not line.own and not line.why]
    return {
        "plan": plan,
        "month": month,
        "month_url": reverse("actionplan:month", args=[plan.slug, f"{month.month:%Y-%m}"]),
        "is_frozen": _is_frozen(month),
        "form": form if together else AcceptForm(plan=plan, month=month),  # nothing to tick, so no error
        "together": together,
        "alone": [line for line in lines if line.own or line.why],
    }


def _line(each, user, ticked):
    """What is new since the update that counts, or copied from an earlier month."""
    found = compared(each.update, each.accepted, each.earlier)
    return Line(
        update=each.update,
        accepted=each.accepted,
        answers=[answer for answer in found if answer.is_new or answer.mark],
        own=each.not_by(user),
        why=each.not_with_others(),
        is_ticked=str(each.update.pk) in ticked,
    )


def _too_late(request, update, updates, month):
    """Nothing is left to decide. A reason that was typed meanwhile is shown, so that it can be kept elsewhere."""
    context = _context(update, updates, month) | {
        "status": status_words(update),
        "typed": request.POST.get("reason", "").replace("\0", ""),
    }
    status = 409 if request.method == "POST" else 200
    return TemplateResponse(request, "actionplan/check_done.html", context, status=status)


def _why_not(user, update):
    if not permissions.in_group(user, permissions.IMPROVEMENT_TEAM):
        return BY_THE_TEAM
    if update.made_by_id == user.pk:
        return "You wrote this update, so somebody else in the improvement team must check it."
    return f"You own action {update.action.ref}, so somebody else in the improvement team must check it."


def _what_was_decided(update):
    month = f"{update.month:%B %Y}"
    if update.status == UpdateStatus.RETURNED:
        return (
            f"Update for {month} returned with your reason. {update.made_by} sees it at the top of the form."
        )
    return f"Update for {month} accepted. It counts on the Board’s page from today."


def _say_what_was_accepted(request, outcome):
    """One message of what counts now, one that names each update that was left as it was, with why."""
    refs = [update.action.ref for update in outcome.accepted]
    if refs:
        count = "1 update" if len(refs) == 1 else f"{len(refs)} updates"
        messages.success(request, f"{count} accepted: {', '.join(refs)}. What they say counts from today.")
    if outcome.left:
        left = "; ".join(f"{update.action.ref}, {why}" for update, why in outcome.left)
        messages.warning(request, f"Not accepted: {left}.")
