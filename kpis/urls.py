from django.urls import path

from kpis.views import indicators

app_name = "kpis"

urlpatterns = [
    path("", indicators.index, name="indicators"),
    path("<slug:code>/", indicators.detail, name="indicator"),
]
