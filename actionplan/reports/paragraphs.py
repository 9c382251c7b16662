"""The paragraphs of a month’s page, in its order, so that people can say what they think of each.

A paragraph is a part of the page or, in a part that has lines, a line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actionplan.enums import Impact, Rag
from actionplan.reports.facts import Difference, Exceptional, IndicatorLine, Line, MonthReport, Tile, TopRisk
from actionplan.reports.parts import parts
from actionplan.rollup import delivery_word
from kpis.periods import day_words

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paragraph:
    """`line` is empty for a part as a whole. `words` say what stands there, pair by pair of name and text."""

    part: str
    line: str
    part_name: str
    name: str
    words: Words

    @property
    def key(self) -> tuple[str, str]:
        return self.part, self.line


def paragraphs(report: MonthReport) -> dict[tuple[str, str], Paragraph]:
    """By part and line. Each part comes first as a whole, then its lines."""
    found: dict[tuple[str, str], Paragraph] = {}
    for part in parts(report):
        whole = Paragraph(part.key, "", part.name, part.name, _pairs(_of_a_part(part.key, report)))
        lines = (Paragraph(part.key, line, part.name, *said) for line, said in _lines(part.key, report))
        found |= {each.key: each for each in (whole, *lines)}
    return found


def _lines(part: str, report: MonthReport) -> Iterator[tuple[str, tuple[str, Words]]]:
    """The key of each line, what it is called and what it says."""
    match part:
        case "exceptions":
            yield from ((each.action.ref, _exception(each)) for each in report.exceptions)
        case "recommendations":
            yield from ((each.ref, _recommendation(each, report)) for each in report.lines)
        case "indicators":
            yield from ((_code(each), _indicator(each)) for each in report.indicators)
        case "differences":
            yield from ((each.action.ref, _difference(each)) for each in report.differences)
        case "risks":
            # One of a plan beneath may bear the same number: it is spoken of with the part as a whole.
            yield from ((each.ref, _risk(each)) for each in report.risks if not each.plan)


def _of_a_part(part: str, report: MonthReport) -> Iterable[tuple[str, str]]:
    """What a part says beside its lines."""
    match part:
        case "headline":
            confidence = Rag(report.confidence).label if report.confidence else ""
            yield "Counted", report.counted
            yield "Headline", report.headline
            yield "Confidence", ". ".join(filter(None, [confidence, report.confidence_reason]))
        case "counts":
            yield "Delivery", _tiles(report.deliveries)
            yield (
                "Impact",
                ", ".join(f"{each.now} {Impact(each.value).label.lower()}" for each in report.impacts),
            )
            yield "Dates", report.slipped
        case "beneath":
            yield from ((each.name, f"{each.total} actions: {each.summary}") for each in report.beneath)
        case "decisions":
            yield from ((each.question, each.why) for each in report.decisions)
            yield from (
                (f"{each.action.ref} {each.action.title}", f"{day_words(each.asked)} asked. {each.reason}")
                for each in report.date_requests
            )
        case "challenges" if report.challenges:
            yield from ((each.source, each.question) for each in report.challenges.shown)
        case "next_month":
            yield "Next month", "\n".join(report.next_month)


def _exception(each: Exceptional) -> tuple[str, Words]:
    return f"{each.action.ref} {each.action.title}", _pairs(
        [
            ("Why it is here", ". ".join(filter(None, [each.kind, each.was]))),
            ("Cause", each.cause),
            ("Remedy", each.remedy),
            ("Owner", each.owner),
            ("Date", each.by_when),
        ]
    )


def _recommendation(line: Line, report: MonthReport) -> tuple[str, Words]:
    delivery = delivery_word(line.rag or line.state) if line.total else "No action yet"
    return f"{line.ref} {line.title}", _pairs(
        [
            ("Priority", line.priority),
            ("Lead", line.lead),
            ("Delivery", _of(delivery, line.delivery_count, line) + _was(line.delivery_was)),
            ("Impact", _of(Impact(line.impact).label, line.impact_count, line) + _was(line.impact_was))
            if line.impact
            else ("Impact", ""),
            ("Next milestone", line.next_step),
        ]
    )


def _indicator(line: IndicatorLine) -> tuple[str, Words]:
    return line.name, _pairs(
        [
            ("Baseline", " ".join(filter(None, [line.baseline, line.baseline_when]))),
            ("Before", " ".join(filter(None, [line.previous, line.previous_when]))),
            ("Latest", " ".join(filter(None, [line.latest, line.latest_when]))),
            ("Target", ", ".join(filter(None, [line.target, line.to_go]))),
            ("Direction", line.change),
            ("So what", line.so_what),
        ]
    )


def _difference(each: Difference) -> tuple[str, Words]:
    impact = ". ".join(filter(None, [Impact(each.impact).label, each.was]))
    return f"{each.action.ref} {each.action.title}", _pairs(
        [("What difference it made, and how we know", each.how_we_know), ("Impact", impact)]
    )


def _risk(each: TopRisk) -> tuple[str, Words]:
    return f"{each.ref} {each.title}", _pairs(
        [
            ("Score", "Not scored" if each.score is None else f"{each.score} of 25"),
            ("Mitigation", each.mitigation or each.because),
            ("Owner", each.owner),
        ]
    )


def _code(line: IndicatorLine) -> str:
    """The last piece of its address."""
    return line.url.rstrip("/").rpartition("/")[2]


def _tiles(tiles: Iterable[Tile]) -> str:
    return ", ".join(f"{each.now} {delivery_word(each.value)}" for each in tiles)


def _of(words: str, count: int, line: Line) -> str:
    return f"{words[:1].upper()}{words[1:]}, {count} of {line.total}" if line.total else words


def _was(words: str) -> str:
    return f". {words}" if words else ""


def _pairs(said: Iterable[tuple[str, str]]) -> Words:
    return tuple((name, text) for name, text in said if text)
