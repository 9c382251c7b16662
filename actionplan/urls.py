from django.urls import path

from actionplan.views import actions, inspections, plans, recommendations, reports, updates

app_name = "actionplan"

plan_urls = [
    path("plans/", plans.newest, name="plans"),
    path("plans/<slug:plan>/", plans.grid, name="plan"),
    path("plans/<slug:plan>/actions.csv", plans.export, name="plan_csv"),
    path("plans/<slug:plan>/recommendations/<int:number>/", recommendations.detail, name="recommendation"),
]

action_urls = [
    path("plans/<slug:plan>/actions/<str:ref>/", actions.detail, name="action"),
    path("plans/<slug:plan>/actions/<str:ref>/history/", actions.history, name="action_history"),
    path("plans/<slug:plan>/actions/<str:ref>/update/", updates.edit, name="update"),
    path("plans/<slug:plan>/actions/<str:ref>/updates/<int:pk>/check/", updates.check, name="check"),
]

report_urls = [
    path("reports/", reports.current, name="current_month"),
    path("plans/<slug:plan>/reports/", reports.months, name="months"),
    path("plans/<slug:plan>/reports/<str:month>/", reports.month, name="month"),
]

inspection_urls = [
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/national/", inspections.national, name="national"),
    path("inspections/<slug:key>/", inspections.detail, name="inspection"),
]

urlpatterns = plan_urls + action_urls + report_urls + inspection_urls
