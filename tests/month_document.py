"""A month of the sample plan with five of its actions and three of its indicators, for tests of what draws files.

tests/data/month.json was written by `to_json` of June 2017, so it also proves that what was frozen before still opens.
"""

from functools import cache

from django.conf import settings

from actionplan.reports.document import MonthDocument
from actionplan.reports.plain import from_json

NASTY = "=cmd|' /C calc'!A0 \x00\x1f\ufffe\ud800 <script>&amp; {{ x }} {% now %} #let \u202eabc \r\nnext"


@cache
def month_document():
    return from_json(MonthDocument, (settings.BASE_DIR / "tests/data/month.json").read_bytes())
