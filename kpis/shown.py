"""All that a line of the list shows of an indicator, as plain values: it is drawn once for each content."""

from collections import namedtuple
from operator import attrgetter

OF_ROW = (
    *("url", "spark", "target", "due_target", "since_previous", "recommendations"),
    *("england", "beside", "twin_url", "newest_day", "known_on"),
)
OF_READING = (
    *("has_data", "is_old", "baseline_words", "baseline_short_label", "baseline_origin"),
    *("previous_words", "previous_short_label", "previous_origin"),
    *("latest_words", "latest_counts", "latest_short_label", "latest_origin", "direction"),
    *("rating", "due_target_by", "due_target_origin", "distance_words", "target_by", "target_origin"),
)
DEEPER = {
    "name": "reading.indicator.name",
    "short_name": "reading.indicator.short_name",
    "variation": "analysis.variation",
    "assurance": "analysis.assurance",
}
PATHS = {name: name for name in OF_ROW} | {name: f"reading.{name}" for name in OF_READING} | DEEPER

Shown = namedtuple("Shown", ["also", *PATHS])
_values = attrgetter(*PATHS.values())


def shown(row, also: str = "") -> Shown:
    """Of a row of kpis.lists, with the other headings it could stand under."""
    return Shown(also, *_values(row))
