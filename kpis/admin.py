from decimal import Decimal

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from kpis.models import (
    Area,
    Baseline,
    Benchmark,
    Indicator,
    Measurement,
    NeighbourSet,
    NeighbourSetMember,
    RagRule,
    Rebase,
    Target,
)
from kpis.periods import day_words, today
from kpis.versioned_admin import FactAdmin, FactInline, VersionedAdmin, VersionedForm, VersionedInline

# Addresses of pages beside those of the indicators: /kpis/entry/ cannot be an indicator too.
TAKEN = {"charts", "entry", "import"}


class PlainDecimalField(forms.DecimalField):
    """75, not 75.0000."""

    def to_python(self, value):
        number = super().to_python(value)
        return number and Decimal(f"{number.normalize():f}")

    def prepare_value(self, value):
        return self.to_python(value) if isinstance(value, Decimal) else value


class BaselineInline(VersionedInline):
    model = Baseline
    fields = [
        ("start", "end"),
        ("value", "numerator", "denominator"),
        "marker",
        "note",
        "source",
        "is_sample",
    ]
    readonly_fields = ["is_sample"]
    formfield_overrides = {models.DecimalField: {"form_class": PlainDecimalField}}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("indicator")


class TargetForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "agreed_on": "Correct a slip here; the history keeps what stood before. What the Board agrees anew is new "
            "targets with a date of their own: enter it from the indicator’s page, and past months keep theirs."
        }


class TargetInline(VersionedInline):
    model = Target
    form = TargetForm
    fields = [("by", "value", "tolerance"), "agreed_on", "agreed_at", "source", "is_sample"]
    readonly_fields = ["is_sample"]
    formfield_overrides = {models.DecimalField: {"form_class": PlainDecimalField}}
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("indicator")


class RebaseInline(VersionedInline):
    model = Rebase
    fields = [("starts_on", "agreed_on"), "reason"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("indicator")


class IndicatorForm(VersionedForm):
    def clean_code(self):
        if self.cleaned_data["code"] in TAKEN:
            raise ValidationError("Another page has this address. Choose another code")
        return self.cleaned_data["code"]


@admin.register(Indicator)
class IndicatorAdmin(VersionedAdmin):
    form = IndicatorForm
    list_display = ["name", "code", "kind", "polarity", "frequency", "headline_order", "is_sample"]
    list_filter = ["kind", "polarity", "frequency", "is_sample"]
    search_fields = ["name", "short_name", "code"]
    fieldsets = [
        (None, {"fields": ["code", "name", "short_name", "definition", "why"]}),
        (
            "How it is counted",
            {
                "fields": [
                    "numerator",
                    "denominator",
                    ("unit", "decimals"),
                    "polarity",
                    ("frequency", "covers"),
                    "kind",
                    "source_system",
                    "owner",
                ]
            },
        ),
        (
            "Where it is shown",
            {"fields": ["headline_order", "early_measure", "recommendation_numbers", "dfe_measure"]},
        ),
        ("Where this comes from", {"fields": ["source", "is_sample"]}),
    ]
    readonly_fields = ["is_sample"]
    inlines = [BaselineInline, TargetInline, RebaseInline]

    def get_readonly_fields(self, request, obj=None):
        # The code is the indicator’s address: links in papers that went out must keep working.
        return [*self.readonly_fields, "code"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        return False


class RagRuleForm(forms.ModelForm):
    def clean_starts_on(self):
        if self.cleaned_data["starts_on"] <= today():
            raise ValidationError(
                f"Enter a day after {day_words(today())}: a new rule leaves the periods that have ended "
                "as they were rated"
            )
        return self.cleaned_data["starts_on"]


@admin.register(RagRule)
class RagRuleAdmin(FactAdmin):
    """Rules are added and never edited: the months that one rated keep its colours."""

    form = RagRuleForm
    list_display = ["name", "body", "starts_on", "method", "percent", "is_sample"]
    list_filter = ["body", "is_sample"]
    search_fields = ["name", "source"]
    fields = ["name", "body", "starts_on", "method", "percent", "source", "is_sample"]
    readonly_fields = ["is_sample"]
    formfield_overrides = {models.DecimalField: {"form_class": PlainDecimalField}}

    def has_add_permission(self, request, obj=None):
        return admin.ModelAdmin.has_add_permission(self, request)


@admin.register(Measurement)
class MeasurementAdmin(FactAdmin):
    list_display = [
        "indicator",
        "start",
        "end",
        "value",
        "status",
        "recorded_on",
        "is_sample",
    ]
    list_filter = ["status", "is_sample", "indicator__kind", "recorded_on"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "indicator__code"]


@admin.register(Benchmark)
class BenchmarkAdmin(FactAdmin):
    list_display = ["indicator", "area", "start", "end", "value", "marker"]
    list_filter = ["area__kind"]
    list_select_related = ["indicator", "area"]
    search_fields = ["indicator__name", "indicator__code", "area__name"]


@admin.register(Area)
class AreaAdmin(FactAdmin):
    list_display = ["name", "code", "kind"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]


class NeighbourInline(FactInline):
    model = NeighbourSetMember
    fields = ["rank", "area", "closeness"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("area", "neighbour_set")


@admin.register(NeighbourSet)
class NeighbourSetAdmin(FactAdmin):
    list_display = ["__str__", "code", "as_of"]
    inlines = [NeighbourInline]
