"""Challenges, meetings and decisions with their history: read here, written on their own pages by their own rules."""

from django.contrib import admin

from actionplan.models import Attendance, Challenge, Decision, Meeting
from kpis.versioned_admin import FactAdmin, FactInline, HistoryAdmin


@admin.register(Challenge)
class ChallengeAdmin(FactAdmin, HistoryAdmin):
    list_display = ["question", "source", "owner", "raised_on", "due_on", "answered_on", "closed_on"]
    list_filter = ["source", "plan", "is_sample"]
    list_select_related = ["owner"]
    search_fields = ["question", "answer"]


class AttendanceInline(FactInline):
    model = Attendance
    fields = ["post", "status"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("post")


@admin.register(Meeting)
class MeetingAdmin(FactAdmin, HistoryAdmin):
    date_hierarchy = "held_on"
    list_display = ["held_on", "body", "chair", "plan", "is_sample"]
    list_filter = ["body", "plan", "is_sample"]
    list_select_related = ["plan"]
    search_fields = ["chair", "summary"]
    inlines = [AttendanceInline]


@admin.register(Decision)
class DecisionAdmin(FactAdmin, HistoryAdmin):
    list_display = ["question", "asked_by", "asked_on", "needed_by", "meeting"]
    list_filter = ["plan", "is_sample"]
    list_select_related = ["asked_by", "meeting"]
    search_fields = ["question", "why", "outcome"]
