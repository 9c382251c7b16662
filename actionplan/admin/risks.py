"""Risks with their history, and their scores: read here, written on their own pages by their own rules."""

from django.contrib import admin

from actionplan.models import Risk, RiskScore
from kpis.versioned_admin import FactAdmin, HistoryAdmin


@admin.register(Risk)
class RiskAdmin(FactAdmin, HistoryAdmin):
    list_display = ["number", "title", "kind", "owner", "review_on", "closed_on", "is_sample"]
    list_display_links = ["title"]
    list_filter = ["plan", "kind", "owner", "is_sample"]
    list_select_related = ["owner"]
    search_fields = ["title", "cause", "mitigation"]


@admin.register(RiskScore)
class RiskScoreAdmin(FactAdmin):
    date_hierarchy = "scored_on"
    list_display = ["risk", "scored_on", "likelihood", "impact", "made_by"]
    list_filter = ["is_sample"]
    list_select_related = ["risk", "made_by"]
    search_fields = ["risk__title", "note"]
