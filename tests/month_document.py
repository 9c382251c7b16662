"""A month of the sample plan with five of its actions and three of its indicators, for tests of what draws files.

tests/data/month.json was written by `to_json` of June 2017, so it also proves that what was frozen before still opens.
"""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random

from django.conf import settings

from actionplan.enums import DeliveryState, Impact, Rag
from actionplan.reports.document import MonthDocument
from actionplan.reports.plain import from_json
from kpis.enums import Rating

NASTY = "=cmd|' /C calc'!A0 \x00\x1f\ufffe\ud800 <script>&amp; {{ x }} {% now %} #let \u202eabc \r\nnext"
DELIVERIES = [
    *((state, "") for state in DeliveryState if state != DeliveryState.IN_PROGRESS),
    *((DeliveryState.IN_PROGRESS, rag) for rag in Rag),
]


@cache
def month_document():
    return from_json(MonthDocument, (settings.BASE_DIR / "tests/data/month.json").read_bytes())


def another_month(seed):
    """The same month with other states, dates, ratings and counts."""
    chance = Random(seed)  # noqa: S311 - what is drawn guards nothing
    document = month_document()
    report, annexes = document.report, document.annexes
    actions = []
    for action in annexes.actions:
        state, rag = chance.choice(DELIVERIES)
        due_on = action.due_on + timedelta(chance.randint(-500, 500))
        impact = chance.choice(list(Impact))
        actions.append(replace(action, state=state, rag=rag, impact=impact, due_on=due_on))
    rated = [
        replace(sheet, line=replace(sheet.line, rating=chance.choice(list(Rating))))
        for sheet in annexes.indicators
    ]
    tiles = tuple(replace(tile, now=chance.randint(0, 999)) for tile in report.deliveries)
    lines = tuple(sheet.line for sheet in rated)
    return replace(
        document,
        report=replace(report, deliveries=tiles, indicators=lines),
        annexes=replace(annexes, actions=tuple(actions), indicators=tuple(rated)),
    )
