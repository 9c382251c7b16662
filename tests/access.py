"""Who may open what: the answer to every address for every role, as data.

A row holds a route's name (with * for a family), the methods, and the answers in the order of ROLES. Of several rows
that fit, the first counts. "login" sends a stranger to sign in; the other answers are statuses. A form that was posted
empty is shown again (200), and one that says nothing of its version is out of date (409). Pages that only read answer a
POST as they answer a GET.
"""

from fnmatch import fnmatchcase

ROLES = "stranger owner officer team board assurer administrator".split()  # noqa: SIM905  heads the columns

# What administrators keep in Django admin; every other row there is a fact that is read and never written.
ADDED_AND_CHANGED = [
    "havering_ofsted_user",
    "actionplan_action",
    "actionplan_actionplan",
    "actionplan_dependency",
    "actionplan_post",
    "actionplan_programme",
    "actionplan_reportingmonth",
    "actionplan_service",
    "kpis_indicator",
]
CHANGED = [*ADDED_AND_CHANGED, "actionplan_recommendation"]
DELETED = ["actionplan_post", "actionplan_programme", "actionplan_service"]

ACCESS = [
    #                            stranger owner officer team board assurer administrator
    # Open to everybody
    ("health", "GET POST", "         200   200   200    200   200   200   200"),
    ("login", "GET POST", "          200   200   200    200   200   200   200"),
    ("password_reset", "GET POST", " 200   200   200    200   200   200   200"),
    ("password_reset_confirm", "*", "200   200   200    200   200   200   200"),
    ("password_reset_*", "GET", "    200   200   200    200   200   200   200"),
    ("password_reset_*", "POST", "   405   405   405    405   405   405   405"),
    # One's own account
    ("logout", "GET", "              login 405   405    405   405   405   405"),
    ("logout", "POST", "             login login login  login login login login"),
    ("password_change", "*", "       login 200   200    200   200   200   200"),
    ("password_change_done", "GET", "login 200   200    200   200   200   200"),
    ("password_change_done", "POST", "login 405  405    405   405   405   405"),
    # The plan: everybody reads; the owner and the improvement team write, the improvement team checks
    ("actionplan:update", "*", "     login 200   403    200   403   403   403"),
    ("actionplan:check*", "*", "     login 403   403    200   403   403   403"),
    # Evidence: those who work on the action and assurers add it; the owner and the improvement team withdraw it
    ("actionplan:evidence_new", "*", "login 200 403     200   403   200   403"),
    ("actionplan:evidence_withdraw", "*", "login 200 403 200  403   403   403"),
    # Delivered work is checked by an assurer with a post; that of the world is not delivered
    ("actionplan:assure", "GET", "   login 403   403    403   403   200   403"),
    ("actionplan:assure", "POST", "  login 403   403    403   403   409   403"),
    ("actionplan:plans", "*", "      login 302   302    302   302   302   302"),
    ("actionplan:current_month", "*", "login 302 302    302   302   302   302"),
    ("actionplan:to_early_measures", "*", "login 302 302   302   302   302   302"),
    ("actionplan:all_risks", "*", "  login 302   302    302   302   302   302"),
    ("actionplan:*history*", "*", "  login 200   200    200   200   200   200"),
    ("actionplan:risk_*", "*", "     login 403   403    200   403   403   403"),
    # What an action needs: its owner and the improvement team say so
    ("actionplan:need_new", "*", "   login 200   403    200   403   403   403"),
    ("actionplan:need_edit", "*", "  login 200   403    200   403   403   403"),
    ("actionplan:need_remove", "GET", "login 200 403    200   403   403   403"),
    ("actionplan:need_remove", "POST", "login 409 403   409   403   403   403"),
    # New dates: those who may update ask; the Board and the improvement team record what a meeting decided
    ("actionplan:date_new", "*", "   login 200   403    200   403   403   403"),
    ("actionplan:date_decide", "*", "login 403   403    200   200   403   403"),
    # Months: the improvement team opens them, sets their dates and chases
    ("actionplan:month_new", "*", "  login 403   403    200   403   403   403"),
    ("actionplan:month_dates", "*", "login 403   403    200   403   403   403"),
    ("actionplan:freeze", "*", "     login 403   403    200   403   403   403"),
    ("actionplan:reissue", "*", "    login 403   403    302   403   403   403"),
    ("actionplan:month_chase*", "*", "login 403  403    200   403   403   403"),
    # Challenges: the Board and the improvement team raise and close; the one of the world has no answer to close with
    ("actionplan:all_*", "*", "      login 302   302    302   302   302   302"),
    ("actionplan:challenge_new", "*", "login 403 403    200   200   403   403"),
    ("actionplan:challenge_answer", "*", "login 200 403  200   403   403   403"),
    ("actionplan:challenge_close", "GET", "login 403 403 200   200   403   403"),
    ("actionplan:challenge_close", "POST", "login 403 403 409  409   403   403"),
    # Meetings and decisions: the improvement team writes them down; the Board records what it decided
    ("actionplan:meeting_*", "*", "  login 403   403    200   403   403   403"),
    ("actionplan:decision_new", "*", "login 403 403     200   403   403   403"),
    ("actionplan:decision_record", "*", "login 403 403  200   200   403   403"),
    # Programmes: the improvement team keeps their milestones and what is known of the money
    ("actionplan:programme_*", "*", "login 403   403    200   403   403   403"),
    # The inspection of the world has its plan already, so none can be started
    ("actionplan:start_plan", "GET", "login 403 403     200   403   403   403"),
    ("actionplan:start_plan", "POST", "login 403 403    409   403   403   403"),
    # The paper for the scrutiny committee: everybody reads it, the improvement team writes it
    ("actionplan:scrutiny", "*", "   login 403   403    200   403   403   403"),
    # A month’s draft: whoever works on the plan comments; the improvement team answers and writes for the Board
    ("actionplan:comment_new", "*", "login 200  200    200   200   200   403"),
    ("actionplan:comment_answer", "*", "login 403 403  200   403   403   403"),
    # Somebody else made the comment of the world
    ("actionplan:comment_edit", "*", "login 403 403    403   403   403   403"),
    ("actionplan:narrative", "GET", "login 403  403    200   403   403   403"),
    ("actionplan:narrative", "POST", "login 403 403    302   403   403   403"),
    ("actionplan:*", "*", "          login 200   200    200   200   200   200"),
    ("home", "*", "                  login 200   200    200   200   200   200"),
    # Figures of a month: the improvement team; the month of the world is not over yet
    ("kpis:entry", "*", "            login 403   403    302   403   403   403"),
    ("kpis:entry_month", "GET", "    login 403   403    200   403   403   403"),
    ("kpis:entry_month", "POST", "   login 403   403    409   403   403   403"),
    ("kpis:trajectory", "*", "       login 403   403    200   403   403   403"),
    ("kpis:limits", "*", "           login 403   403    200   403   403   403"),
    # Figures from files: the improvement team; without a layout the later pages lead to the one that asks for it
    ("kpis:import", "*", "           login 403   403    200   403   403   403"),
    ("kpis:import_layout", "*", "    login 403   403    200   403   403   403"),
    ("kpis:import_*", "*", "         login 403   403    302   403   403   403"),
    ("kpis:*", "*", "                login 200   200    200   200   200   200"),
    # Django admin: administrators only; its own pages for signing in and out lead to those of the site
    ("admin:login", "*", "           login 403   403    403   403   403   302"),
    ("admin:logout", "GET", "        login 403   403    403   403   403   405"),
    ("admin:logout", "POST", "       login 403   403    403   403   403   login"),
    ("admin:password_change*", "*", "login 403   403    403   403   403   302"),
    ("admin:view_on_site", "*", "    login 403   403    403   403   403   302"),
    ("admin:autocomplete", "GET", "  login 403   403    403   403   403   403"),  # 403 for want of a field
    ("admin:autocomplete", "POST", " login 403   403    403   403   403   405"),
    ("admin:jsi18n", "GET", "        login 403   403    403   403   403   200"),
    ("admin:jsi18n", "POST", "       login 403   403    403   403   403   405"),
    ("admin:auth_user_password_change", "*", "login 403 403 403 403 403 200"),
    *((f"admin:{kept}_add", "*", "   login 403   403    403   403   403   200") for kept in ADDED_AND_CHANGED),
    *((f"admin:{kept}_change", "POST", "login 403 403   403   403   403   409") for kept in CHANGED),
    *((f"admin:{kept}_delete", "*", "login 403   403    403   403   403   200") for kept in DELETED),
    ("admin:kpis_ragrule_add", "*", "login 403   403    403   403   403   200"),
    ("admin:*_add", "*", "           login 403   403    403   403   403   403"),
    ("admin:*_change", "POST", "     login 403   403    403   403   403   403"),
    ("admin:*_delete", "*", "        login 403   403    403   403   403   403"),
    ("admin:*", "*", "               login 403   403    403   403   403   200"),
    ("/admin/*<path:object_id>/", "*", "login 403 403   403   403   403   302"),
    ("/admin/<url>", "*", "          login 403   403    403   403   403   404"),
]  # fmt: skip


def row_for(route, method):
    """The row that says who may do this, or None where the table is silent."""
    fitting = (
        row
        for row in ACCESS
        if fnmatchcase(route.name, row[0]) and (row[1] == "*" or method in row[1].split())
    )
    return next(fitting, None)


def answers(row):
    return dict(zip(ROLES, row[2].split(), strict=True))
