"""What the plan stands on: plans, recommendations, posts, services, months, programmes and what depends on them."""

from textwrap import shorten

from django.contrib import admin

from actionplan.enums import MonthState
from actionplan.forms.admin import DependencyForm, ProgrammeMilestoneForm, ProgrammeMilestoneFormSet
from actionplan.models import (
    ActionPlan,
    Dependency,
    Post,
    Programme,
    ProgrammeMilestone,
    Recommendation,
    ReportingMonth,
    Service,
    Strand,
)
from kpis.versioned_admin import VersionedAdmin, VersionedInline


@admin.register(Service)
class ServiceAdmin(VersionedAdmin):
    list_display = ["name", "order"]
    search_fields = ["name"]
    fields = ["name", "order"]


@admin.register(Post)
class PostAdmin(VersionedAdmin):
    list_display = ["title", "service", "holder"]
    list_filter = ["service"]
    list_select_related = ["service", "holder"]
    search_fields = ["title"]
    autocomplete_fields = ["service", "holder"]
    fields = ["title", "service", "holder"]


@admin.register(ActionPlan)
class ActionPlanAdmin(VersionedAdmin):
    list_display = ["name", "inspection", "parent", "senior_responsible", "agreed_on", "is_sample"]
    list_select_related = ["inspection", "parent", "senior_responsible"]
    search_fields = ["name"]
    autocomplete_fields = ["inspection", "parent", "senior_responsible", "author"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "inspection", "parent", "summary"]}),
        ("Who answers for it", {"fields": ["senior_responsible", "author", "board"]}),
        ("Dates", {"fields": ["agreed_on", "submitted_on"]}),
        (None, {"fields": ["is_sample"]}),
    ]
    readonly_fields = ["is_sample"]

    def get_readonly_fields(self, request, obj=None):
        # The slug and the inspection are in every address and number of the plan.
        return [*self.readonly_fields, "slug", "inspection"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Recommendation)
class RecommendationAdmin(VersionedAdmin):
    """The council sets priority, lead and its own wording. Ofsted’s words stay as Ofsted published them."""

    list_display = ["number", "short_title", "inspection", "priority", "lead"]
    list_display_links = ["short_title"]
    list_filter = ["inspection", "priority"]
    list_select_related = ["inspection", "lead"]
    search_fields = ["short_title", "wording"]
    autocomplete_fields = ["lead"]
    fieldsets = [
        ("As Ofsted published it", {"fields": ["inspection", "number", "wording", "page", "note", "source"]}),
        ("The council’s", {"fields": ["short_title", "council_wording", "priority", "lead"]}),
    ]
    readonly_fields = ["inspection", "number", "wording", "page", "note", "source"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReportingMonth)
class ReportingMonthAdmin(VersionedAdmin):
    """The dates of a round and what the Board is told. A frozen month is what the Board has read: it stays."""

    list_display = ["month", "plan", "updates_due_on", "data_as_at", "board_on", "state", "is_sample"]
    list_filter = ["plan", "state"]
    list_select_related = ["plan"]
    fieldsets = [
        (None, {"fields": ["plan", "month", "state"]}),
        ("Dates", {"fields": ["opens_on", "updates_due_on", "data_as_at", "comments_by", "board_on"]}),
        ("For the Board", {"fields": ["headline", "confidence", "confidence_reason", "next_month"]}),
        (None, {"fields": ["is_sample"]}),
    ]
    readonly_fields = ["state", "is_sample"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_frozen(obj)

    def has_delete_permission(self, request, obj=None):
        return False


def _is_frozen(month):
    return month is not None and month.state == MonthState.FROZEN


class StrandInline(VersionedInline):
    model = Strand
    fields = ["order", "name", "what", "funding"]
    extra = 1


class ProgrammeMilestoneInline(VersionedInline):
    model = ProgrammeMilestone
    form = ProgrammeMilestoneForm
    formset = ProgrammeMilestoneFormSet
    fields = ["title", "strand", ("due_on", "original_due_on"), "date_reason", "completed_on"]
    readonly_fields = ["original_due_on"]
    extra = 1


@admin.register(Programme)
class ProgrammeAdmin(VersionedAdmin):
    list_display = ["name", "funder", "funding", "owner", "starts_on", "ends_on", "is_sample"]
    list_select_related = ["owner"]
    search_fields = ["name", "funder"]
    autocomplete_fields = ["owner"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "source", "owner"]}),
        ("Money", {"fields": ["funder", "funding", "funding_note"]}),
        ("Dates", {"fields": ["starts_on", "ends_on"]}),
        (None, {"fields": ["is_sample"]}),
    ]
    readonly_fields = ["is_sample"]
    inlines = [StrandInline, ProgrammeMilestoneInline]

    def save_formset(self, request, form, formset, change):
        """The first date of a milestone stays as it was; history keeps why it moved."""
        if formset.model is not ProgrammeMilestone:
            super().save_formset(request, form, formset, change)
            return
        reasons = {each.instance.pk: each.cleaned_data["date_reason"] for each in formset.initial_forms}
        for milestone in formset.save(commit=False):
            milestone.original_due_on = milestone.original_due_on or milestone.due_on
            milestone._change_reason = shorten(reasons.get(milestone.pk, ""), 100, placeholder=" …")
            milestone.save()


@admin.register(Dependency)
class DependencyAdmin(VersionedAdmin):
    """What is not needed any more gets a day, so that the reports before it still show it."""

    form = DependencyForm
    list_display = ["action", "what", "on", "needed_by", "removed_on", "is_sample"]
    list_filter = ["on_programme", "removed_on"]
    list_select_related = [
        *("action", "on_action", "on_milestone__action", "on_programme", "on_programme_milestone"),
    ]
    search_fields = ["what", "action__ref", "action__title"]
    autocomplete_fields = ["action", "on_action", "on_programme"]
    fields = [
        *("action", "what", "on_action", "on_milestone", "on_programme", "on_programme_milestone"),
        *("needed_by", "added_on", "removed_on", "is_sample"),
    ]
    readonly_fields = ["added_on", "is_sample"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        names = {"on_milestone": "action", "on_programme_milestone": "programme"}
        if db_field.name in names:
            kwargs["queryset"] = db_field.related_model.objects.select_related(names[db_field.name])
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False
