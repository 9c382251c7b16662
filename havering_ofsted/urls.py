from django.contrib import admin
from django.contrib.auth import urls as auth_urls
from django.contrib.auth import views as auth
from django.urls import include, path

from havering_ofsted import forms, views

# These four before Django's own, which have its words.
account_urls = [
    path("login/", views.SignIn.as_view(), name="login"),
    path(
        "password_change/",
        auth.PasswordChangeView.as_view(form_class=forms.PasswordChangeForm),
        name="password_change",
    ),
    path(
        "password_reset/",
        auth.PasswordResetView.as_view(form_class=forms.PasswordResetForm),
        name="password_reset",
    ),
    path(
        "reset/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(form_class=forms.SetPasswordForm),
        name="password_reset_confirm",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include(account_urls)),
    path("account/", include(auth_urls)),
    path("", include("actionplan.urls")),
    path("kpis/", include("kpis.urls")),
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
]

handler500 = "havering_ofsted.errors.server_error"
