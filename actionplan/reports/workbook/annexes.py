"""The sheets that hold the whole plan and every figure of its indicators."""

from datetime import date
from typing import Any

from actionplan.reports import words
from actionplan.reports.annex_facts import ActionSheet, Annexes, IndicatorSheet
from actionplan.reports.workbook.sheet import Sheet, sheet
from kpis.enums import Polarity, Unit


def actions(annexes: Annexes) -> Sheet:
    return sheet(
        "Actions",
        annexes.actions,
        ("Action", 10, lambda each: each.link.ref),
        ("Title", 44, lambda each: each.title),
        ("Shared from", 20, lambda each: each.link.shared),
        ("Recommendation", 16, lambda each: each.recommendation),
        ("Delivery", 26, lambda each: words.delivery(each.state, each.rag)),
        ("Delivery at the last Board", 22, lambda each: each.delivery_was),
        ("Impact", 16, lambda each: words.impact(each.impact)),
        ("Impact at the last Board", 22, lambda each: each.impact_was),
        ("Newer update", 24, lambda each: each.pending),
        ("Owner", 30, lambda each: each.owner),
        ("With", 30, lambda each: ", ".join(each.contributors)),
        ("Service", 24, lambda each: each.service),
        ("Priority", 10, lambda each: each.priority),
        ("Starts", 18, lambda each: each.starts_on),
        ("First agreed", 18, lambda each: each.original_due_on),
        ("Due", 18, lambda each: each.due_on),
        ("Days late", 10, lambda each: each.days_late),
        ("Expected", 18, lambda each: _said(each, "forecast_on")),
        ("Assured", 18, lambda each: each.assured_on),
        ("Check again by", 18, lambda each: each.recheck_due_on),
        ("Outcome for children", 50, lambda each: each.outcome),
        ("How it is measured", 50, lambda each: each.measure),
        ("Update of", 16, _month),
        ("Done", 50, lambda each: _said(each, "done")),
        ("No progress because", 40, lambda each: _said(each, "standstill")),
        ("What difference it made", 50, lambda each: _said(each, "difference")),
        ("Cause", 40, lambda each: _said(each, "cause")),
        ("Remedy", 40, lambda each: _said(each, "remedy")),
        ("Next steps", 50, lambda each: _said(each, "next_steps")),
        (
            "Evidence",
            40,
            lambda each: ", ".join(f"{source.lower()} {many}" for source, many in each.evidence),
        ),
        ("Sample", 10, lambda each: each.is_sample),
    )


def _said(sheet: ActionSheet, name: str) -> Any:
    """What the newest update that counts says under a heading; nothing where there is none."""
    return getattr(sheet.said, name) if sheet.said else None


def _month(sheet: ActionSheet) -> str:
    return f"{sheet.said.month:%B %Y}" if sheet.said else ""


def milestones(annexes: Annexes) -> Sheet:
    return sheet(
        "Milestones",
        [(action, step) for action in annexes.actions for step in action.steps],
        ("Action", 10, lambda each: each[0].link.ref),
        ("Milestone", 12, lambda each: each[1].number),
        ("Title", 60, lambda each: each[1].title),
        ("First agreed", 18, lambda each: each[1].original_due_on),
        ("Due", 18, lambda each: each[1].due_on),
        ("Completed", 18, lambda each: each[1].completed_on),
        ("Days late", 10, lambda each: each[1].days_late),
    )


def indicators(annexes: Annexes) -> Sheet:
    return sheet(
        "Indicators",
        annexes.indicators,
        ("Code", 18, lambda each: each.code),
        ("Indicator", 44, lambda each: each.line.name),
        ("Unit", 20, lambda each: Unit(each.unit).label),
        ("Better", 24, lambda each: Polarity(each.polarity).label),
        ("Baseline", 14, lambda each: each.line.baseline),
        ("Baseline of", 18, lambda each: each.line.baseline_when),
        ("Before", 14, lambda each: each.line.previous),
        ("Before of", 16, lambda each: each.line.previous_when),
        ("Latest", 14, lambda each: each.line.latest),
        ("Latest of", 16, lambda each: each.line.latest_when),
        ("Counts", 16, lambda each: each.line.latest_counts),
        ("Trajectory", 14, lambda each: each.line.due),
        ("Rating", 22, lambda each: words.rating(each.line.rating)),
        ("Rule", 40, lambda each: each.line.rule),
        ("Target", 20, lambda each: each.line.target),
        ("Target value", 14, lambda each: each.chart.target.value if each.chart.target else None),
        ("Target by", 18, _target_by),
        ("To go", 20, lambda each: each.line.to_go),
        ("Direction", 24, lambda each: words.direction(each.line.direction, each.line.change)),
        ("Benchmark", 30, lambda each: each.line.benchmark),
        ("Variation", 50, lambda each: each.variation),
        ("Outlook", 50, lambda each: each.assurance),
        ("So what", 50, lambda each: each.line.so_what),
        ("Recommendations", 16, lambda each: ", ".join(str(number) for number in each.recommendations)),
        ("Definition", 60, lambda each: each.definition),
        ("Why it matters", 50, lambda each: each.why),
        ("Figures", 14, lambda each: words.origin(each.line.origin)),
    )


def _target_by(sheet: IndicatorSheet) -> date | None:
    return sheet.chart.target.by if sheet.chart.target else None


def values(annexes: Annexes) -> Sheet:
    """Every figure; the unit stands beside it, so that 70 percent is the number 70."""
    return sheet(
        "Values",
        [(indicator, value) for indicator in annexes.indicators for value in indicator.values],
        ("Code", 18, lambda each: each[0].code),
        ("Indicator", 44, lambda each: each[0].line.name),
        ("Period", 20, lambda each: each[1].label),
        ("From", 18, lambda each: each[1].start),
        ("To", 18, lambda each: each[1].end),
        ("Value", 12, lambda each: each[1].value),
        ("Unit", 20, lambda each: Unit(each[0].unit).label),
        ("As shown", 16, lambda each: each[1].words),
        ("Numerator", 12, lambda each: each[1].numerator),
        ("Denominator", 12, lambda each: each[1].denominator),
        ("Status", 24, lambda each: words.standing(each[1])),
        ("Comment", 60, lambda each: each[1].comment),
    )
