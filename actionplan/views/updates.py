"""The owner writes the month's update of an action. How it is checked is in views/checks.py."""

import re
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from actionplan import permissions
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.progress import AlreadySent, Words
from actionplan.enums import DeliveryState, MonthState, UpdateStatus
from actionplan.forms.progress import ANSWERS, UpdateForm
from actionplan.forms.said import day, status_words
from actionplan.frameworks.succession import gone_on
from actionplan.models import Action, ProgressUpdate, ReportingMonth
from actionplan.rounds import months_of
from kpis.forms.conflicts import differences
from kpis.models import StaleEdit
from kpis.periods import today


def edit(request, plan, ref):
    """Write this month's update: save a draft, or hand it in."""
    story = _story(request.user, plan, ref)
    if story.closed:
        return _closed(request, story)
    if request.method != "POST":
        return TemplateResponse(request, "actionplan/update.html", _context(story, story.form()))

    form = story.form(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "actionplan/update.html", _context(story, form))
    try:
        update = form.save(by=request.user)
    except AlreadySent:
        messages.info(request, "This update was already submitted")
    except StaleEdit:
        return _conflict(request, plan, ref)
    except MonthFrozen:
        return _closed(request, _story(request.user, plan, ref))
    else:
        messages.success(request, _what_happens_next(update, story.round))
    return redirect(story.action)


@dataclass(frozen=True)
class Story:
    """What has been written of an action so far, newest first, seen from the round that people write for now."""

    action: Action
    round: ReportingMonth | None
    on: date
    updates: list[ProgressUpdate]

    @property
    def draft(self):
        return next((each for each in self.updates if each.status == UpdateStatus.DRAFT), None)

    @property
    def sent(self):
        """The newest that was handed in for this month."""
        return next(
            (each for each in self.updates if each.month == self.round.month and each.submitted_on), None
        )

    @property
    def last(self):
        return last_before(self.updates, self.round.month)

    @property
    def stored(self):
        """What anybody else who writes now would clash with."""
        return self.draft or self.sent

    @property
    def closed(self):
        """Why no update can be written today, or nothing."""
        if self.action.plan.is_closed(self.on):
            return gone_on(self.action)
        accepted = next((each for each in self.updates if each.accepted_on), None)
        if accepted and accepted.state == DeliveryState.SUPERSEDED:
            return (
                "The Board decided that other work takes this action’s place. No more updates are asked for."
            )
        if self.round is None or self.round.board_on < self.on:
            return "No round of updates is open. The improvement team opens the next one."
        if self.on < self.round.opens_on:
            return f"The round for {self.round} opens on {day(self.round.opens_on)}."
        if self.round.state == MonthState.FROZEN:
            return f"The report for {self.round} is closed. What happened since goes into the next month’s update."
        return None

    def form(self, data=None):
        return UpdateForm(
            data, action=self.action, month=self.round.month, last=self.last, words=self._words()
        )

    def stored_form(self):
        return UpdateForm(action=self.action, month=self.round.month, words=Words.of(self.stored))

    def _words(self):
        """What a new form starts from: what is stored for this month, else what rarely changes from month to month."""
        if self.stored:
            return Words.of(self.stored)
        if not self.last:
            return Words()
        forecast_on = self.last.forecast_on
        ahead = forecast_on if forecast_on and forecast_on >= self.on else None
        return Words(state=self.last.state, impact=self.last.impact, forecast_on=ahead)


def _story(user, plan, ref):
    action = get_action(plan, ref)
    if not permissions.can_update(user, action):
        raise PermissionDenied(
            f"Action {action.ref} is owned by the {action.owner}. Only the owner, the posts that contribute to it "
            "and the improvement team can update it."
        )
    updates = list(action.updates.newest_first().select_related("made_by", "checked_by"))
    return Story(action, months_of(action.plan).current(today()), today(), updates)


def get_action(plan, ref):
    """The action with its plan, owner and milestones; 404 for one that does not exist, whatever was typed."""
    if not re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", ref):
        raise Http404
    actions = Action.objects.select_related("plan", "owner").prefetch_related("milestones")
    return get_object_or_404(actions, plan__slug=plan, ref=ref)


def last_before(newest_first, month):
    return next((each for each in newest_first if each.submitted_on and each.month < month), None)


def _context(story, form):
    sent = story.sent
    return {
        "action": story.action,
        "round": story.round,
        "today": story.on,
        "form": form,
        "returned": sent if sent and sent.status == UpdateStatus.RETURNED else None,
        "standing": sent if sent and sent.status != UpdateStatus.RETURNED else None,
        "standing_words": status_words(sent) if sent else "",
        "draft": story.draft,
        "draft_saved": _when(story.draft.made_at) if story.draft else "",
    }


def _closed(request, story):
    """No update today. What was typed meanwhile is shown, so that it can be kept elsewhere."""
    fields = UpdateForm.base_fields
    typed = [(fields[name].label, request.POST.get(name, "").replace("\0", "")) for name in ANSWERS]
    context = {"action": story.action, "why": story.closed, "typed": [pair for pair in typed if pair[1]]}
    return TemplateResponse(
        request, "actionplan/update_closed.html", context, status=409 if request.method == "POST" else 200
    )


def _conflict(request, plan, ref):
    """Somebody wrote first: both texts, and the form to go on from what is stored now."""
    story = _story(request.user, plan, ref)
    if story.closed:
        return _closed(request, story)
    fresh = story.form()
    data = request.POST.copy()
    data["version"], data["form_id"] = str(fresh["version"].value()), str(fresh["form_id"].value())
    form = story.form(data)
    stored = story.stored
    context = {
        "action": story.action,
        "round": story.round,
        "form": form,
        "stored": stored,
        "stored_saved": _when(stored.made_at) if stored else "",
        "differences": differences(form, story.stored_form()) if stored else [],
    }
    return TemplateResponse(request, "actionplan/update_conflict.html", context, status=409)


def _what_happens_next(update, this_round):
    month = f"{update.month:%B}"
    if update.status == UpdateStatus.DRAFT:
        return f"Draft saved. Submit it by {day(this_round.updates_due_on)} for the Board to read it."
    return f"Update for {month} submitted. The improvement team checks it. Once accepted it counts on the Board’s page."


def _when(moment):
    """today at 10:42, or on 26 June 2017 at 10:42: by the real clock, as the moment was."""
    local = timezone.localtime(moment)
    on = "today" if local.date() == timezone.localdate() else f"on {day(local)}"
    return f"{on} at {local:%H:%M}"
