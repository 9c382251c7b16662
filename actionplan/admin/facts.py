"""What Ofsted published and what happened to an action: read here, written elsewhere or never."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404

from actionplan.enums import UpdateStatus
from actionplan.models import (
    AreaMapping,
    Assurance,
    DateChange,
    Evidence,
    Framework,
    Inspection,
    Judgement,
    JudgementArea,
    MonitoringVisit,
    ProgressUpdate,
    PublishedOutcome,
    RecommendationParagraph,
)
from kpis.versioned_admin import FactAdmin, FactInline, HistoryAdmin


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(FactAdmin, HistoryAdmin):
    date_hierarchy = "month"
    list_display = ["action", "month", "state", "rag", "impact", "status", "submitted_on", "made_by"]
    list_filter = ["status", "state", "rag", "impact", "is_sample"]
    list_select_related = ["action", "made_by"]
    search_fields = ["action__ref", "action__title", "done", "standstill"]

    def get_queryset(self, request):
        # A draft has not happened yet: its words are its writer’s alone.
        return super().get_queryset(request).exclude(status=UpdateStatus.DRAFT)

    def history_view(self, request, object_id, extra_context=None):
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().history_view(request, object_id, extra_context)


@admin.register(DateChange)
class DateChangeAdmin(FactAdmin):
    list_display = [
        "action",
        "milestone",
        "from_date",
        "to_date",
        "asked_on",
        "agreed_on",
        "refused_on",
        "made_by",
    ]
    list_filter = ["asked_on", "agreed_on", "refused_on", "is_sample"]
    list_select_related = ["action", "milestone__action", "made_by"]
    search_fields = ["action__ref", "action__title", "reason"]


@admin.register(Assurance)
class AssuranceAdmin(FactAdmin):
    list_display = ["action", "made_on", "stage", "finding", "assurer", "recheck_due_on"]
    list_filter = ["stage", "finding", "is_sample"]
    list_select_related = ["action", "assurer"]
    search_fields = ["action__ref", "action__title", "summary"]


@admin.register(Evidence)
class EvidenceAdmin(FactAdmin, HistoryAdmin):
    list_display = ["title", "action", "source", "dated_on", "added_on", "withdrawn_on", "is_sample"]
    list_filter = ["source", "withdrawn_on", "is_sample"]
    list_select_related = ["action"]
    search_fields = ["title", "shows", "action__ref"]


@admin.register(AreaMapping)
class AreaMappingAdmin(FactAdmin):
    list_display = ["from_area", "to_area", "basis"]
    list_filter = ["from_area__framework", "to_area__framework"]
    list_select_related = ["from_area", "to_area"]
    search_fields = ["from_area__name", "to_area__name"]


@admin.register(Framework)
class FrameworkAdmin(FactAdmin):
    list_display = ["name", "code", "from_date", "to_date"]


@admin.register(JudgementArea)
class JudgementAreaAdmin(FactAdmin):
    list_display = ["number", "name", "framework"]
    list_display_links = ["name"]
    list_filter = ["framework"]
    list_select_related = ["framework"]
    search_fields = ["name", "code"]


class JudgementInline(FactInline):
    model = Judgement
    fields = ["area", "grade", "printed", "is_limiting"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("area")


@admin.register(Inspection)
class InspectionAdmin(FactAdmin):
    list_display = ["name", "framework", "start", "end", "published_on"]
    list_select_related = ["framework"]
    search_fields = ["name", "key"]
    inlines = [JudgementInline]


@admin.register(Judgement)
class JudgementAdmin(FactAdmin):
    list_display = ["area", "inspection", "grade", "is_limiting"]
    list_filter = ["inspection", "grade"]
    list_select_related = ["area", "inspection"]
    search_fields = ["area__name", "inspection__name"]


@admin.register(MonitoringVisit)
class MonitoringVisitAdmin(FactAdmin):
    list_display = ["name", "inspection", "start", "published_on"]
    list_select_related = ["inspection"]


@admin.register(PublishedOutcome)
class PublishedOutcomeAdmin(FactAdmin):
    date_hierarchy = "published_on"
    list_display = ["authority", "region", "published_on", "overall", "care_leavers"]
    list_filter = ["overall", "region"]
    search_fields = ["authority"]


@admin.register(RecommendationParagraph)
class RecommendationParagraphAdmin(FactAdmin):
    list_display = ["paragraph", "recommendation", "area", "about", "confidence"]
    list_filter = ["recommendation__inspection", "confidence"]
    list_select_related = ["recommendation", "area"]
    search_fields = ["about", "recommendation__short_title"]
