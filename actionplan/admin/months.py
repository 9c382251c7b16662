"""What was written about a month, with its history: read here, written on its own pages by their own rules."""

from django.contrib import admin

from actionplan.models import DraftComment, SoWhat
from kpis.versioned_admin import FactAdmin, HistoryAdmin


@admin.register(DraftComment)
class DraftCommentAdmin(FactAdmin, HistoryAdmin):
    list_display = ["text", "month", "part", "line", "made_by", "made_on", "answered_on"]
    list_filter = ["month", "plan", "is_sample"]
    list_select_related = ["month", "made_by"]
    search_fields = ["text", "answer", "line"]


@admin.register(SoWhat)
class SoWhatAdmin(FactAdmin, HistoryAdmin):
    list_display = ["indicator", "month", "text"]
    list_filter = ["month", "is_sample"]
    list_select_related = ["indicator", "month"]
    search_fields = ["indicator__name", "text"]
