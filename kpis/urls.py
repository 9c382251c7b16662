from django.urls import path

from kpis.charts import views as charts
from kpis.views import agreements, entry, history, imports, indicators

app_name = "kpis"

urlpatterns = [
    path("", indicators.index, name="indicators"),
    path("charts/", indicators.charts, name="charts"),
    path("entry/", entry.newest, name="entry"),
    path("entry/<str:month>/", entry.month, name="entry_month"),
    path("<slug:code>/chart.svg", charts.chart_svg, name="chart_svg"),
    path("<slug:code>/chart.png", charts.chart_png, name="chart_png"),
    path("import/", imports.choose_file, name="import"),
    path("import/<int:upload>/", imports.layout, name="import_layout"),
    path("import/<int:upload>/names/", imports.names, name="import_names"),
    path("import/<int:upload>/check/", imports.check, name="import_check"),
    path("<slug:code>/trajectory/", agreements.trajectory, name="trajectory"),
    path("<slug:code>/limits/", agreements.limits, name="limits"),
    path("<slug:code>/history/", history.indicator, name="indicator_history"),
    path("<slug:code>/", indicators.detail, name="indicator"),
]
