"""What every page shows: the navigation, the marking, and in a demonstration its date."""

from django.conf import settings
from django.urls import reverse

SECTIONS = [
    ("My work", "home", ("/",)),
    ("Plan", "actionplan:plans", ("/plans/",)),
    ("Monthly report", "actionplan:current_month", ("/plans/", "/reports/")),
    ("Indicators", "kpis:indicators", ("/kpis/",)),
    ("Inspections", "actionplan:inspections", ("/inspections/",)),
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
        yield {"name": name, "url": reverse(view), "current": name == here}


def _section(path):
    """The section a path belongs to; a plan's reports are a section of their own."""
    if path == "/":
        return "My work"
    if path.startswith("/plans/"):
        return "Monthly report" if "/reports/" in path else "Plan"
    return next((name for name, _, (prefix, *_) in SECTIONS[3:] if path.startswith(prefix)), None)
