"""Every page of the site in every state that looks different, as data. tests/browser/test_pages.py reads each of them.

A page stands in one of three worlds: the demonstration, a plan that has only just been made, and an empty site.
"""

from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from actionplan.models import Action, DraftComment, ProgressUpdate
from havering_ofsted.models import User
from kpis.models import Indicator, Measurement, Rebase
from tests.browser import assurance_pages as assurance
from tests.browser import date_pages as new_dates
from tests.browser import evidence_pages as evidence
from tests.browser import framework_pages as frameworks
from tests.browser import frozen_pages as frozen
from tests.browser import governance_pages as governance
from tests.browser import kpis_pages as kpis
from tests.browser import month_pages as months
from tests.browser import need_pages as needs
from tests.browser import programme_pages as programmes
from tests.browser import risk_pages as risks
from tests.browser import scrutiny_pages as scrutiny
from tests.browser.page import NEW_PLAN, NOTHING, Page, submit
from tests.browser.steps import press

# Named addresses that show no page of their own.
NOT_PAGES = {
    "logout": "it leads to the sign-in page",
    "kpis:entry": "it leads to the newest month that is over",
    "health": "a word for machines",
    "actionplan:plan_csv": "a file",
    "actionplan:history_csv": "a file",
    "actionplan:record_history_csv": "a file",
    "actionplan:month_chase_csv": "a file",
    "actionplan:month_file": "a file",
    "actionplan:scrutiny_word": "a file",
    "actionplan:pack_pdf": "a file",
    "actionplan:pack_docx": "a file",
    "kpis:chart_svg": "a picture",
    "kpis:chart_png": "a picture",
    "actionplan:to_early_measures": "it leads to the page of its plan",
}


def numbers():
    """What the addresses leave to the database."""
    officer = User.objects.filter(email="officer@havering.example").first()
    waiting = ProgressUpdate.objects.waiting().filter(action__ref="8.3").first()
    checked = ProgressUpdate.objects.filter(action__ref="4.1", accepted_on__isnull=False).first()
    action = Action.objects.filter(ref="4.2").first()
    comment = DraftComment.objects.unanswered().filter(made_by__email="assurer@havering.example").first()
    return {
        "uid": urlsafe_base64_encode(force_bytes(officer.pk)) if officer else "",
        "token": default_token_generator.make_token(officer) if officer else "",
        "waiting": waiting.pk if waiting else "",
        "checked": checked.pk if checked else "",
        "action": action.pk if action else "",
        "officer": officer.pk if officer else "",
        "comment": comment.pk if comment else "",
        **evidence.numbers(),
        **new_dates.numbers(),
        **governance.numbers(),
        **needs.numbers(),
        **programmes.numbers(),
    }


def _wrong_password(page):
    page.get_by_label("E-mail address").fill("officer@havering.example")
    page.get_by_label("Password", exact=True).fill("not the password")
    press(page, "Sign in")


def _without_its_token(page):
    page.context.clear_cookies(name="csrftoken")
    press(page, "Sign in")


def _empty_update(page):
    for box in page.locator("form textarea").all():
        box.fill("")
    for name in ("Day", "Month", "Year"):
        page.get_by_role("group", name="When do you expect to finish?").get_by_label(name).fill("32")
    press(page, "Submit update")


def _stale_update(page):
    """Somebody submits while the form is open."""
    action = Action.objects.get(ref="4.2")
    ProgressUpdate.objects.create(
        action=action,
        month="2017-06-01",
        state="in_progress",
        rag="green",
        rag_reason="All late reviews are booked.",
        impact="early",
        done="Theirs",
        difference="Audit: theirs",
        next_steps="Theirs",
        status="submitted",
        submitted_on="2017-06-27",
        made_by=User.objects.get(email="manager@havering.example"),
    )
    action.version += 1
    action.save(update_fields=["version"])
    page.get_by_label("What was done this month?").fill("Mine")
    press(page, "Submit update")


def _late_submit(page):
    """The Board decides, while the form is open, that other work takes the action’s place."""
    ProgressUpdate.objects.create(
        action=Action.objects.get(ref="4.2"),
        month="2017-06-01",
        state="superseded",
        impact="none",
        done="Replaced",
        status="accepted",
        submitted_on="2017-06-27",
        accepted_on="2017-06-27",
        made_by=User.objects.get(email="manager@havering.example"),
        checked_by=User.objects.get(email="manager@havering.example"),
    )
    press(page, "Submit update")


def _doubted_measures(page):
    """One early measure stays within its limits after all, those of another are worked out anew."""
    Measurement.objects.create(
        indicator=Indicator.objects.get(code="cp-plans"),
        start="2017-05-01",
        end="2017-05-31",
        value=290,
        recorded_on="2017-06-26",
        reason="18 plans had not been entered.",
        made_by=User.objects.get(email="manager@havering.example"),
        source="Entered by a test",
    )
    mash = Indicator.objects.get(code="mash-24")
    Rebase.objects.create(indicator=mash, starts_on="2017-01-01", reason="A new form", agreed_on="2017-01-26")
    page.reload()


def _broken(status):
    """The page for a fault, as the server writes it when nothing else can be relied on."""

    def reach(page):
        body = render_to_string(f"{status}.html", {"reference": "7f3a"})
        page.route(
            "**/broken/", lambda route: route.fulfill(status=status, body=body, content_type="text/html")
        )
        page.goto("/broken/")

    return reach


ACCOUNT_PAGES = [
    Page("login", "default", "/account/login/", None),
    Page("login", "empty fields", "/account/login/", None, reach=submit("Sign in")),
    Page("login", "wrong password", "/account/login/", None, reach=_wrong_password),
    Page("login", "without its token", "/account/login/", None, 403, _without_its_token),
    Page("password_reset", "default", "/account/password_reset/", None),
    Page("password_reset", "error", "/account/password_reset/", None, reach=submit("Send the link")),
    Page("password_reset_done", "default", "/account/password_reset/done/", None),
    Page("password_reset_confirm", "default", "/account/reset/{uid}/{token}/", None),
    Page(
        "password_reset_confirm", "error", "/account/reset/{uid}/{token}/", None, reach=submit("Set password")
    ),
    Page("password_reset_confirm", "used before", "/account/reset/{uid}/used-before/", None),
    Page("password_reset_complete", "default", "/account/reset/done/", None),
    Page("password_change", "default", "/account/password_change/"),
    Page("password_change", "error", "/account/password_change/", reach=submit("Change password")),
    Page("password_change_done", "default", "/account/password_change/done/"),
]

PLAN = "/plans/ofsted-2016/"
COMMENTS = f"{PLAN}reports/2017-06/comments/"
PLAN_PAGES = [
    Page("home", "of an officer", "/"),
    Page("home", "of the improvement team", "/", "manager"),
    Page("home", "of the Board", "/", "board"),
    Page("home", "of an assurer", "/", "assurer"),
    Page("home", "of an administrator", "/", "admin"),
    Page("home", "not found", "/nowhere/", status=404),
    Page("home", "bad request", "/", reach=_broken(400), status=400),
    Page("home", "fault", "/", reach=_broken(500), status=500),
    Page("actionplan:plan", "by recommendation", PLAN),
    Page("actionplan:plan", "open, by SIF area", f"{PLAN}?group=area&open=all"),
    Page("actionplan:plan", "by service, filtered", f"{PLAN}?group=service&due=overdue"),
    Page("actionplan:plan", "by owner", f"{PLAN}?group=owner"),
    Page("actionplan:plan", "nothing found", f"{PLAN}?q=zeppelin"),
    Page("actionplan:plan", "error", f"{PLAN}?due_by=someday&state=blue"),
    Page("actionplan:plan", "beneath the whole", "/plans/leaving-care-2016/?open=all"),
    Page("actionplan:recommendation", "default", f"{PLAN}recommendations/4/"),
    Page("actionplan:action", "returned", f"{PLAN}actions/4.2/"),
    Page("actionplan:action", "red", f"{PLAN}actions/13.1/", "board"),
    Page("actionplan:action", "assured", f"{PLAN}actions/2.3/", "assurer"),
    Page("actionplan:action", "beneath the whole", "/plans/leaving-care-2016/actions/L2.1/"),
    Page("actionplan:action", "not found", f"{PLAN}actions/99.9/", status=404),
    Page("actionplan:action_history", "default", f"{PLAN}actions/4.2/history/"),
    Page("actionplan:history", "default", f"{PLAN}history/"),
    Page("actionplan:history", "error", f"{PLAN}history/?kind=tree&since=31/02/2017"),
    Page("actionplan:history", "nothing found", f"{PLAN}history/?until=1/1/2001"),
    Page("actionplan:record_history", "default", f"{PLAN}history/risk/3/"),
    Page("actionplan:programme_history", "default", "/programmes/dfe-innovation/history/"),
    Page("kpis:indicator_history", "default", "/kpis/rhi-72/history/"),
    Page("actionplan:update", "default", f"{PLAN}actions/4.2/update/"),
    Page("actionplan:update", "error", f"{PLAN}actions/4.2/update/", reach=_empty_update),
    Page("actionplan:update", "conflict", f"{PLAN}actions/4.2/update/", status=409, reach=_stale_update),
    Page("actionplan:update", "too late", f"{PLAN}actions/4.2/update/", status=409, reach=_late_submit),
    Page("actionplan:update", "correction", f"{PLAN}actions/4.1/update/"),
    Page("actionplan:update", "saved", f"{PLAN}actions/4.2/update/", reach=submit("Save as draft")),
    Page("actionplan:update", "somebody else’s", f"{PLAN}actions/7.1/update/", status=403),
    Page("actionplan:check", "default", f"{PLAN}actions/8.3/updates/{{waiting}}/check/", "manager"),
    Page(
        *("actionplan:check", "error", f"{PLAN}actions/8.3/updates/{{waiting}}/check/", "manager"),
        reach=submit("Return to the owner"),
    ),
    Page("actionplan:check", "done before", f"{PLAN}actions/4.1/updates/{{checked}}/check/", "manager"),
    Page("actionplan:check_month", "default", f"{PLAN}reports/2017-06/check/", "manager"),
    Page("actionplan:early_measures", "default", f"{PLAN}early-measures/", "board"),
    Page(
        *("actionplan:early_measures", "every verdict", f"{PLAN}early-measures/", "board"),
        reach=_doubted_measures,
    ),
    Page("actionplan:months", "default", f"{PLAN}reports/", "board"),
    Page("actionplan:month", "default", f"{PLAN}reports/2017-06/", "board"),
    Page("actionplan:month", "first", f"{PLAN}reports/2017-03/", "board"),
    Page("actionplan:month", "not open yet", f"{PLAN}reports/2017-07/", "board"),
    Page("actionplan:comments", "default", COMMENTS, "board"),
    Page("actionplan:comment_new", "which part", f"{COMMENTS}new/", "board"),
    Page("actionplan:comment_new", "of a part", f"{COMMENTS}new/?part=exceptions", "board"),
    Page("actionplan:comment_edit", "default", f"{COMMENTS}{{comment}}/edit/", "assurer"),
    Page("actionplan:comment_answer", "default", f"{COMMENTS}{{comment}}/answer/", "manager"),
    Page("actionplan:narrative", "default", f"{PLAN}reports/2017-06/write/", "manager"),
    Page("actionplan:month", "beneath the whole", "/plans/leaving-care-2016/reports/2017-06/", "board"),
]

RISKS = f"{PLAN}risks/"
RISK_PAGES = [
    Page("actionplan:risks", "default", RISKS),
    Page("actionplan:risks", "of the improvement team, closed", f"{RISKS}?show=closed", "manager"),
    Page("actionplan:risks", "beneath the whole", "/plans/leaving-care-2016/risks/?show=issues"),
    Page("actionplan:risks", "nothing found", "/plans/leaving-care-2016/risks/?show=late"),
    Page("actionplan:risks", "without a risk", RISKS, world=NEW_PLAN),
    Page("actionplan:risk", "default", f"{RISKS}3/", "board"),
    Page("actionplan:risk", "of the improvement team", f"{RISKS}6/", "manager"),
    Page("actionplan:risk", "closed", f"{RISKS}1/", "manager"),
    Page("actionplan:risk_new", "default", f"{RISKS}new/", "manager"),
    Page("actionplan:risk_new", "error", f"{RISKS}new/", "manager", reach=submit("Add")),
    Page("actionplan:risk_new", "not one’s own", f"{RISKS}new/", "board", 403),
    Page("actionplan:risk_edit", "default", f"{RISKS}3/edit/", "manager"),
    Page("actionplan:risk_score", "default", f"{RISKS}3/score/", "manager"),
    Page("actionplan:risk_score", "error", f"{RISKS}3/score/", "manager", reach=submit("Save the score")),
    Page("actionplan:risk_score", "conflict", f"{RISKS}3/score/", "manager", 409, risks.overtaken),
    Page("actionplan:risk_score", "too late", f"{RISKS}3/score/", "manager", 409, risks.closed_meanwhile),
    Page("actionplan:risk_close", "default", f"{RISKS}3/close/", "manager"),
    Page("actionplan:risk_close", "error", f"{RISKS}3/close/", "manager", reach=submit("Close it")),
    Page("actionplan:risk_close", "closed before", f"{RISKS}1/close/", "manager"),
    Page("actionplan:all_risks", "no plan", "/risks/", world=NOTHING),
]

CHALLENGES, MEETINGS, DECISIONS = f"{PLAN}challenges/", f"{PLAN}meetings/", f"{PLAN}decisions/"
ANSWER, CLOSE = f"{CHALLENGES}{{late}}/answer/", f"{CHALLENGES}{{answered}}/close/"
RECORD, EDIT = f"{DECISIONS}{{asked}}/record/", f"{MEETINGS}{{meeting}}/edit/"
GOVERNANCE_PAGES = [
    Page("actionplan:all_challenges", "no plan", "/challenges/", world=NOTHING),
    Page("actionplan:challenges", "by standing", CHALLENGES, "board"),
    Page("actionplan:challenges", "by recommendation", f"{CHALLENGES}?group=recommendation"),
    Page("actionplan:challenges", "without a challenge", CHALLENGES, world=NEW_PLAN),
    Page("actionplan:challenge_new", "default", f"{CHALLENGES}new/", "board"),
    Page("actionplan:challenge_new", "error", f"{CHALLENGES}new/", "board", reach=submit("Raise challenge")),
    Page("actionplan:challenge_new", "not one’s own", f"{CHALLENGES}new/", "assurer", 403),
    Page("actionplan:challenge", "late", f"{CHALLENGES}{{late}}/"),
    Page("actionplan:challenge", "answered", f"{CHALLENGES}{{answered}}/", "manager"),
    Page("actionplan:challenge", "closed", f"{CHALLENGES}{{closed}}/"),
    Page("actionplan:challenge_answer", "default", ANSWER),
    Page("actionplan:challenge_answer", "error", ANSWER, reach=submit("Save answer")),
    Page("actionplan:challenge_answer", "conflict", ANSWER, "officer", 409, governance.answered_meanwhile),
    Page("actionplan:challenge_answer", "too late", ANSWER, "officer", 409, governance.closed_meanwhile),
    Page("actionplan:challenge_close", "default", CLOSE, "board"),
    Page("actionplan:challenge_close", "error", CLOSE, "board", reach=submit("Close challenge")),
    Page(
        *("actionplan:challenge_close", "conflict", CLOSE, "board", 409),
        governance.changed_before_it_was_closed,
    ),
    Page("actionplan:challenge_close", "without an answer", f"{CHALLENGES}{{late}}/close/", "board"),
    Page("actionplan:all_meetings", "no plan", "/meetings/", world=NOTHING),
    Page("actionplan:meetings", "default", MEETINGS, "manager"),
    Page("actionplan:meetings", "without a meeting", MEETINGS, world=NEW_PLAN),
    Page("actionplan:meeting", "default", f"{MEETINGS}{{meeting}}/", "manager"),
    Page("actionplan:meeting_new", "default", f"{MEETINGS}new/", "manager"),
    Page("actionplan:meeting_new", "error", f"{MEETINGS}new/", "manager", reach=submit("Save meeting")),
    Page("actionplan:meeting_edit", "default", EDIT, "manager"),
    Page("actionplan:meeting_edit", "conflict", EDIT, "manager", 409, governance.rewritten_meanwhile),
    Page("actionplan:decisions", "default", DECISIONS, "manager"),
    Page("actionplan:decisions", "without a decision", DECISIONS, world=NEW_PLAN),
    Page("actionplan:decision_new", "default", f"{DECISIONS}new/", "manager"),
    Page(
        "actionplan:decision_new",
        "error",
        f"{DECISIONS}new/",
        "manager",
        reach=submit("Ask for this decision"),
    ),
    Page("actionplan:decision", "asked for", f"{DECISIONS}{{asked}}/", "board"),
    Page("actionplan:decision", "made", f"{DECISIONS}{{made}}/"),
    Page("actionplan:decision_record", "default", RECORD, "board"),
    Page("actionplan:decision_record", "error", RECORD, "board", reach=submit("Save decision")),
    Page("actionplan:decision_record", "too late", RECORD, "board", 409, governance.recorded_meanwhile),
    Page("actionplan:decision_record", "made before", f"{DECISIONS}{{made}}/record/", "board"),
]

START, OLD = "/inspections/HAV-ILACS-2018/start-plan/", frameworks.closed
FRAMEWORK_PAGES = [
    Page("actionplan:plan", "by a later framework", f"{PLAN}?group=ilacs-2018"),
    Page("actionplan:readiness", "next framework", f"{PLAN}readiness/"),
    Page("actionplan:start_plan", "not published", START, "manager"),
    Page("actionplan:start_plan", "default", START, "manager", reach=frameworks.start),
    Page("actionplan:start_plan", "error", START, "manager", reach=frameworks.wrongly_filled_in),
    Page("actionplan:start_plan", "conflict", START, "manager", 409, frameworks.overtaken),
    Page("actionplan:plan", "taken over", START, "manager", reach=frameworks.started),
    Page("actionplan:plan", "closed", START, "manager", reach=OLD(PLAN)),
    Page("actionplan:action", "carried over", START, "manager", reach=OLD(f"{PLAN}actions/4.2/")),
    Page("actionplan:update", "carried over", START, "manager", reach=OLD(f"{PLAN}actions/4.2/update/")),
]


INSPECTION_PAGES = [
    Page("actionplan:inspections", "default", "/inspections/"),
    Page("actionplan:inspection", "answered by a plan", "/inspections/HAV-SIF-2016/"),
    Page("actionplan:inspection", "without a plan", "/inspections/HAV-ILACS-2018/"),
    Page("actionplan:national", "default", "/inspections/national/?on=27/06/2017"),
    Page("actionplan:national", "error", "/inspections/national/?on=someday"),
    Page("actionplan:national", "before the first", "/inspections/national/?on=01/01/2001"),
]

EMPTY_PAGES = [
    Page("home", "new plan", "/", world=NEW_PLAN),
    Page("home", "new plan, improvement team", "/", "manager", world=NEW_PLAN),
    Page("home", "new plan, administrator", "/", "admin", world=NEW_PLAN),
    Page("home", "new plan, assurer", "/", "assurer", world=NEW_PLAN),
    Page("home", "new plan, Board", "/", "board", world=NEW_PLAN),
    Page("actionplan:plan", "without an action", PLAN, world=NEW_PLAN),
    Page("actionplan:plan", "with one new action", "/plans/leaving-care-2016/?open=all", world=NEW_PLAN),
    Page("actionplan:recommendation", "without an action", f"{PLAN}recommendations/1/", world=NEW_PLAN),
    Page("actionplan:action", "new", "/plans/leaving-care-2016/actions/L1.1/", world=NEW_PLAN),
    Page(
        *("actionplan:action_history", "new", "/plans/leaving-care-2016/actions/L1.1/history/"),
        world=NEW_PLAN,
    ),
    Page("actionplan:update", "no round", "/plans/leaving-care-2016/actions/L1.1/update/", world=NEW_PLAN),
    Page("actionplan:early_measures", "without a figure", f"{PLAN}early-measures/", world=NEW_PLAN),
    Page("actionplan:months", "no round", f"{PLAN}reports/", world=NEW_PLAN),
    Page("actionplan:current_month", "no round", "/reports/", world=NEW_PLAN),
    Page("kpis:indicator", "without a value", "/kpis/rha/", world=NEW_PLAN),
    Page("home", "no plan", "/", world=NOTHING),
    Page("actionplan:plans", "no plan", "/plans/", world=NOTHING),
    Page("actionplan:current_month", "no plan", "/reports/", world=NOTHING),
    Page("actionplan:inspections", "none", "/inspections/", world=NOTHING),
    Page("actionplan:national", "none", "/inspections/national/", world=NOTHING),
    Page("kpis:indicators", "none", "/kpis/", world=NOTHING),
    Page("kpis:charts", "none", "/kpis/charts/", world=NOTHING),
]

EVIDENCE_PAGES = [Page(*each) for each in evidence.PAGES]
ASSURANCE_PAGES = [Page(*each) for each in assurance.PAGES]
PROGRAMME_PAGES = [
    *(Page(*each) for each in programmes.PAGES),
    Page("actionplan:programmes", "none", "/programmes/", world=NOTHING),
]

# What is Django’s own and known to fail: select2’s box for several choices is a list that holds a search field without
# a label. With the keyboard and without JavaScript the fields can be used.
KNOWN_IN_ADMIN = [".select2-selection--multiple"]

ADMIN = "/admin/actionplan/"
MONTH_PAGES = [Page(*each) for each in (*months.PAGES, *frozen.PAGES, *scrutiny.PAGES)]
ADMIN_PAGES = [
    Page("admin:index", "default", "/admin/", "admin"),
    Page("admin:actionplan_action_changelist", "default", f"{ADMIN}action/", "admin"),
    Page("admin:actionplan_action_changelist", "nothing found", f"{ADMIN}action/?q=zeppelin", "admin"),
    Page("admin:actionplan_action_change", "default", f"{ADMIN}action/{{action}}/change/", "admin"),
    Page("admin:actionplan_action_history", "default", f"{ADMIN}action/{{action}}/history/", "admin"),
    Page("admin:actionplan_service_add", "error", f"{ADMIN}service/add/", "admin", reach=submit("Save")),
    Page(
        "admin:havering_ofsted_user_change",
        "default",
        "/admin/havering_ofsted/user/{officer}/change/",
        "admin",
    ),
]


PAGES = (
    ACCOUNT_PAGES
    + PLAN_PAGES
    + new_dates.PAGES
    + RISK_PAGES
    + GOVERNANCE_PAGES
    + EVIDENCE_PAGES
    + ASSURANCE_PAGES
    + PROGRAMME_PAGES
    + needs.PAGES
    + FRAMEWORK_PAGES
    + INSPECTION_PAGES
    + MONTH_PAGES
    + kpis.PAGES
    + EMPTY_PAGES
)
