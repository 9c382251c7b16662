from django.contrib import admin
from django.contrib.auth import urls as auth_urls
from django.urls import include, path

from havering_ofsted import views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include(auth_urls)),
    path("", include("actionplan.urls")),
    path("kpis/", include("kpis.urls")),
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
]

handler500 = "havering_ofsted.errors.server_error"
