"""What is told of an indicator: its definition, its figures, what it should reach and where it started."""

from kpis.models import Baseline, Indicator, Measurement, Rebase, Target
from kpis.periods import day_words
from kpis.trail.kinds import Kind

KINDS = (
    Kind(
        "indicator",
        Indicator,
        "Definition",
        of={"indicator": "id"},
        named=lambda row: f"Definition of {row.short_name}",
        address=None,
    ),
    Kind(
        "figure",
        Measurement,
        "Figure",
        of={"indicator": "indicator"},
        named=lambda row: f"Figure for {row.period.label}",
        done=lambda row, was: "revised" if row.reason else "entered",
        told=(
            *("value", "numerator", "denominator", "marker", "status", "recorded_on", "comment"),
            *("reason", "answer"),
        ),
        address=None,
    ),
    Kind(
        "target",
        Target,
        "Target",
        of={"indicator": "indicator"},
        named=lambda row: f"Target by {day_words(row.by)}",
        address=None,
    ),
    Kind(
        "baseline",
        Baseline,
        "Baseline",
        of={"indicator": "indicator"},
        named=lambda row: "Baseline",
        address=None,
    ),
    Kind(
        "limits",
        Rebase,
        "New limits",
        of={"indicator": "indicator"},
        named=lambda row: f"New limits from {day_words(row.starts_on)}",
        address=None,
    ),
)
