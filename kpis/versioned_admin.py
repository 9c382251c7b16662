"""Django admin where nobody's words are lost and what happened stays as it was.

VersionedAdmin is for records that people edit: a save is checked against the version its form was loaded with.
FactAdmin is for rows that say what happened or what was published: they are read there, never written.
"""

from dataclasses import replace
from datetime import date

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.utils.formats import date_format
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from kpis.forms.conflicts import Difference, differences


class FactAdmin(admin.ModelAdmin):
    """Read, searched and filtered; a POST that would add, change or delete is refused with 403."""

    actions = None

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class FactInline(admin.TabularInline):
    """Facts shown with the record they belong to."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def is_key(text):
    """Whether a row could have this number. Databases fall over a longer one, and Django over no number at all."""
    return text.isdecimal() and len(text) < 19


class ReadableChoices(forms.ModelMultipleChoiceField):
    """Refuses what cannot be a key before the database is asked for it."""

    def clean(self, value):
        for key in value or ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key[:50]}
                )
        return super().clean(value)


class ReadableKeys:
    """Shows a refused form again whatever was posted as a key; Django’s own list asks the database for it."""

    def format_value(self, value):
        return [key for key in super().format_value(value) or () if is_key(key)]


class AutocompleteOne(ReadableKeys, AutocompleteSelect):
    pass


class AutocompleteMany(ReadableKeys, AutocompleteSelectMultiple):
    pass


class VersionedForm(forms.ModelForm):
    """Refuses words that were written while somebody else saved. The template posts the version with them."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.data.get("version") != str(self.instance.version):
            raise ValidationError("Somebody else changed this while you were writing", code="stale")
        return cleaned

    @property
    def is_stale(self):
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, "stale")


class VersionedInline(admin.StackedInline):
    """Rows edited with the record they belong to, whose version covers them.

    They are never deleted here: a row that vanished between two people's forms could not be shown to the second. In the
    order of their making, new ones last, so that a form sent twice finds each row where it was.
    """

    ordering = ["pk"]
    extra = 0
    can_delete = False


class HistoryWords(HistoricalRecordContextHelper):
    """Changes in the words of the page: dates as dates, choices by their label, nothing about versions."""

    def context_for_delta_changes(self, delta):
        changes = [change for change in delta.changes if change.field != "version"]
        return super().context_for_delta_changes(replace(delta, changes=changes))

    def prepare_delta_change_value(self, change, value):
        if value in (None, ""):
            return "nothing"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return date_format(value, "j F Y")
        labels = self.model._meta.get_field(change.field).flatchoices
        if labels:
            return dict(labels).get(value, value)
        value = super().prepare_delta_change_value(change, value)
        if isinstance(value, list):
            return ", ".join(str(each) for each in value) or "nothing"
        return value


class HistoryAdmin(SimpleHistoryAdmin):
    """The history page says who changed what, when and why, in the record and in the rows edited with it."""

    def get_urls(self):
        # Without simple_history's page for putting an old state back: it would bypass the version and every rule of
        # the form. What was there is read on the history page.
        return super(SimpleHistoryAdmin, self).get_urls()

    def revert_disabled(self, request, obj=None):
        return True

    def get_historical_record_context_helper(self, request, historical_record):
        return HistoryWords(historical_record.instance_type, historical_record)

    def history_view_title(self, request, obj):
        return f"History of {obj}"

    def history_view(self, request, object_id, extra_context=None):
        if not is_key(unquote(object_id)):
            raise Http404
        rows = [
            self._rows_history(request, inline.model, object_id)
            for inline in self.get_inline_instances(request)
        ]
        return super().history_view(request, object_id, {"histories_of_rows": rows, **(extra_context or {})})

    def _rows_history(self, request, model, object_id):
        """Every change of the rows edited with this record, newest first, and what to call them."""
        key = _get_foreign_key(self.model, model).attname
        records = list(self.get_history_queryset(request, model.history, key, unquote(object_id)))
        for pk in {record.id for record in records}:
            self.set_history_delta_changes(request, [record for record in records if record.id == pk])
        return {"name": model._meta.verbose_name_plural.capitalize(), "records": records}


class VersionedAdmin(HistoryAdmin):
    """Edited by one person at a time: a stale save writes nothing and is answered 409 with both texts.

    The model is Versioned and has history. Inlines are covered by the version of the record they belong to.
    """

    form = VersionedForm
    actions = None
    list_per_page = 50

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            widget = AutocompleteMany if db_field.many_to_many else AutocompleteOne
            kwargs["widget"] = widget(db_field, self.admin_site)
        if db_field.many_to_many:
            kwargs["form_class"] = ReadableChoices
        # No pop-ups for adding a post from within an action: every save happens on the page of what is saved.
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_object(self, request, object_id, from_field=None):
        """Locked while it is saved: of two people who save at once, the second sees the first one's version."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        return self.model.objects.select_for_update(of=("self",)).get(pk=found.pk)

    def save_model(self, request, obj, form, change):
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        stale = isinstance(form, VersionedForm) and form.is_stale
        if stale:
            context |= {
                "title": "Somebody else changed this while you were writing",
                "errors": None,
                "differences": self._differences(request, form, context["inline_admin_formsets"]),
            }
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if stale:
            response.status_code = 409
        return response

    def _differences(self, request, form, inlines):
        """Between what was posted and what is stored now, inline rows included."""
        stored = self.model.objects.get(pk=form.instance.pk)
        found = differences(form, type(form)(instance=stored))
        for inline in inlines:
            found += _row_differences(
                inline.formset,
                type(inline.formset)(
                    instance=stored, prefix=inline.formset.prefix, queryset=inline.opts.get_queryset(request)
                ),
            )
        return found


def _row_differences(posted, stored):
    name = posted.model._meta.verbose_name.capitalize()
    unseen = {form.instance.pk: form for form in stored.initial_forms}
    found = []
    for form in posted.forms:
        was = unseen.pop(form.instance.pk, None)
        if was:
            label = f"{name} {was.instance}"
        elif form.has_changed():
            was, label = stored.empty_form, f"New {name.lower()}"
        else:
            continue
        found += [each._replace(label=f"{label}: {each.label}") for each in differences(form, was)]
    return found + [Difference(f"New {name.lower()}", "", str(form.instance)) for form in unseen.values()]
