from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction

from havering_ofsted.models import User
from kpis.versioned_admin import VersionedAdmin, VersionedForm

admin.site.unregister(Group)  # the groups are the five roles of the service: fixed, like what each may do


class LowerCaseEmail:
    """An address is one account in whatever case it is typed."""

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class PersonForm(LowerCaseEmail, VersionedForm, UserChangeForm):
    pass


class NewPersonForm(LowerCaseEmail, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email"]


class NewPasswordForm(AdminPasswordChangeForm):
    def save(self, commit=True):
        self.user._change_reason = "Password set by an administrator"
        return super().save(commit)


@admin.register(User)
class PersonAdmin(VersionedAdmin, UserAdmin):
    """People are never deleted: an account that is not active keeps the name of what its holder did."""

    form = PersonForm
    add_form = NewPersonForm
    add_form_template = None  # Django’s own is about accounts without a password
    change_password_form = NewPasswordForm
    list_display = ["email", "full_name", "job_title", "service", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups", "service"]
    list_select_related = ["service"]
    search_fields = ["email", "full_name", "job_title"]
    ordering = ["email"]
    filter_horizontal = []
    autocomplete_fields = ["service"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("Who this is", {"fields": ["full_name", "job_title", "service"]}),
        ("What they may do", {"fields": ["is_active", "groups", "is_staff"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "full_name", "job_title", "service", "groups", "password1", "password2"]},
        ),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_readonly_fields(self, request, obj=None):
        # Nobody gives themselves a role or locks themselves out.
        own = ["is_active", "groups", "is_staff"] if obj == request.user else []
        return [*self.readonly_fields, *own]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """A superuser's account is changed by superusers only: whoever may set its password may become it."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if "groups" in form.changed_data:
            # History keeps no memberships of its own.
            names = ", ".join(sorted(group.name for group in form.cleaned_data["groups"]))
            obj._change_reason = f"Groups: {names or 'none'}"
        super().save_model(request, obj, form, change)

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):  # noqa: A002  Django's name
        return super().user_change_password(request, id, form_url)
