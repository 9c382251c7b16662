"""Actions and their milestones: who is accountable, by when, and why a date moves."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from actionplan.changes import dates, owners
from actionplan.forms.admin import ActionForm, HandOverForm, MilestoneForm, MilestoneFormSet
from actionplan.models import Action, Milestone
from kpis.models import StaleEdit
from kpis.versioned_admin import VersionedAdmin, VersionedInline


class MilestoneInline(VersionedInline):
    model = Milestone
    form = MilestoneForm
    formset = MilestoneFormSet
    fields = ["number", "title", ("due_on", "original_due_on"), "date_reason", "completed_on"]
    readonly_fields = ["original_due_on"]
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("action")


@admin.register(Action)
class ActionAdmin(VersionedAdmin):
    form = ActionForm
    list_display = ["ref", "title", "owner", "priority", "due_on", "original_due_on", "is_sample"]
    ordering = ["plan", "recommendation__number", "order"]  # 4.2 before 4.10
    list_display_links = ["ref", "title"]
    list_filter = ["plan", "priority", "service", "owner", "is_sample"]
    list_select_related = ["owner"]
    search_fields = ["ref", "title", "owner__title"]
    autocomplete_fields = ["recommendation", "owner", "contributors", "service", "indicators", "shared_with"]
    fieldsets = [
        (None, {"fields": ["plan", "recommendation", "ref", "order", "title", "short_title", "shared_with"]}),
        ("Who", {"fields": ["owner", "contributors", "service", "priority"]}),
        ("Dates", {"fields": ["starts_on", "due_on", "date_reason", "original_due_on"]}),
        ("Why and how we know", {"fields": ["why", "outcome", "measure", "indicators"]}),
        (None, {"fields": ["is_sample"]}),
    ]
    readonly_fields = ["original_due_on", "is_sample"]
    inlines = [MilestoneInline]
    actions = ["hand_over"]

    def get_readonly_fields(self, request, obj=None):
        # Papers that went out call the action by its number.
        return [*self.readonly_fields, "plan", "recommendation", "ref"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.original_due_on = obj.due_on
        if form.moves:
            obj.version += 1
            _move(form, action=obj, by=request.user)
        else:
            super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        moving = {each.instance.pk: each for each in formset.initial_forms if each.moves}
        for milestone in formset.save(commit=False):
            if milestone.pk in moving:
                _move(moving[milestone.pk], action=form.instance, milestone=milestone, by=request.user)
            else:
                milestone.original_due_on = milestone.original_due_on or milestone.due_on
                milestone.save()

    @admin.action(description="Hand over to another post", permissions=["change"])
    def hand_over(self, request, queryset):
        """Ask to which post, then give it the chosen actions; none of them when somebody changed one meanwhile."""
        chosen = queryset.select_related("owner").in_order()
        form = HandOverForm(request.POST if "to" in request.POST else None, actions=chosen)
        stale = None
        if form.is_bound and form.is_valid():
            try:
                handed = owners.hand_over(**form.cleaned_data, by=request.user)
            except StaleEdit as edit:
                stale = edit.current
            else:
                for action in handed:
                    self.log_change(request, action, [{"changed": {"fields": ["owner"]}}])
                count = "1 action" if len(handed) == 1 else f"{len(handed)} actions"
                messages.success(request, f"Handed over {count} to the {form.cleaned_data['to']}.")
                return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": "Hand over to another post",
            "opts": self.opts,
            "form": form,
            "chosen": chosen,
            "stale": stale,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 409 if stale else 200
        return TemplateResponse(request, "admin/actionplan/action/hand_over.html", context, status=status)


def _move(form, *, action, by, milestone=None):
    """Save the row of a form whose due date was changed, as a move with its reason."""
    row = form.instance
    to, row.due_on = row.due_on, form.initial["due_on"]
    dates.move(action=action, milestone=milestone, to=to, reason=form.cleaned_data["date_reason"], by=by)
