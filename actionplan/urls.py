from django.urls import path

from actionplan.views import (
    actions,
    assurance,
    challenges,
    checks,
    comments,
    dates,
    decisions,
    dependencies,
    early_measures,
    evidence,
    freezing,
    history,
    inspections,
    meetings,
    months,
    narrative,
    pack,
    plans,
    programmes,
    readiness,
    recommendations,
    reports,
    risks,
    scrutiny,
    succession,
    timeline,
    updates,
)

app_name = "actionplan"

plan_urls = [
    path("plans/", plans.newest, name="plans"),
    path("plans/<slug:plan>/", plans.grid, name="plan"),
    path("plans/<slug:plan>/actions.csv", plans.export, name="plan_csv"),
    path("plans/<slug:plan>/recommendations/<int:number>/", recommendations.detail, name="recommendation"),
    path("plans/<slug:plan>/early-measures/", early_measures.page, name="early_measures"),
    path("plans/<slug:plan>/readiness/", readiness.page, name="readiness"),
    path("early-measures/", early_measures.of_the_plan, name="to_early_measures"),
]

action_urls = [
    path("plans/<slug:plan>/actions/<str:ref>/", actions.detail, name="action"),
    path("plans/<slug:plan>/actions/<str:ref>/update/", updates.edit, name="update"),
    path("plans/<slug:plan>/actions/<str:ref>/assure/", assurance.assure, name="assure"),
    path("plans/<slug:plan>/actions/<str:ref>/updates/<int:pk>/check/", checks.check, name="check"),
]

evidence_urls = [
    path("plans/<slug:plan>/evidence/", evidence.index, name="evidence"),
    path("plans/<slug:plan>/actions/<str:ref>/evidence/new/", evidence.new, name="evidence_new"),
    path(
        "plans/<slug:plan>/actions/<str:ref>/evidence/<int:evidence>/file/",
        evidence.file,
        name="evidence_file",
    ),
    path(
        "plans/<slug:plan>/actions/<str:ref>/evidence/<int:evidence>/withdraw/",
        evidence.withdraw,
        name="evidence_withdraw",
    ),
]

date_urls = [
    path("plans/<slug:plan>/dates/", dates.register, name="dates_register"),
    path("plans/<slug:plan>/actions/<str:ref>/dates/", dates.of_action, name="dates"),
    path("plans/<slug:plan>/actions/<str:ref>/dates/new/", dates.new, name="date_new"),
    path("plans/<slug:plan>/actions/<str:ref>/dates/<int:change>/decide/", dates.decide, name="date_decide"),
]

report_urls = [
    path("reports/", reports.current, name="current_month"),
    path("plans/<slug:plan>/reports/", reports.months, name="months"),
    path("plans/<slug:plan>/reports/new/", months.new, name="month_new"),
    path("plans/<slug:plan>/reports/compare/", reports.comparison, name="compare_months"),
    path("plans/<slug:plan>/reports/<str:month>.<slug:ending>", reports.file, name="month_file"),
    path("plans/<slug:plan>/reports/<str:month>/", reports.month, name="month"),
    path("plans/<slug:plan>/reports/<str:month>/check/", checks.check_month, name="check_month"),
    path("plans/<slug:plan>/reports/<str:month>/freeze/", freezing.freeze, name="freeze"),
    path("plans/<slug:plan>/reports/<str:month>/reissue/", freezing.reissue, name="reissue"),
    path("plans/<slug:plan>/reports/<str:month>/dates/", months.dates, name="month_dates"),
    path("plans/<slug:plan>/reports/<str:month>/chase/", months.chase_page, name="month_chase"),
    path("plans/<slug:plan>/reports/<str:month>/chase.csv", months.chase_csv, name="month_chase_csv"),
]

scrutiny_urls = [
    path("plans/<slug:plan>/scrutiny/", scrutiny.index, name="scrutiny_papers"),
    path("plans/<slug:plan>/scrutiny/<str:month>/", scrutiny.edit, name="scrutiny"),
    path("plans/<slug:plan>/scrutiny/<str:month>.docx", scrutiny.word, name="scrutiny_word"),
]

meeting_with_ofsted_urls = [
    path("plans/<slug:plan>/ofsted-meeting/<str:month>/", pack.page, name="pack"),
    path("plans/<slug:plan>/ofsted-meeting/<str:month>.pdf", pack.file, {"kind": "pdf"}, name="pack_pdf"),
    path("plans/<slug:plan>/ofsted-meeting/<str:month>.docx", pack.file, {"kind": "docx"}, name="pack_docx"),
]

draft_urls = [
    path("plans/<slug:plan>/reports/<str:month>/write/", narrative.write, name="narrative"),
    path("plans/<slug:plan>/reports/<str:month>/comments/", comments.index, name="comments"),
    path("plans/<slug:plan>/reports/<str:month>/comments/new/", comments.new, name="comment_new"),
    path(
        "plans/<slug:plan>/reports/<str:month>/comments/<int:comment>/edit/",
        comments.edit,
        name="comment_edit",
    ),
    path(
        "plans/<slug:plan>/reports/<str:month>/comments/<int:comment>/answer/",
        comments.answer,
        name="comment_answer",
    ),
]

inspection_urls = [
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/national/", inspections.national, name="national"),
    path("inspections/<slug:key>/", inspections.detail, name="inspection"),
    path("inspections/<slug:key>/start-plan/", succession.start, name="start_plan"),
]

history_urls = [
    path("plans/<slug:plan>/history/", history.of_plan, name="history"),
    path("plans/<slug:plan>/history.csv", history.export, name="history_csv"),
    path("plans/<slug:plan>/history/<slug:kind>/<str:record>/", history.of_record, name="record_history"),
    path("plans/<slug:plan>/history/<slug:kind>/<str:record>.csv", history.export, name="record_history_csv"),
    path(
        "plans/<slug:plan>/actions/<str:record>/history/",
        history.of_record,
        {"kind": "action"},
        name="action_history",
    ),
    path("programmes/<slug:programme>/history/", history.of_programme, name="programme_history"),
]

risk_urls = [
    path("risks/", risks.newest, name="all_risks"),
    path("plans/<slug:plan>/risks/", risks.index, name="risks"),
    path("plans/<slug:plan>/risks/new/", risks.new, name="risk_new"),
    path("plans/<slug:plan>/risks/<int:number>/", risks.detail, name="risk"),
    path("plans/<slug:plan>/risks/<int:number>/edit/", risks.edit, name="risk_edit"),
    path("plans/<slug:plan>/risks/<int:number>/score/", risks.score, name="risk_score"),
    path("plans/<slug:plan>/risks/<int:number>/close/", risks.close, name="risk_close"),
]

governance_urls = [
    path("challenges/", challenges.newest, name="all_challenges"),
    path("plans/<slug:plan>/challenges/", challenges.index, name="challenges"),
    path("plans/<slug:plan>/challenges/new/", challenges.new, name="challenge_new"),
    path("plans/<slug:plan>/challenges/<int:challenge>/", challenges.detail, name="challenge"),
    path("plans/<slug:plan>/challenges/<int:challenge>/answer/", challenges.answer, name="challenge_answer"),
    path("plans/<slug:plan>/challenges/<int:challenge>/close/", challenges.close, name="challenge_close"),
    path("meetings/", meetings.newest, name="all_meetings"),
    path("plans/<slug:plan>/meetings/", meetings.index, name="meetings"),
    path("plans/<slug:plan>/meetings/new/", meetings.new, name="meeting_new"),
    path("plans/<slug:plan>/meetings/<int:meeting>/", meetings.detail, name="meeting"),
    path("plans/<slug:plan>/meetings/<int:meeting>/edit/", meetings.edit, name="meeting_edit"),
    path("plans/<slug:plan>/decisions/", decisions.index, name="decisions"),
    path("plans/<slug:plan>/decisions/new/", decisions.new, name="decision_new"),
    path("plans/<slug:plan>/decisions/<int:decision>/", decisions.detail, name="decision"),
    path("plans/<slug:plan>/decisions/<int:decision>/record/", decisions.record, name="decision_record"),
]

dependency_urls = [
    path("plans/<slug:plan>/actions/<str:ref>/needs/new/", dependencies.new, name="need_new"),
    path("plans/<slug:plan>/actions/<str:ref>/needs/<int:need>/", dependencies.edit, name="need_edit"),
    path(
        "plans/<slug:plan>/actions/<str:ref>/needs/<int:need>/remove/",
        dependencies.remove,
        name="need_remove",
    ),
    path("plans/<slug:plan>/timeline/", timeline.page, name="timeline"),
]

programme_urls = [
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/<slug:programme>/", programmes.detail, name="programme"),
    path("programmes/<slug:programme>/funding/", programmes.funding, name="programme_funding"),
    path(
        "programmes/<slug:programme>/milestones/<int:step>/",
        programmes.milestone,
        name="programme_milestone",
    ),
]

urlpatterns = [
    *plan_urls,
    *action_urls,
    *evidence_urls,
    *date_urls,
    *report_urls,
    *draft_urls,
    *scrutiny_urls,
    *meeting_with_ofsted_urls,
    *inspection_urls,
    *history_urls,
    *risk_urls,
    *governance_urls,
    *dependency_urls,
    *programme_urls,
]
