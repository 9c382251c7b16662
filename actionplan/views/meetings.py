"""Meetings of those who answer for the plan or check it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from actionplan import permissions
from actionplan.dates.moves import decided_at
from actionplan.enums import Attendance
from actionplan.forms.meetings import MeetingForm
from actionplan.governance import Raised
from actionplan.models import ActionPlan, Meeting
from actionplan.views.claims import both_texts
from kpis.models import StaleEdit
from kpis.periods import today


def newest(request):
    """Those of the plan people work on; the navigation links here."""
    plan = ActionPlan.objects.filter(parent=None).first()
    if plan is None:
        return TemplateResponse(request, "actionplan/plan_none.html")
    return redirect("actionplan:meetings", plan.slug)


def index(request, plan):
    plan = get_object_or_404(ActionPlan.objects.select_related("parent"), slug=plan)
    there = Q(attendances__status=Attendance.PRESENT)
    meetings = (
        Meeting.objects.about(plan)
        .select_related("plan")
        .annotate(
            present=Count("attendances", there, distinct=True),
            listed=Count("attendances", distinct=True),
            decided=Count("decisions", distinct=True),
            challenged=Count("challenges", distinct=True),
        )
    )
    context = {
        "plan": plan,
        "meetings": meetings,
        "is_all_sample": all(meeting.is_sample for meeting in meetings),
        "may_write": permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/meetings.html", context)


def detail(request, plan, meeting):
    meeting = _get(plan, meeting)
    on = today()
    listed = list(meeting.attendances.select_related("post"))
    context = {
        "meeting": meeting,
        "attendance": [
            (status, [each.post for each in listed if each.status == status]) for status in Attendance
        ],
        "is_listed": bool(listed),
        "decisions": list(meeting.decisions.select_related("plan")),
        "moves": decided_at(meeting, on),
        "challenges": [Raised(each, on) for each in meeting.challenges.select_related("plan", "owner")],
        "may_write": permissions.can_govern(request.user),
    }
    return TemplateResponse(request, "actionplan/meeting.html", context)


def new(request, plan):
    plan = get_object_or_404(ActionPlan, slug=plan)
    _may_write(request.user)
    form = MeetingForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        meeting = form.save(by=request.user)
        if meeting:
            messages.success(request, f"{meeting} is written down.")
            return redirect(meeting)
    context = {"plan": plan, "meeting": None, "form": form, "is_stale": False, "differences": []}
    return TemplateResponse(request, "actionplan/meeting_form.html", context)


def edit(request, plan, meeting):
    meeting = _get(plan, meeting)
    _may_write(request.user)
    form = MeetingForm(request.POST if request.method == "POST" else None, plan=meeting.plan, meeting=meeting)
    context = {"plan": meeting.plan, "meeting": meeting, "form": form, "is_stale": False, "differences": []}
    if form.is_valid():
        try:
            saved = form.save(by=request.user)
        except StaleEdit:
            stored = _get(plan, meeting.pk)
            return both_texts(
                request,
                "actionplan/meeting_form.html",
                context,
                lambda data: MeetingForm(data, plan=stored.plan, meeting=stored),
            )
        if saved:
            messages.success(request, "Meeting saved.")
            return redirect(saved)
    return TemplateResponse(request, "actionplan/meeting_form.html", context)


def _get(plan, pk):
    return get_object_or_404(Meeting.objects.select_related("plan__parent"), plan__slug=plan, pk=pk)


def _may_write(user):
    if not permissions.can_govern(user):
        raise PermissionDenied("Meetings are written down by the improvement team.")
