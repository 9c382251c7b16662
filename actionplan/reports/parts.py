"""Which parts a month's page has, in the Board's order. A part with no facts is left out, from the navigation too."""

from dataclasses import dataclass

from actionplan.reports.facts import MonthReport


@dataclass(frozen=True)
class Part:
    number: int
    key: str
    name: str
    count: int

    @property
    def template(self) -> str:
        return f"actionplan/report/{self.key}.html"


def parts(report: MonthReport) -> list[Part]:
    """Numbered from 2: the head of the page, with its dates and names, is part 1."""
    beneath = report.beneath[0].name if len(report.beneath) == 1 else "Plans beneath this one"
    indicators = "Indicators of its actions" if report.parent else "Headline indicators"
    asked = [*report.decisions, *report.date_requests]
    rows = [
        ("headline", "Headline", 0, report.total),
        ("counts", f"Where the {report.total} actions stand", 0, report.total),
        ("exceptions", "Exceptions", len(report.exceptions), report.total),
        ("recommendations", f"The {len(report.lines)} recommendations", 0, report.lines),
        ("indicators", indicators, len(report.indicators), report.indicators),
        ("differences", "Impact this month", len(report.differences), report.since),
        ("beneath", beneath, 0, report.beneath),
        (
            "risks",
            _ahead(report),
            len(report.risks) + len(report.leanings),
            [*report.risks, *report.leanings],
        ),
        ("decisions", "Decisions asked of the Board", len(asked), asked),
        (
            "challenges",
            "Open challenges",
            report.challenges.total if report.challenges else 0,
            report.challenges,
        ),
        ("next_month", "Next month", 0, report.next_month),
    ]
    there = [(key, name, count) for key, name, count, facts in rows if facts]
    return [Part(number, key, name, count) for number, (key, name, count) in enumerate(there, 2)]


def _ahead(report: MonthReport) -> str:
    """One part of the Board’s twelve, named for what it holds."""
    return " and ".join(
        name for name, there in (("Top risks", report.risks), ("dependencies", report.leanings)) if there
    ).capitalize()
