"""Which rows the pages of challenges, meetings and decisions show, and what leads to their states."""

from actionplan.changes import challenges, decisions, meetings
from actionplan.changes.meetings import Minutes
from actionplan.models import Challenge, Decision, Meeting
from havering_ofsted.models import User
from tests.browser.steps import press


def numbers():
    """What the addresses leave to the database."""
    found = {
        "late": Challenge.objects.filter(source="scrutiny"),
        "answered": Challenge.objects.filter(answered_on__isnull=False, closed_on=None),
        "closed": Challenge.objects.filter(closed_on__isnull=False),
        "asked": Decision.objects.filter(meeting=None),
        "made": Decision.objects.filter(meeting__isnull=False),
        "meeting": Meeting.objects.all(),
    }
    return {name: rows.values_list("pk", flat=True).first() or "" for name, rows in found.items()}


def answered_meanwhile(page):
    """Somebody answers while the form is open."""
    challenges.answer(challenge=_late(), version=1, answer="Theirs", by=_manager())
    _answer(page)


def closed_meanwhile(page):
    challenges.answer(challenge=_late(), version=1, answer="Theirs", by=_manager())
    challenges.close(challenge=_late(), version=2, by=_manager())
    _answer(page)


def changed_before_it_was_closed(page):
    challenge = Challenge.objects.get(answered_on__isnull=False, closed_on=None)
    challenges.answer(challenge=challenge, version=1, answer="Theirs", by=_manager())
    page.get_by_label("The answer settles the question").check()
    press(page, "Close challenge")


def recorded_meanwhile(page):
    meeting = Meeting.objects.create(
        plan=Decision.objects.first().plan, body="board", held_on="2017-06-27", chair="Chief Executive"
    )
    for decision in Decision.objects.filter(meeting=None):
        meeting.refresh_from_db()
        decisions.record(decision=decision, version=1, meeting=meeting, outcome="Theirs", by=_manager())
    page.get_by_label("Which meeting decided?").select_option(index=1)
    page.get_by_label("What was decided?").fill("Mine")
    press(page, "Save decision")


def rewritten_meanwhile(page):
    meeting = Meeting.objects.first()
    minutes = Minutes.of(meeting)
    theirs = Minutes(minutes.body, minutes.held_on, "Chief Executive", "Theirs", {})
    meetings.edit(meeting=meeting, version=1, minutes=theirs, by=_manager())
    page.get_by_label("What was discussed? (optional)").fill("Mine")
    press(page, "Save meeting")


def _answer(page):
    page.get_by_label("What is the answer?").fill("Mine")
    press(page, "Save answer")


def _late():
    return Challenge.objects.get(source="scrutiny")


def _manager():
    return User.objects.get(email="manager@havering.example")
