import re
from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import redirect
from django.urls import reverse

LONGEST = 1_000  # letters; SQLite refuses to search for 50,000
TOO_LARGE = re.compile(r"\d{19}")  # for a column of numbers
YEAR = re.compile(r"[1-9][0-9]{0,3}")


class AdministrationSite(AdminSite):
    """Django admin with the service's own way in and out: one page to sign in, one to change a password."""

    site_header = site_title = "Ofsted improvement plan: administration"
    index_title = "What administrators keep"
    enable_nav_sidebar = False  # lists are wide, and the breadcrumbs lead back

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")  # one record at a time, after its own question

    def admin_view(self, view, cacheable=False):
        """What no page of it can have asked for, and its lists and forms fail at, is a bad request."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            for name, values in request.GET.lists():
                if any(_is_impossible(name, value) for value in values):
                    raise SuspiciousOperation(f"{name[:20]!a} cannot be that")
            return inner(request, *args, **kwargs)

        return checked

    def has_permission(self, request):
        """False sends a stranger to sign in. Somebody who has signed in and may not come here gets the 403 page."""
        allowed = super().has_permission(request)
        if request.user.is_authenticated and not allowed:
            raise PermissionDenied
        return allowed

    @login_not_required
    def login(self, request, extra_context=None):
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        return LogoutView.as_view()(request)

    def password_change(self, request, extra_context=None):
        return redirect("password_change")

    def password_change_done(self, request, extra_context=None):
        return redirect("password_change_done")


def _is_impossible(name, value):
    if name == TO_FIELD_VAR and not value:
        return True
    if name.endswith("__year") and not YEAR.fullmatch(value):
        return True
    return len(value) > LONGEST or (name != SEARCH_VAR and bool(TOO_LARGE.search(value)))
