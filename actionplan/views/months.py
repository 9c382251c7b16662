"""The improvement team runs a month: opens it, changes its dates, chases who has not updated."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from actionplan import permissions
from actionplan.changes.drafts import MonthFrozen
from actionplan.changes.months import SKIPPED_AT_MOST, AlreadyOpened, NotOpened
from actionplan.chasing import administrators, chase, running_month
from actionplan.downloads import csv_file
from actionplan.enums import MonthState
from actionplan.forms.months import OpenForm, SetDatesForm
from actionplan.models import ActionPlan, ReportingMonth
from actionplan.rhythm import Dates, follow
from actionplan.rounds import days_late
from actionplan.views.claims import both_texts, too_late
from actionplan.views.rounds import get_round
from kpis.models import StaleEdit
from kpis.periods import day_words, month_start, months_later, parse_month, today


def new(request, plan):
    """Open the next month, with dates in the rhythm of the last one."""
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    _may_run(request.user)
    if plan.parent:
        return redirect("actionplan:month_new", plan.parent.slug)
    last = plan.months.order_by("month").last()
    month = _asked_for(request, last)
    proposed = vars(follow(Dates.of(last), last.month, month)) if last else {}
    form = OpenForm(
        request.POST if request.method == "POST" else None, plan=plan, month=month, proposed=proposed
    )
    if form.is_valid():
        try:
            opened = form.save(by=request.user)
        except AlreadyOpened as before:
            return _opened_before(request, before.month, form.dates)
        except NotOpened as why:
            return _refused(request, plan, "No month can be opened", str(why), form.dates)
        if opened:
            messages.success(request, _what_happens_next(opened))
            return redirect("actionplan:months", plan.slug)
    context = {
        "plan": plan,
        "form": form,
        "month": month,
        "last": last,
        "skip_to": months_later(month, 1) if last and month < _furthest(last) else None,
    }
    return TemplateResponse(request, "actionplan/month_new.html", context)


def dates(request, plan, month):
    """Change the dates of a month until it is frozen."""
    plan, month, _ = _get_month(plan, month)
    _may_run(request.user)
    if plan.parent:
        return redirect("actionplan:month_dates", plan.parent.slug, f"{month.month:%Y-%m}")
    if month.state_on(today()) == MonthState.FROZEN:
        return _frozen(request, plan, month)
    form = SetDatesForm(request.POST if request.method == "POST" else None, month=month)
    context = {"plan": plan, "month": month, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            saved = form.save(by=request.user)
        except MonthFrozen:
            return _frozen(request, plan, month, form.dates)
        except StaleEdit:
            stored = ReportingMonth.objects.get(pk=month.pk)
            return both_texts(
                request,
                "actionplan/month_dates.html",
                context,
                lambda data: SetDatesForm(data, month=stored),
            )
        if saved:
            messages.success(request, f"Dates of {saved} saved.")
            return redirect("actionplan:months", plan.slug)
    return TemplateResponse(request, "actionplan/month_dates.html", context)


def chase_page(request, plan, month):
    """Who has not updated, as at today."""
    plan, month, months = _get_month(plan, month)
    _may_run(request.user)
    if plan.parent:
        return redirect("actionplan:month_chase", plan.parent.slug, f"{month.month:%Y-%m}")
    on = today()
    running = running_month(plan, on, months)
    context = {
        "plan": plan,
        "month": month,
        "running": running,
        "on": on,
        "months_url": reverse("actionplan:months", args=[plan.slug]),
        "month_url": month.get_absolute_url(),
    }
    if running != month:
        context["is_frozen"] = month.state_on(on) == MonthState.FROZEN
        return TemplateResponse(request, "actionplan/month_not_chased.html", context)
    found = chase(plan, month, on)
    may_set_owner = permissions.in_group(request.user, permissions.ADMINISTRATOR)
    context |= {
        "chase": found,
        "may_set_owner": may_set_owner,
        "administrators": administrators() if found.without_owner and not may_set_owner else [],
    }
    return TemplateResponse(request, "actionplan/month_chase.html", context)


CSV_HEADER = [
    *("Plan", "Action", "Title", "Owner", "Held by", "E-mail", "Updates due", "Days late"),
    *("Last update", "Last signed in", "Last reminded"),
]


def chase_csv(request, plan, month):
    """The chase page as a file, a line for each action; empty when nothing is owed."""
    plan, month, months = _get_month(plan, month)
    _may_run(request.user)
    if plan.parent:
        return redirect("actionplan:month_chase_csv", plan.parent.slug, f"{month.month:%Y-%m}")
    on = today()
    owners = chase(plan, month, on).owners if running_month(plan, on, months) == month else ()
    lines = [_csv_line(owner, owed, month) for owner in owners for owed in owner.owed]
    return csv_file(f"{plan.slug}-not-updated-{on:%Y-%m-%d}.csv", CSV_HEADER, lines)


def _csv_line(owner, owed, month):
    row, holder = owed.row, owner.post.holder
    return [
        row.action.plan.name,
        row.action.ref,
        row.action.short_title,
        owner.post.title,
        holder or "",
        holder.email if holder else "",
        month.updates_due_on,
        days_late(month.updates_due_on, row.on),
        owed.last_word,
        owner.seen_on,
        owner.reminded_on,
    ]


def _get_month(slug, month):
    """The plan, its round, which knows its plan already, and all its rounds in order."""
    plan, month, months = get_round(slug, month)
    if month.plan_id == plan.pk:
        month.plan = plan
    return plan, month, months


def _asked_for(request, last):
    """The month to open: the one posted or in the address where it may be the next, else the one after the last."""
    if last is None:
        return month_start(today())
    following = months_later(last.month, 1)
    named = request.POST.get("month") if request.method == "POST" else request.GET.get("month")
    try:
        month = parse_month(named or "")
    except ValueError:
        return following
    if request.method == "POST":
        return month  # one that was opened meanwhile is told, never changed for another
    return month if following <= month <= _furthest(last) else following


def _furthest(last):
    return months_later(last.month, SKIPPED_AT_MOST + 1)


def _what_happens_next(month):
    opens = "is open" if month.opens_on <= today() else f"opens on {day_words(month.opens_on)}"
    return (
        f"{month} {opens}. Updates are due by {day_words(month.updates_due_on)}, "
        f"and the Board meets on {day_words(month.board_on)}."
    )


def _opened_before(request, month, dates):
    why = (
        f"Somebody else opened it while you had the page open. Updates are due by {day_words(month.updates_due_on)}, "
        f"and the Board meets on {day_words(month.board_on)}. You can change its dates."
    )
    return _refused(request, month.plan, f"{month} has been opened already", why, dates)


def _frozen(request, plan, month, dates=None):
    return _refused(
        request, plan, f"The report for {month} is frozen", "Its dates stay as they were then.", dates
    )


def _refused(request, plan, heading, why, dates=None):
    named = OpenForm.base_fields
    return too_late(
        request,
        {
            "caption": plan.name,
            "heading": heading,
            "why": why,
            "back": reverse("actionplan:months", args=[plan.slug]),
            "back_words": "Back to the monthly reports",
            "typed": [(named[name].label, day_words(day)) for name, day in vars(dates).items()]
            if dates
            else [],
        },
    )


def _may_run(user):
    if not permissions.can_run_month(user):
        raise PermissionDenied("Months are opened and chased by the improvement team.")
