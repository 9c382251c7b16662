"""Risks in Django admin: the team keeps them on the site; what was written by mistake is put right here."""

from django.contrib import admin

from actionplan.models import Risk, RiskScore
from kpis.versioned_admin import FactAdmin, FactInline, VersionedAdmin


class RiskScoreInline(FactInline):
    model = RiskScore
    fields = ["scored_on", "likelihood", "impact", "note", "made_by"]
    readonly_fields = fields
    ordering = ["-scored_on", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("risk", "made_by")


@admin.register(Risk)
class RiskAdmin(VersionedAdmin):
    list_display = ["number", "title", "kind", "owner", "review_on", "closed_on", "is_sample"]
    list_display_links = ["title"]
    list_filter = ["plan", "kind", "owner", "is_sample"]
    list_select_related = ["owner"]
    search_fields = ["title", "cause", "mitigation", "owner__title"]
    autocomplete_fields = ["owner", "actions", "recommendations"]
    fieldsets = [
        (None, {"fields": ["plan", "number", "kind", "title", "cause", "effect"]}),
        ("Before mitigation", {"fields": ["likelihood", "impact"]}),
        ("What is done", {"fields": ["mitigation", "owner", "review_on", "actions", "recommendations"]}),
        ("Dates", {"fields": ["opened_on", "closed_on", "closed_because"]}),
        (None, {"fields": ["is_sample"]}),
    ]
    readonly_fields = [
        "plan",
        "number",
        "opened_on",
        "is_sample",
    ]  # papers that went out call it by its number
    inlines = [RiskScoreInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RiskScore)
class RiskScoreAdmin(FactAdmin):
    date_hierarchy = "scored_on"
    list_display = ["risk", "scored_on", "likelihood", "impact", "made_by"]
    list_filter = ["is_sample"]
    list_select_related = ["risk", "made_by"]
    search_fields = ["risk__title", "note"]
