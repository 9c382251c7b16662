import re

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.assurance.assured import climb
from actionplan.assurance.evidence import evidence_of
from actionplan.changes.progress import propose
from actionplan.dates.moves import dates_of, moves_of
from actionplan.enums import DeliveryState, MonthState, UpdateStatus
from actionplan.frameworks.succession import has_ended
from actionplan.governance import challenges_about, decisions_about
from actionplan.models import Action, ProgressUpdate
from actionplan.needs.dependencies import action_key, chains, lines
from actionplan.risks import compared_with, risk_rows
from actionplan.rounds import months_of, rounds, takes_updates
from actionplan.rows import as_rows
from actionplan.story import story
from kpis.fragments import Fragment, draw
from kpis.periods import today
from kpis.readings import readings


def detail(request, plan, ref):
    action = _get_action(plan, ref)
    ended = has_ended(action)
    on = action.plan.as_of(today()) if ended else today()
    months = list(months_of(action.plan).order_by("month"))
    month, board = rounds(action.plan, on, months)
    [row] = as_rows([action], on, month=month, board=board, steps={})
    told = story(action, _page(request))
    evidence = evidence_of(action, on, request.user)
    is_frozen = _is_frozen(row.now.pending, months)
    ladder = climb(action, row.now, on, sources=[tick.source for tick in evidence.ticks if tick.count])
    context = {
        "action": action,
        "row": row,
        "on": on,
        "ended": ended,
        "went_to": getattr(action, "carried_to", None),
        "board": board,
        "proposal": _proposal(action, row.now, on),
        "also_in": list(action.shared_with.all()),
        "paragraphs": [each.paragraph for each in action.recommendation.paragraphs.all()],
        "milestones": [(each, each.is_open(on), _days(each, on)) for each in action.milestones.all()],
        **_dates(request.user, action, row, on),
        "story": told,
        "entries": [
            draw(Fragment("actionplan/action_entry.html", entry, {"entry": entry})) for entry in told.entries
        ],
        "evidence": evidence,
        "may_add_evidence": permissions.can_add_evidence(request.user, action),
        "readings": list(readings(action.indicators.all(), on).values()),
        "risks": risk_rows(action.risks.open_on(on), on, compared_with(board, on)),
        "challenges": challenges_about(on, actions=action),
        "decisions": decisions_about(on, actions=action),
        **_needs(action, row, on),
        "may_set_needs": permissions.can_set_needs(request.user, action),
        "ask": _ask(request.user, action, row) if takes_updates(month, on) else "",
        "check": None if is_frozen else _update_to_check(request.user, action, row.now),
        "is_frozen": is_frozen,
        "climb": ladder,
        "may_assure": ladder.can_be_checked and permissions.can_assure(request.user, action, row.now.update),
    }
    return TemplateResponse(request, "actionplan/action.html", context)


def _needs(action, row, on):
    """What it needs and what needs it, with how late that is and why."""
    found, key = chains(action.plan, on, [row]), action_key(action)
    return {
        "needs": lines(found, found.of(key)),
        "waiting": lines(found, found.waiting_for(key)),
        "because": found.because(key),
    }


def _get_action(plan, ref):
    """The action with what its page says of it; 404 for one that does not exist, whatever was typed."""
    if not re.fullmatch(r"[A-Z]?[0-9]+\.[0-9]+", ref):
        raise Http404
    actions = Action.objects.select_related(
        "plan__parent__senior_responsible",
        "plan__senior_responsible",
        "plan__inspection",
        "recommendation",
        "owner",
        "service",
    ).prefetch_related("contributors", "milestones", "recommendation__paragraphs")
    return get_object_or_404(actions, plan__slug=plan, ref=ref)


def _page(request):
    """The page asked for; the first for anything that is not the number of a page."""
    asked = request.GET.get("page", "")
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,4}", asked) else 1


def _proposal(action, now, on):
    if now.state != DeliveryState.IN_PROGRESS:
        return None
    return propose(action, on=on, forecast_on=now.latest.forecast_on if now.latest else None)


def _days(milestone, on):
    """How late it is, or was when it was completed."""
    day = on if milestone.is_open(on) else milestone.completed_on
    return max((day - milestone.due_on).days, 0)


def _dates(user, action, row, on):
    """How its date has moved, and what is still asked for."""
    moves = moves_of(action, on)
    waiting = [move for move in moves if move.is_waiting]
    return {
        "dates": dates_of(action, moves),
        "dates_asked": [(move, permissions.can_decide_date(user, move.change)) for move in waiting],
        "may_ask_date": row.now.is_open and permissions.can_update(user, action),
    }


def _ask(user, action, row):
    """What the button says to somebody who may update; empty for everybody else."""
    is_over = row.now.state == DeliveryState.SUPERSEDED or action.plan.is_closed(today())
    if is_over or not permissions.can_update(user, action):
        return ""
    draft = action.updates.filter(status=UpdateStatus.DRAFT).select_related("made_by").first()
    if draft:
        return (
            "Continue your draft" if draft.made_by_id == user.pk else f"Continue the draft of {draft.made_by}"
        )
    if row.now.pending_status == UpdateStatus.RETURNED:
        return f"Correct the {row.now.pending.month:%B} update"
    return "Update this action"


def _is_frozen(said, months):
    """Whether the month was frozen before anybody checked the update."""
    return said is not None and any(
        each.month == said.month and each.state == MonthState.FROZEN for each in months
    )


def _update_to_check(user, action, now):
    """The update that waits to be checked, for those who may check it."""
    if now.pending_status != UpdateStatus.SUBMITTED:
        return None
    said = now.pending  # with the action at hand, it takes no query to make an update of it
    update = ProgressUpdate(pk=said.pk, action=action, month=said.month, made_by_id=said.made_by_id)
    return update if permissions.can_check(user, update) else None
