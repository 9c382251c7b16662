"""What every page shows: the navigation, the marking, and in a demonstration its date."""

import re

from django.conf import settings

from kpis.addresses import address

# Each with its first page and how its addresses begin, some of them within a plan: /plans/ofsted-2016/reports/.
SECTIONS = [
    ("My work", "home", "/"),
    ("Plan", "actionplan:plans", "/plans/"),
    ("Monthly report", "actionplan:current_month", ("/reports/", "/scrutiny/", "/ofsted-meeting/")),
    ("Indicators", "kpis:indicators", "/kpis/"),
    ("Risks", "actionplan:all_risks", "/risks/"),
    ("Challenges", "actionplan:all_challenges", "/challenges/"),
    ("Meetings", "actionplan:all_meetings", ("/meetings/", "/decisions/")),
    ("Inspections", "actionplan:inspections", "/inspections/"),
]


def site(request):
    return {
        "navigation": list(_navigation(request)),
        "demo_today": settings.OFSTED_TODAY if settings.DEMO else None,
        "marking": settings.MARKING,
    }


def _navigation(request):
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return
    here = _section(request.path)
    for name, view, _ in SECTIONS:
        yield {"name": name, "url": address(view), "current": name == here}


def _section(path):
    """The section a path belongs to; what is not a section of its own within a plan belongs to the plan."""
    if path == "/":
        return "My work"
    within = re.sub(r"^/plans/[^/]+", "", path)
    found = next((name for name, _, prefix in SECTIONS[2:] if within.startswith(prefix)), None)
    return found or ("Plan" if path.startswith("/plans/") else None)
